"""auth.test, api.test, blocks.validate, auth.revoke, apps.*: about the call and the app itself."""

from __future__ import annotations

from bot.local.slack.api.call import Call
from bot.local.slack.changes import ChangeKind
from bot.local.slack.failures import ApiError
from bot.local.slack.hub import Hub
from bot.local.slack.socket_mode import SocketRoad
from bot.local.slack.world import Json


async def api_test(call: Call) -> Json:
    """api.test: repeats its arguments; `error` makes it fail."""
    arguments = {name: value for name, value in call.arguments.items() if name != "token"}
    if error := call.text("error"):
        raise ApiError(error, args=arguments)
    return {"args": arguments}


async def auth_test(call: Call) -> Json:
    """auth.test: whose token this is."""
    world, organization = call.workspace.world, call.workspace.organization
    return {
        "url": f"{call.workspace.address}/",
        "team": world.team_name,
        "user": world.app.name.lower(),
        "team_id": world.team_id,
        "user_id": world.app.bot_user_id,
        "bot_id": world.app.bot_id,
        **({"enterprise_id": organization["id"]} if organization else {}),
        "is_enterprise_install": organization is not None,
    }


async def auth_revoke(call: Call) -> Json:
    """auth.revoke: the token stops working."""
    if call.flag("test"):
        return {"revoked": False}
    uninstall(call.hub)
    return {"revoked": True}


async def apps_uninstall(call: Call) -> Json:
    """apps.uninstall: needs the app's own client id and secret."""
    own = call.workspace.credentials
    if own.client_id is None or call.text("client_id") != own.client_id:
        raise ApiError("invalid_client_id")
    if call.text("client_secret") != own.client_secret:
        raise ApiError("bad_client_secret")
    uninstall(call.hub)
    return {}


async def open_connection(call: Call) -> Json:
    """apps.connections.open: where to connect for Socket Mode."""
    if not isinstance(call.hub.road, SocketRoad):
        raise ApiError("forbidden_for_app")  # Socket Mode is off in the manifest
    return {"url": call.hub.road.issue_address()}


def uninstall(hub: Hub) -> None:
    """Remove the app: its token stops working, and it hears `app_uninstalled` and `tokens_revoked`."""
    app = hub.workspace.world.app
    app.installed = False
    hub.workspace.changes.announce(ChangeKind.APP_CHANGED)
    hub.events.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}})
    hub.events.emit("app_uninstalled", {"type": "app_uninstalled"})
