from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.when import parse_when
from bot.services import timer, timer_problems, undo
from bot.toggl import AnswerLost, Forbidden, QuotaSpent, Unavailable
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.projecting import BERLIN
from tests.services.tracking import WHO, Member, warmed


@both
async def test_starting_a_known_task_is_one_call(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    started = await timer.start(member(), task, at=clock())
    assert operations(toggl) == ["start_tracking"]
    assert (running := toggl.running(WHO)) and (running.task_id, running.start) == (task.id, clock())
    assert started.entry.task == task
    assert started.previous is None


async def test_stopping_is_one_call_with_a_warm_cache_and_two_with_a_cold_one(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    clock.pass_(seconds=40)
    toggl.calls.clear()
    await timer.stop(member(), at=clock())
    assert operations(toggl) == ["stop_tracking"]

    await timer.start(member(), task, at=clock())
    clock.pass_(hours=2)
    toggl.calls.clear()
    stopped = await timer.stop(member(), at=clock())
    assert operations(toggl) == ["stop_tracking", "list_time_entries"]
    assert stopped.entry.task and stopped.entry.task.name == "Write report"
    assert stopped.entry.length == timedelta(hours=2)


@both
async def test_switching_is_two_calls_without_a_gap(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    await timer.start(member(), first, at=clock())
    clock.pass_(seconds=50)
    toggl.calls.clear()
    switched = await timer.start(member(), second, at=clock())
    assert operations(toggl) == ["stop_tracking", "start_tracking"]
    assert switched.previous and switched.previous.ended_at == switched.entry.started_at == clock()


async def test_a_timer_started_elsewhere_meanwhile_is_switched_off_with_three_calls(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    toggl.start_elsewhere(WHO, first.name, at=clock() - timedelta(minutes=5))
    switched = await timer.start(member(), second, at=clock())
    assert operations(toggl) == ["start_tracking", "stop_tracking", "start_tracking"]
    assert switched.previous and switched.previous.task_id == first.id
    assert (running := toggl.running(WHO)) and running.task_id == second.id


async def test_now_is_at_most_two_calls(member: Member, toggl: ServedToggl) -> None:
    card = await timer.now(member())
    assert sorted(operations(toggl)) == ["get_current_tracking", "list_time_entries"]
    assert card.running is None
    assert card.recents


async def test_starting_what_runs_already_changes_nothing(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    clock.pass_(seconds=10)
    with pytest.raises(timer_problems.AlreadyRunning) as refused:
        await timer.start(member(), task, at=clock())
    assert refused.value.entry.task and refused.value.entry.task.name == "Write report"
    assert (running := toggl.running(WHO)) and running.start == clock() - timedelta(seconds=10)


async def test_the_days_total_counts_what_was_tracked_before(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    before = (await timer.now(member())).day_total
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    clock.pass_(minutes=30)
    stopped = await timer.stop(member(), at=clock())
    assert stopped.day_total == before + timedelta(minutes=30)


async def test_a_spent_quota_does_not_turn_a_saved_stop_into_a_failure(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    clock.pass_(minutes=30)
    toggl.spend_quota(WHO, remaining=1)
    stopped = await timer.stop(member(), at=clock())
    assert stopped.day_total is None
    assert toggl.running(WHO) is None
    with pytest.raises(QuotaSpent):
        await timer.stop(member(), at=clock())


async def test_stopping_without_a_timer_says_so(member: Member, clock: Clock) -> None:
    with pytest.raises(timer_problems.NothingRunning):
        await timer.stop(member(), at=clock())


async def test_a_stop_button_leaves_another_timer_alone(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    started = await timer.start(member(), first, at=clock())
    clock.pass_(minutes=10)
    toggl.start_elsewhere(WHO, second.name)
    clock.pass_(minutes=10)
    with pytest.raises(timer_problems.NotRunningAnyMore):
        await timer.stop(member(), at=clock(), entry_id=started.entry.id)
    assert (running := toggl.running(WHO)) and running.task_id == second.id


async def test_a_timer_cannot_stop_before_it_started(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    await timer.start(member(), task, at=clock())
    with pytest.raises(timer_problems.StopsBeforeItStarts):
        await timer.stop(member(), at=clock() - timedelta(minutes=5))
    assert toggl.running(WHO)


@both
async def test_a_second_thought_within_the_same_second_is_obeyed(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    await timer.start(member(), first, at=clock())
    switched = await timer.start(member(), second, at=clock())
    assert switched.previous and switched.previous.ended_at == switched.entry.started_at
    stopped = await timer.stop(member(), at=clock())
    assert stopped.entry.length == timedelta(seconds=1)
    assert toggl.running(WHO) is None


async def test_since_last_is_where_the_last_entry_ended(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    ended = clock() - timedelta(minutes=7)
    toggl.add_entry(WHO, "Write report", start=ended - timedelta(minutes=20), duration=timedelta(minutes=20))
    when = parse_when("since last", now=clock(), zone=BERLIN)
    assert await timer.moment(member(), when) == ended


async def test_a_switch_whose_start_fails_lets_the_old_timer_run_again(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    began = clock()
    await timer.start(member(), first, at=began)
    clock.pass_(seconds=50)
    toggl.task(second.name).deleted_at = clock()
    with pytest.raises(Exception, match="cannot find"):
        await timer.start(member(), second, at=clock())
    running = toggl.running(WHO)
    assert running and (running.task_id, running.start) == (first.id, began)
    assert [entry.start for entry in toggl.entries(WHO)].count(began) == 1


async def test_a_switch_that_cannot_be_put_back_is_said_plainly(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    await timer.start(member(), first, at=clock())
    clock.pass_(seconds=50)
    toggl.fail("start_tracking", status=503, times=20)
    with pytest.raises(timer_problems.SwitchFailedHalfway) as failed:
        await timer.start(member(), second, at=clock())
    assert failed.value.values["task"] == "Write report"
    assert toggl.running(WHO) is None


@both
async def test_a_start_whose_answer_is_lost_is_found_and_not_doubled(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    toggl.fail("start_tracking", drop="after")
    await timer.start(member(), task, at=clock())
    assert [entry.start for entry in toggl.entries(WHO)].count(clock()) == 1


async def test_a_start_lost_before_its_effect_says_that_nothing_was_saved(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    toggl.fail("start_tracking", drop="before")
    with pytest.raises(Unavailable) as failed:
        await timer.start(member(), task, at=clock())
    assert not isinstance(failed.value, AnswerLost)
    assert toggl.running(WHO) is None


async def test_the_start_of_what_runs_can_be_moved_and_moved_back(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    started = await timer.start(member(), task, at=clock())
    moved = await timer.move_start(
        member(), entry_id=started.entry.id, seen=started.entry.started_at, to=clock() - timedelta(minutes=20)
    )
    assert (running := toggl.running(WHO)) and running.start == clock() - timedelta(minutes=20)
    await undo.perform(member(), moved.undo_id)
    assert (running := toggl.running(WHO)) and running.start == clock()


async def test_the_start_of_a_stopped_entry_is_left_alone(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    started = await timer.start(member(), task, at=clock() - timedelta(minutes=20))
    toggl.stop_elsewhere(WHO, at=clock())
    with pytest.raises(timer_problems.NotRunningAnyMore):
        await timer.move_start(member(), entry_id=started.entry.id, seen=clock(), to=clock() - timedelta(minutes=5))


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_a_timer_that_is_brought_back_has_all_that_its_entry_had(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    """Toggl resumes nothing: the entry that takes the other's place must not lose its description, tags and billing."""
    first, second = await warmed(member(), toggl, "Write report", "Repair login flow")
    running = toggl.start_elsewhere(WHO, first.name, at=clock() - timedelta(minutes=50))
    tag = next(iter(toggl.world.state.tags))
    running.description, running.tag_ids, running.billable, running.time_block_id = "Chapter two", [tag], True, 7

    def kept() -> tuple[object, ...]:
        now = toggl.running(WHO)
        assert now
        return now.task_id, now.description, now.tag_ids, now.billable, now.time_block_id

    whole = (first.id, "Chapter two", [tag], True, 7)
    stopped = await timer.stop(member(), at=clock())
    await undo.perform(member(), stopped.undo_id)
    assert kept() == whole
    clock.pass_(seconds=70)
    switched = await timer.start(member(), second, at=clock())
    await undo.perform(member(), switched.undo_id)
    assert kept() == whole
    clock.pass_(seconds=70)
    toggl.fail("start_tracking", status=403)
    with pytest.raises(Forbidden):
        await timer.start(member(), second, at=clock())
    assert kept() == whole


async def test_what_was_written_on_a_stopped_entry_since_is_not_lost_by_undoing_the_stop(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    started = await timer.start(member(), task, at=clock() - timedelta(minutes=50))
    stopped = await timer.stop(member(), at=clock())
    toggl.world.state.entries[started.entry.id].type = "break"
    await undo.perform(member(), stopped.undo_id)
    assert (running := toggl.running(WHO)) and running.type == "break"


async def test_a_start_that_was_changed_elsewhere_is_not_overwritten(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    [task] = await warmed(member(), toggl, "Write report")
    started = await timer.start(member(), task, at=clock())
    there = clock() - timedelta(minutes=10)
    toggl.world.state.entries[started.entry.id].start = there
    with pytest.raises(timer_problems.StartChanged) as changed:
        await timer.move_start(member(), entry_id=started.entry.id, seen=clock(), to=clock() - timedelta(minutes=5))
    assert changed.value.entry.started_at == there
    assert (running := toggl.running(WHO)) and running.start == there


@both
async def test_undoing_a_start_at_the_end_of_an_entry_leaves_that_entry_alone(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    """`/track start … since last`: what had ended then was no timer that the start stopped."""
    last = toggl.add_entry(
        WHO, "Repair login flow", start=clock() - timedelta(minutes=40), duration=timedelta(minutes=30)
    )
    [task] = await warmed(member(), toggl, "Write report")
    at = await timer.moment(member(), parse_when("since last", now=clock(), zone=BERLIN))
    assert at == clock() - timedelta(minutes=10)
    started = await timer.start(member(), task, at=at)
    undone = await undo.perform(member(), started.undo_id)
    assert undone.running is None
    assert toggl.running(WHO) is None
    assert toggl.world.state.entries[last.id].deleted_at is None


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_a_timer_without_a_task_is_named_stopped_moved_and_brought_back(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    """As people start it in Toggl itself: with a description and nothing else."""
    [task] = await warmed(member(), toggl, "Write report")
    started = toggl.start_elsewhere(WHO, task.name, at=clock() - timedelta(minutes=50))
    started.task_id, started.description = None, "Call with the printers"

    def runs() -> tuple[object, ...]:
        now = toggl.running(WHO)
        assert now
        return now.task_id, now.description, now.start

    whole = (None, "Call with the printers", started.start)
    clock.pass_(seconds=70)
    card = await timer.now(member())
    assert card.running and card.running.name == "Call with the printers"
    stopped = await timer.stop(member(), at=clock())
    assert stopped.entry.name == "Call with the printers"
    await undo.perform(member(), stopped.undo_id)
    assert runs() == whole
    clock.pass_(seconds=70)
    switched = await timer.start(member(), task, at=clock())
    undone = await undo.perform(member(), switched.undo_id)
    assert undone.running and undone.running.name == "Call with the printers"
    assert runs() == whole
    at = clock() - timedelta(minutes=20)
    moved = await timer.move_start(member(), entry_id=undone.running.id, seen=started.start, to=at)
    assert runs() == (None, "Call with the printers", at)
    await undo.perform(member(), moved.undo_id)
    assert runs() == whole
