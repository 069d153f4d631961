"""The ASGI application: Slack's endpoint, health and metrics, and the pages it is given."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager

from prometheus_client import CollectorRegistry
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.dispatcher import failures
from bot.web import health
from bot.web.health import Check
from bot.web.security import HEADERS, SecurityHeaders
from bot.web.slack import SlackEvents

EVENTS = "/slack/events"
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def create_app(
    bolt: AsyncApp,
    *,
    signing_secret: str,
    pages: Iterable[BaseRoute],
    checks: Mapping[str, Check],
    registry: CollectorRegistry,
    lifespan: Lifespan | None = None,
) -> Starlette:
    """Everything reached over HTTP. `pages` are for browsers; `lifespan` opens and closes what all this needs."""
    application = Starlette(
        routes=[
            Route(EVENTS, SlackEvents(bolt, signing_secret=signing_secret), methods=["POST"]),
            *health.routes(dict(checks), registry),
            *pages,
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={Exception: _failed},
        lifespan=lifespan,
    )
    # A redirect to the address without its last slash would name whatever host the request did.
    application.router.redirect_slashes = False
    return application


async def _failed(request: Request, error: Exception) -> Response:
    """What a page says when it failed; it is sent from outside the middleware, so it brings the headers itself."""
    reference = secrets.token_hex(3)
    failures.report(error, reference=reference, kind="page", method=request.method)
    headers = {name.decode(): value.decode() for name, value in HEADERS}
    return PlainTextResponse(f"Something went wrong on our side. The reference is {reference}.", 500, headers)
