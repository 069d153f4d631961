"""Taking a change back: what each change leaves behind to be undone with, and the undoing itself, once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec

from bot.domain.tracking import Entry, EntryType, Task
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entries
from bot.services.context import Context
from bot.store import undo as rows
from bot.toggl import NotFound, TogglError

VALID_FOR = timedelta(minutes=30)


class NothingToUndo(UserError):
    """No change of the last half hour is left to take back."""

    sentence = N_("There is nothing to undo: changes can be taken back for 30 minutes, once.")


class AlreadyUndone(UserError):
    """The button was pressed before, or too late."""

    sentence = N_("That was already undone, or is more than 30 minutes old. Nothing was changed.")


class ChangedMeanwhile(UserError):
    """What was to be undone is no longer as the bot left it."""

    sentence = N_("*{task}* was changed in Toggl since, so it was left as it is.")


class OtherTimerRuns(UserError):
    """Undoing a stop would need the timer, and it runs on something else."""

    sentence = N_("*{task}* is running now. Stop it first, then undo again.")


class UndoneHalfway(UserError):
    """The timer runs again, but what it replaces could not be removed."""

    sentence = N_("*{task}* is running again, but its stopped entry could not be deleted: {reason} Delete it in Toggl.")


class Snapshot(msgspec.Struct, frozen=True):
    """An entry as it was: enough to start it again."""

    entry_id: int
    task_id: int
    name: str
    start: datetime
    type: EntryType
    length: float | None
    """Seconds, or None for a timer that was running."""


class StartUndo(msgspec.Struct, frozen=True, tag="start"):
    """Undoes a start or a switch: the started entry goes, the one that ended for it runs again."""

    started: Snapshot


class StopUndo(msgspec.Struct, frozen=True, tag="stop"):
    """Undoes a stop: the timer runs again from its old start, and the stopped entry goes."""

    stopped: Snapshot


class MoveStartUndo(msgspec.Struct, frozen=True, tag="move start"):
    """Undoes a changed start."""

    entry: Snapshot
    start: datetime


Step = StartUndo | StopUndo | MoveStartUndo


class Undone(msgspec.Struct, frozen=True):
    """What taking a change back left: the timer that runs now, if any, and the entry that is gone or was put back."""

    step: Step
    running: Entry | None


async def record(context: Context, step: Step) -> str:
    """Keep `step` for half an hour and give the id by which a button can ask for it."""
    undo_id = secrets.token_urlsafe(12)
    async with context.store.writing() as db:
        await rows.add(
            db,
            id=undo_id,
            account_id=context.person.account_id,
            kind=str(type(step).__struct_config__.tag),
            payload=msgspec.json.encode(step).decode(),
            created_at=context.now,
            expires_at=context.now + VALID_FOR,
        )
    return undo_id


async def latest(context: Context) -> Undone:
    """Take the person's last change back. Raises NothingToUndo."""
    async with context.store.reading() as db:
        row = await rows.latest(db, account_id=context.person.account_id, now=context.now)
    if row is None:
        raise NothingToUndo
    return await perform(context, row.id)


async def perform(context: Context, undo_id: str) -> Undone:
    """Take the change `undo_id` back, once. Raises AlreadyUndone, ChangedMeanwhile, OtherTimerRuns, TogglError."""
    async with context.store.writing() as db:
        row = await rows.claim(db, undo_id, account_id=context.person.account_id, now=context.now)
    if row is None:
        raise AlreadyUndone
    step = msgspec.json.decode(row.payload, type=Step)
    try:
        running = await _undo(context, step)
    except (UserError, TogglError) as error:
        if not (isinstance(error, UndoneHalfway) or (isinstance(error, TogglError) and error.may_have_had_effect)):
            async with context.store.writing() as db:
                await rows.release(db, undo_id)
        raise
    return Undone(step=step, running=running)


async def _undo(context: Context, step: Step) -> Entry | None:
    match step:
        case StartUndo(started):
            return await _undo_start(context, started)
        case StopUndo(stopped):
            return await _undo_stop(context, stopped)
        case MoveStartUndo(entry, start):
            await _require_unchanged(context, entry)
            await context.toggl.time_entries.update(entry.task_id, entry.entry_id, start=start)
            return entry_of(msgspec.structs.replace(entry, start=start))


async def _undo_start(context: Context, started: Snapshot) -> Entry | None:
    now_known = await entries.read_afresh(context)
    entry = next((entry for entry in now_known if entry.id == started.entry_id), None)
    if entry is None or not entry.running or entry.started_at != started.start:
        raise ChangedMeanwhile(task=started.name)
    # Toggl may have stopped the timer that ran before by itself: it then ended when the new one started.
    previous = next((entry for entry in now_known if entry.ended_at == started.start and entry.task_id), None)
    await context.toggl.time_entries.delete(started.task_id, started.entry_id)
    return await restart(context, snapshot(previous)) if previous else None


async def _undo_stop(context: Context, stopped: Snapshot) -> Entry:
    running = await context.toggl.tracking.current()
    if running is not None:
        other = Entry.of(running)
        raise OtherTimerRuns(task=_name(context, other))
    await _require_unchanged(context, stopped)
    return await restart(context, stopped)


async def restart(context: Context, stopped: Snapshot) -> Entry:
    """Start again from the old start of `stopped`, then delete that entry: Toggl has no way to resume one."""
    answer = await context.toggl.tracking.start(task_id=stopped.task_id, type=stopped.type, start=stopped.start)
    try:
        await context.toggl.time_entries.delete(stopped.task_id, stopped.entry_id)
    except TogglError as error:
        raise UndoneHalfway(task=stopped.name, reason=error) from error
    return Entry.of(answer, Task(stopped.task_id, stopped.name)) or entry_of(stopped)


async def _require_unchanged(context: Context, then: Snapshot) -> None:
    try:
        now = await context.toggl.time_entries.get(then.task_id, then.entry_id)
    except NotFound:
        raise ChangedMeanwhile(task=then.name) from None
    length = now.length.total_seconds() if now.length is not None else None
    if now.deleted_at is not None or now.start != then.start or length != then.length:
        raise ChangedMeanwhile(task=then.name)


def snapshot(entry: Entry) -> Snapshot:
    """`entry` as it is now, to be put back later."""
    return Snapshot(
        entry_id=entry.id,
        task_id=entry.task_id or 0,
        name=entry.task.name if entry.task else f"#{entry.task_id}",
        start=entry.started_at,
        type=entry.type,
        length=entry.length.total_seconds() if entry.length is not None else None,
    )


def entry_of(then: Snapshot) -> Entry:
    """The entry that `then` remembers."""
    return Entry(
        id=then.entry_id,
        started_at=then.start,
        length=timedelta(seconds=then.length) if then.length is not None else None,
        task_id=then.task_id,
        task=Task(then.task_id, then.name),
        type=then.type,
    )


def _name(context: Context, entry: Entry | None) -> str:
    kept = {known.task_id: known.task for known in entries.known(context) or ()}
    task = (entry and (entry.task or kept.get(entry.task_id))) or None
    return task.name if task else f"#{entry.task_id if entry else '?'}"
