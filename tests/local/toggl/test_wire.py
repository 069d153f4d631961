"""What other clients send differently: nothing is taken here that no page says Toggl takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place

QUARTER = {"date_from": "2026-09-01T00:00:00Z", "date_to": "2026-11-19T00:00:00Z"}
STATUS = b'{"emoji": "x", "name": "Seen", "position": 9}'


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_a_body_that_does_not_call_itself_json_is_refused(here: Place, headers: dict[str, str]) -> None:
    """By both products; with a character set it is JSON all the same."""
    place = f"/workspaces/{here.ids['workspace_id']}"
    refused = await here.focus().post(f"{place}/statuses", content=STATUS, headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
    assert (await here.track().put(place, content=b'{"name": "x"}', headers=headers)).status_code == 400
    said = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert (await here.focus().post(f"{place}/statuses", content=STATUS, headers=said)).status_code == 201


async def test_a_parameter_that_comes_twice_is_refused(here: Place) -> None:
    """Lists are separated by commas: whoever repeats the name would lose all but one, and delete half of them."""
    first, second = (entry.id for entry in here.toggl.entries("admin")[:2])
    refused = await here.focus().delete(f"{here.workspace}/time-entries/bulk?ids={first}&ids={second}")
    assert refused.status_code == 400
    assert {first, second} <= {entry.id for entry in here.toggl.entries("admin")}
    assert (await here.focus().get(f"{here.workspace}/projects?page=1&page=2")).status_code == 400


@pytest.mark.parametrize("path", ["/tracking/current/", "/time-entries/bulk/", "/projects/"])
async def test_a_slash_too_many_leads_nowhere(here: Place, path: str) -> None:
    """404 in the shape of the product, not a redirection."""
    answer = await here.focus().get(here.workspace + path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    "start",
    [
        "2026-11-17 09:00:00Z",
        "2026-11-17T09:00:00+0100",
        "2026-11-17T09:00Z",
        "20261117T090000Z",
        "2026-11-17T09:00:00",
    ],
)
async def test_a_moment_in_a_body_is_rfc_3339_to_the_letter(here: Place, start: str) -> None:
    """A space, an offset without its colon, a missing second or zone: 400, wherever a moment is sent."""
    task = here.toggl.task("Stand-up").id
    body: dict[str, Any] = {"type": "activity", "start": start, "duration": 60}
    focus, entry = here.focus(), here.toggl.entries("admin")[0]
    for method, path, sent in (
        ("POST", f"/tasks/{task}/time-entries", body),
        ("POST", "/time-entries/bulk", [body | {"task_id": task}]),
        ("PATCH", "/time-entries/bulk", [{"id": entry.id, "start": start}]),
        ("PATCH", f"/tasks/{entry.task_id}/time-entries/{entry.id}", {"start": start}),
        ("PUT", f"/tasks/{entry.task_id}/time-entries/{entry.id}", body),
        ("POST", "/tracking/start", {"type": "activity", "start": start, "task_id": task}),
        ("POST", "/tracking/stop", {"end": start}),
    ):
        assert (await focus.request(method, here.workspace + path, json=sent)).status_code == 400, (method, path)


async def test_a_stream_is_one_array_whatever_is_accepted(here: Place) -> None:
    """No page says that lines of JSON can be had."""
    place = f"{here.workspace}/time-entries/stream"
    array = await here.focus().get(place, params=QUARTER, headers={"Accept": "application/x-ndjson"})
    assert array.headers["Content-Type"] == "application/json"
    assert len(array.json()) > 200
    nothing = {"date_from": QUARTER["date_to"], "date_to": QUARTER["date_to"]}
    assert (await here.focus().get(place, params=nothing)).json() == []
