"""Start, stop, switch and continue the running timer, with as few calls to Toggl as possible."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.constraints import Given
from bot.domain.days import day_bounds, today, total
from bot.domain.tracking import Entry, Task, recent_tasks
from bot.domain.when import When
from bot.services import entries, entry_access, undo, working_hours
from bot.services.context import Context
from bot.services.timer_problems import (
    AlreadyRunning,
    NoEntryBefore,
    NothingRunning,
    NothingToContinue,
    NotRunningAnyMore,
    RunsInAnotherWorkspace,
    StartChanged,
    StoppedAnother,
    StopsBeforeItStarts,
    SwitchFailedHalfway,
)
from bot.toggl import NotFound, Refused, TimerRunning, TogglError, Trouble, UnreadableReceipt
from bot.toggl.lookup import same_second

SHORTEST = timedelta(seconds=1)
"""Toggl wants an end later than the start: who stops in the very second of starting gets this much."""


@dataclass(frozen=True, slots=True)
class Started:
    """A timer that runs now, and the one that ended for it, if any."""

    entry: Entry
    previous: Entry | None
    undo_id: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """An entry that ended, and what the day came to with it."""

    entry: Entry
    day_total: timedelta | None
    """None where Toggl would not say any more: the stop itself is saved."""
    undo_id: str


@dataclass(frozen=True, slots=True)
class Now:
    """What runs, what the day came to until now, and what could be started next."""

    running: Entry | None
    day_total: timedelta
    recents: tuple[Task, ...]
    hours: timedelta | None = None
    """How long the person is to work on this day; None where that is not known."""


async def moment(context: Context, when: When | None) -> datetime:
    """The moment that `when` means, to the second; now where it is None. Raises NoEntryBefore."""
    if when is None:
        return context.now.replace(microsecond=0)
    if when.at is not None:
        return when.at
    ended = (entry.ended_at for entry in await entries.read(context))
    past = [at for at in ended if at and at <= context.now]
    if not past:
        raise NoEntryBefore
    return max(past)


def known_running(context: Context) -> Entry | None:
    """The running entry as far as it is known without a call to Toggl."""
    return entries.running(entries.known(context))


async def running(context: Context) -> Entry:
    """The entry that runs, as it is kept or asked. Raises NothingRunning, TogglError."""
    found = entries.running(await entries.read(context))
    if found is None:
        raise NothingRunning
    return found


async def start(context: Context, task: Task, *, at: datetime, given: Given | None = None) -> Started:
    """Start the timer on `task` at `at`, with what was `given`; a timer that runs stops at the same second.

    Raises AlreadyRunning, RunsInAnotherWorkspace, StopsBeforeItStarts, SwitchFailedHalfway; TogglError if Toggl
    refuses, nothing being changed.
    """
    kept = await entries.read(context)
    previous = entries.running(kept)
    if previous and previous.task_id == task.id:
        previous = entries.running(await entries.read_afresh(context))
        if previous and previous.task_id == task.id:
            raise AlreadyRunning(previous)
    stopped = await _switch_off(context, previous, at) if previous else None
    at = stopped.ended_at or at if stopped else at
    try:
        entry = await _start_or_restore(context, task, at, stopped, given)
    except TimerRunning:
        # Another timer was started elsewhere since the entries were read, and this Toggl does not stop it by itself.
        stopped = await _switch_off(context, None, at)
        stopped = stopped.on(_task_among(kept, stopped.task_id)) if stopped else None
        try:
            entry = await _start_or_restore(context, task, (stopped and stopped.ended_at) or at, stopped, given)
        except TimerRunning:
            if stopped:
                raise
            raise RunsInAnotherWorkspace from None
    ended_before = tuple(other.id for other in kept if other.ended_at == entry.started_at)
    step = undo.StartUndo(undo.snapshot(entry), ended_before)
    return Started(entry, stopped, await undo.record(context, step))


async def stop(context: Context, *, at: datetime, entry_id: int | None = None) -> Stopped:
    """Stop the running timer at `at`; with `entry_id` only if it is that one.

    Raises NothingRunning, NotRunningAnyMore, StoppedAnother, StopsBeforeItStarts; TogglError if Toggl refuses.
    """
    if entry_id is not None:
        running = known_running(context)
        if running is None or running.id != entry_id:
            # It may have been started since, elsewhere or by another process of ours.
            running = entries.running(await entries.read_afresh(context))
        if running is None or running.id != entry_id:
            raise NotRunningAnyMore
    stopped = await _stop(context, at)
    if entry_id is not None and stopped.id != entry_id:
        # It was replaced within the minute that entries are kept.
        await _take_back(context, stopped, at)
        raise NotRunningAnyMore
    day_total = await _day_total(context)
    stopped = stopped.on(_known_task(context, stopped.task_id))
    return Stopped(stopped, day_total, await undo.record(context, undo.StopUndo(undo.snapshot(stopped))))


async def last_task(context: Context) -> Task:
    """The task that was tracked last. Raises NothingToContinue, and AlreadyRunning where a timer runs."""
    kept = await entries.read(context)
    if entries.running(kept):
        kept = await entries.read_afresh(context)  # it may have been stopped elsewhere
    running = entries.running(kept)
    if running:
        raise AlreadyRunning(running)
    tasks = recent_tasks(kept)
    if not tasks:
        raise NothingToContinue
    return tasks[0]


async def now(context: Context) -> Now:
    """What runs, asked afresh, and the day around it. At most two calls, and three an hour for the working hours."""
    answer, kept, hours = await asyncio.gather(
        context.toggl.tracking.current(), entries.read(context), working_hours.of_today(context)
    )
    tasks = {entry.task_id: entry.task for entry in kept}
    running = Entry.of(answer, tasks.get(answer.task_id)) if answer else None
    others = [entry for entry in kept if not entry.running and not (running and entry.id == running.id)]
    return Now(running, _total(context, [*others, running] if running else others), recent_tasks(kept), hours)


async def move_start(context: Context, *, entry_id: int, seen: datetime, to: datetime) -> Started:
    """Let the running entry `entry_id`, that was shown as started at `seen`, have started at `to`.

    Raises NotRunningAnyMore, StartChanged, TogglError.
    """
    entry = entries.running(await entries.read_afresh(context))
    if entry is None or entry.id != entry_id:
        raise NotRunningAnyMore
    if not same_second(entry.started_at, seen):
        raise StartChanged(entry)
    await entry_access.patch(context, entry.task_id, entry.id, {"start": to})
    moved = replace(entry, started_at=to)
    step = undo.MoveStartUndo(undo.snapshot(moved), start=entry.started_at)
    return Started(moved, None, await undo.record(context, step))


async def _start(context: Context, task: Task, at: datetime, given: Given | None) -> Entry:
    fields = given.fields if given else {}
    answer = await context.toggl.tracking.start(task_id=task.id, type="activity", start=at, task=task.named(), **fields)
    entry = Entry.of(answer, task)
    if entry is None:
        raise UnreadableReceipt(Trouble("start_tracking"))
    return entry


async def _stop(context: Context, at: datetime) -> Entry:
    """Stop what runs. Raises NothingRunning, StopsBeforeItStarts, TogglError."""
    running = known_running(context)
    try:
        return await _stop_known(context, running, at)
    except Refused:
        # What is known may be old: a timer that was started elsewhere meanwhile may be younger than the wanted end.
        found = entries.running(await entries.read_afresh(context))
        if found is None or at > found.started_at:
            raise
        return await _stop_known(context, found, at)


async def _stop_known(context: Context, running: Entry | None, at: datetime) -> Entry:
    if running and at <= running.started_at:
        if at < context.now.replace(microsecond=0):
            raise StopsBeforeItStarts(started=running.started_at, at=at)
        at = running.started_at + SHORTEST
    try:
        answer = await context.toggl.tracking.stop(end=at)
    except NotFound:
        raise NothingRunning from None
    stopped = Entry.of(answer) or running
    if stopped is None:
        raise UnreadableReceipt(Trouble("stop_tracking"))
    if stopped.length is None:
        stopped = replace(stopped, length=at - stopped.started_at)
    return stopped.on(_known_task(context, stopped.task_id))


async def _switch_off(context: Context, previous: Entry | None, at: datetime) -> Entry | None:
    """Stop `previous`, or whatever runs, for the timer that follows; None where nothing runs (any more)."""
    try:
        stopped = await _stop(context, at)
    except NothingRunning:
        return None
    return stopped.on(previous.task) if previous else stopped


async def _start_or_restore(
    context: Context, task: Task, at: datetime, stopped: Entry | None, given: Given | None
) -> Entry:
    """Start `task`; if that fails, let what was stopped for it run again, or say plainly that it does not."""
    try:
        return await _start(context, task, at, given)
    except TogglError as error:
        if stopped is None or error.may_have_had_effect:
            raise
        then = undo.snapshot(stopped)
        try:
            await undo.restart(context, then)
        except (TogglError, undo.UndoneHalfway):
            raise SwitchFailedHalfway(task=then.name, at=at, reason=error) from error
        raise


async def _take_back(context: Context, stopped: Entry, at: datetime) -> None:
    """Let what was stopped in another's place run again. Raises StoppedAnother where that fails."""
    then = undo.snapshot(stopped)
    try:
        await undo.restart(context, then)
    except (TogglError, undo.UndoneHalfway) as error:
        raise StoppedAnother(task=then.name, at=at, reason=error) from error


async def _day_total(context: Context) -> timedelta | None:
    """The day's total after a change that is saved already: it must not fail because Toggl will not say any more."""
    try:
        return _total(context, await entries.read(context))
    except TogglError:
        return None


def _total(context: Context, kept: Sequence[Entry]) -> timedelta:
    zone = context.person.zone
    return total(kept, day_bounds(today(context.now, zone), zone), now=context.now)


def _known_task(context: Context, task_id: int | None) -> Task | None:
    return _task_among(entries.known(context) or (), task_id)


def _task_among(kept: Iterable[Entry], task_id: int | None) -> Task | None:
    return next((entry.task for entry in kept if entry.task and entry.task.id == task_id), None)
