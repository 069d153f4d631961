"""Every documented operation, asked as its page shows it, answers success in the documented shape."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.local.toggl.routes import OPERATIONS, Operation
from tests.local.toggl.conftest import NOON, Place

CONTRACT = Path(__file__).parents[2] / "contract"
PERIOD = {"date_from": "2026-11-01T00:00:00+01:00", "date_to": "2026-11-19T00:00:00Z"}
START = "2026-11-17T09:00:00+01:00"
RATE = {"amount": 99.5, "level": "project", "type": "billable_rates", "mode": "start-today"}
ALERT = {"source_kind": "estimate", "threshold_type": "percentage", "thresholds": [50, 80], "receivers": 1}


@dataclass(frozen=True)
class Ask:
    """What to send: `{names}` are filled with numbers that exist. `status` is one for both profiles, or two."""

    status: int | tuple[int, int] = 200
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None


ASKS = {
    "list_statuses": Ask(query={"type": "todo", "order_by": "-position,name", "per_page": "2"}),
    "create_status": Ask(201, body={"emoji": "🧪", "name": "In test", "position": 3}),
    "get_status": Ask(),
    "update_status": Ask(body={"emoji": "🔎", "name": "Reviewing", "position": 5}),
    "delete_status": Ask(204),
    "restore_status": Ask(204),
    "list_projects": Ask(query={"archived": "", "include_rates": "true", "client_id": "{client_id}"}),
    "create_project": Ask(201, body={"name": "Sauna", "color": "#0b83d9", "start_date": "2026-11-18"}),
    "get_project": Ask(),
    "replace_project": Ask((201, 204), body={"name": "Sauna"}),
    "delete_project": Ask(204),
    "update_project": Ask((201, 204), body={"client_id": None, "fixed_fee": {"amount": 5, "currency": "EUR"}}),
    "archive_project": Ask(204),
    "list_project_children": Ask(),
    "list_project_members": Ask(),
    "update_project_member_role": Ask(204, body={"user_id": "{project_user}", "role_id": 1201}),
    "add_project_members": Ask(204, body={"user_ids": ["{focus_id}"], "group_ids": ["{group_id}"], "role_id": 1202}),
    "remove_project_member": Ask(204, body={"user_id": "{project_user}"}),
    "list_project_parents": Ask(),
    "pin_project": Ask(204),
    "unpin_project": Ask(204),
    "restore_project": Ask(204),
    "unarchive_project": Ask(204),
    "list_task_time_entries": Ask(query={"type": "activity", "archived": "false"}),
    "create_time_entry": Ask(201, body={"type": "activity", "start": START, "duration": 60}),
    "get_time_entry": Ask(),
    "replace_time_entry": Ask(204, body={"type": "break", "start": START, "duration": 60}),
    "delete_time_entry": Ask(204),
    "update_time_entry": Ask(204, body={"duration": 120}),
    "archive_time_entry": Ask(204),
    "restore_time_entry": Ask(204),
    "unarchive_time_entry": Ask(204),
    "list_time_entries": Ask(query=PERIOD | {"order_by": "start,-id", "per_page": "100"}),
    "create_time_entries": Ask(204, body=[{"type": "break", "task_id": "{task_id}", "start": START, "duration": 60}]),
    "delete_time_entries": Ask(204, query={"ids": "{time_entry_id}"}),
    "update_time_entries": Ask(204, body=[{"id": "{time_entry_id}", "duration": 60}]),
    "restore_time_entries": Ask(204, query={"ids": "{time_entry_id}"}),
    "stream_time_entries": Ask(query=PERIOD),
    "stream_time_entries_by_time_block": Ask(query={"time_block_id": "1,2"}),
    "get_current_tracking": Ask(),
    "start_tracking": Ask(body={"type": "activity", "task_id": "{task_id}"}),
    "stop_tracking": Ask(body={"end": "2026-11-18T12:30:00Z"}),
    "create_workspace": Ask(body={"name": "Archive", "admins": ["{person_id}"]}),
    "list_workspace_users": Ask(query={"name": "tom"}),
    "delete_workspace_users": Ask(body={"delete": ["{workspace_user_id}"]}),
    "search_workspaces": Ask(),
    "get_workspace": Ask(),
    "update_workspace": Ask(body={"name": "Nordlicht", "rounding": -1, "default_hourly_rate": 90}),
    "create_alert": Ask(body=ALERT | {"project_id": "{project_id}"}),
    "delete_alert": Ask(),
    "create_rate": Ask(201, body=RATE | {"level_id": "{project_id}"}),
    "list_rates": Ask(query={"type": "billable_rates"}),
    "get_workspace_statistics": Ask(),
    "get_time_entry_constraints": Ask(),
    "list_track_reminders": Ask(),
    "create_track_reminder": Ask(body={"frequency": 7, "threshold": 30, "user_ids": ["{person_id}"]}),
    "update_track_reminder": Ask(body={"frequency": 1, "threshold": 6, "group_ids": ["{group_id}"]}),
    "delete_track_reminder": Ask(),
    "list_users": Ask(query={"exclude_deleted": "true"}),
    "update_user": Ask(body={"rate": 100}),
    "update_workspace_user": Ask(body={"role_id": 1104, "groups": ["{group_id}"]}),
    "delete_workspace_user": Ask(),
}
DOCUMENTED = [operation for operation in OPERATIONS if not operation.companion]


def numbers(here: Place) -> dict[str, Any]:
    """A number of everything, by the name it has in paths and in `ASKS`."""
    toggl, state = here.toggl, here.toggl.world.state
    entry, member = toggl.entries("admin")[0], toggl.person("member")
    belongs = toggl.world.find_member(toggl.workspace().id, member.id)
    project = next(project for project in state.projects.values() if project.name == "Booking App")
    assert belongs is not None
    return {
        **here.ids,
        "task_id": entry.task_id,
        "time_entry_id": entry.id,
        "project_id": project.id,
        "project_user": next(iter(project.users)),
        "client_id": project.client_id,
        "status_id": next(status.id for status in state.statuses.values() if not status.default),
        "group_id": next(iter(state.groups)),
        "focus_id": member.focus_id,
        "person_id": member.id,
        "user_id": member.id,
        "workspace_user_id": belongs.id,
        "alert_id": next(iter(state.alerts)),
        "reminder_id": next(iter(state.reminders)),
        "level": "project",
        "level_id": project.id,
    }


def filled(value: Any, known: dict[str, Any]) -> Any:
    """`value` with its `{names}` filled; a string that is nothing but one name becomes the number itself."""
    if isinstance(value, list):
        return [filled(item, known) for item in value]
    if isinstance(value, dict):
        return {name: filled(item, known) for name, item in value.items()}
    if isinstance(value, str) and value.startswith("{"):
        return known[value.strip("{}")]
    return value


def schema_of(operation: Operation, status: int) -> Any:
    """The documented schema of an answer; None where no body is documented."""
    document = json.loads((CONTRACT / f"{operation.product}.openapi.json").read_text())
    responses = document["paths"][operation.path][operation.method.lower()]["responses"]
    assert str(status) in responses
    return responses[str(status)].get("content", {}).get("application/json", {}).get("schema")


@pytest.mark.parametrize("profile", ["pages", "2026-08"])
@pytest.mark.parametrize("operation", DOCUMENTED, ids=[operation.id for operation in DOCUMENTED])
async def test_an_operation_answers_as_its_page_says(here: Place, operation: Operation, profile: Any) -> None:
    """The documented success status, and a body that the document's schema allows, with every field that it has."""
    here.toggl.profile = profile
    if operation.id in {"get_current_tracking", "stop_tracking"}:
        here.toggl.start_elsewhere("admin", "Write report", at=NOON)
    known, ask = numbers(here), ASKS[operation.id]
    client = here.focus() if operation.product == "focus" else here.track()
    response = await client.request(
        operation.method,
        operation.path.format_map(known),
        params=filled(ask.query, known),
        json=filled(ask.body, known) if ask.body is not None else None,
    )
    expected = ask.status if isinstance(ask.status, int) else ask.status[profile != "pages"]
    assert response.status_code == expected, response.text
    schema = schema_of(operation, expected)
    if schema is None:
        assert response.content == b""
        return
    jsonschema.validate(response.json(), schema, format_checker=jsonschema.FormatChecker())
    if profile == "pages":
        assert_complete(response.json(), schema, operation.id)


def assert_complete(value: Any, schema: dict[str, Any], where: str) -> None:
    """Every documented field is there, at every depth that is not null; no field is made up."""
    if isinstance(value, list) and value:
        assert_complete(value[0], schema["items"], f"{where}[]")
    if isinstance(value, dict) and "properties" in schema:
        assert set(value) == set(schema["properties"]), where
        for name, item in value.items():
            assert_complete(item, schema["properties"][name], f"{where}.{name}")
