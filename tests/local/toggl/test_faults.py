from __future__ import annotations

import httpx
import pytest

from tests.local.toggl.conftest import Place


async def test_a_connection_dropped_before_the_effect_leaves_nothing_behind(server: Place) -> None:
    """No answer, no timer; and the next call works again."""
    server.toggl.fail("start_tracking", drop="before")
    focus, body = server.focus(), {"type": "activity", "task_id": server.toggl.task("Write report").id}
    with pytest.raises(httpx.RemoteProtocolError):
        await focus.post(f"{server.workspace}/tracking/start", json=body)
    assert server.toggl.running("admin") is None
    assert (await focus.post(f"{server.workspace}/tracking/start", json=body)).status_code == 200


async def test_a_connection_dropped_after_the_effect_leaves_the_timer_running(server: Place) -> None:
    """The answer is lost, its effect is not."""
    server.toggl.fail("start_tracking", drop="after")
    body = {"type": "activity", "task_id": server.toggl.task("Write report").id}
    with pytest.raises(httpx.RemoteProtocolError):
        await server.focus().post(f"{server.workspace}/tracking/start", json=body)
    assert server.toggl.running("admin") is not None
    assert [(called.operation, called.status) for called in server.toggl.calls] == [("start_tracking", None)]
