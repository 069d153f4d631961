from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from bot.services import timer, undo
from bot.services.context import Context
from bot.toggl import Unavailable
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both
from tests.services.tracking import WHO, named

Member = Callable[[], Context]


@both
async def test_undoing_a_start_deletes_its_entry(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    started = await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=3)
    undone = await undo.perform(member(), started.undo_id)
    assert undone.running is None
    assert toggl.running(WHO) is None
    assert started.entry.id not in {entry.id for entry in toggl.entries(WHO)}


@both
async def test_undoing_a_switch_lets_the_old_timer_run_from_its_old_start(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    began = clock()
    await timer.start(member(), await named(member(), "Write report"), at=began)
    clock.pass_(minutes=20)
    switched = await timer.start(member(), await named(member(), "Repair login flow"), at=clock())
    clock.pass_(minutes=1)
    undone = await undo.perform(member(), switched.undo_id)
    running = toggl.running(WHO)
    assert running and running.start == began
    assert undone.running and undone.running.task and undone.running.task.name == "Write report"
    assert [entry.start for entry in toggl.entries(WHO)].count(began) == 1


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_undoing_a_start_brings_back_what_toggl_stopped_by_itself(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    report, login = await named(member(), "Write report"), await named(member(), "Repair login flow")
    toggl.start_elsewhere(WHO, report.name, at=clock() - timedelta(minutes=5))
    started = await timer.start(member(), login, at=clock())
    await undo.perform(member(), started.undo_id)
    running = toggl.running(WHO)
    assert running and (running.task_id, running.start) == (report.id, clock() - timedelta(minutes=5))


@both
async def test_a_start_is_undone_also_after_its_stop_was_undone(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    """One step back after the other, to where the person came from."""
    await timer.start(member(), await named(member(), "Write report"), at=clock() - timedelta(hours=1))
    await timer.start(member(), await named(member(), "Repair login flow"), at=clock())
    clock.pass_(minutes=3)
    await timer.stop(member(), at=clock())
    await undo.latest(member())
    undone = await undo.latest(member())
    assert undone.running and undone.running.task and undone.running.task.name == "Write report"
    assert (await undo.latest(member())).running is None
    assert toggl.running(WHO) is None
    with pytest.raises(undo.NothingToUndo):
        await undo.latest(member())


@both
async def test_undoing_a_stop_lets_the_timer_run_from_its_old_start(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    began = clock()
    await timer.start(member(), await named(member(), "Write report"), at=began)
    clock.pass_(hours=1)
    await timer.stop(member(), at=clock())
    clock.pass_(minutes=2)
    undone = await undo.latest(member())
    running = toggl.running(WHO)
    assert running and running.start == began
    assert undone.running and undone.running.id == running.id
    assert [entry.start for entry in toggl.entries(WHO)].count(began) == 1


async def test_a_change_is_undone_once_however_often_the_button_is_pressed(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    started = await timer.start(member(), await named(member(), "Write report"), at=clock())
    stopped = await timer.stop(member(), at=clock() + timedelta(seconds=30))
    clock.pass_(minutes=1)
    both_clicks = await asyncio.gather(
        undo.perform(member(), stopped.undo_id), undo.perform(member(), stopped.undo_id), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in both_clicks) == ["AlreadyUndone", "Undone"]
    assert [entry.start for entry in toggl.entries(WHO)].count(started.entry.started_at) == 1


async def test_half_an_hour_later_nothing_is_undone(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    started = await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=31)
    with pytest.raises(undo.AlreadyUndone):
        await undo.perform(member(), started.undo_id)
    with pytest.raises(undo.NothingToUndo):
        await undo.latest(member())
    assert toggl.running(WHO)


async def test_a_stranger_cannot_undo_with_a_copied_id(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    started = await timer.start(member(), await named(member(), "Write report"), at=clock())
    context = member()
    stranger = Context(
        person=replace(context.person, account_id=context.person.account_id + 1),
        store=context.store,
        now=context.now,
        connections=context.connections,
        focus=context.focus,
    )
    with pytest.raises(undo.AlreadyUndone):
        await undo.perform(stranger, started.undo_id)
    assert toggl.running(WHO)


async def test_a_stop_is_not_undone_while_another_timer_runs(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=10)
    stopped = await timer.stop(member(), at=clock())
    toggl.start_elsewhere(WHO, "Repair login flow")
    with pytest.raises(undo.OtherTimerRuns):
        await undo.perform(member(), stopped.undo_id)
    toggl.stop_elsewhere(WHO, at=clock() + timedelta(minutes=1))
    clock.pass_(minutes=2)
    await undo.perform(member(), stopped.undo_id)
    assert (running := toggl.running(WHO)) and running.start == stopped.entry.started_at


async def test_what_was_changed_elsewhere_since_is_not_overwritten(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=10)
    stopped = await timer.stop(member(), at=clock())
    entry = next(entry for entry in toggl.entries(WHO) if entry.id == stopped.entry.id)
    entry.duration = 7200
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.perform(member(), stopped.undo_id)
    assert toggl.running(WHO) is None
    assert entry.deleted_at is None


async def test_what_was_changed_elsewhere_does_not_stand_before_older_changes(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=5)
    older = await timer.stop(member(), at=clock())
    await timer.start(member(), await named(member(), "Repair login flow"), at=clock())
    clock.pass_(minutes=5)
    newest = await timer.stop(member(), at=clock())
    next(entry for entry in toggl.entries(WHO) if entry.id == newest.entry.id).duration = 7200
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.latest(member())
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.latest(member())  # the start of the changed entry
    undone = await undo.latest(member())
    assert undone.running is not None
    assert undone.running.started_at == older.entry.started_at


async def test_an_undo_that_had_no_effect_can_be_tried_again(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=10)
    stopped = await timer.stop(member(), at=clock())
    toggl.fail("get_current_tracking", status=503, times=20)
    with pytest.raises(Unavailable):
        await undo.perform(member(), stopped.undo_id)
    toggl.faults.clear()
    await undo.perform(member(), stopped.undo_id)
    assert toggl.running(WHO)


async def test_a_switch_undone_by_half_says_what_does_not_run_again(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=20)
    switched = await timer.start(member(), await named(member(), "Repair login flow"), at=clock())
    toggl.fail("start_tracking", status=403, times=20)
    with pytest.raises(undo.UndoneHalfway) as stuck:
        await undo.perform(member(), switched.undo_id)
    assert stuck.value.values["task"] == "Write report"
    assert toggl.running(WHO) is None


async def test_an_undo_that_got_stuck_halfway_says_what_is_left_to_do(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await timer.start(member(), await named(member(), "Write report"), at=clock())
    clock.pass_(minutes=10)
    stopped = await timer.stop(member(), at=clock())
    toggl.fail("delete_time_entry", status=403, times=20)
    with pytest.raises(undo.UndoneHalfway):
        await undo.perform(member(), stopped.undo_id)
    assert toggl.running(WHO)
    with pytest.raises(undo.AlreadyUndone):
        await undo.perform(member(), stopped.undo_id)


def test_every_kind_of_change_has_its_inverse() -> None:
    assert set(undo.INVERSES) == set(get_args(undo.Step))
