"""The little of Slack that the dispatcher's tests need: it notes what it is told, and refuses what it is told to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, USER, CHANNEL = "T0001", "U0001", "C0001"


@dataclass
class Call:
    """One call that the bot made: a Web API method, or `respond` for a response_url."""

    method: str
    sent: dict[str, Any]
    token: str | None = None

    @property
    def view(self) -> dict[str, Any]:
        view = self.sent["view"]
        shown: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        return shown


@dataclass
class FakeSlack:
    """Slack on loopback. `refuse` maps a method to the error (or whole answer) that it gets from then on."""

    calls: list[Call] = field(default_factory=list)
    refuse: dict[str, str | Response] = field(default_factory=dict)
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    url: str = ""
    socket_address: Callable[[], str] = str
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._api, methods=["POST", "GET"]),
                Route("/respond/{id}", self._respond, methods=["POST"]),
            ]
        )

    def response_url(self) -> str:
        return f"{self.url}/respond/{next(self._ids)}"

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def next(self, method: str, count: int = 1) -> Call:
        """The `count`-th call of `method`, as soon as it came."""
        async with asyncio.timeout(60):
            while len(self.of(method)) < count:
                self._news.clear()
                await self._news.wait()
        return self.of(method)[count - 1]

    async def _api(self, request: Request) -> Response:
        method = request.path_params["method"]
        raw = await request.body()
        if "json" in request.headers.get("content-type", ""):
            sent = json.loads(raw)
        else:
            form = await request.form()
            sent = {**request.query_params, **{key: str(value) for key, value in form.items()}}
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return self._answer(Call(method, sent, token))

    async def _respond(self, request: Request) -> Response:
        return self._answer(Call("respond", await request.json()))

    def _answer(self, call: Call) -> Response:
        self.calls.append(call)
        self._news.set()
        refusal = self.refuse.get(call.method)
        if isinstance(refusal, Response):
            return refusal
        if refusal in ("invalid_blocks", "msg_blocks_too_long") and not call.sent.get("blocks"):
            refusal = None
        if refusal:
            if call.method == "respond":
                return PlainTextResponse(refusal, status_code=404)
            return JSONResponse({"ok": False, "error": refusal})
        if call.method == "respond":
            return PlainTextResponse("ok")
        return JSONResponse({"ok": True, **self._content(call)})

    def _content(self, call: Call) -> dict[str, Any]:
        content: dict[str, Callable[[], dict[str, Any]]] = {
            "views.open": lambda: {"view": {"id": f"V{next(self._ids)}", "hash": "h1"}},
            "views.push": lambda: {"view": {"id": f"V{next(self._ids)}", "hash": "h1"}},
            "users.info": lambda: {"user": {"id": call.sent.get("user"), "locale": self.locale, "tz": self.tz}},
            "conversations.open": lambda: {"channel": {"id": "D0001"}},
            "chat.postMessage": lambda: {"ts": "1700000000.000100", "channel": call.sent.get("channel")},
            "chat.getPermalink": lambda: {"permalink": "https://example.slack.com/archives/D0001/p1"},
            "apps.connections.open": lambda: {"url": self.socket_address()},
        }
        return content.get(call.method, dict)()


def sign(body: bytes, timestamp: int, secret: str = SIGNING_SECRET) -> str:
    """Slack's signature of `body`."""
    base = b"v0:" + str(timestamp).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@dataclass
class Answered:
    """What the bot's endpoint said."""

    status: int
    text: str

    @property
    def json(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text)
        return content


@dataclass
class Sender:
    """Sends the bot what Slack would send it."""

    session: aiohttp.ClientSession
    url: str
    slack: FakeSlack
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def trigger(self) -> str:
        return f"trigger-{next(self._ids)}"

    async def raw(self, body: bytes, headers: dict[str, str]) -> Answered:
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as response:
            return Answered(response.status, await response.text())

    async def signed(self, body: bytes, content_type: str = "application/x-www-form-urlencoded") -> Answered:
        now = int(time.time())  # Bolt compares with the real clock
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": str(now),
            "x-slack-signature": sign(body, now),
        }
        return await self.raw(body, headers)

    def command_fields(self, text: str, **changes: str) -> dict[str, str]:
        slash, _, words = text.partition(" ")
        return {
            "command": slash,
            "text": words,
            "user_id": USER,
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "response_url": self.slack.response_url(),
            "trigger_id": self.trigger(),
            **changes,
        }

    async def command(self, text: str, **changes: str) -> Answered:
        return await self.signed(urlencode(self.command_fields(text, **changes)).encode())

    async def interaction(self, payload: dict[str, Any]) -> Answered:
        body = {
            "user": {"id": USER, "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": self.trigger(),
            **payload,
        }
        return await self.signed(urlencode({"payload": json.dumps(body)}).encode())

    async def press(self, action_id: str, value: str = "", **changes: Any) -> Answered:
        """A button in a private message."""
        return await self.interaction(
            {
                "type": "block_actions",
                "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
                "response_url": self.slack.response_url(),
                "channel": {"id": CHANNEL},
                "container": {"type": "message", "message_ts": "1.2", "channel_id": CHANNEL},
                **changes,
            }
        )

    async def press_in_modal(self, action_id: str, view: dict[str, Any], value: str = "") -> Answered:
        return await self.interaction(
            {
                "type": "block_actions",
                "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
                "container": {"type": "view", "view_id": view["id"]},
                "view": view,
            }
        )

    async def submit(self, view: dict[str, Any]) -> Answered:
        return await self.interaction({"type": "view_submission", "view": view})

    async def type_ahead(self, action_id: str, text: str) -> Answered:
        payload = {"type": "block_suggestion", "action_id": action_id, "block_id": "b", "value": text}
        return await self.interaction(payload)

    async def event(self, event: dict[str, Any], event_id: str, *, at: datetime | None = None) -> Answered:
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id,
            "event_time": int(at.timestamp() if at else time.time()),
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_enterprise_install": False}],
        }
        return await self.signed(json.dumps(body).encode(), "application/json")


def modal(callback_id: str, *, entered: str = "", metadata: str = "", view_id: str = "V900") -> dict[str, Any]:
    """A submitted modal with one input, as Slack sends it."""
    return {
        "id": view_id,
        "type": "modal",
        "hash": "h7",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": "name",
                "label": {"type": "plain_text", "text": "Name"},
                "element": {"type": "plain_text_input", "action_id": "name"},
            }
        ],
        "state": {"values": {"name": {"name": {"type": "plain_text_input", "value": entered or None}}}},
    }
