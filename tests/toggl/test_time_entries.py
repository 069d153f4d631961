"""Time entries, against the local Toggl."""

from __future__ import annotations

from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest
from msgspec import UNSET

from bot.toggl import AnswerLost, NotFound, Refused, Unavailable, models
from bot.toggl.models import TimeEntry
from tests.conftest import Clock
from tests.toggl.conftest import Face, World
from tests.toggl.fakes import Scripted, Trouble, answer
from tests.toggl.test_tracking import a_task

TASK = {"id": 5, "name": "New", "created_at": "2026-11-12T11:00:00Z"}


async def an_entry(world: World, clock: Clock) -> TimeEntry:
    """An entry of an hour that ended just now."""
    start = clock() - timedelta(hours=1)
    entry = await world.ws.time_entries.create(a_task(world), type="activity", start=start, duration=3600)
    assert entry is not None
    return entry


async def test_a_page_holds_ones_own_entries_with_their_tasks(world: World, clock: Clock) -> None:
    page = await world.ws.time_entries.list(
        date_from=clock() - timedelta(days=30), date_to=clock(), per_page=10, order_by=["-start"]
    )
    assert len(page.data) == page.per_page == 10
    assert all(entry.task is not None and entry.task.name for entry in page.data)
    starts = [entry.start for entry in page.data if entry.start is not None]
    assert starts == sorted(starts, reverse=True)


async def test_going_through_all_entries_asks_for_pages_as_they_are_needed(world: World, clock: Clock) -> None:
    since = clock() - timedelta(days=80)
    everything = [e.id async for e in world.ws.time_entries.iterate(date_from=since, date_to=clock(), per_page=50)]
    assert len(everything) == len(set(everything)) > 100
    world.local.calls.clear()
    async with aclosing(world.ws.time_entries.iterate(date_from=since, date_to=clock(), per_page=50)) as entries:
        taken = [entry.id async for _, entry in _first(entries, 60)]
    assert taken == everything[:60]
    assert world.calls() == ["list_time_entries", "list_time_entries"]


async def _first(entries: Any, wanted: int) -> Any:
    count = 0
    async for entry in entries:
        count += 1
        yield count, entry
        if count == wanted:
            return


async def test_too_large_a_page_is_refused(world: World, clock: Clock) -> None:
    with pytest.raises(Refused):
        await world.ws.time_entries.list(date_from=clock() - timedelta(days=1), date_to=clock(), per_page=101)


async def test_a_stream_gives_what_the_pages_give(world: World, clock: Clock) -> None:
    since = clock() - timedelta(days=80)
    paged = {e.id async for e in world.ws.time_entries.iterate(date_from=since, date_to=clock())}
    world.local.calls.clear()
    streamed = [e.id async for e in world.ws.time_entries.stream(date_from=since, date_to=clock())]
    assert len(streamed) == len(paged)
    assert set(streamed) == paged
    assert world.calls() == ["stream_time_entries"]


@pytest.mark.parametrize("echoes", [False, True])
async def test_a_created_entry_is_given_whether_or_not_toggl_gives_it(
    world: World, clock: Clock, *, echoes: bool
) -> None:
    world.local.echoes = echoes
    entry = await an_entry(world, clock)
    assert entry.length == timedelta(hours=1)
    assert entry.id in {kept.id for kept in world.local.entries("admin")}
    assert world.calls() == ["create_time_entry"] + ([] if echoes else ["list_time_entries"])


async def test_of_two_like_entries_the_new_one_is_found(world: World, clock: Clock) -> None:
    first = await an_entry(world, clock)
    clock.pass_(minutes=5)
    start = first.start
    assert start is not None
    second = await world.ws.time_entries.create(a_task(world), type="activity", start=start, duration=3600)
    assert second is not None
    assert second.id != first.id


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 500, "effect": True}], ids=str)
async def test_an_entry_whose_receipt_was_lost_is_found_and_not_doubled(
    fault: dict[str, Any], world: World, clock: Clock
) -> None:
    before = len(world.local.entries("admin"))
    world.local.fail("create_time_entry", **fault)
    await an_entry(world, clock)
    assert len(world.local.entries("admin")) == before + 1


async def test_an_entry_behind_a_page_of_later_ones_is_found_too(world: World, clock: Clock) -> None:
    """A busy task has more than a hundred within weeks; time of last month is logged all the same."""
    task, before = a_task(world), clock() - timedelta(days=40)
    name = world.local.world.state.tasks[task].name
    for number in range(101):
        world.local.add_entry("admin", name, start=before + timedelta(hours=number + 1), duration=timedelta(minutes=5))
    made = await world.ws.time_entries.create(task, type="activity", start=before, duration=300)
    assert made is not None
    world.local.fail("create_time_entry", status=500, effect=True)
    again = await world.ws.time_entries.create(task, type="activity", start=before - timedelta(hours=1), duration=300)
    assert again is not None


async def test_an_entry_that_was_not_made_is_said_not_to_be_saved(world: World, clock: Clock) -> None:
    world.local.fail("create_time_entry", drop="before")
    with pytest.raises(Unavailable, match="Nothing was saved"):
        await an_entry(world, clock)


async def test_a_look_up_that_fails_does_not_make_a_made_entry_look_unmade(world: World, clock: Clock) -> None:
    """The last call of the hour saved it: that the look-up finds the quota spent is no news of the entry."""
    before = len(world.local.entries("admin"))
    world.local.spend_quota("admin", remaining=1)
    made = await world.ws.time_entries.create(a_task(world), type="activity", start=clock(), duration=60)
    assert made is None
    assert len(world.local.entries("admin")) == before + 1


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 500, "effect": True}], ids=str)
async def test_several_entries_whose_receipt_was_lost_are_found_and_not_doubled(
    fault: dict[str, Any], world: World, clock: Clock
) -> None:
    before, task = len(world.local.entries("admin")), a_task(world)
    world.local.fail("create_time_entries", **fault)
    hour = timedelta(hours=1)
    await world.ws.time_entries.create_many(
        [{"task_id": task, "type": "activity", "start": clock() - n * hour, "duration": 60} for n in (1, 1, 3)]
    )
    assert len(world.local.entries("admin")) == before + 3


async def test_several_entries_that_were_not_made_are_said_not_to_be_saved(world: World, clock: Clock) -> None:
    world.local.fail("create_time_entries", drop="before")
    with pytest.raises(Unavailable, match="Nothing was saved"):
        await world.ws.time_entries.create_many(
            [{"task_id": a_task(world), "type": "activity", "start": clock(), "duration": 60}]
        )


async def test_of_several_entries_only_some_of_which_are_there_nothing_is_said(face: Face, clock: Clock) -> None:
    made = {"id": 1, "task_id": 5, "type": "activity", "start": clock(), "duration": 60, "created_at": clock()}
    faced = await face(Scripted(Trouble.DROPPED, answer({"data": [made]})))
    with pytest.raises(AnswerLost):
        await faced.ws.time_entries.create_many(
            [{"task_id": task, "type": "activity", "start": clock(), "duration": 60} for task in (5, 6)]
        )


async def test_an_entry_without_an_age_proves_nothing(face: Face, clock: Clock) -> None:
    """It may be the one whose receipt was lost, or an older one: neither “saved” nor “nothing was saved” is known."""
    undated = {"id": 1, "task_id": 5, "type": "activity", "start": clock(), "duration": 60}
    shown = answer({"data": [undated]})
    faced = await face(Scripted(Trouble.DROPPED, shown, Trouble.DROPPED, shown, answer(b"", 201)))
    entries = faced.ws.time_entries
    with pytest.raises(AnswerLost):
        await entries.create(5, type="activity", start=clock(), duration=60)
    with pytest.raises(AnswerLost):
        await entries.create_many([{"task_id": 5, "type": "activity", "start": clock(), "duration": 60}])
    assert await entries.create(5, type="activity", start=clock(), duration=60) is None


async def test_an_answer_without_an_id_is_as_good_as_none(face: Face, clock: Clock) -> None:
    made = {"id": 1, "task_id": 5, "type": "activity", "start": clock(), "duration": 60, "created_at": clock()}
    faced = await face(Scripted(answer({}, 201), answer({"data": [made]}), answer({}, 201), answer({"data": [TASK]})))
    entry = await faced.ws.time_entries.create(5, type="activity", start=clock(), duration=60)
    assert entry is not None
    assert entry.id == 1
    assert (await faced.ws.tasks.create(name="New")).id == 5


async def test_a_new_entry_is_kept_with_the_name_of_its_task(face: Face, clock: Clock) -> None:
    made = {"id": 1, "task_id": 5, "type": "activity", "start": clock(), "duration": 60, "created_at": clock()}
    faced = await face(Scripted(answer({"data": []}), answer(made, 201)))
    await faced.ws.time_entries.recent()
    await faced.ws.time_entries.create(
        5, task=models.Task(id=5, name="New"), type="activity", start=clock(), duration=60
    )
    [kept] = (await faced.ws.time_entries.recent()).data
    assert kept.task == models.Task(id=5, name="New")


async def test_several_entries_that_no_look_up_can_see_are_not_looked_up(face: Face) -> None:
    toggl = Scripted(Trouble.DROPPED)
    faced = await face(toggl)
    with pytest.raises(AnswerLost):
        await faced.ws.time_entries.create_many([{"task_id": 5, "type": "activity"}])
    assert len(toggl.requests) == 1


async def test_an_entry_for_somebody_else_cannot_be_looked_up(face: Face, clock: Clock) -> None:
    toggl = Scripted(answer(b"", 201), Trouble.DROPPED)
    faced = await face(toggl)
    entries = faced.ws.time_entries
    assert await entries.create(5, type="activity", start=clock(), duration=60, user_id=9) is None
    with pytest.raises(AnswerLost):
        await entries.create(5, type="activity", start=clock(), duration=60, user_id=9)
    assert len(toggl.requests) == 2


async def test_a_change_sends_what_is_given_null_included_and_nothing_else(face: Face, clock: Clock) -> None:
    toggl = Scripted(answer(b"", 204))
    faced = await face(toggl)
    await faced.ws.time_entries.update(5, 7, duration=None, start=UNSET, type="break")
    await faced.ws.time_entries.update(5, 7, task_id=6)
    await faced.ws.time_entries.update_many([{"id": 7, "start": clock()}, {"id": 8, "duration": UNSET}])
    assert toggl.bodies == [
        {"duration": None, "type": "break"},
        {"task_id": 6},
        [{"id": 7, "start": "2026-11-12T11:00:00Z"}, {"id": 8}],
    ]


async def test_an_entry_is_changed_archived_deleted_and_restored(world: World, clock: Clock) -> None:
    entries, entry = world.ws.time_entries, await an_entry(world, clock)
    assert entry.task_id is not None
    assert entry.id is not None
    where = entry.task_id, entry.id
    await entries.update(*where, duration=1800)
    assert (await entries.get(*where)).length == timedelta(minutes=30)
    await entries.archive(*where)
    assert (await entries.get(*where)).archived_at is not None
    await entries.unarchive(*where)
    assert (await entries.get(*where)).archived_at is None
    await entries.delete(*where)
    with pytest.raises(NotFound):
        await entries.get(*where)
    await entries.restore(*where)
    await entries.delete_many([entry.id])
    await entries.restore_many([entry.id])
    assert (await entries.get(*where)).id == entry.id


async def test_several_entries_are_all_saved_or_none(world: World, clock: Clock) -> None:
    before, task = len(world.local.entries("admin")), a_task(world)
    with pytest.raises((Refused, NotFound)):
        await world.ws.time_entries.create_many(
            [
                {"task_id": task, "type": "activity", "start": clock(), "duration": 60},
                {"task_id": 1, "type": "activity", "start": clock(), "duration": 60},
            ]
        )
    assert len(world.local.entries("admin")) == before
    await world.ws.time_entries.create_many([{"task_id": task, "type": "activity", "start": clock(), "duration": 60}])
    assert len(world.local.entries("admin")) == before + 1


async def test_the_recent_entries_are_asked_for_once_a_minute_and_after_a_change(world: World, clock: Clock) -> None:
    entry = await an_entry(world, clock)
    world.local.calls.clear()
    await world.ws.time_entries.recent()
    await world.ws.time_entries.recent()
    assert world.calls() == ["list_time_entries"]
    clock.pass_(seconds=60)
    await world.ws.time_entries.recent()
    assert world.calls() == ["list_time_entries"] * 2
    assert entry.task_id is not None
    assert entry.id is not None
    await world.ws.time_entries.delete(entry.task_id, entry.id)
    assert entry.id not in {kept.id for kept in (await world.ws.time_entries.recent()).data}


async def test_a_created_entry_joins_the_recent_ones_without_a_call(world: World, clock: Clock) -> None:
    world.local.echoes = True
    await world.ws.time_entries.recent()
    entry = await an_entry(world, clock)
    world.local.calls.clear()
    recent = await world.ws.time_entries.recent()
    assert entry.id in {kept.id for kept in recent.data}
    assert list(recent.data) == sorted(recent.data, key=lambda each: each.start or clock(), reverse=True)
    assert world.calls() == []
