"""What Toggl says a person may do, asked each time: the bot adds no right and remembers none."""

from __future__ import annotations

from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context, NotConnected
from bot.store import workspaces
from bot.toggl.models import TrackWorkspace

ADMIN = "admin"


class NotAdmin(UserError):
    """The command is for workspace admins."""

    sentence = N_("Only an admin of your Toggl workspace may do that, so nothing was changed.")


async def is_admin(context: Context) -> bool:
    """Whether Toggl Track calls the person an admin of the chosen workspace: one call for each request of theirs.

    Raises NotConnected, TogglError.
    """
    if context.track is None:
        raise NotConnected
    if context.role is None:
        return await is_admin_of(context, await context.track.settings.get())
    return context.role == ADMIN


async def is_admin_of(context: Context, workspace: TrackWorkspace) -> bool:
    """The same from an answer of Toggl's about the chosen workspace that came just now: no call."""
    context.roles.append(ADMIN if workspace.admin is True else workspace.role or "")
    await _keep(context)
    return context.role == ADMIN


async def _keep(context: Context) -> None:
    """Keep whom to ask for an admin's help; nobody gets a right by it."""
    account_id = context.person.account_id
    async with context.store.reading() as db:
        chosen = await workspaces.find_current(db, account_id=account_id, workspace_id=context.workspace_id)
    if chosen is not None and chosen.role != context.role:
        async with context.store.writing() as db:
            await workspaces.set_role(db, workspace_id=chosen.id, role=context.role)
