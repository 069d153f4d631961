from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place


async def names(here: Place, handle: str = "admin", **query: Any) -> list[str]:
    answer = await here.focus(handle).get(f"{here.workspace}/tasks", params=query)
    assert answer.status_code == 200, answer.text
    return [task["name"] for task in answer.json()["data"]]


@pytest.mark.parametrize("handle", ["admin", "member"])
async def test_several_tasks_match_rep(here: Place, handle: str) -> None:
    """By task, project or client name, whatever the case; so that a newcomer has something to pick from."""
    assert await names(here, handle, name="Rep") == [
        "Repair login flow", "Write report", "Report template", "Collect numbers",
    ]  # fmt: skip
    assert set(await names(here, handle, name="kanto rail sign")) == {
        "Pictogram set", "Station mock-ups", "Colour contrast tests",
    }  # fmt: skip
    assert "Kerning" not in await names(here, handle, per_page=100)


async def test_a_hostile_name_is_there(here: Place) -> None:
    """So that whoever shows names has to escape them."""
    assert await names(here, name="<!channel>") == ["<!channel> & <@U1>"]


async def test_tasks_of_private_projects_are_for_those_who_belong(here: Place) -> None:
    """Members do not see the salaries."""
    assert await names(here, name="Salary round") == ["Salary round"]
    assert await names(here, "member", name="Salary round") == []


async def test_the_total_counts_all_pages(here: Place) -> None:
    """Tasks of archived projects are left out unless asked for."""
    answer = (await here.focus().get(f"{here.workspace}/tasks", params={"per_page": 10, "page": 2})).json()
    assert (len(answer["data"]), answer["page"], answer["per_page"]) == (10, 2, 10)
    assert answer["total"] > 60
    assert "Pitch deck" not in await names(here, per_page=100)
    assert "Pitch deck" in await names(here, archived="true")


async def test_a_task_is_created_and_comes_back(here: Place) -> None:
    """201 with the object, in the default status, assigned to its maker."""
    project = here.toggl.task("Write report").project_id
    body = {"name": "Count beans", "project_id": project, "estimated_mins": 90}
    made = await here.focus("member").post(f"{here.workspace}/tasks", json=body)
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["status"]["type"]) == ("Count beans", "todo")
    assert made.json()["assignee_user_ids"] == [here.toggl.person("member").focus_id]
    assert await names(here, name="count beans") == ["Count beans"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""}, {"name": "  "}, {"name": None}, {"name": "a\x00b"}, {"name": "x" * 300}, {"project_id": 1},
        {"status_id": 1}, {"tag_ids": [1]}, {"assignee_user_ids": [1]}, {"parent_task_id": 1}, {"priority": "urgent"},
    ],
)  # fmt: skip
async def test_a_wrong_task_is_refused(here: Place, body: dict[str, Any]) -> None:
    """400, and no task."""
    before = len(here.toggl.world.state.tasks)
    assert (await here.focus().post(f"{here.workspace}/tasks", json={"name": "x"} | body)).status_code == 400
    assert len(here.toggl.world.state.tasks) == before


async def test_a_member_cannot_put_a_task_into_a_project_they_do_not_see(here: Place) -> None:
    """The project does not exist for them."""
    body = {"name": "Peek", "project_id": here.toggl.task("Salary round").project_id}
    assert (await here.focus("member").post(f"{here.workspace}/tasks", json=body)).status_code == 400
