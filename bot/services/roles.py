"""What Toggl says a person may do, asked each time: the bot adds no right and remembers none."""

from __future__ import annotations

from bot.services.context import Context, NotConnected


async def is_admin(context: Context) -> bool:
    """Whether Toggl Track calls the person an admin of the chosen workspace. Raises NotConnected, TogglError."""
    if context.track is None:
        raise NotConnected
    workspace = await context.track.settings.get()
    return workspace.admin is True or workspace.role == "admin"
