"""Toggls that no Toggl should be: each answer as the test says, over real HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPMethod
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.local.hanging_up import hang_up


def answering(endpoint: Callable[[Request], Awaitable[Response]]) -> ASGIApp:
    """An app that answers everything by `endpoint`."""
    return Starlette(routes=[Route("/{path:path}", endpoint, methods=[method.value for method in HTTPMethod])])


def answer(content: Any = b"", status: int = 200, **headers: str) -> Response:
    """An answer; what is no bytes becomes JSON. `x_y` in `headers` is the header `x-y`."""
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return Response(body, status, headers={name.replace("_", "-"): value for name, value in headers.items()})


class Trouble(Enum):
    """What may come in the place of an answer."""

    DROPPED = "the connection is closed"
    SILENCE = "nothing comes"


@dataclass
class Scripted:
    """Answers requests one after the other from `script`; the last one stays."""

    script: list[Response | Trouble]
    requests: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __init__(self, *script: Response | Trouble) -> None:
        self.script = list(script)
        self.requests, self.bodies, self.headers = [], [], []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            await self._answer(Request(scope, receive), receive, send)
        else:
            await answering(_never)(scope, receive, send)

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        body = await request.body()
        query = f"?{request.url.query}" if request.url.query else ""
        self.requests.append((request.method, request.url.path + query))
        self.bodies.append(msgspec.json.decode(body) if body else None)
        self.headers.append(dict(request.headers))
        following = self.script[0] if len(self.script) == 1 else self.script.pop(0)
        match following:
            case Trouble.DROPPED:
                await hang_up(receive, send)
            case Trouble.SILENCE:
                await _until_gone(receive)
            case Response():
                await following(request.scope, receive, send)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _never(_request: Request) -> Response:
    raise AssertionError("only its lifespan is used")
