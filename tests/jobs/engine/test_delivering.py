"""One post on its way, and what may happen to it there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.models.blocks import DividerBlock

from bot.dispatcher.posting import EVENT_TYPE, Gone
from bot.jobs.engine.delivering import ATTEMPTS, GIVEN_UP_AFTER, REASONS, SUPERSEDED, UNKNOWN
from bot.jobs.job import Prepared
from bot.local.slack.faults import Fault
from bot.local.slack.seed import JONAS, TEAM_ID, TOM, WEBSITE
from bot.store import credentials, forget_tenant
from bot.views import kit
from bot.views.messages import Message
from tests.jobs.conftest import Works, say

POST, UPDATE, HISTORY = "chat.postMessage", "chat.update", "conversations.history"
DM = "D0MARCUSBEL"


async def give(works: Works, *posts: Any) -> None:
    """Let a run give these posts."""
    works.prepared = Prepared(posts=posts)
    await works.add()
    await works.run_due()


async def states(works: Works) -> dict[str, str]:
    return {key: state for key, state, _ in await works.history()}


async def test_a_post_carries_its_number_and_nothing_else_of_it_is_kept(works: Works) -> None:
    await give(works, say("Hello", "hello"))
    row = await works.delivery("hello")
    [message] = works.messages()
    assert message.metadata == {"event_type": EVENT_TYPE, "event_payload": {"delivery": row.id}}
    assert (row.content, row.posted_at, row.attempts) == (None, works.clock(), 1)


async def test_an_answer_that_got_lost_is_looked_up_in_a_channel(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, drop="after"))
    await give(works, say("Hello", "hello", repeatable=False))
    assert await states(works) == {"hello": "waiting"}
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts() == ["Hello"]
    assert (await works.delivery("hello")).ts == works.messages()[0].ts


async def test_what_is_not_in_the_channel_is_posted_then(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, drop="before"))
    await give(works, say("Hello", "hello", repeatable=False))
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts() == ["Hello"]


@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
async def test_an_error_of_slacks_may_have_had_its_effect(works: Works, error: str) -> None:
    works.slack.faults.add(Fault(method=POST, error=error))
    await give(works, say("Hello", "hello"))
    assert (await works.delivery("hello")).tried_at is not None
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts() == ["Hello"]


async def test_a_refusal_that_passes_is_waited_out(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, error="team_added_to_org"))
    works.slack.faults.add(Fault(method=POST, error="token_expired"))
    await give(works, say("Hello", "hello"))
    for _ in range(2):
        works.clock.pass_(minutes=1)
        await works.run_due()
    assert works.texts() == ["Hello"]


async def test_an_answer_that_got_lost_is_looked_up_in_a_dm(works: Works) -> None:
    person = await works.person()
    works.slack.faults.add(Fault(method=POST, drop="after"))
    await give(works, say("Remember", "reminder", account_id=person.id, repeatable=False))
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts(DM) == ["Remember"]
    assert (await works.delivery("reminder")).state == "posted"


async def test_where_nothing_can_be_read_an_unsure_reminder_is_not_repeated_and_counts_as_lost(works: Works) -> None:
    person = await works.person()
    works.slack.faults.add(Fault(method=HISTORY, error="missing_scope"))
    works.slack.faults.add(Fault(method=POST, drop="after"))
    await give(works, say("Remember", "reminder", account_id=person.id, repeatable=False))
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts(DM) == ["Remember"]
    assert await works.history() == [("reminder", "unsure", UNKNOWN)]


async def test_where_nothing_can_be_read_what_may_come_twice_is_repeated_but_not_for_ever(works: Works) -> None:
    person = await works.person()
    works.slack.faults.add(Fault(method=HISTORY, error="missing_scope", times=99))
    works.slack.faults.add(Fault(method=POST, drop="after", times=99))
    await give(works, say("Numbers", "numbers", account_id=person.id))
    for _ in range(ATTEMPTS + 1):
        works.clock.pass_(minutes=10)
        await works.run_due()
    assert works.texts(DM) == ["Numbers"] * ATTEMPTS
    assert await states(works) == {"numbers": "unsure"}


async def test_a_lookup_that_has_to_wait_decides_nothing(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, drop="after"))
    works.slack.faults.add(Fault(method=HISTORY, error="ratelimited", status=429, headers={"Retry-After": "9"}))
    await give(works, say("Hello", "hello", repeatable=False))
    for _ in range(2):
        works.clock.pass_(minutes=1)
        await works.run_due()
    assert works.texts() == ["Hello"]
    assert await states(works) == {"hello": "posted"}


async def test_slack_says_how_long_to_wait(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, error="ratelimited", status=429, headers={"Retry-After": "30"}))
    await give(works, say("Hello", "hello", repeatable=False))
    works.clock.pass_(seconds=29)
    await works.run_due()
    assert works.texts() == []
    works.clock.pass_(seconds=1)
    await works.run_due()
    assert works.texts() == ["Hello"]


async def test_without_slack_it_waits_for_hours_and_is_given_up_then(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, status=503, times=999))
    await give(works, say("Hello", "hello"))
    works.clock.pass_(hours=1)
    await works.run_due()
    assert await states(works) == {"hello": "waiting"}
    works.clock.pass_(seconds=GIVEN_UP_AFTER.total_seconds())
    await works.run_due()
    assert await states(works) == {"hello": "unsure"}


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "is_inactive", "not_in_channel"])
async def test_a_channel_that_is_gone_pauses_its_schedule_and_its_owner_is_told_once(works: Works, error: str) -> None:
    owner = await works.person()
    schedule = await works.add(pattern="12:00 weekly thu", owner_id=owner.id)
    works.prepared = Prepared(posts=(say("One", "one"), say("Two", "two")))
    works.slack.faults.add(Fault(method=POST, channel=WEBSITE, error=error, times=2))
    await works.run_due()
    assert [(state, said) for _, state, said in await works.history()][:2] == [("failed", error)] * 2
    [told] = works.texts(DM)
    assert told == f"I paused *the test* in <#{WEBSITE}>. {REASONS[Gone.CHANNEL]}"
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.pause_reason == REASONS[Gone.CHANNEL]


async def test_a_person_who_left_pauses_their_own_schedule_and_no_one_elses(works: Works) -> None:
    gone, here, owner = await works.person(TOM), await works.person(JONAS), await works.person()
    alone = await works.add(pattern="12:00 weekly thu", account_id=gone.id, owner_id=owner.id, channel_id=None)
    works.prepared = Prepared(posts=(say("Tom", "tom", account_id=gone.id),))
    await works.run_due()
    many = await works.add(pattern="12:00 weekly thu", owner_id=owner.id, channel_id=None)
    works.prepared = Prepared(posts=(say("T", "t", account_id=gone.id), say("J", "j", account_id=here.id)))
    await works.run_due()
    paused, going = await works.find(alone.id), await works.find(many.id)
    assert paused is not None
    assert going is not None
    assert (paused.pause_reason, going.paused_at) == (REASONS[Gone.PERSON], None)
    assert works.texts("D0JONASWEBE") == ["J"]


async def test_what_slack_refuses_for_good_fails_at_once_and_leaves_the_schedule_alone(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, error="msg_too_long"))
    schedule = await works.add(pattern="12:00 weekly thu")
    works.prepared = Prepared(posts=(say("Long", "long"),))
    await works.run_due()
    kept = await works.find(schedule.id)
    assert kept is not None
    assert (kept.paused_at, await works.history()) == (None, [("long", "failed", "msg_too_long")])


async def test_a_post_is_replaced_by_what_edits_it(works: Works) -> None:
    await give(works, say("Open", "card"))
    await give(works, say("Done", "card:2", edit_of="card"))
    assert works.texts() == ["Done"]
    assert (await works.delivery("card:2")).ts == (await works.delivery("card")).ts


async def test_an_edit_is_as_long_as_slack_takes_it(works: Works) -> None:
    await give(works, say("Open", "card"))
    await give(works, say("x" * 5000, "card:2", edit_of="card"))
    assert works.texts() == ["x" * 3999 + "…"]


async def test_an_edit_leaves_no_blocks_of_before(works: Works) -> None:
    await give(works, say("Open", "card", message=Message("Open", (kit.section("Open"),))))
    await give(works, say("Done", "card:2", edit_of="card"))
    assert works.messages()[0].blocks == []


async def test_an_edit_of_a_deleted_message_is_posted_anew_and_takes_its_place(works: Works) -> None:
    await give(works, say("Open", "card"))
    works.messages()[0].deleted = True
    await give(works, say("Done", "card:2", edit_of="card"))
    await give(works, say("Closed", "card:3", edit_of="card"))
    assert works.texts() == ["Closed"]


async def test_an_edit_of_what_was_never_posted_is_the_post_from_then_on(works: Works) -> None:
    await give(works, say("Open", "card:1", edit_of="card"))
    await give(works, say("Closed", "card:2", edit_of="card"))
    assert works.texts() == ["Closed"]


async def test_of_several_edits_only_the_last_is_made(works: Works) -> None:
    await give(works, say("Open", "card"))
    await give(works, say("Half", "card:2", edit_of="card"), say("Done", "card:3", edit_of="card"))
    assert works.texts() == ["Done"]
    assert (await works.history())[1] == ("card:2", "skipped", SUPERSEDED)


async def test_a_reply_goes_into_its_thread_and_may_be_shown_to_all(works: Works) -> None:
    await give(works, say("Card", "card"), say("Note", "note", thread_of="card", broadcast=True))
    card, note = works.messages()
    assert (note.thread_ts, note.reply_broadcast) == (card.ts, True)


async def test_a_reply_whose_card_is_gone_stands_alone(works: Works) -> None:
    await give(works, say("Card", "card"))
    works.messages()[0].deleted = True
    await give(works, say("Note", "note", thread_of="card"), say("More", "more", thread_of="never"))
    assert [(message.text, message.thread_ts) for message in works.messages()] == [("Note", None), ("More", None)]


async def test_a_reply_waits_for_its_card(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, error="ratelimited", status=429, headers={"Retry-After": "20"}))
    await give(works, say("Card", "card"), say("Note", "note", thread_of="card"))
    assert works.texts() == []
    works.clock.pass_(seconds=30)
    await works.run_due()
    assert works.texts() == ["Card", "Note"]


async def test_a_lost_reply_is_looked_up_in_its_thread(works: Works) -> None:
    await give(works, say("Card", "card"))
    works.slack.faults.add(Fault(method=POST, drop="after"))
    await give(works, say("Note", "note", thread_of="card"))
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert works.texts() == ["Card", "Note"]


async def test_where_a_block_is_refused_its_stand_in_is_posted(works: Works) -> None:
    works.slack.world.unknown_blocks.append("divider")
    native = Message("Hours", (kit.section("*Hours*"), DividerBlock()))
    await give(works, say("", "stats", message=native, otherwise=Message("Columns", (kit.section("Columns"),))))
    await give(works, say("", "plain", message=native))
    assert [(message.text, len(message.blocks)) for message in works.messages()] == [("Columns", 1), ("Hours", 0)]


async def test_what_can_be_read_with_no_key_fails(works: Works) -> None:
    works.slack.faults.add(Fault(method=POST, error="ratelimited", status=429, headers={"Retry-After": "20"}))
    await give(works, say("Hello", "hello"))
    works.store._cipher = type(works.store._cipher)(["y5xp1OHnLpIQaDwsR31nLFLFYbfNlAFI6DTFdsKVVKo="])
    works.clock.pass_(minutes=1)
    await works.run_due()
    assert await states(works) == {"hello": "failed"}


async def test_everything_goes_with_its_person_and_with_its_workspace(works: Works) -> None:
    person = await works.person()
    await works.add(account_id=person.id, due_at=works.clock() + timedelta(days=1))
    await give(works, say("For you", "you", account_id=person.id), say("For all", "all"))
    async with works.store.writing() as db:
        await credentials.forget(db, account_id=person.id)
        await forget_tenant(db, tenant_id=TEAM_ID)
    assert await works.history() == []
