"""What had to be paused is taken up again by who made it."""

from __future__ import annotations

import pytest

from bot.i18n import N_
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.local.slack.faults import Fault
from bot.local.slack.seed import LENA, MARCUS, TEAM_ID, WEBSITE
from bot.local.slack.world import Message
from bot.services.schedules import PausedGone, resume
from bot.store import accounts, schedules
from bot.views.ids import Actions
from bot.views.messages import Message as Content
from tests.road import Road

DM = "D0MARCUSBEL"


async def prepare(_: Office, due: Due) -> Prepared:
    return Prepared(posts=(Outgoing(key=f"p:{due.at}", message=Content("Hello"), channel_id=WEBSITE),))


JOBS = [Job("p", prepare, N_("Workspace statistics"))]


@pytest.fixture
async def paused(road: Road) -> tuple[Message, int]:
    """What the owner is told of a schedule whose channel was gone, and its number."""
    now = road.clock()
    async with road.store.writing() as db:
        owner = await accounts.get_or_create(db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=MARCUS, now=now)
        made = await schedules.add(
            db,
            kind="p",
            tenant_id=TEAM_ID,
            team_id=TEAM_ID,
            due_at=now,
            now=now,
            pattern="12:00 weekly thu",
            zone="Europe/Berlin",
            owner_id=owner.id,
            channel_id=WEBSITE,
        )
    road.slack.faults.add(Fault(method="chat.postMessage", channel=WEBSITE, error="not_in_channel"))
    await road.run_due(jobs=JOBS)
    return road.slack.world.messages[DM][-1], made.id


async def test_the_owner_takes_it_up_again(road: Road, paused: tuple[Message, int]) -> None:
    message, _ = paused
    said = await road.pressed(message, Actions.RESUME_SCHEDULE)
    assert said.text.startswith(f"Resumed in <#{WEBSITE}>. Next: 6:00")
    assert said.text.endswith("Thu, Nov 19.")
    road.clock.pass_(days=7)
    assert await road.run_due(jobs=JOBS) == 1
    assert road.slack.world.messages[WEBSITE][-1].text == "Hello"


async def test_pressing_twice_changes_nothing_more(road: Road, paused: tuple[Message, int]) -> None:
    message, _ = paused
    first = await road.pressed(message, Actions.RESUME_SCHEDULE)
    second = await road.pressed(message, Actions.RESUME_SCHEDULE)
    assert second.text == first.text


async def test_what_was_removed_meanwhile_cannot_go_on(road: Road, paused: tuple[Message, int]) -> None:
    message, number = paused
    async with road.store.writing() as db:
        await schedules.remove(db, number)
    assert "nothing to resume" in (await road.pressed(message, Actions.RESUME_SCHEDULE)).text


async def test_nobody_else_may(road: Road, paused: tuple[Message, int]) -> None:
    _, number = paused
    async with road.store.writing() as db:
        other = await accounts.get_or_create(db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=LENA, now=road.clock())
    context = await (await road.parts()).office.context(other.id, now=road.clock())
    with pytest.raises(PausedGone):
        await resume(context, number)
