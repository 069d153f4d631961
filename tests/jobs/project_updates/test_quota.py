from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.local.slack.seed import DESIGN, MARCUS, SOFIA
from bot.local.toggl.records import Plan
from bot.services.project_polls import sign
from tests.jobs.project_updates.following import AT_ONCE, SITE, Town


async def passing(town: Town, *, hours: int, step: timedelta) -> Counter[int]:
    """Let hours pass in steps; the calls in each."""
    spent: Counter[int] = Counter()
    for number in range(timedelta(hours=hours) // step):
        await town.later(minutes=step / timedelta(minutes=1))
        spent[number * step // timedelta(hours=1)] += len(town.calls())
    return spent


@pytest.mark.parametrize(("plan", "share", "hours", "step"), [("free", 3, 24, 20), ("starter", 24, 4, 5)])
async def test_looking_never_takes_more_than_a_tenth_of_an_hour(
    town: Town, plan: Plan, share: int, hours: int, step: int
) -> None:
    town.toggl.set_plan(plan)
    account = await town.connect()
    await town.follow(account)
    await town.follow(account, SITE)
    await town.begin()
    spent = await passing(town, hours=hours, step=timedelta(minutes=step))
    assert max(spent.values()) <= share
    assert sum(spent.values()) >= hours


async def workspaces_of_one_organization(town: Town) -> None:
    account = await town.connect(who="admin")
    await town.follow(account)
    await town.follow(account, channel=DESIGN, workspace="Nordlicht Labs")


async def people_with_one_credential(town: Town) -> None:
    await town.follow(await town.connect(MARCUS))
    await town.follow(await town.connect(SOFIA), channel=DESIGN)


@pytest.mark.parametrize("shared", [workspaces_of_one_organization, people_with_one_credential])
async def test_whatever_looks_with_one_quota_shares_its_tenth(
    town: Town, shared: Callable[[Town], Awaitable[None]]
) -> None:
    town.toggl.set_plan("free")
    await shared(town)
    await town.begin()
    await town.later(hours=2)
    town.calls()
    spent = await passing(town, hours=6, step=timedelta(minutes=10))
    assert max(spent.values()) <= 3
    assert sum(spent.values()) >= 6


async def test_looking_after_what_vanished_keeps_within_the_tenth_too(town: Town) -> None:
    """One after the other, and none is forgotten."""
    town.toggl.set_plan("free")
    account = await town.connect()
    await town.follow(account, modes=AT_ONCE)
    await town.begin()
    names = [one.name for one in town.toggl.world.state.projects.values() if not one.private][:4]
    await town.later(hours=1)
    town.calls()
    for name in names:
        town.change(name, deleted_at=town.clock())
    spent = await passing(town, hours=8, step=timedelta(minutes=20))
    assert max(spent.values()) <= 3
    assert sum("Deleted" in text or "No longer in Toggl" in text for text in town.said()) == 4


async def test_a_spent_quota_is_waited_for_and_nothing_is_lost(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.toggl.spend_quota("member", remaining=0)
    town.change(SITE, pinned=True)
    await town.later(minutes=10)
    asked = town.calls()
    await town.later(minutes=30)
    assert len(asked) <= 1 and town.calls() == [] and len(town.said()) == 1
    await town.later(minutes=30)
    assert town.said()[-1].endswith("· Pinned")


async def test_people_keep_their_reserve(town: Town) -> None:
    town.toggl.set_plan("free")
    account = await town.connect()
    await town.follow(account)
    await town.begin()
    town.toggl.spend_quota("member", remaining=12)
    await town.later(minutes=25)
    town.calls()
    await town.later(minutes=25)
    assert town.calls() == []


async def test_signs_are_followed_at_once_and_only_within_the_share(town: Town) -> None:
    town.toggl.set_plan("free")
    account = await town.connect()
    await town.follow(account, modes=AT_ONCE)
    await town.begin()
    asked = 1
    for number in range(30):
        town.change(SITE, pinned=number % 2 == 0)
        poll = await town.poll(account)
        assert poll is not None
        async with town.works.store.writing() as db:
            await sign(db, poll, now=town.clock())
        await town.later(seconds=30)
        asked += len(town.calls())
    assert asked == 3


async def test_members_of_many_projects_are_asked_for_in_turn(town: Town) -> None:
    town.toggl.set_plan("free")
    account = await town.connect()
    names = [one.name for one in town.toggl.world.state.projects.values() if not one.private][:4]
    for name in names:
        await town.follow(account, name)
    await town.begin()
    asked: list[str] = []
    for _ in range(12):
        town.toggl.calls.clear()
        await town.later(minutes=65)
        asked += [call.path for call in town.toggl.calls if call.operation == "list_project_members"]
    assert len(set(asked)) == 4
    assert max(Counter(asked).values()) - min(Counter(asked).values()) <= 1


async def test_an_outage_is_borne_without_hammering(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.toggl.fail("list_projects", status=503, times=1000)
    town.change(SITE, pinned=True)
    for _ in range(12):
        await town.later(minutes=5)
    assert len(town.calls()) <= 3 * 12
    town.toggl.faults.clear()
    await town.later()
    assert town.said()[-1].endswith("· Pinned")
