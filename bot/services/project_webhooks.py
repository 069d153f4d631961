"""The webhook of a workspace that lets changes of projects be found without waiting: how it is, on, and off."""

from __future__ import annotations

from bot.domain.administration import Change
from bot.services import administered, webhook_changes
from bot.services.administered import Changed
from bot.services.context import Context
from bot.store import workspaces
from bot.store.webhooks import Webhook


async def look(context: Context) -> Webhook | None:
    """The workspace's webhook, None where it has none. No call. Raises NotConnected."""
    return await webhook_changes.find(context)


async def turn(context: Context, *, on: bool) -> Changed:
    """Set it up in Toggl, or end it. Two calls. Raises NotReachable, ThereAlready, AdminNeeded, TogglError."""
    webhook = await look(context)
    kind = webhook_changes.ADD if on else webhook_changes.REMOVE
    wanted = Change(kind=kind, subject_id=webhook.id if webhook else "", name=await _workspace(context))
    return await administered.make(context, wanted)


async def _workspace(context: Context) -> str:
    async with context.store.reading() as db:
        row = await workspaces.find_in_focus(
            db, account_id=context.person.account_id, focus_id=context.toggl.workspace_id or 0
        )
    return row.name if row else ""
