"""Schemathesis sends the local Toggl what the documents allow and what they do not."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from bot.local.toggl import LocalToggl, create_app
from tests.serving import address, listening

CONTRACT = Path(__file__).parents[2] / "contract"
CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    response_schema_conformance,
    content_type_conformance,
    negative_data_rejection,
]
FOCUS = schemathesis.openapi.from_path(CONTRACT / "focus.openapi.json")
TRACK = schemathesis.openapi.from_path(CONTRACT / "track.openapi.json")
BRIEFLY = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Served:
    """A local Toggl in a thread of its own, for the tests that cannot await."""

    def __init__(self, profile: Any) -> None:
        app = create_app(profile=profile, echoes=profile == "2026-08")
        self.toggl: LocalToggl = app.state.toggl
        self.toggl.limited = False
        self._bound = listening()
        self.address = address(self._bound)
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        self._thread = threading.Thread(target=asyncio.run, args=(self._server.serve(sockets=[self._bound]),))
        self.session = requests.Session()

    def start(self) -> None:
        self._bound.listen()
        self._thread.start()

    def stop(self) -> None:
        self.session.close()
        self._server.should_exit = True
        self._thread.join()
        self._bound.close()

    def refresh(self) -> dict[str, int]:
        """Start anew with as many calls as it takes; gives numbers that exist, by the names they have."""
        self.session.post(f"{self.address}/local/reset").raise_for_status()
        allowance: Any = {"person": "admin", "remaining": 10**9}
        self.session.put(f"{self.address}/local/quota", json=allowance).raise_for_status()
        state, workspace = self.toggl.world.state, self.toggl.workspace()
        entry = next(entry for entry in self.toggl.entries("admin") if entry.task_id)
        member = self.toggl.world.find_member(workspace.id, self.toggl.person("member").id)
        assert member is not None
        return {
            "organization_id": workspace.organization_id,
            "workspace_id": workspace.id,
            "task_id": entry.task_id or 0,
            "time_entry_id": entry.id,
            "id": entry.id,
            "project_id": next(iter(state.projects)),
            "status_id": next(status.id for status in state.statuses.values() if not status.default),
            "client_id": next(iter(state.clients)),
            "workspace_user_id": member.id,
            "reminder_id": next(iter(state.reminders)),
            "alert_id": next(iter(state.alerts)),
            "level_id": workspace.id,
            "group_id": next(iter(state.groups)),
            "role_id": 1202,
        }


@pytest.fixture(scope="module", params=["pages", "2026-08"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    here = Served(request.param)
    here.start()
    yield here
    here.stop()


@pytest.fixture
def ids(served: Served) -> dict[str, int]:
    return served.refresh()


def known(value: Any, ids: dict[str, int]) -> Any:
    """`value` with numbers that exist in place of those made up."""
    if isinstance(value, list):
        return [known(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: ids[name] if name in ids and is_number(item) else known(item, ids) for name, item in value.items()}


def is_number(value: Any) -> bool:
    """Whether this could be a number of something; in a path it may have become text already."""
    return not isinstance(value, bool) and str(value).isdecimal() and int(value) > 0


def send(case: Any, served: Served, prefix: str, ids: dict[str, int], headers: dict[str, str]) -> None:
    """Send `case`, what is allowed in it with numbers that exist, and check the answer."""
    case.path_parameters = known(case.path_parameters, ids)
    if case.meta.generation.mode.is_positive:
        case.body = known(case.body, ids)
    case.call_and_validate(served.address + prefix, session=served.session, headers=headers, checks=CHECKS)


@FOCUS.parametrize()
@BRIEFLY
def test_focus_keeps_to_its_document(case: Any, served: Served, ids: dict[str, int]) -> None:
    """No 500, no status or body that the document does not have, nothing accepted that it forbids."""
    send(case, served, "/api", ids, {"Authorization": "Bearer toggl_sk_admin"})


@TRACK.parametrize()
@BRIEFLY
def test_track_keeps_to_its_document(case: Any, served: Served, ids: dict[str, int]) -> None:
    """The same for Track."""
    send(case, served, "/api/v9", ids, {"Authorization": f"Basic {BASIC}"})


BASIC = "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE6YXBpX3Rva2Vu"
