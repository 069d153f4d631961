"""From what is due to what is posted, in turn and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import N_
from bot.jobs.engine.claiming import CAUGHT_UP, MISSED, UNREADABLE
from bot.jobs.engine.preparing import DISCONNECTED
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.local.slack.seed import TEAM_ID, WEBSITE
from bot.services.context import NotConnected
from bot.store import Session, channels, schedules
from bot.views.messages import Message
from tests.jobs.conftest import KIND, Works, say

DAILY = "12:00 weekly mon,tue,wed,thu,fri,sat,sun"
DM = "D0MARCUSBEL"


@pytest.fixture
def works_url(database_url: str) -> str:
    """What is claimed and kept is about the database too."""
    return database_url


async def test_what_is_due_is_posted_and_a_one_shot_is_gone_then(works: Works) -> None:
    schedule = await works.add(payload={"project": 7})
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    assert await works.run_due() == 1
    assert works.texts() == ["Hello"]
    assert [(due.at, due.late, due.schedule.settings) for due in works.asked] == [
        (works.clock(), timedelta(), {"project": 7})
    ]
    assert await works.find(schedule.id) is None
    assert await works.run_due() == 0
    assert await works.history() == [("hello", "posted", None)]
    assert (await works.delivery("hello")).ts == works.messages()[-1].ts


async def test_nothing_is_due_before_its_time(works: Works) -> None:
    await works.add(due_at=works.clock() + timedelta(seconds=1))
    assert await works.run_due() == 0
    works.clock.pass_(seconds=1)
    assert await works.run_due() == 1


async def test_a_pattern_is_due_again_at_its_local_time(works: Works) -> None:
    schedule = await works.add(pattern=DAILY, zone="Europe/Berlin")
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await works.run_due()
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.next_run_at == datetime(2026, 11, 13, 11, 0, tzinfo=UTC)


async def test_what_was_missed_is_caught_up_once_while_it_is_of_use(works: Works) -> None:
    await works.add(pattern=DAILY, zone="Europe/Berlin")
    works.clock.pass_(days=3, minutes=90)
    assert await works.run_due() == 1
    assert [due.at for due in works.asked] == [datetime(2026, 11, 15, 11, 0, tzinfo=UTC)]
    assert works.asked[0].late == timedelta(minutes=90)
    assert [(state, error) for _, state, error in await works.history()] == [("skipped", CAUGHT_UP)]


async def test_what_was_missed_too_long_ago_is_skipped_and_said_in_the_history(works: Works) -> None:
    schedule = await works.add(pattern=DAILY, zone="Europe/Berlin")
    once = await works.add(due_at=works.clock() + timedelta(hours=1))
    works.clock.pass_(hours=5)
    assert await works.run_due() == 0
    assert [(state, error) for _, state, error in await works.history()] == [("skipped", MISSED)] * 2
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.next_run_at == datetime(2026, 11, 13, 11, 0, tzinfo=UTC)
    assert await works.find(once.id) is None


async def test_a_clock_set_back_runs_nothing_twice(works: Works) -> None:
    await works.add(pattern=DAILY, zone="Europe/Berlin")
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await works.run_due()
    works.clock.pass_(hours=-3)
    assert await works.run_due() == 0
    works.clock.pass_(hours=3)
    assert await works.run_due() == 0


async def test_a_key_is_posted_once_for_ever(works: Works) -> None:
    works.prepared = Prepared(posts=(say("Hello", "hello"), say("Hello again", "hello")))
    for _ in range(2):
        await works.add()
        await works.run_due()
    assert works.texts() == ["Hello"]


async def test_a_job_may_choose_its_next_time(works: Works) -> None:
    schedule = await works.add()
    works.prepared = Prepared(again_at=works.clock() + timedelta(minutes=15))
    await works.run_due()
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.next_run_at == works.clock() + timedelta(minutes=15)


async def test_work_wished_for_while_it_was_done_is_done_once_more(works: Works) -> None:
    async def wish(db: Session) -> None:
        await ensure(db, works)

    async with works.store.writing() as db:
        await ensure(db, works)
    works.prepared = Prepared(keep=wish)
    assert await works.run_due() == 1
    works.prepared = Prepared()
    works.clock.pass_(minutes=1)
    assert await works.run_due() == 1
    assert await works.run_due() == 0


async def test_a_recurring_job_that_chooses_its_time_comes_earlier_where_that_was_wished_for(works: Works) -> None:
    wishes: list[datetime] = []

    async def work(_: Office, due: Due) -> Prepared:
        async with works.store.writing() as db:
            for wish in wishes:
                await schedules.change(db, due.schedule.id, now=due.now, next_run_at=wish)
        return Prepared(again_at=due.now + timedelta(days=3))

    works.jobs = [Job(KIND, work, N_("the test"))]
    schedule = await works.add(pattern=DAILY)
    for wished, next_run_at in ((None, timedelta(days=3)), (timedelta(minutes=5), timedelta(minutes=5))):
        wishes[:] = [works.clock() + wished] if wished else []
        begun = works.clock()
        assert await works.run_due() == 1
        kept = await works.find(schedule.id)
        assert kept is not None and kept.next_run_at == begun + next_run_at
        works.clock.pass_(days=3)


async def ensure(db: Session, works: Works) -> None:
    at = works.clock()
    await schedules.ensure(db, kind=KIND, key="k", tenant_id=TEAM_ID, team_id=TEAM_ID, due_at=at, now=at)


async def test_what_a_job_keeps_counts_with_its_posts_or_not_at_all(works: Works) -> None:
    async def keep(db: Session) -> None:
        await channels.set_default_project(
            db, tenant_id=TEAM_ID, channel_id=WEBSITE, project_id=7, project_name="", user_id="U", now=works.clock()
        )
        raise RuntimeError("the process ends here")

    schedule = await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),), keep=keep)
    with pytest.raises(RuntimeError):
        await works.run_due()
    async with works.store.reading() as db:
        assert (await channels.get(db, tenant_id=TEAM_ID, channel_id=WEBSITE)).default_project_id is None
    assert (works.texts(), await works.history()) == ([], [])
    assert await works.find(schedule.id) is not None


async def test_why_nothing_was_posted_is_in_the_history(works: Works) -> None:
    await works.add()
    works.prepared = Prepared(skipped="Everybody is on holiday.")
    await works.run_due()
    [(_, state, error)] = await works.history()
    assert (state, error) == ("skipped", "Everybody is on holiday.")


async def test_a_paused_one_rests_and_its_owner_is_told_once(works: Works) -> None:
    owner = await works.person()
    schedule = await works.add(pattern=DAILY, owner_id=owner.id)
    works.prepared = NotConnected()
    await works.run_due()
    works.clock.pass_(days=1)
    assert await works.run_due() == 0
    [message] = works.messages(DM)
    assert message.text.startswith(f"I paused *the test* in <#{WEBSITE}>. I no longer have a Toggl account for it.")
    assert message.blocks[1]["elements"][0]["value"] == str(schedule.id)
    kept = await works.find(schedule.id)
    assert kept is not None
    assert (kept.pause_reason, kept.paused_at) == (DISCONNECTED, works.clock() - timedelta(days=1))


async def test_a_schedule_that_nobody_owns_pauses_in_silence(works: Works) -> None:
    schedule = await works.add()
    works.prepared = Prepared(pause="Nobody is left.")
    await works.run_due()
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.paused_at is not None
    assert await works.history() == []


async def test_an_unreadable_pattern_pauses_and_leaves_the_others_alone(works: Works) -> None:
    broken = [await works.add(pattern="whenever"), await works.add(pattern=DAILY, zone="Moon/Base")]
    await works.add()
    assert await works.run_due() == 1
    for schedule in broken:
        kept = await works.find(schedule.id)
        assert kept is not None
        assert kept.pause_reason == UNREADABLE


async def test_a_kind_of_a_newer_version_waits(works: Works) -> None:
    schedule = await works.add()
    works.jobs.clear()
    assert await works.run_due() == 0
    kept = await works.find(schedule.id)
    assert kept is not None
    assert kept.next_run_at is not None
    assert kept.next_run_at > works.clock()


async def test_one_job_gives_many_posts_each_to_its_place(works: Works) -> None:
    person = await works.person()
    await works.add()
    works.prepared = Prepared(posts=(say("For all", "all"), say("For you", "you", account_id=person.id)))
    await works.run_due()
    assert (works.texts(), works.texts(DM)) == (["For all"], ["For you"])
    assert (await works.delivery("you")).channel_id == DM


def test_a_post_has_one_place() -> None:
    for places in ({}, {"channel_id": "C1", "account_id": 7}):
        with pytest.raises(ValueError, match="conversation or to a person"):
            Outgoing(key="k", message=Message("x"), **places)  # type: ignore[arg-type]  # a test's shorthand
