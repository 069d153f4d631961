"""The account: what is linked, the choice of a workspace, and disconnecting."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import account as accounts
from bot.services import subscriptions, webhook_changes
from bot.services.context import NotConnected
from bot.views import account as views


async def account(request: Request) -> Answer:
    """`/toggl account`: the card."""
    return Reply(views.card(request.t, await accounts.get_account(request.context)))


async def workspace(request: Request, *, name: str | None) -> Answer:
    """`/toggl workspace [name]`: choose the one that the name clearly means, else list them."""
    if name is None:
        return await list_workspaces(request)
    found = await accounts.find_workspaces(request.context, name)
    if len(found) == 1:
        return await _choose(request, found[0].id, replace=False)
    linked = await accounts.get_account(request.context)
    return Reply(views.workspaces(request.t, found, linked.chosen))


async def list_workspaces(request: Request) -> Answer:
    """*Change workspace*: all of them, the chosen one marked."""
    linked = await accounts.get_account(request.context)
    return Reply(views.workspaces(request.t, linked.workspaces, linked.chosen))


async def choose_workspace(request: Request) -> Answer:
    """*Choose* beside a workspace."""
    return await _choose(request, int(request.value), replace=True)


async def ask_disconnect(request: Request) -> Answer:
    """`/toggl disconnect`: says what would go, and asks."""
    try:
        linked = await accounts.get_account(request.context)
    except NotConnected:
        return Reply(views.nothing_linked(request.t))
    following = [one for one in await subscriptions.mine(request.context) if one.paused is None]
    webhooks = await webhook_changes.set_up_by(request.context)
    return Reply(views.ask_disconnect(request.t, linked, following=len(following), webhooks=webhooks))


async def disconnect(request: Request) -> Answer:
    """*Disconnect*, confirmed: everything of the person's is forgotten."""
    left = await webhook_changes.end_all(request.context)
    try:
        forgotten = await accounts.disconnect(request.context)
    except NotConnected:
        return Reply(views.nothing_linked(request.t), replace=True)
    return Reply(views.disconnected(request.t, forgotten, webhooks_left=left), replace=True)


async def _choose(request: Request, workspace_id: int, *, replace: bool) -> Reply:
    chosen = await accounts.choose_workspace(request.context, workspace_id)
    return Reply(views.chosen(request.t, chosen), replace=replace)
