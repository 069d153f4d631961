from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bot.local.toggl.routes import OPERATIONS, Operation
from tests.local.toggl.conftest import Place
from tests.local.toggl.test_answers import ASKS, DOCUMENTED, filled, numbers


async def send(place: Place, operation: Operation) -> httpx.Response:
    """The documented request of an operation."""
    known, ask = numbers(place), ASKS[operation.id]
    client = place.focus() if operation.product == "focus" else place.track()
    return await client.request(
        operation.method,
        operation.path.format_map(known),
        params=filled(ask.query, known),
        json=filled(ask.body, known) if ask.body is not None else None,
    )


@pytest.mark.parametrize("operation", DOCUMENTED, ids=[operation.id for operation in DOCUMENTED])
async def test_every_operation_can_be_made_to_fail_without_an_effect(here: Place, operation: Operation) -> None:
    """The fault's status, headers and body take the answer's place; nothing is changed."""
    before = here.toggl.world.state
    unchanged = repr(before)
    here.toggl.fail(operation.id, status=503, headers={"Retry-After": "7"}, body="<h1>Down</h1>")
    answer = await send(here, operation)
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (503, "<h1>Down</h1>", "7")
    assert repr(before) == unchanged
    assert here.toggl.calls[-1].status == 503


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_dropped_connection_has_had_its_effect_or_not(server: Place, drop: Any) -> None:
    """No answer in either case, over real TCP; the next call works again."""
    server.toggl.fail("start_tracking", drop=drop)
    operation = next(operation for operation in OPERATIONS if operation.id == "start_tracking")
    with pytest.raises(httpx.RemoteProtocolError):
        await send(server, operation)
    assert (server.toggl.running("admin") is not None) == (drop == "after")
    assert (await send(server, operation)).status_code == (422 if drop == "after" else 200)
    assert (server.toggl.calls[0].operation, server.toggl.calls[0].status) == ("start_tracking", None)


@pytest.mark.parametrize("operation_id", ["list_projects", "stream_time_entries"])
async def test_an_answer_may_break_off(server: Place, operation_id: str) -> None:
    """Some of it came, the rest never will."""
    server.toggl.fail(operation_id, drop="during")
    operation = next(operation for operation in OPERATIONS if operation.id == operation_id)
    query = ASKS["stream_time_entries"].query | {"date_from": "2026-08-01T00:00:00Z"}
    came: list[bytes] = []

    async def read() -> None:
        async with server.focus().stream("GET", operation.path.format_map(server.ids), params=query) as answer:
            async for chunk in answer.aiter_bytes():
                came.append(chunk)  # noqa: PERF401 (a comprehension would lose what came before the break)

    with pytest.raises(httpx.RemoteProtocolError):
        await read()
    assert b"".join(came).startswith((b"[{", b'{"data"'))


async def test_a_failing_answer_may_come_after_the_effect(here: Place) -> None:
    """As from a gateway that gave up waiting."""
    here.toggl.fail("start_tracking", status=504, body={"message": "timeout"}, effect=True)
    operation = next(operation for operation in OPERATIONS if operation.id == "start_tracking")
    answer = await send(here, operation)
    assert (answer.status_code, answer.json()) == (504, {"message": "timeout"})
    assert here.toggl.running("admin") is not None


async def test_faults_are_chosen_by_path_and_method_and_counted(here: Place) -> None:
    """In the order in which they were asked for."""
    here.toggl.fail(path="/api/v9/me*", method="get", status=500, times=2)
    here.toggl.fail(status=501)
    here.toggl.limited = False
    statuses = [(await here.track().get("/me")).status_code for _ in range(4)]
    assert statuses == [500, 500, 501, 200]
    here.toggl.fail("get_me", status=500, times=9)
    here.toggl.faults.clear()
    assert (await here.track().get("/me")).status_code == 200


async def test_a_delay_holds_one_call_and_no_other(server: Place) -> None:
    """The delayed call gives up first, the other is long answered."""
    server.toggl.fail("get_me", delay=1)
    slow = asyncio.create_task(server.track().get("/me", timeout=0.2))
    await asyncio.sleep(0)
    assert (await server.track("member").get("/workspaces")).status_code == 200
    with pytest.raises(httpx.ReadTimeout):
        await slow
