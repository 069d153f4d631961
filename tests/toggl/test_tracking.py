"""The running timer, against the local Toggl and against answers that got lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.local.toggl.call import Profile
from bot.toggl import AnswerLost, NothingRunning, Refused, TimerRunning, Unavailable, UnreadableReceipt
from tests.conftest import Clock
from tests.toggl.conftest import Face, World
from tests.toggl.fakes import Scripted, Trouble, answer

LOST = [
    {"drop": "after"},
    {"status": 500, "effect": True},
    {"status": 504, "effect": True},
    {"status": 200, "effect": True},
]
ENDED = [{"drop": "before"}, {"status": 500}, {"status": 502}]


def a_task(world: World) -> int:
    """Some task's id."""
    return next(task.id for task in world.local.world.state.tasks.values() if task.deleted_at is None)


async def test_a_timer_starts_is_seen_and_stops(world: World, clock: Clock) -> None:
    task = a_task(world)
    assert await world.ws.tracking.current() is None
    started = await world.ws.tracking.start(task_id=task, start=clock())
    assert (started.task_id, started.start, started.running, started.length) == (task, clock(), True, None)
    assert await world.ws.tracking.current() == started
    clock.pass_(minutes=25)
    stopped = await world.ws.tracking.stop()
    assert stopped.length == timedelta(minutes=25)
    assert stopped.ended_at == clock()
    assert await world.ws.tracking.current() is None


async def test_a_second_timer_is_refused_by_the_profile_pages(world: World) -> None:
    await world.ws.tracking.start(task_id=a_task(world))
    with pytest.raises(TimerRunning, match="already running") as caught:
        await world.ws.tracking.start(task_id=a_task(world))
    assert isinstance(caught.value, Refused)
    assert caught.value.status == 422


async def test_a_second_timer_stops_the_first_in_the_profile_of_2026(world: World, clock: Clock) -> None:
    world.local.profile = "2026-08"
    first = await world.ws.tracking.start(task_id=a_task(world))
    recent = await world.ws.time_entries.recent()
    assert recent.data[0].id == first.id
    clock.pass_(minutes=5)
    second = await world.ws.tracking.start(task_id=a_task(world))
    newest, before, *_ = (await world.ws.time_entries.recent()).data
    assert (newest.id, before.id) == (second.id, first.id)
    assert before.length == timedelta(minutes=5)


async def test_stopping_without_a_timer_says_so(world: World) -> None:
    with pytest.raises(NothingRunning, match="No timer is running"):
        await world.ws.tracking.stop()


async def test_an_end_before_the_start_is_refused_in_toggls_words(world: World, clock: Clock) -> None:
    await world.ws.tracking.start(task_id=a_task(world), start=clock())
    with pytest.raises(Refused) as caught:
        await world.ws.tracking.stop(end=clock() - timedelta(minutes=1))
    assert caught.value.words


@pytest.mark.parametrize("profile", ["pages", "2026-08"])
@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_start_whose_answer_was_lost_is_found_and_not_doubled(
    fault: dict[str, Any], profile: Profile, world: World, clock: Clock
) -> None:
    world.local.profile = profile
    before = len(world.local.entries("admin"))
    world.local.fail("start_tracking", **fault)
    entry = await world.ws.tracking.start(task_id=a_task(world), start=clock())
    running = world.local.running("admin")
    assert running is not None
    assert entry.id == running.id
    assert len(world.local.entries("admin")) == before + 1
    assert world.calls() == ["start_tracking", "get_current_tracking"]


@pytest.mark.parametrize("fault", ENDED, ids=str)
async def test_a_start_that_was_not_done_is_said_not_to_be_saved(fault: dict[str, Any], world: World) -> None:
    world.local.fail("start_tracking", **fault)
    with pytest.raises(Unavailable, match="Nothing was saved") as caught:
        await world.ws.tracking.start(task_id=a_task(world))
    assert not caught.value.may_have_had_effect
    assert world.local.running("admin") is None


async def test_another_running_timer_is_not_taken_for_the_lost_one(world: World, clock: Clock) -> None:
    """Somebody started the same task elsewhere, at another second."""
    task = world.local.world.state.tasks[a_task(world)]
    world.local.start_elsewhere("admin", task.name, at=clock() - timedelta(minutes=1))
    world.local.fail("start_tracking", status=502)
    with pytest.raises(Unavailable):
        await world.ws.tracking.start(task_id=task.id, start=clock())


async def test_an_answer_that_names_no_entry_is_looked_up(face: Face, clock: Clock) -> None:
    """A yes with an empty object: what runs, or has ended, says what was done."""
    entry = {"id": 1, "task_id": 5, "type": "activity", "start": clock()}
    ended = {**entry, "duration": 60}
    empty, idle = answer({}), answer(b"", 204)
    faced = await face(Scripted(empty, answer(entry), empty, idle, answer({"data": [ended]}), empty, idle, empty))
    assert (await faced.ws.tracking.start(task_id=5, start=clock())).id == 1
    assert (await faced.ws.tracking.stop(end=clock() + timedelta(minutes=1))).id == 1
    with pytest.raises(UnreadableReceipt, match="Toggl accepted this"):
        await faced.ws.tracking.stop(end=clock() + timedelta(minutes=1))


async def test_after_a_time_out_a_timer_that_is_not_there_may_still_come(world: World) -> None:
    world.local.fail("start_tracking", status=504)
    with pytest.raises(AnswerLost, match="may or may not have been saved") as caught:
        await world.ws.tracking.start(task_id=a_task(world))
    assert caught.value.may_have_had_effect


async def test_a_look_up_that_fails_leaves_the_start_unknown(face: Face) -> None:
    faced = await face(Scripted(Trouble.DROPPED, answer({"error": "forbidden"}, 403)))
    with pytest.raises(AnswerLost):
        await faced.ws.tracking.start(task_id=1)


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_stop_whose_answer_was_lost_is_found(fault: dict[str, Any], world: World, clock: Clock) -> None:
    started = await world.ws.tracking.start(task_id=a_task(world), start=clock())
    clock.pass_(minutes=25)
    world.local.fail("stop_tracking", **fault)
    stopped = await world.ws.tracking.stop(end=clock())
    assert (stopped.id, stopped.length) == (started.id, timedelta(minutes=25))
    assert len([call for call in world.calls() if call == "stop_tracking"]) == 1


@pytest.mark.parametrize("fault", ENDED, ids=str)
async def test_a_stop_that_was_not_done_is_said_not_to_be_saved(
    fault: dict[str, Any], world: World, clock: Clock
) -> None:
    await world.ws.tracking.start(task_id=a_task(world), start=clock())
    clock.pass_(minutes=25)
    world.local.fail("stop_tracking", **fault)
    with pytest.raises(Unavailable, match="Nothing was saved"):
        await world.ws.tracking.stop()
    assert world.local.running("admin") is not None


async def test_a_timer_that_is_gone_but_ended_otherwise_leaves_the_stop_unknown(world: World, clock: Clock) -> None:
    """Stopped elsewhere while our stop got lost: whose end counts cannot be told."""
    await world.ws.tracking.start(task_id=a_task(world), start=clock())
    clock.pass_(minutes=25)
    world.local.stop_elsewhere("admin", at=clock() - timedelta(minutes=5))
    world.local.fail("stop_tracking", drop="before")
    with pytest.raises(AnswerLost):
        await world.ws.tracking.stop(end=clock())


async def test_starting_and_stopping_keep_the_recent_entries_true_without_a_call(world: World, clock: Clock) -> None:
    before = await world.ws.time_entries.recent()
    task = next(entry.task for entry in before.data if entry.task is not None)
    assert task.id is not None
    world.local.calls.clear()
    started = await world.ws.tracking.start(task_id=task.id)
    newest = (await world.ws.time_entries.recent()).data[0]
    assert (newest.id, newest.running, newest.task) == (started.id, True, task)
    clock.pass_(seconds=50)
    await world.ws.tracking.stop()
    newest = (await world.ws.time_entries.recent()).data[0]
    assert newest.length == timedelta(seconds=50)
    assert world.calls() == ["start_tracking", "stop_tracking"]


async def test_a_lost_start_forgets_the_recent_entries(world: World) -> None:
    await world.ws.time_entries.recent()
    world.local.fail("start_tracking", status=504, effect=False)
    with pytest.raises(AnswerLost):
        await world.ws.tracking.start(task_id=a_task(world))
    world.local.calls.clear()
    await world.ws.time_entries.recent()
    assert world.calls() == ["list_time_entries"]


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_start_from_a_description_whose_answer_was_lost_is_found(fault: dict[str, Any], world: World) -> None:
    world.local.fail("start_tracking_from_description", **fault)
    started = await world.ws.tracking.start_from_description("Quite a new thing", create_task_if_not_found=True)
    running = world.local.running("admin")
    assert running is not None
    assert started.time_entry is not None
    assert started.time_entry.id == running.id
    assert len(world.calls()) == 2


async def test_a_start_from_a_description_tells_what_it_chose(world: World) -> None:
    started = await world.ws.tracking.start_from_description("Quite a new thing", create_task_if_not_found=True)
    assert started.task_created
    assert started.task is not None
    assert started.task.name == "Quite a new thing"
    assert started.time_entry is not None
    with pytest.raises(TimerRunning):
        await world.ws.tracking.start_from_description("Quite a new thing")
