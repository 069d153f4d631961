from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import NOON, Clock, Place


def report(here: Place, **more: Any) -> dict[str, Any]:
    return {"type": "activity", "task_id": here.toggl.task("Write report").id, **more}


async def start(here: Place, **more: Any) -> Any:
    return await here.focus().post(f"{here.workspace}/tracking/start", json=report(here, **more))


async def stop(here: Place, end: str, handle: str = "admin") -> Any:
    return await here.focus(handle).post(f"{here.workspace}/tracking/stop", json={"end": end})


async def test_a_timer_is_started_seen_and_stopped(here: Place, clock: Clock) -> None:
    """It runs from now with a null length; stopped, its length is in seconds; then 204 without a body."""
    started = (await start(here)).json()
    assert (started["start"], started["duration"]) == ("2026-11-18T12:00:00Z", None)
    clock.passes(90)
    current = await here.focus().get(f"{here.workspace}/tracking/current")
    assert current.json() == started
    stopped = await stop(here, "2026-11-18T13:01:30+01:00")
    assert (stopped.json()["id"], stopped.json()["duration"]) == (started["id"], 90)
    nothing = await here.focus().get(f"{here.workspace}/tracking/current")
    assert (nothing.status_code, nothing.content) == (204, b"")


@pytest.mark.parametrize("profile", ["pages", "2026-08"])
async def test_a_running_entry_has_no_length(here: Place, profile: Any) -> None:
    """Null or absent: both are seen in the field, each in one profile."""
    here.toggl.profile = profile
    here.toggl.start_elsewhere("admin", "Write report", at=NOON)
    shown = (await here.focus().get(f"{here.workspace}/tracking/current")).json()
    assert shown.get("duration") is None
    assert ("duration" in shown) == (profile == "pages")


async def test_the_pages_refuse_a_second_timer(here: Place) -> None:
    """422 in Toggl's words; the first one runs on."""
    first = (await start(here)).json()
    second = await start(here)
    assert second.status_code == 422
    assert second.json()["error_description"] == "Cannot track multiple time entries at the same time"
    running = here.toggl.running("admin")
    assert running is not None
    assert running.id == first["id"]


async def test_2026_08_stops_the_running_timer_where_the_second_starts(here: Place) -> None:
    """The old entry ends at the new one's start."""
    here.toggl.profile = "2026-08"
    first = (await start(here, start="2026-11-18T11:00:00Z")).json()
    second = (await start(here, start="2026-11-18T11:30:00Z")).json()
    running = here.toggl.running("admin")
    assert running is not None
    assert running.id == second["id"]
    assert here.toggl.world.state.entries[first["id"]].duration == 1800


@pytest.mark.parametrize("end", ["2026-11-18T12:00:00Z", "2026-11-18T11:59:59Z", "2026-11-18", "12:30", None])
async def test_a_stop_that_is_not_later_than_the_start_is_refused(here: Place, end: Any) -> None:
    """400, and the timer runs on."""
    await start(here)
    assert (await stop(here, end)).status_code == 400
    assert here.toggl.running("admin") is not None


async def test_stopping_when_nothing_runs_is_404(here: Place) -> None:
    """Another person's timer is not mine."""
    await start(here)
    refused = await stop(here, "2026-11-18T13:00:00Z", "member")
    assert (refused.status_code, refused.json()["error_description"]) == (404, "Not tracking a time entry")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"task_id": None}, 400),
        ({"task_id": 1}, 404),
        ({"task_id": -1}, 400),
        ({"task_id": "7"}, 400),
        ({"task_id": 10**30}, 400),
        ({"type": "lunch"}, 400),
        ({"type": None}, 400),
        ({"start": "yesterday"}, 400),
        ({"start": "9999-12-31T23:59:59-14:00"}, 400),
        ({"start": "2026-11-18T12:00:00"}, 400),
        ({"time_block_id": 0}, 400),
    ],
)
async def test_a_wrong_start_is_refused(here: Place, body: dict[str, Any], status: int) -> None:
    """What is wrong is said, nothing runs."""
    refused = await start(here, **body)
    assert (refused.status_code, here.toggl.running("admin")) == (status, None)
    assert refused.json()["error_description"]


async def test_a_start_without_a_type_or_a_task_is_refused_by_the_pages(here: Place) -> None:
    """In 2026-08 an entry may have no task."""
    path, focus = f"{here.workspace}/tracking/start", here.focus()
    task = here.toggl.task("Write report").id
    assert (await focus.post(path, json={"task_id": task})).status_code == 400
    assert (await focus.post(path, json={"type": "break"})).status_code == 400
    here.toggl.profile = "2026-08"
    answer = await focus.post(
        path, json={"type": "activity", "description": "Thinking", "tag_ids": [], "billable": True}
    )
    assert (answer.status_code, answer.json()["task_id"], answer.json()["description"]) == (200, None, "Thinking")


async def test_a_task_of_a_private_project_does_not_exist_for_others(here: Place) -> None:
    """404, as for a task that is not there."""
    body = {"type": "activity", "task_id": here.toggl.task("Salary round").id}
    path = f"{here.workspace}/tracking/start"
    assert (await here.focus("member").post(path, json=body)).status_code == 404
    assert (await here.focus("admin").post(path, json=body)).status_code == 200


async def test_a_demanding_workspace_refuses_a_bare_start_in_2026_08_only(here: Place) -> None:
    """422 names what is missing."""
    here.toggl.demand("description", "tag")
    here.toggl.profile = "2026-08"
    refused = await start(here)
    assert (refused.status_code, refused.json()["error"]) == (422, "required_fields_missing")
    assert refused.json()["error_values"] == {"missing_fields": ["description", "tags"]}
    tag = next(iter(here.toggl.world.state.tags))
    assert (await start(here, description="Draft", tag_ids=[tag])).status_code == 200
    here.toggl.stop_elsewhere("admin")
    here.toggl.profile = "pages"
    assert (await start(here)).status_code == 200


async def test_starting_from_a_description_finds_the_task_or_makes_it(here: Place) -> None:
    """409 while a timer runs, in both profiles; 404 where it may not be made."""
    path, focus = f"{here.workspace}/tracking/start-from-description", here.focus()
    body = {"name": "write REPORT", "type": "activity", "extension_source": "slack"}
    found = await focus.post(path, json=body)
    assert (found.json()["task"]["name"], found.json()["task_created"]) == ("Write report", False)
    assert (await focus.post(path, json=body)).status_code == 409
    here.toggl.stop_elsewhere("admin", at=NOON)
    assert (await focus.post(path, json=body | {"name": "Brew coffee"})).status_code == 404
    wanted = {"name": "Brew coffee", "create_task_if_not_found": True, "project_name": "Team"}
    made = (await focus.post(path, json=body | wanted)).json()
    assert (made["task"]["project"]["name"], made["task_created"]) == ("Team", True)
    assert made["time_entry"]["task_id"] == here.toggl.task("Brew coffee").id


async def test_a_name_in_another_project_is_no_match_by_name_and_project(here: Place) -> None:
    """`name_project` looks at both names."""
    path = f"{here.workspace}/tracking/start-from-description"
    body = {"name": "Write report", "type": "activity", "extension_source": "slack", "project_name": "Team"}
    refused = await here.focus().post(path, json=body | {"resolution_strategy": "name_project"})
    assert refused.status_code == 404
