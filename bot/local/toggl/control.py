"""The control API under `/local/`, by which tests outside this process do what `LocalToggl` offers inside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta
from starlette.responses import Response
from starlette.routing import Route

from bot.local.toggl.call import Profile
from bot.local.toggl.faults import Fault
from bot.local.toggl.records import Plan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from bot.local.toggl.local import LocalToggl


class _Profile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    profile: Profile
    echoes: bool | None = None


class _Quota(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    person: str
    remaining: int = 0
    me: bool = False


class _Clock(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    now: Annotated[datetime, Meta(tz=True)]


class _Plan(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    plan: Plan
    workspace: str | None = None


class _Demand(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    fields: list[str]
    workspace: str | None = None


class _Limit(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    limited: bool
    burst: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


def routes(toggl: LocalToggl) -> list[Route]:
    """The routes; what each takes is its struct above, what it does is in `LocalToggl`."""

    def calls() -> Any:
        return list(toggl.calls)

    def profile(body: _Profile) -> None:
        toggl.profile = body.profile
        if body.echoes is not None:
            toggl.echoes = body.echoes

    def clock(body: _Clock) -> None:
        toggl.shift += body.now - toggl.now()

    def limit(body: _Limit) -> None:
        toggl.limited = body.limited
        if body.burst is not None:
            toggl.bucket.burst = body.burst

    def running() -> Any:
        people = toggl.world.state.people.values()
        return {person.handle: toggl.running(person.handle) for person in people}

    return [
        Route("/local/calls", _asked(calls), methods=["GET"]),
        Route("/local/calls", _told(None, lambda _: toggl.calls.clear()), methods=["DELETE"]),
        Route("/local/faults", _told(Fault, toggl.add_fault), methods=["POST"]),
        Route("/local/faults", _told(None, lambda _: toggl.faults.clear()), methods=["DELETE"]),
        Route("/local/profile", _told(_Profile, profile), methods=["PUT"]),
        Route(
            "/local/quota",
            _told(_Quota, lambda body: toggl.spend_quota(body.person, remaining=body.remaining, me=body.me)),
            methods=["PUT"],
        ),
        Route("/local/clock", _told(_Clock, clock), methods=["PUT"]),
        Route("/local/plan", _told(_Plan, lambda body: toggl.set_plan(body.plan, body.workspace)), methods=["PUT"]),
        Route(
            "/local/constraints",
            _told(_Demand, lambda body: toggl.demand(*body.fields, workspace=body.workspace)),
            methods=["PUT"],
        ),
        Route("/local/limit", _told(_Limit, limit), methods=["PUT"]),
        Route("/local/running", _asked(running), methods=["GET"]),
        Route("/local/reset", _told(None, lambda _: toggl.reset()), methods=["POST"]),
    ]


def _asked(answer: Callable[[], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_request: Request) -> Response:
        return Response(msgspec.json.encode(answer()), media_type="application/json")

    return endpoint


def _told(shape: Any, act: Callable[[Any], None]) -> Callable[[Request], Awaitable[Response]]:
    """204 when done; 400 with the reason for a body that is not of `shape` (None: no body), or a name nobody has.

    403 for a page of another site that a browser here happens to show: it may send to any address.
    """

    async def endpoint(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return Response("this is not for pages of other sites", status_code=403, media_type="text/plain")
        try:
            act(msgspec.json.decode(await request.body(), type=shape) if shape is not None else None)
        except (msgspec.MsgspecError, LookupError) as error:
            return Response(str(error), status_code=400, media_type="text/plain")
        return Response(status_code=204)

    return endpoint
