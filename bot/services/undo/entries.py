"""Taking back what was done to entries: changed, archived, deleted and restored ones."""

from __future__ import annotations

from bot.domain.entry_reference import Reference
from bot.services import entry_access
from bot.services.context import Context
from bot.services.undo.problems import ChangedMeanwhile
from bot.services.undo.steps import ArchiveUndo, ChangeUndo, DeleteUndo, RestoreUndo
from bot.toggl import NotFound


async def undo_change(context: Context, step: ChangeUndo) -> None:
    """Give the entries the fields they had before: all of them or none. Raises ChangedMeanwhile."""
    left = [after for _, after in step.changes]
    if len(left) == 1:
        reference = Reference.of(left[0].entry)
        try:
            now = {left[0].id: await entry_access.read(context, reference)}
        except entry_access.EntryGone:
            raise ChangedMeanwhile(task=_name(left[0].task, left[0].task_id)) from None
    else:
        starts = [entry.start for entry in left]
        now = await entry_access.read_many(context, min(starts), max(starts))
    for after in left:
        found = now.get(after.id)
        if found is None or found.mark != after.mark:
            raise ChangedMeanwhile(task=_name(after.task, after.task_id))
    back = [(after, before) for before, after in step.changes]
    if len(back) == 1:
        await entry_access.change(context, *back[0])
    else:
        await entry_access.change_many(context, back)


async def undo_archive(context: Context, step: ArchiveUndo) -> None:
    """Take the entry out of the archive, or put it back there."""
    await entry_access.archive(context, step.entry, archived=not step.archived)


async def undo_delete(context: Context, step: DeleteUndo) -> None:
    """Bring the deleted entries back: all of them or none."""
    await entry_access.restore(context, step.entries)


async def undo_restore(context: Context, step: RestoreUndo) -> None:
    """Delete the entries again: all of them or none. Raises ChangedMeanwhile."""
    try:
        await entry_access.delete(context, step.entries)
    except NotFound:
        raise ChangedMeanwhile(task=_name(step.entries[0].task, step.entries[0].task_id)) from None


def _name(name: str | None, task_id: int | None) -> str:
    return name or f"#{task_id}"
