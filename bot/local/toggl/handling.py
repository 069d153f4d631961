"""The road of one API call: fault, credential, limits, workspace, operation, record."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.local.toggl import auth
from bot.local.toggl.call import NOTHING, Answer, Call
from bot.local.toggl.calls import Called
from bot.local.toggl.errors import Product, Refusal, forbidden, not_found
from bot.local.toggl.queries import Query, number_from
from bot.local.toggl.quota import CALLS_PER_HOUR, ME_CALLS_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime

    from bot.local.toggl.faults import Fault
    from bot.local.toggl.local import LocalToggl
    from bot.local.toggl.quota import Allowance
    from bot.local.toggl.records import Person
    from bot.local.toggl.routes import Operation

_ME = 0
_SLOW_DOWN = "<html><head><title>429 Too Many Requests</title></head><body>429 Too Many Requests</body></html>"
_STREAMED_AT_ONCE = 64


async def handle(toggl: LocalToggl, operation: Operation, request: Request) -> Response:
    """Answer one API call and record it. A fault may take the answer's place or drop the connection."""
    raw = await request.body()
    fault = toggl.faults.take(operation.id, request.method, request.url.path)
    if fault is not None and fault.delay:
        await asyncio.sleep(fault.delay)
    person: Person | None = None
    dropped = False
    response: Response
    if fault is not None and fault.drop == "before":
        dropped, response = True, Response(status_code=503)
    elif fault is not None and fault.status is not None and not fault.effect:
        response = _of_fault(fault, fault.status)
    else:
        person, response = _answered(toggl, operation, request, raw)
        if fault is not None and fault.status is not None:
            response = _of_fault(fault, fault.status)
        dropped = fault is not None and fault.drop == "after"
    toggl.calls.record(
        Called(
            operation=operation.id,
            method=request.method,
            path=request.url.path,
            query=request.url.query,
            body=_json_or_none(raw),
            status=None if dropped else response.status_code,
            person=person.handle if person is not None else None,
            at=toggl.now(),
        )
    )
    if dropped:
        await request.scope["toggl.hang_up"]()
    return response


def _answered(toggl: LocalToggl, operation: Operation, request: Request, raw: bytes) -> tuple[Person | None, Response]:
    now, product = toggl.now(), operation.product
    person: Person | None = None
    headers: dict[str, str] = {}
    try:
        person = auth.person_calling(request.headers.get("authorization"), product, toggl.world.state.people.values())
        if product != "focus" and toggl.limited and toggl.bucket.overflows(person.id, now):
            return person, _too_many(toggl)
        allowance = _charge(toggl, operation, request, person, now)
        headers = allowance.headers
        _refuse_when_spent(allowance)
        call = _call(toggl, operation, request, person, raw)
        response = render(operation.run(call), accept=request.headers.get("accept", ""))
        if request.method != "GET" or call.changed or operation.product == "webhooks":
            toggl.changed(call.changed)
    except Refusal as refusal:
        response = refuse(refusal, product, toggl.new_trace_id())
    response.headers.update(headers)
    return person, response


def refuse(refusal: Refusal, product: Product, trace_id: str) -> Response:
    """The refusal as its product says it."""
    body = refusal.body(product, trace_id)
    return render(Answer(refusal.status, NOTHING if body is None else body))


def render(answer: Answer, accept: str = "") -> Response:
    """The HTTP response. A stream is a JSON array, or a JSON value a line where `application/x-ndjson` is accepted."""
    if answer.stream is not None:
        lines = "application/x-ndjson" in accept
        return StreamingResponse(
            _lines(answer.stream) if lines else _array(answer.stream),
            media_type="application/x-ndjson" if lines else "application/json",
        )
    if answer.json is NOTHING:
        return Response(status_code=answer.status)
    return Response(msgspec.json.encode(answer.json), status_code=answer.status, media_type="application/json")


def _call(toggl: LocalToggl, operation: Operation, request: Request, person: Person, raw: bytes) -> Call:
    """The call with the organization and workspace of its path. Raises `Refusal` where the person does not belong."""
    world = toggl.world
    ids = {name: number_from(text, name) for name, text in request.path_params.items() if name.endswith("_id")}
    call = Call(
        product=operation.product,
        profile=toggl.profile,
        world=world,
        now=toggl.now(),
        person=person,
        query=Query(request.query_params),
        ids=ids,
        words=request.path_params,
        raw=raw,
        echoes=toggl.echoes,
        left=lambda organization_id: toggl.left(person, organization_id),
    )
    if "organization_id" in ids:
        call.maybe_organization = world.state.organizations.get(ids["organization_id"])
        if call.maybe_organization is None:
            raise not_found("Organization not found/accessible")
        if "workspace_id" not in ids and person.organization_id != call.maybe_organization.id:
            raise forbidden() if operation.product == "focus" else not_found("Organization not found/accessible")
    if "workspace_id" in ids:
        focus = operation.product == "focus"
        known = world.state.workspaces.get if focus else world.find_track_workspace
        workspace = known(ids["workspace_id"])
        if workspace is None or workspace.organization_id != ids.get("organization_id", workspace.organization_id):
            raise Refusal(operation.unknown_workspace, "not_found", "Workspace not found")
        member = world.find_member(workspace.id, person.id)
        if member is None or member.inactive:
            raise forbidden("Insufficient permissions" if focus else "User does not have access to this resource.")
        call.maybe_workspace, call.maybe_member = workspace, member
        call.maybe_organization = world.state.organizations[workspace.organization_id]
    return call


def _charge(toggl: LocalToggl, operation: Operation, request: Request, person: Person, now: datetime) -> Allowance:
    """Count the call against the organization in its path, `/me…` against its own thirty."""
    if operation.product == "track" and operation.path.split("/")[1] == "me":
        return toggl.quotas.charge((person.id, _ME), ME_CALLS_PER_HOUR, now)
    organization_id = _organization_of(toggl, operation, request) or person.organization_id
    organization = toggl.world.state.organizations.get(organization_id)
    plan = organization.plan if organization is not None else "free"
    return toggl.quotas.charge((person.id, organization_id), CALLS_PER_HOUR[plan], now)


def _refuse_when_spent(allowance: Allowance) -> None:
    if allowance.spent:
        raise Refusal(402, "quota_exceeded", "You have reached your hourly quota of API calls")


def _organization_of(toggl: LocalToggl, operation: Operation, request: Request) -> int | None:
    """The number of an organization that exists, from the path; or that of the path's workspace."""
    ids = {name: int(text) for name, text in request.path_params.items() if text.isascii() and text.isdigit()}
    if ids.get("organization_id") in toggl.world.state.organizations:
        return ids["organization_id"]
    known = toggl.world.state.workspaces.get if operation.product == "focus" else toggl.world.find_track_workspace
    workspace = known(ids.get("workspace_id", 0))
    return workspace.organization_id if workspace is not None else None


def _too_many(toggl: LocalToggl) -> Response:
    headers = {"Retry-After": "1"} if toggl.bucket.tells_when else {}
    return Response(_SLOW_DOWN, status_code=429, media_type="text/html", headers=headers)


def _of_fault(fault: Fault, status: int) -> Response:
    if fault.body is None or isinstance(fault.body, str):
        return Response(fault.body or "", status_code=status, headers=fault.headers)
    encoded = msgspec.json.encode(fault.body)
    return Response(encoded, status_code=status, headers={"Content-Type": "application/json"} | fault.headers)


async def _array(values: Iterator[Any]) -> AsyncIterator[bytes]:
    separator = b"["
    for batch in _batches(values):
        yield separator + b",".join(batch)
        separator = b","
    yield b"[]" if separator == b"[" else b"]"


async def _lines(values: Iterator[Any]) -> AsyncIterator[bytes]:
    for batch in _batches(values):
        yield b"\n".join(batch) + b"\n"


def _batches(values: Iterator[Any]) -> Iterator[list[bytes]]:
    """The values encoded, so many at once that no chunk is much larger than a hundred kilobytes."""
    while batch := [msgspec.json.encode(value) for value in itertools.islice(values, _STREAMED_AT_ONCE)]:
        yield batch


def _json_or_none(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
