from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place
from tests.local.toggl.test_members import member
from tests.local.toggl.test_projects import project


@pytest.fixture(autouse=True)
def _unhurried(here: Place) -> None:
    here.toggl.limited = False


def rates(here: Place) -> str:
    return f"/workspaces/{here.ids['workspace_id']}/rates"


def body(here: Place, **more: Any) -> dict[str, Any]:
    level_id = project(here, "Booking App").id
    sent = {"amount": 150, "level": "project", "level_id": level_id, "type": "billable_rates", "mode": "start-today"}
    return sent | more


async def test_a_new_rate_ends_the_one_before(here: Place) -> None:
    """201 without a body; the history keeps both."""
    made = await here.track().post(rates(here), json=body(here))
    assert (made.status_code, made.content) == (201, b"")
    history = (await here.track().get(f"{rates(here)}/project/{body(here)['level_id']}")).json()
    assert [(rate["amount"], rate["end"]) for rate in history] == [(150, None), (120, "2026-11-18T00:00:00+00:00")]
    assert history[0]["project_id"] == body(here)["level_id"]


async def test_a_members_rate_is_found_at_both_names_of_the_level(here: Place) -> None:
    """`user` and `workspace_user`; `labor_rates` are stored as labour costs and shown with the member."""
    level_id = member(here, "tom").id
    sent = body(here, level="workspace_user", level_id=level_id, type="labor_rates", amount=61)
    assert (await here.track().post(rates(here), json=sent)).status_code == 201
    for level in ("user", "workspace_user"):
        answer = await here.track().get(f"{rates(here)}/{level}/{level_id}", params={"type": "labor_costs"})
        assert [rate["amount"] for rate in answer.json()] == [61]
    assert member(here, "tom").labor_cost == 61


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0}, {"amount": "9"}, {"level": "team"}, {"level_id": 1}, {"level": "task"}, {"mode": None},
        {"mode": "later"}, {"mode": None, "start": "soon"}, {"type": "rates"}, {"level": "workspace"},
    ],
)  # fmt: skip
async def test_a_wrong_rate_is_refused(here: Place, wrong: dict[str, Any]) -> None:
    """400, and no rate."""
    before = len(here.toggl.world.state.rates)
    assert (await here.track().post(rates(here), json=body(here, **wrong))).status_code == 400
    assert len(here.toggl.world.state.rates) == before


async def test_an_empty_body_and_another_workspace_have_the_words_of_the_page(here: Place) -> None:
    """400 for both."""
    assert (await here.track().post(rates(here))).json() == "Request payload must be informed"
    for place in ("/workspaces/1/rates", "/workspaces/1/rates/workspace/1"):
        refused = await here.track().request("GET" if place.endswith("/1") else "POST", place)
        assert (refused.status_code, refused.json()) == (400, "Invalid workspace ID")


async def test_rates_are_for_admins_and_those_who_were_let(here: Place) -> None:
    """403 in the words of the page."""
    place = f"{rates(here)}/workspace/{here.ids['workspace_id']}"
    refused = await here.track("member").get(place)
    assert (refused.status_code, refused.json()) == (403, "User cannot access billable rate(s).")
    member(here, "member").view_edit_billable_rates = True
    assert (await here.track("member").get(place)).status_code == 200
    assert (await here.track().get(f"{rates(here)}/team/1")).status_code == 400


async def test_labour_costs_need_the_premium_plan(here: Place) -> None:
    """Billable rates need less."""
    here.toggl.set_plan("starter")
    place = f"{rates(here)}/workspace/{here.ids['workspace_id']}"
    assert (await here.track().get(place)).status_code == 200
    assert (await here.track().get(place, params={"type": "labor_costs"})).status_code == 402


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ({"mode": "override-all"}, [(150, False, "2006-01-01")]),
        ({"mode": "override-current"}, [(150, False, "2025-10-14")]),
        ({"mode": "start-today"}, [(150, False, "2026-11-18"), (120, True, "2025-10-14")]),
        ({"start": "2026-12-01T00:00:00Z"}, [(150, False, "2026-12-01"), (120, True, "2025-10-14")]),
    ],
)
async def test_the_mode_says_since_when_a_rate_holds(here: Place, how: dict[str, str], kept: list[Any]) -> None:
    """Overridden ones stay in the history as deleted, ended ones with their end."""
    sent = {name: value for name, value in body(here).items() if name != "mode"} | how
    assert (await here.track().post(rates(here), json=sent)).status_code == 201
    history = (await here.track().get(f"{rates(here)}/project/{sent['level_id']}")).json()
    alive = [rate for rate in history if rate["deleted_at"] is None]
    assert [(rate["amount"], rate["end"] is not None, rate["start"][:10]) for rate in alive] == kept
    assert len(history) == 2
