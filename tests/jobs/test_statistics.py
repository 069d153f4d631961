"""Statistics on schedules, the whole road: from the modal to the post in the channel, over simulated weeks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.local.slack.faults import Fault
from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import GENERAL, LEADS, LENA, MARCUS, WEBSITE
from bot.local.slack.world import Message, View
from bot.services import presence, statistics
from bot.store import accounts, consents, schedules, workspaces
from bot.store.tables import Schedule
from bot.views.ids import Actions, Blocks
from bot.views.statistics_schedules import Deed
from tests.handlers.modals import opened, said, shows, top
from tests.handlers.test_statistics import agree, track
from tests.local_toggl import operations
from tests.road import Road, shown

NEW_YORK = ZoneInfo("America/New_York")
WEEKLY = "/toggl stats weekly on mon 9:00"
HISTORY = "/toggl stats history"


@pytest.fixture
async def me(road: Road) -> Road:
    """Marcus in New York, the seeded admin, on a Thursday at six in the morning; he agreed to be counted."""
    await road.connect("admin", track=True)
    for entry in road.toggl.world.state.entries.values():
        entry.deleted_at = road.clock()
    await agree(road, MARCUS)
    lena = road.slack.world.people[LENA]
    road.slack.world.people[LENA] = replace(lena, locale="en-US")
    return road


@dataclass(frozen=True)
class Post:
    """A post in a channel: when by the clocks of New York, and what it said."""

    at: str
    text: str
    message: Message


def posts(me: Road, channel: str = WEBSITE) -> list[Message]:
    """What everybody in the channel sees of statistics."""
    return [
        message
        for message in me.slack.world.messages.get(channel, [])
        if message.ephemeral_to is None and "Nordlicht Studio* ·" in message.text
    ]


async def live(me: Road, *, days: float, zone: ZoneInfo = NEW_YORK) -> list[Post]:
    """Let days pass while a worker does what is due, at its moment; what was posted meanwhile."""
    found: list[Post] = []
    end = me.clock() + timedelta(days=days)
    while (moment := await _next_due(me)) is not None and moment <= end:
        me.clock.now = max(me.clock() + timedelta(seconds=1), moment)
        before = {channel: len(posts(me, channel)) for channel in (WEBSITE, GENERAL)}
        await me.run_due()
        at = f"{me.clock().astimezone(zone):%a %d %b %H:%M}"
        for channel, count in before.items():
            found += [Post(at, message.text, message) for message in posts(me, channel)[count:]]
    me.clock.now = max(me.clock(), end)
    return found


async def _next_due(me: Road) -> datetime | None:
    async with me.store.reading() as db:
        return await schedules.earliest_due(db)


async def schedule(me: Road, command: str = WEEKLY, values: Mapping[str, Any] | None = None) -> Message:
    """Open the form with a command and send it, with `values` entered."""
    view = await me.command_opening(command)
    return await me.submitted(view, values or {})


async def deed(me: Road, deed_: Deed, number: int = 0) -> View:
    """Choose something in the menu of the schedule with this number in the list that is open."""
    view = top(me)
    menus = [block for block in view.blocks if block.get("accessory")]
    block = menus[number]
    [value] = [option["value"] for option in block["accessory"]["options"] if option["value"].startswith(f"{deed_}:")]
    outcome = await me.slack.press(me.person, OnView(view.id), block["block_id"], Actions.STATISTICS_DEED, value)
    assert outcome.ok, outcome
    return top(me)


async def rows(me: Road) -> list[Schedule]:
    team = me.slack.world.team_id
    async with me.store.reading() as db:
        return [*await schedules.of_team(db, tenant_id=team, team_id=team, kind="stats")]


async def lena_is_an_admin(me: Road) -> None:
    """Lena, too, is connected as an admin whom Toggl called so."""
    me.person = LENA
    await me.connect("admin", track=True)
    me.person = MARCUS


async def test_from_the_form_to_the_post_in_the_channel(me: Road) -> None:
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    receipt = await schedule(me)
    assert receipt.ephemeral_to == MARCUS
    assert receipt.text == (
        f"Saved: statistics are posted in <#{WEBSITE}>, every Monday at 9:00 AM (America/New York)."
    )
    assert "Next: 9:00 AM Mon, Nov 16; 9:00 AM Mon, Nov 23; 9:00 AM Mon, Nov 30." in shown(receipt)

    told = await live(me, days=19)

    assert [post.at for post in told] == ["Mon 16 Nov 09:00", "Mon 23 Nov 09:00", "Mon 30 Nov 09:00"]
    first = told[0]
    assert "*3 h* tracked by 1 person who agreed to be counted." in first.text
    assert "Sun, Nov 8 – Sat, Nov 14, 2026" in first.text
    assert f"Posted every Monday at 9:00 AM (America/New York), set up by <@{MARCUS}>." in shown(first.message)
    assert [block["type"] for block in first.message.blocks][:3] == ["section", "data_visualization", "data_table"]


async def test_a_post_costs_a_call_for_the_figures_and_one_of_each_who_agreed(me: Road) -> None:
    await schedule(me)
    operations(me.toggl)
    assert len(await live(me, days=5)) == 1
    assert sorted(operations(me.toggl)) == ["get_workspace", "get_workspace_statistics", "stream_time_entries"]


async def test_times_stay_on_the_clock_when_clocks_change(me: Road) -> None:
    """New York puts its clocks forward on 14 March 2027, and back on 7 November."""
    me.clock.now = datetime(2027, 3, 12, 12, tzinfo=UTC)
    await schedule(me, "/toggl stats daily at 2:30")
    spring = [post.at for post in await live(me, days=3)]
    me.clock.now = datetime(2027, 11, 5, 12, tzinfo=UTC)
    autumn = [post.at for post in await live(me, days=4)][-3:]

    assert spring == ["Sat 13 Mar 02:30", "Sun 14 Mar 03:00", "Mon 15 Mar 02:30"]
    assert autumn == ["Sun 07 Nov 02:30", "Mon 08 Nov 02:30", "Tue 09 Nov 02:30"]


async def test_a_time_that_comes_twice_is_posted_once(me: Road) -> None:
    me.clock.now = datetime(2027, 11, 6, 12, tzinfo=UTC)
    await schedule(me, "/toggl stats daily at 1:30")
    told = [post.at for post in await live(me, days=2)]
    assert told == ["Sun 07 Nov 01:30", "Mon 08 Nov 01:30"]


async def test_every_other_week(me: Road) -> None:
    await schedule(me, "/toggl stats every 2 weeks on fri at 16:00")
    told = [post.at for post in await live(me, days=40)]
    assert [at[:10] for at in told] == ["Fri 13 Nov", "Fri 27 Nov", "Fri 11 Dec"]


@pytest.mark.parametrize(
    ("said_", "days"),
    [
        ("monthly 31", ["Mon 30 Nov", "Thu 31 Dec", "Sun 31 Jan", "Sun 28 Feb"]),
        ("monthly last friday", ["Fri 27 Nov", "Fri 25 Dec", "Fri 29 Jan", "Fri 26 Feb"]),
    ],
)
async def test_monthly(me: Road, said_: str, days: list[str]) -> None:
    await schedule(me, f"/toggl stats {said_}")
    told = await live(me, days=110)
    assert [post.at[:10] for post in told] == days
    assert "October 2026" in told[0].text


async def test_what_was_missed_is_caught_up_once_and_says_so(me: Road) -> None:
    await schedule(me, "/toggl stats daily at 9:00")
    me.clock.pass_(days=4, hours=6)  # nobody was at work; Monday noon

    [late] = await live(me, days=0.01)

    assert "Sun, Nov 15, 2026" in late.text
    assert "This was due at 9:00 AM, but I was not running then." in shown(late.message)
    assert "It was due more than once while I was not running" in (await me.command(HISTORY)).blocks[1]["text"]["text"]


async def test_what_was_missed_for_days_is_left_out_and_said(me: Road) -> None:
    await schedule(me)
    me.clock.now = datetime(2026, 11, 18, 12, tzinfo=UTC)  # the Wednesday after

    assert await live(me, days=0.1) == []

    history = shown(await me.command(HISTORY))
    assert "*skipped*. It was due while I was not running, and is no longer useful." in history
    assert [post.at for post in await live(me, days=6)] == ["Mon 23 Nov 09:00"]


async def test_paused_and_gone_on_with_in_the_list(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday at 9:00 AM (America/New York)\nPeriod: The previous week")
    assert f"Set up by <@{MARCUS}>. Next: 9:00 AM Mon, Nov 16; 9:00 AM Mon, Nov 23" in said(top(me))

    await deed(me, Deed.PAUSE)
    await shows(me, "*Paused.*")
    assert await live(me, days=7) == []
    await deed(me, Deed.RESUME)
    await shows(me, "Resumed the statistics in")

    assert [post.at for post in await live(me, days=7)] == ["Mon 23 Nov 09:00"]


async def test_removed_after_a_question(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    question = await deed(me, Deed.REMOVE)
    assert "Remove this schedule?" in said(question)

    removed = await me.submitted(question, {})

    assert removed.text.startswith("Removed: statistics are no longer posted in")
    assert await rows(me) == []
    assert await live(me, days=7) == []


async def test_a_channel_that_slack_does_not_know_is_left_to_be_chosen(me: Road) -> None:
    view = await me.command_opening("/toggl stats #tema monthly")
    [channel] = [block["element"] for block in view.blocks if block.get("block_id") == Blocks.CHANNEL]
    assert "initial_conversation" not in channel
    assert "initial_channel" not in channel


async def test_a_removal_is_taken_back_once(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    removed = await me.submitted(await deed(me, Deed.REMOVE), {})
    again = await me.pressed(removed, Actions.UNDO)
    assert again.text.startswith(f"Undone: the statistics schedule in <#{WEBSITE}> is back, every Monday")
    assert [post.at for post in await live(me, days=7)] == ["Mon 16 Nov 09:00"]
    await me.command("/track undo")
    assert len(await rows(me)) == 1


async def test_what_was_paused_when_it_was_removed_comes_back_paused(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    await deed(me, Deed.PAUSE)
    await opened(me, "/toggl stats schedules", "*Paused.*")
    removed = await me.submitted(await deed(me, Deed.REMOVE), {})
    await me.pressed(removed, Actions.UNDO)
    assert [bool(row.paused_at) for row in await rows(me)] == [True]


async def test_the_same_made_anew_is_not_doubled_by_taking_a_removal_back(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    removed = await me.submitted(await deed(me, Deed.REMOVE), {})
    await schedule(me)
    refused = await me.pressed(removed, Actions.UNDO)
    assert "The same is posted there at the same times already." in shown(refused)
    assert len(await rows(me)) == 1


async def test_changed_in_the_form_it_comes_as_it_was_changed(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    form = await deed(me, Deed.CHANGE)
    outcome = await me.slack.press(
        me.person, OnView(form.id), Blocks.STATISTICS_REPEATS, Actions.STATISTICS_REPEATS, "monthly"
    )
    assert outcome.ok
    await me.slack.until(lambda: any(block.get("block_id") == Blocks.STATISTICS_DAY for block in top(me).blocks))

    receipt = await me.submitted(
        top(me), {Blocks.STATISTICS_DAY: "20", Blocks.STATISTICS_AT: "07:15", Blocks.CHANNEL: GENERAL}
    )

    assert receipt.text == (
        f"Saved: statistics are posted in <#{GENERAL}>, on day 20 of every month at 7:15 AM (America/New York)."
    )
    told = await live(me, days=10)
    assert [post.at for post in told] == ["Fri 20 Nov 07:15"]
    assert told[0].message.channel_id == GENERAL


async def test_a_form_of_what_somebody_else_changed_overwrites_nothing(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    form = await deed(me, Deed.CHANGE)
    [row] = await rows(me)
    async with me.store.writing() as db:
        await schedules.change(db, row.id, now=me.clock() + timedelta(seconds=1), pattern="10:00 weekly tue")

    await me.submit(form, {Blocks.STATISTICS_AT: "11:00"})

    await shows(me, "Somebody changed that schedule in the meantime. Nothing was saved.")
    assert [row.pattern for row in await rows(me)] == ["10:00 weekly tue"]


async def test_a_post_while_the_form_is_open_is_no_change_of_somebody_else(me: Road) -> None:
    await schedule(me)
    await opened(me, "/toggl stats schedules", "every Monday")
    form = await deed(me, Deed.CHANGE)
    assert len(await live(me, days=5)) == 1
    await me.submitted(form, {Blocks.STATISTICS_AT: "11:00"})
    assert [row.pattern for row in await rows(me)] == ["11:00 weekly mon"]


async def test_a_changed_zone_of_the_maker_moves_what_is_not_yet_due(me: Road) -> None:
    await schedule(me)
    team = me.slack.world.team_id
    await presence.person_changed(
        me.store, tenant_id=team, user_id=MARCUS, locale=None, zone="Asia/Tokyo", now=me.clock()
    )
    tokyo = ZoneInfo("Asia/Tokyo")
    assert [post.at for post in await live(me, days=5, zone=tokyo)] == ["Mon 16 Nov 09:00"]


async def test_a_chosen_zone_stays_whatever_becomes_of_the_makers(me: Road) -> None:
    view = await me.command_opening(WEEKLY)
    offered = await me.options(view, Blocks.STATISTICS_ZONE, Actions.STATISTICS_ZONE)
    assert offered[:2] == ["Mine, wherever I am (now America/New York)", "America/New York"]
    assert await me.options(view, Blocks.STATISTICS_ZONE, Actions.STATISTICS_ZONE, "kathm") == ["Asia/Kathmandu"]
    await me.submitted(view, {Blocks.STATISTICS_ZONE: "Asia/Kathmandu"})
    team = me.slack.world.team_id
    await presence.person_changed(
        me.store, tenant_id=team, user_id=MARCUS, locale=None, zone="Asia/Tokyo", now=me.clock()
    )
    told = await live(me, days=5, zone=ZoneInfo("Asia/Kathmandu"))
    assert [post.at for post in told] == ["Mon 16 Nov 09:00"]


async def test_an_admin_takes_over_what_a_maker_left(me: Road) -> None:
    await lena_is_an_admin(me)
    await schedule(me)
    await me.command("/toggl disconnect")
    async with me.store.writing() as db:
        maker = await accounts.find(db, tenant_id=me.slack.world.team_id, user_id=MARCUS)
        assert maker
    await presence.person_left(me.store, tenant_id=me.slack.world.team_id, user_id=MARCUS, now=me.clock())
    await me.run_due()

    me.person = LENA
    dm = me.slack.world.dm_of(LENA)
    assert dm
    [question] = [each for each in me.slack.world.messages[dm.id] if "Nordlicht Studio" in each.text]
    taken = await me.pressed(question, Actions.STATISTICS_TAKE_OVER)
    assert f"<#{WEBSITE}>" in taken.text
    assert [row.paused_at for row in await rows(me)] == [None]

    me.clock.pass_(hours=1)
    [post] = await live(me, days=6, zone=ZoneInfo("Europe/Berlin"))
    assert post.at == "Mon 16 Nov 09:00"
    assert f"<@{LENA}>" in shown(post.message)


async def test_only_one_takes_it_over(me: Road) -> None:
    await lena_is_an_admin(me)
    await schedule(me)
    [row] = await rows(me)
    async with me.store.writing() as db:
        await schedules.change(db, row.id, now=me.clock(), owner_id=None)
    me.clock.pass_(days=5)
    await me.run_due()
    dm = me.slack.world.dm_of(LENA)
    assert dm
    [question] = [each for each in me.slack.world.messages[dm.id] if "Nordlicht Studio" in each.text]
    async with me.store.writing() as db:
        maker = await accounts.find(db, tenant_id=me.slack.world.team_id, user_id=MARCUS)
        assert maker
        await schedules.change(db, row.id, now=me.clock(), owner_id=maker.id)
        await schedules.resume(db, row.id, due_at=me.clock() + timedelta(days=7), now=me.clock())
    me.person = LENA

    told = await me.pressed(question, Actions.STATISTICS_TAKE_OVER)

    assert "already looking after it" in told.text


async def test_without_an_admin_the_channel_hears_why_nothing_comes(me: Road) -> None:
    await schedule(me)
    [row] = await rows(me)
    async with me.store.writing() as db:
        await schedules.change(db, row.id, now=me.clock(), owner_id=None)
        maker = await accounts.find(db, tenant_id=me.slack.world.team_id, user_id=MARCUS)
        assert maker
        chosen = await workspaces.find_chosen(db, account_id=maker.id)
        assert chosen
        await workspaces.set_role(db, workspace_id=chosen.id, role="user")

    await live(me, days=5)
    await live(me, days=14)

    said_ = [each.text for each in me.slack.world.messages[WEBSITE] if "paused" in each.text]
    assert len(said_) == 1
    assert "`/toggl stats schedules`" in said_[0]


async def test_a_maker_who_may_not_see_them_any_more_is_told_and_an_admin_asked(me: Road) -> None:
    await lena_is_an_admin(me)
    await schedule(me)
    me.toggl.fail("get_workspace_statistics", status=403, body="User does not have access to this resource.", times=9)

    assert await live(me, days=5) == []

    mine, hers = (me.slack.world.dm_of(who) for who in (MARCUS, LENA))
    assert mine
    assert hers
    [told] = [each.text for each in me.slack.world.messages[mine.id] if "I paused" in each.text]
    assert "Toggl no longer lets you see the statistics of this workspace." in told
    assert [each for each in me.slack.world.messages[hers.id] if "Do you want to take it over?" in each.text]


async def test_a_spent_quota_waits_for_the_next_hour_of_the_same_day(me: Road) -> None:
    await schedule(me)
    me.clock.now = datetime(2026, 11, 16, 13, 50, tzinfo=UTC)
    me.toggl.spend_quota("admin")
    told = [post.at for post in await live(me, days=0.2)]
    assert [at[:10] for at in told] == ["Mon 16 Nov"]
    assert told != ["Mon 16 Nov 09:00"]
    assert [post.at for post in await live(me, days=7)] == ["Mon 23 Nov 09:00"]


async def test_toggl_out_of_reach_is_asked_again_on_the_same_day(me: Road) -> None:
    await schedule(me)
    me.toggl.fail("get_workspace_statistics", status=503, times=2)
    assert [post.at for post in await live(me, days=12)] == ["Mon 16 Nov 09:15", "Mon 23 Nov 09:00"]


async def test_toggl_out_of_reach_for_all_of_a_day_is_noted(me: Road) -> None:
    await schedule(me)
    me.toggl.fail("get_workspace_statistics", status=503, times=1_000)
    assert await live(me, days=5) == []
    assert "Toggl could not be asked in time." in shown(await me.command(HISTORY))


async def test_a_plan_without_statistics_is_asked_of_the_admins_as_a_lost_right_is(me: Road) -> None:
    await schedule(me)
    me.toggl.fail("get_workspace_statistics", status=402, body="Payment Required")
    assert await live(me, days=5) == []
    assert [bool(row.paused_at) for row in await rows(me)] == [True]


async def test_a_workspace_that_takes_no_charts_gets_columns_and_pictures_in_their_thread(me: Road) -> None:
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    await schedule(me)
    me.slack.world.unknown_blocks += ["data_visualization", "data_table"]
    [post] = await live(me, days=5)
    assert "```" in shown(post.message)
    replies = [message for message in me.slack.world.messages[WEBSITE] if message.thread_ts == post.message.ts]
    pictures = [me.slack.world.files[number] for reply in replies for number in reply.files]
    assert [picture.name for picture in pictures] == [
        "statistics-2026-11-08-2026-11-14-by-project.png",
        "statistics-2026-11-08-2026-11-14-by-status.png",
    ]
    assert all(picture.content.startswith(b"\x89PNG") and "Hours: " in picture.alt_text for picture in pictures)
    me.slack.world.refusals.clear()


async def test_pictures_that_slack_does_not_take_leave_the_post_as_it_is(me: Road) -> None:
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    await schedule(me)
    me.slack.world.unknown_blocks += ["data_visualization", "data_table"]
    me.slack.faults.add(Fault(method="files.getUploadURLExternal", error="missing_scope", times=9))
    [post] = await live(me, days=5)
    assert "```" in shown(post.message)
    assert "*posted*" in shown(await me.command(HISTORY))
    me.slack.world.refusals.clear()


async def test_a_workspace_that_shows_charts_gets_no_pictures(me: Road) -> None:
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    await schedule(me)
    assert len(await live(me, days=5)) == 1
    assert not me.slack.world.files


async def test_a_channel_that_is_gone_pauses_it_and_tells_its_maker(me: Road) -> None:
    await schedule(me)
    me.slack.faults.add(Fault(method="chat.postMessage", channel=WEBSITE, error="is_archived"))
    assert await live(me, days=5) == []
    assert [bool(row.paused_at) for row in await rows(me)] == [True]
    dm = me.slack.world.dm_of(MARCUS)
    assert dm
    assert [each for each in me.slack.world.messages[dm.id] if "I paused *Workspace statistics*" in each.text]


async def test_the_bot_joins_a_public_channel_and_has_to_be_invited_to_a_private_one(me: Road) -> None:
    await schedule(me, WEEKLY, {Blocks.CHANNEL: GENERAL})
    assert [post.message.channel_id for post in await live(me, days=5)] == [GENERAL]
    view = await me.command_opening(WEEKLY)
    await me.submit(view, {Blocks.CHANNEL: LEADS})
    await shows(me, "I am not in that channel")
    assert len(await rows(me)) == 1
    me.slack.world.refusals.clear()


async def test_the_same_twice_in_one_channel_is_refused(me: Road) -> None:
    await schedule(me)
    await me.submit(await me.command_opening(WEEKLY), {})
    await shows(me, "The same is posted there at the same times already.")
    assert len(await rows(me)) == 1


async def test_a_double_click_saves_once(me: Road) -> None:
    view = await me.command_opening(WEEKLY)
    await asyncio.gather(me.submit(view, {}), me.submit(view, {}), return_exceptions=True)
    await me.slack.until(lambda: [each for each in me.seen() if "Saved:" in each[2]])
    assert len(await rows(me)) == 1


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({Blocks.STATISTICS_WEEKDAYS: []}, Blocks.STATISTICS_WEEKDAYS),
        ({Blocks.STATISTICS_EVERY: "0"}, Blocks.STATISTICS_EVERY),
        ({Blocks.STATISTICS_EVERY: "x"}, Blocks.STATISTICS_EVERY),
    ],
)
async def test_what_is_wrong_in_the_form_is_said_at_its_field(me: Road, values: Mapping[str, Any], wrong: str) -> None:
    outcome = await me.submit(await me.command_opening(WEEKLY), values)
    assert set(outcome.errors) == {wrong}
    assert await rows(me) == []


async def test_saving_without_the_right_says_so_in_the_form(me: Road) -> None:
    view = await me.command_opening(WEEKLY)
    me.toggl.fail("get_workspace_statistics", status=403, body="User does not have access to this resource.")
    await me.submit(view, {})
    await shows(me, "Toggl does not let you see the statistics")
    assert await rows(me) == []


async def test_somebody_else_may_only_change_it_as_an_admin(me: Road) -> None:
    await schedule(me)
    me.person = LENA
    await me.connect("member", track=True)
    await opened(me, "/toggl stats schedules", "every Monday")
    await deed(me, Deed.PAUSE)
    await me.slack.until(
        lambda: "Only the person who set it up" in said(top(me)) or [m for m in me.seen() if "Only the person" in m[2]]
    )
    assert [row.paused_at for row in await rows(me)] == [None]


async def test_under_a_post_everybody_may_ask_for_files_and_agree(me: Road) -> None:
    track(me, "admin", 2)
    await schedule(me)
    [post] = await live(me, days=5)
    me.person = LENA
    await me.connect("member", track=True)

    asked = await me.pressed(post.message, Actions.STATISTICS_CONSENT)
    assert asked.ephemeral_to == LENA
    await me.pressed(asked, Actions.STATISTICS_AGREE)
    async with me.store.reading() as db:
        agreed = await consents.people(
            db, tenant_id=me.slack.world.team_id, team_id=me.slack.world.team_id, topic=statistics.TOPIC
        )
    assert {account.user_id for account in agreed} == {MARCUS, LENA}
    await me.press(post.message, Actions.STATISTICS_CSV)
    files = await me.slack.until(lambda: [f for f in me.slack.world.files.values() if f.completed])
    assert files[0].name == "statistics-2026-11-08-2026-11-14.csv"


async def test_the_history_lists_posts_with_their_outcome(me: Road) -> None:
    assert "Nothing that you may see has been posted on a schedule yet" in (await me.command(HISTORY)).text
    await schedule(me)
    await live(me, days=5)
    told = shown(await me.command(HISTORY))
    assert f"✓ 9:00 AM yesterday · Workspace statistics · <#{WEBSITE}>: *posted*" in told


async def test_the_list_of_none_says_what_to_do(me: Road) -> None:
    view = await opened(me, "/toggl stats schedules", "No statistics are posted on a schedule yet.")
    assert "`/toggl stats #team weekly on mon 9:00`" in said(view)
