"""Taking back what was logged: the entries are deleted, all or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.services.context import Context
from bot.services.undo.problems import ChangedMeanwhile
from bot.services.undo.steps import LogUndo, Snapshot
from bot.toggl import models
from bot.toggl.lookup import is_new, same_second

MOST = 1000


async def undo_log(context: Context, step: LogUndo) -> None:
    """Delete the entries, unless one of them was changed since: two calls. Raises ChangedMeanwhile, TogglError."""
    starts = [then.start for then in step.entries]
    page = await context.toggl.time_entries.whole(
        date_from=min(starts), date_to=max(starts) + timedelta(seconds=1), most=MOST, afresh=True
    )
    found = list(_found(step.entries, page.data, step.logged_at))
    if len(found) == 1:
        await context.toggl.time_entries.delete(step.entries[0].task_id, found[0])
    else:
        await context.toggl.time_entries.delete_many(found)


def _found(logged: Iterable[Snapshot], there: Iterable[models.TimeEntry], logged_at: datetime) -> Iterable[int]:
    """The ids of the entries as they are now, each once."""
    left = [entry for entry in there if entry.deleted_at is None]
    for then in logged:
        now = next((entry for entry in left if _is(entry, then, logged_at)), None)
        if now is None or now.id is None:
            raise ChangedMeanwhile(task=then.name)
        left.remove(now)
        yield now.id


def _is(now: models.TimeEntry, then: Snapshot, logged_at: datetime) -> bool:
    same = now.task_id == then.task_id and now.duration == then.length and now.type == then.type
    known = now.id == then.entry_id if then.entry_id else is_new(now.created_at, logged_at)
    return known and same and same_second(now.start, then.start)
