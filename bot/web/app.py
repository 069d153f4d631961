"""The ASGI application: Slack's endpoint, health and metrics, and the pages it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager

from prometheus_client import CollectorRegistry
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from bot.web import health
from bot.web.health import Check
from bot.web.security import SecurityHeaders
from bot.web.slack import SlackEvents

EVENTS = "/slack/events"
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def create_app(
    bolt: AsyncApp,
    *,
    pages: Iterable[BaseRoute],
    checks: Mapping[str, Check],
    registry: CollectorRegistry,
    lifespan: Lifespan | None = None,
) -> Starlette:
    """Everything reached over HTTP. `pages` are for browsers; `lifespan` opens and closes what all this needs."""
    return Starlette(
        routes=[
            Route(EVENTS, SlackEvents(bolt), methods=["POST"]),
            *health.routes(dict(checks), registry),
            *pages,
        ],
        middleware=[Middleware(SecurityHeaders)],
        lifespan=lifespan,
    )
