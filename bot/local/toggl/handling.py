"""The road of one API call: fault, credential, limits, workspace, operation, record."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from bot.local.hanging_up import HANG_UP, cut
from bot.local.toggl import auth
from bot.local.toggl.call import Call
from bot.local.toggl.calls import Called
from bot.local.toggl.errors import Refusal, forbidden, not_found
from bot.local.toggl.faults import Fault
from bot.local.toggl.queries import Query, number_from
from bot.local.toggl.quota import CALLS_PER_HOUR, ME_CALLS_PER_HOUR
from bot.local.toggl.rendering import refuse, render

if TYPE_CHECKING:
    from datetime import datetime

    from bot.local.toggl.local import LocalToggl
    from bot.local.toggl.quota import Allowance
    from bot.local.toggl.records import Person
    from bot.local.toggl.routes import Operation

_ME = 0
_SLOW_DOWN = "<html><head><title>429 Too Many Requests</title></head><body>429 Too Many Requests</body></html>"


async def handle(toggl: LocalToggl, operation: Operation, request: Request) -> Response:
    """Answer one API call and record it. A fault may take the answer's place or drop the connection."""
    raw = await request.body()
    fault = toggl.faults.take(operation.id, request.method, request.url.path) or Fault()
    if fault.delay:
        await asyncio.sleep(fault.delay)
    person: Person | None = None
    response = Response()
    if fault.has_effect:
        person, response = _answered(toggl, operation, request, raw)
    if fault.status is not None:
        response = _of_fault(fault, fault.status)
    record(toggl, operation.id, request, raw, None if fault.drop else response.status_code, person)
    if fault.drop == "during":
        return cut(response, request.scope[HANG_UP])
    if fault.drop is not None:
        await request.scope[HANG_UP]()
    return response


def record(
    toggl: LocalToggl, operation: str | None, request: Request, raw: bytes, status: int | None, person: Person | None
) -> None:
    """Remember a call; of whose credential it was, only the owner."""
    toggl.calls.record(
        Called(
            operation=operation,
            method=request.method,
            path=request.url.path,
            query=request.url.query,
            body=_json_or_none(raw),
            status=status,
            person=person.handle if person is not None else None,
            at=toggl.now(),
        )
    )


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
        response = render(operation.run(call))
        if request.method != "GET" or call.changed or operation.product == "webhooks":
            toggl.changed(call.changed)
    except Refusal as refusal:
        response = refuse(refusal, product, toggl.new_trace_id())
    response.headers.update(headers)
    return person, response


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
        query=Query(request.query_params.multi_items()),
        ids=ids,
        words=request.path_params,
        raw=raw,
        is_json=_is_json(request),
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
            raise Refusal(operation.unknown_workspace, "not_found", operation.unknown_words)
        member = world.find_member(workspace.id, person.id)
        if member is None or member.inactive or not member.accepted:
            raise forbidden("Insufficient permissions" if focus else "User does not have access to this resource.")
        call.maybe_workspace, call.maybe_member = workspace, member
        call.maybe_organization = world.state.organizations[workspace.organization_id]
    return call


def _is_json(request: Request) -> bool:
    """Whether the body calls itself JSON, as every page's sample does; a compressed one does not come as JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" and "content-encoding" not in request.headers


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


def _json_or_none(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
