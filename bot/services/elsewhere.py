"""Acting in another of the person's workspaces than the one they chose."""

from __future__ import annotations

from dataclasses import replace

from bot.services.connections import open_toggl
from bot.services.context import Context


async def within(context: Context, workspace_id: int) -> Context:
    """`context` in the person's workspace with the store's number `workspace_id`, with none of its products if gone."""
    opened = await open_toggl(
        context.store, context.connections, account_id=context.person.account_id, workspace_id=workspace_id
    )
    return replace(context, focus=opened.focus, track=opened.track, workspace_id=workspace_id, roles=[])
