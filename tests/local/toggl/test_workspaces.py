from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.local.toggl import create_app
from tests.local.toggl.conftest import Clock, Place


async def test_one_finds_the_workspaces_one_belongs_to(here: Place) -> None:
    """With the number of their organization, and one's role in each."""
    found = (await here.track("tom").get("/workspaces")).json()
    assert [(shown["name"], shown["role"]) for shown in found] == [
        ("Nordlicht Studio", "teamlead"), ("Nordlicht Labs", "teamlead"),
    ]  # fmt: skip
    assert {shown["organization_id"] for shown in found} == {here.ids["organization_id"]}
    assert len((await here.track("lena").get("/workspaces")).json()) == 1
    assert len((await here.track("tom").get("/workspaces", params={"name": "labs"})).json()) == 1


async def test_settings_are_changed_by_admins(here: Place) -> None:
    """What is not sent stays; a member gets 403."""
    place = f"/workspaces/{here.ids['workspace_id']}"
    body = {"name": "Nordlicht", "reports_collapse": False, "rounding": -1}
    assert (await here.track("member").put(place, json=body)).status_code == 403
    shown = (await here.track().put(place, json=body)).json()
    assert (shown["name"], shown["reports_collapse"], shown["rounding"]) == ("Nordlicht", False, -1)
    assert shown["default_currency"] == "EUR"
    assert (await here.track("member").get(place)).json()["name"] == "Nordlicht"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": " "}, "workspace name must contain non-space characters"),
        ({"name": "x" * 141}, "workspace name must not be longer than 140"),
        ({"name": "Nordlicht Labs"}, "another workspace with same name exists in organization"),
        ({"admins": [1]}, "User 1 not exists in the workspace."),
    ],
)
async def test_a_wrong_change_is_refused_in_the_words_of_the_page(here: Place, body: Any, words: str) -> None:
    """A JSON string, as Track's errors are."""
    refused = await here.track().put(f"/workspaces/{here.ids['workspace_id']}", json=body)
    assert (refused.status_code, refused.json()) == (400, words)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff", b'{"name": "\\ud800"}', b'{"rounding": 2}', b"[" * 5000])
async def test_a_garbled_body_is_refused(here: Place, raw: bytes) -> None:
    """400 with a JSON string, whatever was sent."""
    place, said = f"/workspaces/{here.ids['workspace_id']}", {"Content-Type": "application/json"}
    refused = await here.track().put(place, content=raw, headers=said)
    assert refused.status_code == 400
    assert isinstance(refused.json(), str)


async def test_premium_settings_cost_on_a_lower_plan(here: Place) -> None:
    """402 in the words of the page."""
    labs = here.toggl.workspace("Nordlicht Labs").track_id
    refused = await here.track().put(f"/workspaces/{labs}", json={"rounding_minutes": 15})
    assert (refused.status_code, refused.json()) == (402, "Must be a premium user to use rounding_minutes")
    assert (await here.track().put(f"/workspaces/{labs}", json={"reports_collapse": False})).status_code == 200


async def test_a_workspace_is_founded_by_organization_admins(here: Place) -> None:
    """With its maker as admin, and the four statuses that no workspace is without."""
    place = f"/organizations/{here.ids['organization_id']}/workspaces"
    assert (await here.track("sofia").post(place, json={"name": "Archive"})).status_code == 403
    assert (await here.track().post(place, json={})).json() == "workspace name must not be nil"
    assert (await here.track().post(place, json={"name": "Archive", "admins": [1]})).status_code == 400
    assert (await here.track().post("/organizations/1/workspaces", json={"name": "Archive"})).status_code == 404
    made = (await here.track().post(place, json={"name": "Archive"})).json()
    assert (made["name"], made["role"], made["organization_id"]) == ("Archive", "admin", here.ids["organization_id"])
    statuses = (await here.focus().get(f"/workspaces/{made['id']}/statuses")).json()["data"]
    assert [status["type"] for status in statuses] == ["todo", "in_progress", "blocked", "done"]


async def test_a_new_workspace_takes_few_settings_and_leaves_the_rest(here: Place) -> None:
    """The page says “only for existing WS” of most; those of other plans cost nevertheless."""
    place = f"/organizations/{here.ids['organization_id']}/workspaces"
    sent = {
        "projects_private_by_default": False, "projects_enforce_billable": True, "limit_public_project_data": True,
        "default_currency": "EUR", "default_hourly_rate": 80, "projects_billable_by_default": False,
        "only_admins_may_create_projects": True, "reports_collapse": False, "rounding_minutes": 15,
    }  # fmt: skip
    made = (await here.track().post(place, json={"name": "Archive"} | sent)).json()
    new = {
        "default_currency": "USD", "default_hourly_rate": 0.0, "projects_billable_by_default": True,
        "only_admins_may_create_projects": False, "reports_collapse": True, "rounding_minutes": 0,
    }  # fmt: skip
    assert {name: made[name] for name in sent} == sent | new
    here.toggl.set_plan("starter")
    assert (await here.track().post(place, json={"name": "Paid"} | sent)).status_code == 402


async def test_the_products_may_number_a_workspace_differently() -> None:
    """Nobody knows how it is at Toggl: a client that mixes the two up finds nothing."""
    toggl_app = create_app(clock=Clock(), shared_ids=False)
    place = Place(toggl_app.state.toggl, transport=httpx.ASGITransport(toggl_app))
    workspace = place.toggl.workspace()
    assert (await place.track().get(f"/workspaces/{workspace.id}")).status_code == 404
    assert (await place.track().get(f"/workspaces/{workspace.track_id}")).json()["id"] == workspace.track_id
    assert (await place.focus().get(f"/workspaces/{workspace.track_id}/statuses")).status_code == 404
    assert (await place.focus().get(f"/workspaces/{workspace.id}/statuses")).status_code == 200
    await place.close()


async def test_statistics_name_admins_and_count_the_rest(here: Place) -> None:
    """The deactivated are not counted."""
    shown = (await here.track("member").get(f"/workspaces/{here.ids['workspace_id']}/statistics")).json()
    assert [admin["name"] for admin in shown["admins"]] == ["Astrid Holm", "Sofia Marín"]
    assert (shown["members_count"], shown["groups_count"]) == (12, 3)


async def test_constraints_are_those_that_were_set(here: Place) -> None:
    """400 for a workspace that is not there, as the page says."""
    place = f"/workspaces/{here.ids['workspace_id']}/time_entry_constraints"
    assert not any((await here.track().get(place)).json().values())
    here.toggl.demand("project", "tag")
    shown = (await here.track().get(place)).json()
    assert {name for name, demanded in shown.items() if demanded} == {
        "project_present", "tag_present", "time_entry_constraints_enabled",
    }  # fmt: skip
    assert (await here.track().get("/workspaces/1/time_entry_constraints")).status_code == 400
