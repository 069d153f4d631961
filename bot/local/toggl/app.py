"""The local Toggl as an ASGI app: Focus, Track and webhooks under their paths, and the control API for tests."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.local.hanging_up import HangingUp
from bot.local.toggl import control, page
from bot.local.toggl.company_names import PEOPLE, Somebody
from bot.local.toggl.errors import Product, Refusal
from bot.local.toggl.handling import handle, record
from bot.local.toggl.local import LocalToggl
from bot.local.toggl.rendering import refuse
from bot.local.toggl.routes import OPERATIONS, PREFIXES, Operation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

    from bot.local.toggl.call import Profile

SEED = 1


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    *,
    profile: Profile = "pages",
    clock: Callable[[], datetime] = _utc_now,
    data: Path | None = None,
    seed: int = SEED,
    echoes: bool = False,
    shared_ids: bool = True,
    people: tuple[Somebody, ...] = PEOPLE,
) -> Starlette:
    """A local Toggl; its `LocalToggl` is `app.state.toggl`. `people` work at the seeded company.

    `clock` gives aware times. `data` is a file that keeps the state over restarts; without one all is forgotten. `seed`
    chooses the company's three months. `echoes`: creations and changes for which the pages show no body answer the
    object (the pages' way, no body, is the default). Without `shared_ids` a workspace has
    another number in Track than in Focus; nobody knows how it is at Toggl.
    """
    toggl = LocalToggl(
        profile=profile, clock=clock, data=data, seed=seed, echoes=echoes, shared_ids=shared_ids, people=people
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        toggl.storage.save()

    app = HangingUp(
        routes=[*control.routes(toggl), *_routes(toggl), *page.routes(toggl)],
        lifespan=lifespan,
        exception_handlers={HTTPException: _unknown(toggl)},
    )
    app.router.redirect_slashes = False  # no page says that an address with a slash too many leads anywhere
    app.state.toggl = toggl
    return app


def _routes(toggl: LocalToggl) -> list[Route]:
    """One route per path, so that a method it does not have is told which it has."""
    by_path = sorted(OPERATIONS, key=lambda operation: operation.full_path)
    return [_route(toggl, path, list(group)) for path, group in groupby(by_path, key=lambda each: each.full_path)]


def _route(toggl: LocalToggl, path: str, operations: list[Operation]) -> Route:
    by_method = {operation.method: operation for operation in operations}

    async def endpoint(request: Request) -> Response:
        return await handle(toggl, by_method[request.method], request)

    route = Route(path, endpoint, methods=list(by_method))
    route.methods = set(by_method)
    return route


def _unknown(toggl: LocalToggl) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What no route knows: in the shape of the product whose prefix the path has."""

    async def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        words = "Method not allowed" if status == 405 else "Not found"  # noqa: PLR2004 (the status says it)
        refusal = Refusal(status, words.lower().replace(" ", "_"), words)
        response = refuse(refusal, _product(request.url.path), toggl.new_trace_id())
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        if request.url.path.startswith(tuple(PREFIXES.values())):
            record(toggl, None, request, await request.body(), status, None)
        return response

    return answer


def _product(path: str) -> Product:
    return next((product for product, prefix in PREFIXES.items() if path.startswith(prefix + "/")), "focus")
