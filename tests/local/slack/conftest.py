"""A local Slack over real HTTP, with a small bot that answers as the test tells it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.local.slack import create_app
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from tests.conftest import Clock
from tests.serving import address, listening, serving

SIGNING_SECRET = "signing-secret-of-the-tests"
BOT_TOKEN = "xoxb-token-of-the-tests"
APP_TOKEN = "xapp-token-of-the-tests"

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[Response]]


@dataclass
class FakeBot:
    """An app that checks signatures, remembers what came, and answers by kind: command name or payload type."""

    received: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, Answer | Response] = field(default_factory=dict)
    url: str = ""

    async def endpoint(self, request: Request) -> Response:
        """`POST /slack/events`."""
        body = await request.body()
        signed = b"v0:" + request.headers["x-slack-request-timestamp"].encode() + b":" + body
        wanted = "v0=" + hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(wanted, request.headers["x-slack-signature"])
        payload = self._parse(body, request.headers["content-type"])
        self.received.append(payload)
        self.headers.append(dict(request.headers))
        answer = self.answers.get(self.kind(payload), Response())
        return answer if isinstance(answer, Response) else await answer(payload)

    @staticmethod
    def kind(payload: Json) -> str:
        """By what the bot tells payloads apart."""
        if "command" in payload:
            return str(payload["command"])
        return str(payload.get("event", payload).get("type"))

    @staticmethod
    def _parse(body: bytes, content_type: str) -> Json:
        if content_type == "application/json":
            parsed: Json = json.loads(body)
            return parsed
        assert content_type == "application/x-www-form-urlencoded"
        form = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        interaction: Json = json.loads(form["payload"]) if "payload" in form else dict(form)
        return interaction

    def last(self, kind: str) -> Json:
        """The newest payload of a kind."""
        return next(payload for payload in reversed(self.received) if self.kind(payload) == kind)

    def answer_json(self, kind: str, body: Any, status: int = 200) -> None:
        """Answer payloads of `kind` with JSON."""
        self.answers[kind] = JSONResponse(body, status)

    def app(self) -> Starlette:
        """The bot as an application."""
        return Starlette(routes=[Route("/slack/events", self.endpoint, methods=["POST"])])


@dataclass
class Api:
    """The Web API as an app calls it."""

    http: httpx.AsyncClient
    token: str | None = BOT_TOKEN

    async def call(self, method: str, **arguments: Any) -> Json:
        """Call with a JSON body."""
        return self._json(await self.post(method, arguments))

    async def form(self, method: str, **arguments: Any) -> Json:
        """Call with a form, values that are no strings as JSON."""
        data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        return self._json(await self.http.post(f"/api/{method}", data=data, headers=self._headers()))

    async def post(self, method: str, arguments: Json) -> httpx.Response:
        """The whole response."""
        headers = {**self._headers(), "Content-Type": "application/json; charset=utf-8"}
        return await self.http.post(f"/api/{method}", content=json.dumps(arguments), headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    @staticmethod
    def _json(response: httpx.Response) -> Json:
        parsed: Json = response.json()
        return parsed


ALL_SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
]


def make_manifest(**changes: Any) -> Json:
    """A manifest with everything on; `changes` replace `scopes`, `events` or parts of `settings`."""
    return {
        "display_information": {"name": "Timekeeper"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Timekeeper"},
            "slash_commands": [
                {"command": "/track", "description": "Track time", "should_escape": True},
                {"command": "/plain", "description": "No escaping"},
            ],
            "shortcuts": [
                {"name": "Start", "type": "global", "callback_id": "start", "description": "Start"},
                {"name": "Track this", "type": "message", "callback_id": "track_this", "description": "Track"},
            ],
        },
        "oauth_config": {"scopes": {"bot": changes.pop("scopes", ALL_SCOPES)}},
        "settings": {
            "event_subscriptions": {
                "bot_events": changes.pop(
                    "events",
                    ["app_home_opened", "app_mention", "app_uninstalled", "message.channels", "message.im"],
                )
            },
            "interactivity": {"is_enabled": True, "message_menu_options_url": "https://example.com/slack/events"},
            **changes,
        },
    }


@pytest.fixture
def manifest() -> Json:
    """The manifest; a test module may replace it."""
    return make_manifest()


@pytest.fixture
def pace() -> Pace:
    """Slack's rules with short waits; rate limits off unless a test is about them."""
    return Pace(acknowledge=1.0, retries=(0.0, 0.0, 0.0), rate_limits=False, save_after=0.0)


@pytest.fixture
async def bot() -> AsyncIterator[FakeBot]:
    """A bot at `bot.url`."""
    fake = FakeBot()
    async with serving(fake.app()) as url:
        fake.url = url
        yield fake


@pytest.fixture
async def slack(bot: FakeBot, manifest: Json, pace: Pace, clock: Clock) -> AsyncIterator[LocalSlack]:
    """The engine of a served local Slack; its address is `slack.workspace.url`."""
    bound = listening()
    app = create_app(
        bot_url=bot.url,
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        client_id="1.2",
        client_secret="client-secret",
        manifest=manifest,
        clock=clock,
        pace=pace,
        public_url=address(bound),
    )
    async with serving(app, bound):
        engine: LocalSlack = app.state.slack
        yield engine


@pytest.fixture
async def http(slack: LocalSlack) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the local Slack."""
    async with httpx.AsyncClient(base_url=slack.workspace.address) as client:
        yield client


@pytest.fixture
def api(http: httpx.AsyncClient) -> Api:
    """The Web API with the bot's token."""
    return Api(http)
