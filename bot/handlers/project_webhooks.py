"""`/project webhook`: let Toggl Track tell at once when a project changes."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import project_webhooks
from bot.views import administration
from bot.views import project_webhooks as views


async def show(request: Request, *, turn: str | None = None) -> Answer:
    """`/project webhook on`, `off`; without a word how it is."""
    if turn is not None:
        return await _turn(request, turn)
    webhook = await project_webhooks.look(request.context)
    return Reply(
        views.state(
            request.t,
            there=webhook is not None,
            validated=webhook is not None and webhook.validated_at is not None,
            heard_at=webhook.heard_at if webhook else None,
        )
    )


async def press(request: Request) -> Answer:
    """*Set up a webhook*, *End the webhook*."""
    return await _turn(request, request.value)


async def _turn(request: Request, turn: str) -> Answer:
    done = await project_webhooks.turn(request.context, on=turn == views.ON)
    return Reply(administration.done(request.t, done.change, undo_id=done.undo_id))
