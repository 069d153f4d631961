"""Taking back what was done with the timer: a start or switch, a stop, a moved start."""

from __future__ import annotations

import msgspec

from bot.domain.entry_reference import Reference
from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entries, entry_access
from bot.services.context import Context
from bot.services.undo.problems import ChangedMeanwhile, UndoneHalfway
from bot.services.undo.steps import MoveStartUndo, Snapshot, StartUndo, StopUndo, entry_of, snapshot
from bot.toggl import TogglError


class OtherTimerRuns(UserError):
    """Undoing a stop would need the timer, and it runs on something else."""

    sentence = N_("*{task}* is running now. Stop it first, then undo again.")


class RestartedOnly(UndoneHalfway):
    """The timer runs again, but what it replaces could not be removed."""

    sentence = N_("*{task}* is running again, but its stopped entry could not be deleted: {reason} Delete it in Toggl.")


class DeletedOnly(UndoneHalfway):
    """The started entry is gone, but the one that ended for it does not run again."""

    sentence = N_("The new timer is gone, but *{task}* could not be started again: {reason}")


async def undo_start(context: Context, step: StartUndo) -> Entry | None:
    """Delete the started entry, and let the one that ended for it run again; that one, if there was one."""
    started = step.started
    now_known = await entries.read_afresh(context)
    # Not by its id: a stop that was undone since has started the same timer as another entry.
    same = (entry for entry in now_known if entry.running and entry.task_id == started.task_id)
    entry = next((entry for entry in same if entry.started_at == started.start), None)
    if entry is None:
        raise ChangedMeanwhile(task=started.name)
    # Toggl may have stopped the timer that ran before by itself: it then ended when the new one started.
    ended = (entry for entry in now_known if entry.ended_at == started.start and entry.id not in step.ended_before)
    previous = next(ended, None)
    await entry_access.remove(context, started.task_id, entry.id)
    if previous is None:
        return None
    before = snapshot(previous)
    try:
        return await restart(context, before)
    except TogglError as error:
        raise DeletedOnly(task=before.name, reason=error) from error


async def undo_stop(context: Context, step: StopUndo) -> Entry:
    """Let the stopped timer run again from its old start. Raises OtherTimerRuns, ChangedMeanwhile."""
    running = await context.toggl.tracking.current()
    if running is not None:
        raise OtherTimerRuns(task=_name(context, Entry.of(running)))
    now = await require_unchanged(context, step.stopped)
    return await restart(context, snapshot(now))


async def undo_move_start(context: Context, step: MoveStartUndo) -> Entry:
    """Let the running entry have its old start again. Raises ChangedMeanwhile."""
    entry = step.entry
    await require_unchanged(context, entry)
    await entry_access.patch(context, entry.task_id, entry.entry_id, {"start": step.start})
    return entry_of(msgspec.structs.replace(entry, start=step.start))


async def restart(context: Context, stopped: Snapshot) -> Entry:
    """Start again from the old start of `stopped` with all it has, then delete it: Toggl has no way to resume one."""
    answer = await context.toggl.tracking.start(
        task_id=stopped.task_id or None,
        type=stopped.type,
        start=stopped.start,
        time_block_id=stopped.time_block_id,
        **(stopped.extras.given() if stopped.extras else {}),
    )
    try:
        await entry_access.remove(context, stopped.task_id, stopped.entry_id)
    except TogglError as error:
        raise RestartedOnly(task=stopped.name, reason=error) from error
    then = entry_of(stopped)
    return Entry.of(answer, then.task) or then


async def require_unchanged(context: Context, then: Snapshot) -> Entry:
    """The entry as it is, if its times are still as they were left. One call. Raises ChangedMeanwhile."""
    try:
        now = (await entry_access.read(context, Reference.of(entry_of(then)))).entry
    except entry_access.EntryGone:
        raise ChangedMeanwhile(task=then.name) from None
    if (now.started_at, now.length) != (then.start, entry_of(then).length):
        raise ChangedMeanwhile(task=then.name)
    return now


def _name(context: Context, entry: Entry | None) -> str:
    if entry is None:
        return "–"
    kept = {known.task_id: known.task for known in entries.known(context) or ()}
    return entry.on(kept.get(entry.task_id)).name
