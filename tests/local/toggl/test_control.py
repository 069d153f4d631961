from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place


async def test_calls_are_recorded_without_credentials(here: Place) -> None:
    """What was asked, what was answered, and whose credential it was."""
    await here.track().get("/me")
    await here.focus().get(f"{here.workspace}/tasks", params={"name": "rep"})
    await here.anybody(headers={"Authorization": "Bearer secret"}).get("/api/users/me/settings")
    control = here.anybody()
    answer = await control.get("/local/calls")
    shown = [(call["operation"], call["query"], call["status"], call["person"]) for call in answer.json()]
    assert shown == [
        ("get_me", "", 200, "admin"),
        ("list_tasks", "name=rep", 200, "admin"),
        ("get_my_settings", "", 401, None),
    ]
    assert "secret" not in answer.text
    assert "a" * 32 not in answer.text
    assert (await control.delete("/local/calls")).status_code == 204
    assert (await control.get("/local/calls")).json() == []


async def test_a_call_that_no_operation_answers_is_recorded_too(here: Place) -> None:
    """A client that goes astray is seen."""
    await here.focus().delete(f"{here.workspace}/projects")
    await here.track().get("/nowhere")
    assert [(called.operation, called.status) for called in here.toggl.calls] == [(None, 405), (None, 404)]


async def test_the_switches_work_from_outside(here: Place) -> None:
    """Profile, quota, clock, plan, constraints, limit, faults, reset."""
    control = here.anybody()

    async def told(method: str, name: str, body: Any = None) -> None:
        assert (await control.request(method, f"/local/{name}", json=body)).status_code == 204

    await told("PUT", "profile", {"profile": "2026-08", "echoes": True})
    await told("PUT", "quota", {"person": "admin", "remaining": 5})
    await told("PUT", "clock", {"now": "2026-12-24T18:00:00+01:00"})
    await told("PUT", "plan", {"plan": "starter"})
    await told("PUT", "constraints", {"fields": ["tag"]})
    await told("PUT", "limit", {"limited": False, "burst": 2})
    await told("POST", "faults", {"operation": "get_me", "status": 500, "times": 2})
    toggl = here.toggl
    assert (toggl.profile, toggl.echoes, toggl.limited, toggl.bucket.burst) == ("2026-08", True, False, 2)
    assert toggl.now().isoformat() == "2026-12-24T17:00:00+00:00"
    assert (toggl.workspace().plan, toggl.workspace().constraints.tag_present) == ("starter", True)
    assert (await here.track().get("/me")).status_code == 500
    await told("DELETE", "faults")
    assert (await here.track().get("/me")).status_code == 200
    toggl.start_elsewhere("admin", "Write report")
    assert (await control.get("/local/running")).json()["admin"]["duration"] is None
    await told("POST", "reset")
    assert (await control.get("/local/running")).json()["admin"] is None
    assert (toggl.workspace().plan, toggl.now().year, toggl.now().month) == ("premium", 2026, 11)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("profile", {"profile": "1999"}), ("quota", {"person": "nobody"}), ("clock", {"now": "noon"}),
        ("plan", {"plan": "premium", "workspace": "Moon"}), ("limit", {"limit": 3}), ("constraints", []),
        ("clock", {"now": "2026-11-18T12:00:00"}), ("limit", {"limited": True, "burst": 0}),
        ("constraints", {"fields": ["mood"]}),
    ],
)  # fmt: skip
async def test_a_wrong_switch_is_told_why(here: Place, name: str, body: Any) -> None:
    """400 with the reason; a test with a typing error must not pass by luck."""
    answer = await here.anybody().put(f"/local/{name}", json=body)
    assert answer.status_code == 400
    assert answer.text


@pytest.mark.parametrize("fault", [{"operation": "get_mee"}, {"status": 42}, {"status": 1000}, {"opertion": "get_me"}])
async def test_a_fault_that_could_never_happen_is_told_at_once(here: Place, fault: dict[str, Any]) -> None:
    """It would wait for ever, and its test pass without it; inside this process too."""
    assert (await here.anybody().post("/local/faults", json=fault)).status_code == 400
    with pytest.raises(LookupError):
        here.toggl.fail("get_mee")


async def test_a_page_of_another_site_switches_nothing(here: Place) -> None:
    """A browser sends such a page's requests to any address, and says so."""
    here.toggl.start_elsewhere("admin", "Write report")
    theirs = {"Sec-Fetch-Site": "cross-site"}
    assert (await here.anybody().post("/local/reset", headers=theirs)).status_code == 403
    assert here.toggl.running("admin") is not None
