from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place

BODY = {"emoji": "🧪", "name": "In test", "position": 3}


def statuses(here: Place) -> str:
    return f"/workspaces/{here.ids['workspace_id']}/statuses"


def numbered(here: Place, name: str) -> str:
    found = [status for status in here.toggl.world.state.statuses.values() if status.name == name]
    return f"{statuses(here)}/{found[0].id}"


async def names(here: Place, **query: Any) -> list[str]:
    answer = await here.focus("member").get(statuses(here), params=query)
    assert answer.status_code == 200, answer.text
    return [status["name"] for status in answer.json()["data"]]


async def test_statuses_are_listed_by_position_and_filtered(here: Place) -> None:
    """Everybody sees them; only those of the workspace."""
    assert await names(here) == ["To do", "In progress", "In review", "Waiting for client", "Blocked", "Done"]
    assert await names(here, type="blocked", order_by="-position") == ["Blocked", "Waiting for client"]
    assert await names(here, name="REV") == ["In review"]
    assert await names(here, page=2, per_page=4) == ["Blocked", "Done"]
    assert (await here.focus().get(statuses(here), params={"type": "open"})).status_code == 400


async def test_a_new_status_pushes_the_others_down(here: Place) -> None:
    """201 without a body."""
    made = await here.focus().post(statuses(here), json=BODY)
    assert (made.status_code, made.content) == (201, b"")
    assert (await names(here))[:4] == ["To do", "In progress", "In test", "In review"]


async def test_changing_statuses_is_for_admins(here: Place) -> None:
    """403 for all others."""
    lena, own = here.focus("lena"), numbered(here, "In review")
    answers = [
        await lena.post(statuses(here), json=BODY),
        await lena.put(own, json=BODY),
        await lena.delete(own),
        await lena.patch(own + "/restore"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


async def test_a_default_status_is_never_deleted_and_updated_only_in_2026_08(here: Place) -> None:
    """403 in the words of the page."""
    default = numbered(here, "Done")
    refused = await here.focus().put(default, json=BODY)
    assert (refused.status_code, refused.json()["error_description"]) == (403, "Cannot update default status")
    here.toggl.profile = "2026-08"
    assert (await here.focus().put(default, json=BODY)).json()["name"] == "In test"
    refused = await here.focus().delete(default)
    assert (refused.status_code, refused.json()["error_description"]) == (403, "Cannot delete default status")


async def test_an_own_status_is_deleted_and_restored(here: Place) -> None:
    """Deleted, it is neither listed nor found."""
    own = numbered(here, "In review")
    assert (await here.focus().delete(own)).status_code == 204
    assert "In review" not in await names(here)
    assert (await here.focus().get(own)).status_code == 404
    assert (await here.focus().patch(own + "/restore")).status_code == 204
    assert (await here.focus().get(own)).json()["deleted_at"] is None


@pytest.mark.parametrize(
    "body", [{"name": " "}, {"name": None}, {"emoji": ""}, {"position": 0}, {"position": "1"}, {"position": 1.5}]
)
async def test_a_wrong_status_is_refused(here: Place, body: dict[str, Any]) -> None:
    """400, and nothing moved."""
    before = [status.position for status in here.toggl.world.state.statuses.values()]
    assert (await here.focus().post(statuses(here), json=BODY | body)).status_code == 400
    assert (await here.focus().put(numbered(here, "In review"), json=BODY | body)).status_code == 400
    assert [status.position for status in here.toggl.world.state.statuses.values()] == before
