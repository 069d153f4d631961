"""All entries of a period or a task in as few calls as possible, against the local Toggl."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import Clock
from tests.toggl.conftest import World

WHO = "admin"


def fill(world: World, clock: Clock, number: int) -> None:
    """Put `number` entries of a minute into the last hours."""
    for minutes in range(number):
        start = clock() - timedelta(minutes=minutes + 1)
        world.local.add_entry(WHO, "Write report", start=start, duration=timedelta(minutes=1))
    world.local.calls.clear()


async def test_a_short_period_is_one_call_and_kept_for_a_minute(world: World, clock: Clock) -> None:
    fill(world, clock, 3)
    since = clock() - timedelta(minutes=3)
    for _ in range(2):
        found = await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=1000)
        assert len(found.data) == found.total == 3
    assert world.calls() == ["list_time_entries"]
    await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=1000, afresh=True)
    clock.pass_(seconds=60)
    await world.ws.time_entries.whole(date_from=since, date_to=clock() - timedelta(seconds=60), most=1000)
    assert world.calls() == ["list_time_entries"] * 3


async def test_a_long_period_is_two_calls_and_ends_where_it_is_wanted(world: World, clock: Clock) -> None:
    fill(world, clock, 130)
    since = clock() - timedelta(minutes=130)
    found = await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=1000)
    assert len(found.data) == found.total == 130
    assert world.calls() == ["list_time_entries", "stream_time_entries"]
    cut = await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=120)
    assert (len(cut.data), cut.total) == (120, None)
    assert cut.data == found.data[:120]


async def test_a_change_through_the_bot_forgets_what_is_kept_of_periods(world: World, clock: Clock) -> None:
    fill(world, clock, 3)
    since = clock() - timedelta(minutes=3)
    entry = (await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=9)).data[0]
    assert entry.task_id is not None
    assert entry.id is not None
    await world.ws.time_entries.delete(entry.task_id, entry.id)
    assert (await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=9)).total == 2
    await world.ws.tracking.start(task_id=entry.task_id, type="activity", start=clock() - timedelta(seconds=1))
    assert (await world.ws.time_entries.whole(date_from=since, date_to=clock(), most=9)).total == 3


async def test_a_task_s_entries_are_one_call_however_old(world: World, clock: Clock) -> None:
    task = next(task for task in world.local.world.state.tasks.values() if task.name == "Write report")
    world.local.add_entry(WHO, task.name, start=clock() - timedelta(days=900), duration=timedelta(minutes=1))
    world.local.calls.clear()
    found = await world.ws.time_entries.whole_task(task.id, date_to=clock(), most=1000)
    assert found.data[-1].start == clock() - timedelta(days=900)
    assert world.calls()[0] == "list_task_time_entries"
    assert len(world.calls()) == 1 + (len(found.data) >= 100)
