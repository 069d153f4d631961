"""Installing the app: the page where a person allows it, and the exchange of the code for a token."""

from __future__ import annotations

import base64
import binascii
import html
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.local.slack.api.call import Call
from bot.local.slack.changes import ChangeKind
from bot.local.slack.failures import ApiError
from bot.local.slack.hub import Hub
from bot.local.slack.world import Json, Person

_CODE_LIFETIME = timedelta(minutes=10)
_SEE_OTHER = 303


@dataclass(slots=True)
class Grant:
    """What a code stands for."""

    person_id: str
    scopes: list[str]
    redirect_uri: str | None
    issued_at: datetime
    used: bool = False


class Installer:
    """The authorize page and the codes it gave out. `bot_url` is where redirects may go besides the manifest's."""

    def __init__(self, bot_url: str) -> None:
        self._bot_url = bot_url.rstrip("/")
        self._grants: dict[str, Grant] = {}

    async def page(self, hub: Hub, request: Request) -> Response:
        """`GET /oauth/v2/authorize`: asks who installs, and says what the app may do then."""
        asked = dict(request.query_params)
        try:
            redirect_uri, scopes = self._check(hub, asked)
        except ApiError as error:
            return HTMLResponse(f"<h1>Something went wrong</h1><p>{html.escape(error.code)}</p>", 400)
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in {**asked, "redirect_uri": redirect_uri, "scope": ",".join(scopes)}.items()
        )
        people = "".join(
            f'<option value="{person.id}">{html.escape(person.real_name)}</option>' for person in _installers(hub)
        )
        world = hub.workspace.world
        listed = "".join(f"<li>{html.escape(scope)}</li>" for scope in scopes)
        return HTMLResponse(
            f"<!doctype html><title>Install</title><h1>{html.escape(world.app.name)} is requesting permission "
            f"to access the {html.escape(world.team_name)} Slack workspace</h1><ul>{listed}</ul>"
            f'<form method="post">{hidden}<label>As <select name="person">{people}</select></label> '
            '<button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button>'
            "</form>"
        )

    async def decide(self, hub: Hub, request: Request) -> Response:
        """`POST /oauth/v2/authorize`: back to the app with a code, or with `error=access_denied`."""
        async with request.form() as form:
            asked = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            redirect_uri, scopes = self._check(hub, asked)
            person = next(one for one in _installers(hub) if one.id == asked.get("person"))
        except ApiError as error:
            return HTMLResponse(f"<h1>Something went wrong</h1><p>{html.escape(error.code)}</p>", 400)
        except StopIteration:
            return HTMLResponse("<h1>Something went wrong</h1><p>access_denied</p>", 403)
        answer = {"state": asked["state"]} if "state" in asked else {}
        if asked.get("answer") == "allow":
            code = hub.workspace.ids.secret()
            self._grants[code] = Grant(person.id, scopes, redirect_uri, hub.workspace.clock())
            answer = {"code": code, **answer}
        else:
            answer = {"error": "access_denied", **answer}
        return RedirectResponse(f"{redirect_uri}?{urlencode(answer)}", _SEE_OTHER)

    async def exchange(self, call: Call) -> Json:
        """oauth.v2.access: a code, good once and for ten minutes, or a refresh token, for the bot token."""
        own, world = call.workspace.credentials, call.workspace.world
        if own.client_id is None or call.text("client_id") != own.client_id:
            raise ApiError("invalid_client_id")
        if call.text("client_secret") != own.client_secret:
            raise ApiError("bad_client_secret")
        if call.text("grant_type") == "refresh_token":
            return self._granted(call, call.workspace.tokens.renew(call.text("refresh_token") or ""))
        grant = self._grants.get(call.text("code") or "")
        if grant is None or call.workspace.clock() - grant.issued_at > _CODE_LIFETIME:
            raise ApiError("invalid_code")
        if grant.used:
            raise ApiError("code_already_used")
        if call.text("redirect_uri") not in {None, grant.redirect_uri}:
            raise ApiError("bad_redirect_uri")
        grant.used = True
        world.app.installed, world.app.scopes = True, list(grant.scopes)
        call.workspace.changes.announce(ChangeKind.APP_CHANGED)
        return {**self._granted(call, call.workspace.tokens.give()), "authed_user": {"id": grant.person_id}}

    @staticmethod
    def _granted(call: Call, token: Json) -> Json:
        world, organization = call.workspace.world, call.workspace.organization
        return {
            "app_id": world.app.id,
            "scope": ",".join(world.app.scopes),
            "token_type": "bot",
            **token,
            "bot_user_id": world.app.bot_user_id,
            "team": None if organization else {"id": world.team_id, "name": world.team_name},
            "enterprise": organization,
            "is_enterprise_install": organization is not None,
        }

    def _check(self, hub: Hub, asked: dict[str, str]) -> tuple[str, list[str]]:
        """The address to return to and the scopes asked for. Raises ApiError."""
        manifest, own = hub.workspace.manifest, hub.workspace.credentials
        if own.client_id is None or asked.get("client_id") != own.client_id:
            raise ApiError("invalid_client_id")
        scopes = [scope for scope in asked.get("scope", "").replace(" ", ",").split(",") if scope]
        if not scopes or not set(scopes) <= set(manifest.scopes):
            raise ApiError("invalid_scope")
        allowed = [*manifest.redirect_urls, *(self._here(url) for url in manifest.redirect_urls)]
        redirect_uri = asked.get("redirect_uri") or next(iter(allowed), "")
        # Slack takes any address below a registered one.
        if not any(redirect_uri == url or redirect_uri.startswith(url.rstrip("/") + "/") for url in allowed):
            raise ApiError("bad_redirect_uri")
        return redirect_uri, scopes

    def _here(self, url: str) -> str:
        """A registered address on the machine where the app runs now."""
        return self._bot_url + urlsplit(url).path


def basic_credentials(request: Request) -> Json:
    """`client_id` and `client_secret` from HTTP Basic authentication, as oauth.v2.access takes them too."""
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


def _installers(hub: Hub) -> list[Person]:
    return [person for person in hub.workspace.world.people.values() if not person.deleted and not person.is_guest]
