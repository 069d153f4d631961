"""The Web API's door: reads a call, asks for token, rights and pace, runs the method, records what is refused."""

from __future__ import annotations

import hmac
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.local.slack.api.call import Call, Method
from bot.local.slack.api.limits import Limits
from bot.local.slack.api.methods import METHODS, TIER_4
from bot.local.slack.failures import ApiError, RateLimited
from bot.local.slack.faults import Dropped
from bot.local.slack.hub import Hub
from bot.local.slack.oauth import Installer, basic_credentials
from bot.local.slack.world import Json

_BEARER = "bearer "
_OPEN = frozenset({"api.test"})
"""Methods that answer without a token."""
_EXCHANGE = "oauth.v2.access"
_OF_ONE_WORKSPACE = frozenset({"conversations.list", "dnd.teamInfo", "users.list"})
"""Methods that must be told which, where the token is an organization's."""


class WebApi:
    """`/api/{method}`."""

    def __init__(self, hub: Hub, installer: Installer) -> None:
        """Answer for `hub`; `installer` gives out tokens."""
        self._hub = hub
        self._methods = {**METHODS, _EXCHANGE: Method(installer.exchange, (), TIER_4, json=False)}
        self._limits = Limits(hub.workspace.clock, hub.workspace.pace)

    async def endpoint(self, request: Request) -> Response:
        """Answer one call: HTTP 200 for `ok` and for every error but a rate limit."""
        name = request.path_params["method"]
        method = self._methods.get(name)
        arguments: Json = {}
        headers: dict[str, str] = {}
        status = 200
        try:
            arguments, warnings = await _arguments(request, reads_json=method is None or method.json)
            arguments = basic_credentials(request) | arguments
            token = _token(request, arguments)
            fault = await self._hub.workspace.faults.take(name, arguments.get("channel"))
            if fault and (instead := fault.instead):
                return instead
            answer = {"ok": True, **await self._run(name, method, arguments, token)}
            if fault and fault.drop:
                return Dropped()
            if warnings:
                answer["warning"] = ",".join(warnings)
                answer.setdefault("response_metadata", {})["warnings"] = warnings
        except ApiError as error:
            if isinstance(error, RateLimited):
                status, headers["Retry-After"] = 429, str(error.seconds)
            answer = error.body()
            self._hub.workspace.refuse(name, error.code, error.details, arguments)
        if method is not None:
            headers |= self._scope_headers(method)
        return JSONResponse(answer, status, headers)

    async def _run(self, name: str, method: Method | None, arguments: Json, token: str | None) -> Json:
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        self._admit(name, token, app_level=method.app_level)
        if name in _OF_ONE_WORKSPACE and self._hub.workspace.organization and not arguments.get("team_id"):
            raise ApiError("missing_argument")
        call = Call(self._hub, name, arguments)
        for scope in method.scopes:
            call.require(scope)
        wait = self._limits.take(name, method.per_minute, _channel(arguments))
        if wait is not None:
            raise RateLimited(wait)
        return await method.run(call)

    def _admit(self, name: str, token: str | None, *, app_level: bool) -> None:
        if name in _OPEN or name == _EXCHANGE:
            return
        if token is None:
            raise ApiError("not_authed")
        tokens, app_token = self._hub.workspace.tokens, self._hub.workspace.credentials.app_token
        is_app_level = app_token is not None and hmac.compare_digest(token.encode(), app_token.encode())
        if is_app_level != app_level and (is_app_level or tokens.holds(token)):
            raise ApiError("not_allowed_token_type")
        if app_level and not is_app_level:
            raise ApiError("invalid_auth")
        if not app_level:
            tokens.check(token)
        if not self._hub.workspace.world.app.installed:
            raise ApiError("account_inactive")

    def _scope_headers(self, method: Method) -> dict[str, str]:
        scopes = self._hub.workspace.world.app.scopes
        return {"X-OAuth-Scopes": ",".join(scopes), "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}


async def _arguments(request: Request, *, reads_json: bool) -> tuple[Json, list[str]]:
    """The call's arguments and the warnings about how they were sent. Raises ApiError."""
    arguments: Json = dict(request.query_params)
    if request.method == "GET":
        return arguments, []
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        # Methods that do not read JSON ignore the body, and then miss their arguments.
        parsed = _json_object(await request.body())
        warnings = [] if "charset" in content_type.lower() else ["missing_charset"]
        return (arguments | parsed, warnings) if reads_json else (arguments, warnings)
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data", ""}:
        async with request.form() as form:
            arguments |= {name: value for name, value in form.items() if isinstance(value, str)}
        return arguments, []
    raise ApiError("invalid_post_type")


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        parsed: Any = json.loads(body)
    except (UnicodeDecodeError, ValueError):
        raise ApiError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise ApiError("json_not_object")
    return parsed


def _token(request: Request, arguments: Json) -> str | None:
    """The token of the header, else of the arguments (from which it is taken)."""
    given = arguments.pop("token", None)
    header = request.headers.get("authorization", "")
    if header.lower().startswith(_BEARER):
        return header[len(_BEARER) :].strip() or None
    return given if isinstance(given, str) and given else None


def _channel(arguments: Json) -> str | None:
    channel = arguments.get("channel")
    return channel if isinstance(channel, str) else None
