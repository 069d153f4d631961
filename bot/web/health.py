"""Whether the process lives, whether it can serve, and what it counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.dispatcher import failures

NOT_FOUND, SERVICE_UNAVAILABLE = 404, 503
FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-real-ip"})
"""What proxies add: whoever comes through one comes from outside, and numbers are for those inside."""
_LEAVING = "leaving"
Check = Callable[[], Awaitable[None]]
"""Raises where the process cannot serve, for example because the database is out of reach or not migrated."""


def routes(checks: dict[str, Check], registry: CollectorRegistry) -> list[BaseRoute]:
    """`/healthz`, `/readyz` (every check by its name, and whether the process stays) and `/metrics`.

    The last is answered to those alone who come without a proxy.
    """

    async def live(request: Request) -> Response:  # noqa: ARG001 (Starlette's signature)
        return JSONResponse({"status": "ok"})

    async def ready(request: Request) -> Response:
        states = {name: await _passes(check) for name, check in checks.items()}
        if hasattr(request.app.state, _LEAVING):
            states[_LEAVING] = False
        good = all(states.values())
        said = {name: "ok" if state else "failed" for name, state in states.items()}
        return JSONResponse({"status": "ok" if good else "failed", **said}, 200 if good else SERVICE_UNAVAILABLE)

    async def metrics(request: Request) -> Response:
        if FORWARDED & set(request.headers):
            return Response(status_code=NOT_FOUND)
        return Response(generate_latest(registry), headers={"content-type": CONTENT_TYPE_LATEST})

    return [
        Route("/healthz", live, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


def leave(application: Starlette) -> None:
    """Let `/readyz` say from now on that the process ends, while it answers what is still sent to it."""
    setattr(application.state, _LEAVING, True)


async def _passes(check: Check) -> bool:
    try:
        await check()
    except Exception as error:  # noqa: BLE001 (any reason is a reason not to serve)
        failures.report(error, kind="readiness")
        return False
    return True
