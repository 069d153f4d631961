from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services import tasks, timer, timer_problems, undo
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.tracking import WHO, Member, warmed


@both
async def test_a_stop_button_stops_its_timer_though_another_is_thought_to_run(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    """Another process of the bot's switched within the minute that entries are kept, and its button is pressed here."""
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    await timer.start(member(), first, at=clock())
    clock.pass_(seconds=20)
    elsewhere = toggl.start_elsewhere(WHO, second.name)
    clock.pass_(seconds=20)
    stopped = await timer.stop(member(), at=clock(), entry_id=elsewhere.id)
    assert stopped.entry.task == second
    assert toggl.running(WHO) is None


@pytest.mark.parametrize("times", [1, 2])
async def test_a_timer_that_does_not_run_in_this_workspace_is_told_from_one_that_just_ended(
    member: Member, toggl: ServedToggl, clock: Clock, times: int
) -> None:
    """Toggl refuses a second timer; here none runs: it ended in this moment, or it runs in another workspace."""
    [task] = await warmed(member(), toggl, "Write report")
    words = "Cannot track multiple time entries at the same time"
    toggl.fail("start_tracking", status=422, body={"error": "x", "error_description": words}, times=times)
    if times == 1:
        assert (await timer.start(member(), task, at=clock())).previous is None
        assert toggl.running(WHO) is not None
        return
    with pytest.raises(timer_problems.RunsInAnotherWorkspace):
        await timer.start(member(), task, at=clock())
    assert toggl.running(WHO) is None


@both
async def test_a_stop_button_leaves_alone_what_took_its_timers_place_seconds_ago(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    started = await timer.start(member(), first, at=clock())
    clock.pass_(seconds=20)
    since = toggl.start_elsewhere(WHO, second.name).start
    clock.pass_(seconds=20)
    with pytest.raises(timer_problems.NotRunningAnyMore):
        await timer.stop(member(), at=clock(), entry_id=started.entry.id)
    assert (running := toggl.running(WHO)) and (running.task_id, running.start) == (second.id, since)
    assert [entry.start for entry in toggl.entries(WHO)].count(since) == 1


async def test_stopping_another_timer_that_cannot_be_put_back_is_said_plainly(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    started = await timer.start(member(), first, at=clock())
    clock.pass_(seconds=20)
    toggl.start_elsewhere(WHO, second.name)
    clock.pass_(seconds=20)
    toggl.fail("start_tracking", status=503, times=20)
    with pytest.raises(timer_problems.StoppedAnother):
        await timer.stop(member(), at=clock(), entry_id=started.entry.id)


async def test_a_timer_started_elsewhere_keeps_its_name_when_it_is_switched_off(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    toggl.add_entry(WHO, first.name, start=clock() - timedelta(hours=3), duration=timedelta(hours=1))
    clock.pass_(minutes=2)
    await timer.now(member())
    toggl.start_elsewhere(WHO, first.name, at=clock() - timedelta(minutes=5))
    switched = await timer.start(member(), second, at=clock())
    assert switched.previous and switched.previous.task == first


async def test_a_stop_before_the_start_of_a_timer_started_elsewhere_says_since_when_it_runs(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    began = toggl.start_elsewhere(WHO, task.name, at=clock() - timedelta(minutes=5)).start
    with pytest.raises(timer_problems.StopsBeforeItStarts) as refused:
        await timer.stop(member(), at=clock() - timedelta(minutes=10))
    assert refused.value.values["started"] == began
    assert toggl.running(WHO)


async def test_a_start_in_the_second_in_which_a_timer_started_elsewhere_switches(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    toggl.start_elsewhere(WHO, first.name, at=clock())
    switched = await timer.start(member(), second, at=clock())
    assert switched.previous and switched.previous.ended_at == switched.entry.started_at
    assert (running := toggl.running(WHO)) and running.task_id == second.id


@both
async def test_a_task_never_tracked_before_is_named_when_it_is_stopped_at_once(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    context = member()
    recent = {entry.task_id for entry in toggl.entries(WHO)}
    fresh = next(task for task in await tasks.suggest(context, "") if task.id not in recent)
    toggl.calls.clear()
    await timer.start(context, fresh, at=clock())
    clock.pass_(seconds=20)
    stopped = await timer.stop(member(), at=clock())
    assert operations(toggl) == ["start_tracking", "stop_tracking"]
    assert stopped.entry.task == fresh
    assert (await timer.now(member())).recents[0] == fresh


async def test_a_task_just_made_is_named_when_it_is_stopped_and_when_that_is_undone(
    member: Member, clock: Clock
) -> None:
    made = await tasks.create(member(), "Water the plants", project=None)
    await timer.now(member())
    await timer.start(member(), made, at=clock())
    clock.pass_(seconds=20)
    stopped = await timer.stop(member(), at=clock())
    assert stopped.entry.task and stopped.entry.task.name == "Water the plants"
    await undo.perform(member(), stopped.undo_id)
    clock.pass_(seconds=5)
    again = await timer.stop(member(), at=clock())
    assert again.entry.task and again.entry.task.name == "Water the plants"


async def test_what_was_stopped_elsewhere_seconds_ago_can_be_continued(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    with pytest.raises(timer_problems.AlreadyRunning):
        await timer.last_task(member())
    clock.pass_(seconds=20)
    toggl.stop_elsewhere(WHO)
    assert await timer.last_task(member()) == task
