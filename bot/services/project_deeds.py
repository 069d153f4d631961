"""What can be done to a project as a whole: pin, archive, delete, and the opposites."""

from __future__ import annotations

from bot.domain.projects import Change
from bot.services.context import Context


async def do(context: Context, project_id: int, change: Change) -> None:
    """Do `change`. One call. Raises TogglError."""
    api = context.toggl.projects
    does = {
        Change.PIN: api.pin,
        Change.UNPIN: api.unpin,
        Change.ARCHIVE: api.archive,
        Change.UNARCHIVE: api.unarchive,
        Change.DELETE: api.delete,
        Change.RESTORE: api.restore,
    }
    await does[change](project_id)
