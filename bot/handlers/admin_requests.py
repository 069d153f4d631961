"""Ask an admin: the button under a refusal, and *Allow* and *Decline* in the admins' messages."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import admin_decisions, admin_requests
from bot.views import admin_requests as views


async def ask(request: Request) -> Answer:
    """*Ask an admin*: the admins of the workspace get a message."""
    asked, admins = await admin_requests.ask(request.context, request.value)
    return Reply(views.sent(request.t, asked, admins), replace=True)


async def allow(request: Request) -> Answer:
    """*Allow*: it is done with the admin's own account."""
    allowed = await admin_decisions.allow(request.context, request.value)
    return Reply(views.closed(request.t, allowed.request, undo_id=allowed.undo_id), replace=True)


async def decline(request: Request) -> Answer:
    """*Decline*: it is over for all admins."""
    return Reply(views.closed(request.t, await admin_decisions.decline(request.context, request.value)), replace=True)
