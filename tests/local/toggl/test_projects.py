from __future__ import annotations

from typing import Any

import pytest

from bot.local.toggl.records import Project
from tests.local.toggl.conftest import Place


def project(here: Place, name: str) -> Project:
    """The project as it is now."""
    return next(project for project in here.toggl.world.state.projects.values() if project.name == name)


def path(here: Place, name: str) -> str:
    return f"{here.workspace}/projects/{project(here, name).id}"


async def names(here: Place, handle: str = "admin", **query: Any) -> list[str]:
    answer = await here.focus(handle).get(f"{here.workspace}/projects", params={"per_page": 100} | query)
    assert answer.status_code == 200, answer.text
    return [shown["name"] for shown in answer.json()["data"]]


async def test_thirty_projects_of_which_the_archived_are_asked_for(here: Place) -> None:
    """Left out or `false`: active ones; `true`: archived ones; empty: all."""
    active, archived, everything = await names(here), await names(here, archived="true"), await names(here, archived="")
    assert (len(active), len(archived), len(everything)) == (27, 3, 30)
    assert await names(here, archived="false") == active == sorted(active, key=str.casefold)


async def test_private_projects_are_for_those_who_belong(here: Place) -> None:
    """Not listed, and 404 by address; an admin sees all."""
    private = {"Salaries", "Hiring Designers", "Clinic Data Protection", "Sensor Firmware Review"}
    assert set(await names(here, private="true")) == private
    assert await names(here, "member", private="true") == []
    assert (await here.focus("member").get(path(here, "Salaries"))).status_code == 404
    member = here.toggl.person("member")
    body = {"user_ids": [member.focus_id]}
    assert (await here.focus().post(path(here, "Salaries") + "/members", json=body)).status_code == 204
    assert await names(here, "member", private="true") == ["Salaries"]


async def test_a_group_opens_a_private_project_to_its_people(here: Place) -> None:
    """Mika is in Engineering."""
    group = next(group for group in here.toggl.world.state.groups.values() if group.name == "Engineering")
    await here.focus().post(path(here, "Salaries") + "/members", json={"group_ids": [group.id], "role_id": 1202})
    assert "Salaries" in await names(here, "member")
    assert "Salaries" not in await names(here, "noor")


async def test_projects_are_filtered(here: Place) -> None:
    """By words, client, tag, creator, number, pin and days."""
    client = project(here, "Booking App").client_id
    assert await names(here, client_id=f"{client},999") == ["Booking App", "Booking Backend", "Fjord Ferries Booking"]
    assert await names(here, name="kanto") == ["Kanto Rail Signage", "Kanto Rail Timetable"]
    assert await names(here, pinned="true") == ["Fjord Ferries Booking", "Kanto Rail Timetable", "Monthly Reporting"]
    number = project(here, "Sales").id
    assert await names(here, project_id=number) == ["Sales"]
    tagged = project(here, "Sales")
    tagged.tag_ids = [next(iter(here.toggl.world.state.tags))]
    assert await names(here, tag_id=tagged.tag_ids[0]) == ["Sales"]
    creator = tagged.toggl_user_id
    assert "Sales" in await names(here, creator_id=creator)
    assert await names(here, creator_id=1) == []
    await here.focus().patch(path(here, "Sales"), json={"start_date": "2020-01-01", "end_date": "2020-02-01"})
    assert await names(here, end_date="2020-01-15") == ["Sales"]
    assert await names(here, start_date="2020-01-15", end_date="2020-01-16") == ["Sales"]
    assert await names(here, date_overlap_end="2020-01-15") == ["Sales"]
    assert "Sales" not in await names(here, start_date="2020-02-02")


async def test_whose_projects_one_may_ask_for(here: Place) -> None:
    """One's own, or as an admin anybody's."""
    member, tom = here.toggl.person("member").focus_id, here.toggl.person("tom").focus_id
    assert len(await names(here, "member", user_id=member)) == 23
    refused = await here.focus("member").get(f"{here.workspace}/projects", params={"user_id": tom})
    assert refused.status_code == 403
    assert "Salaries" not in await names(here, user_id=tom)


@pytest.mark.parametrize(
    "query",
    [
        {"archived": "1"}, {"client_id": "1,"}, {"client_id": "x"}, {"start_date": "2026-02-30"}, {"order_by": "tasks"},
        {"start_date": "2026-02-02", "end_date": "2026-02-01"}, {"per_page": "101"}, {"name": "a\x00"},
    ],
)  # fmt: skip
async def test_a_wrong_filter_is_refused(here: Place, query: dict[str, str]) -> None:
    """400, never a guess."""
    assert (await here.focus().get(f"{here.workspace}/projects", params=query)).status_code == 400


async def test_tracked_time_has_the_name_of_the_profile(here: Place) -> None:
    """Without a known unit in the pages, in seconds later; rates only where asked for, and for admins."""
    place, query = f"{here.workspace}/projects", {"name": "Team", "include_rates": "true"}
    shown = (await here.focus().get(place, params=query)).json()
    assert shown["total"] == 1
    assert shown["data"][0]["total_tracked_time"] > 0
    assert shown["data"][0]["rate"]["hourly_rate"] == 95
    here.toggl.profile = "2026-08"
    later = (await here.focus("member").get(place, params=query)).json()["data"][0]
    assert later["total_tracked_secs"] // 60 == shown["data"][0]["total_tracked_time"]
    assert "total_tracked_time" not in later
    assert later["rate"] is None


async def test_a_project_is_created_by_whom_the_workspace_lets(here: Place) -> None:
    """201 without a body, managed by its maker."""
    place = f"{here.workspace}/projects"
    made = await here.focus("member").post(place, json={"name": "Sauna", "private": True})
    assert (made.status_code, made.content) == (201, b"")
    assert project(here, "Sauna").users == {here.toggl.person("member").focus_id: True}
    assert "Sauna" not in await names(here, "noor")
    here.toggl.workspace().settings.only_admins_may_create_projects = True
    assert (await here.focus("member").post(place, json={"name": "Boat"})).status_code == 403
    assert (await here.focus("sofia").post(place, json={"name": "Boat"})).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""}, {"name": " "}, {"name": None}, {"name": 7}, {"color": "red"}, {"client_id": 1},
        {"client_id": None},
        {"tag_ids": [1]}, {"parent_project_id": 1}, {"start_date": "2026-02-02", "end_date": "2026-02-01"},
        {"start_date": "2026-02-30"}, {"estimated_mins": -1}, {"estimated_mins": 10**40}, {"fixed_fee": {}},
        {"fixed_fee": {"amount": -1, "currency": "EUR"}}, {"description": "a\x00b"}, {"private": "yes"},
    ],
)  # fmt: skip
async def test_a_wrong_project_is_refused(here: Place, body: dict[str, Any]) -> None:
    """400, and no project."""
    before = len(here.toggl.world.state.projects)
    assert (await here.focus().post(f"{here.workspace}/projects", json={"name": "x"} | body)).status_code == 400
    assert len(here.toggl.world.state.projects) == before


async def test_a_patch_keeps_and_a_put_clears_what_is_left_out(here: Place) -> None:
    """201 in the pages, 204 in 2026-08, no body in either."""
    before = project(here, "Booking App")
    patched = await here.focus().patch(path(here, "Booking App"), json={"estimated_mins": None, "pinned": True})
    assert (patched.status_code, patched.content) == (201, b"")
    kept = project(here, "Booking App")
    assert (kept.client_id, kept.estimated_mins, kept.pinned) == (before.client_id, None, True)
    here.toggl.profile = "2026-08"
    assert (await here.focus().put(path(here, "Booking App"), json={"name": "Booking App"})).status_code == 204
    cleared = project(here, "Booking App")
    assert (cleared.client_id, cleared.parent_project_id, cleared.color, cleared.start_date) == (None,) * 4
    assert (cleared.billable, cleared.pinned, cleared.users) == (False, False, before.users)
    assert (await here.focus().put(path(here, "Booking App"), json={"pinned": True})).status_code == 400


async def test_a_put_is_judged_by_what_it_says_alone(here: Place) -> None:
    """An end before a start that the same PUT clears is no contradiction; a PATCH keeps that start, and is."""
    place = path(here, "Booking App")
    assert (await here.focus().patch(place, json={"start_date": "2026-05-01", "end_date": "2026-06-01"})).is_success
    assert (await here.focus().patch(place, json={"end_date": "2026-04-01"})).status_code == 400
    assert (await here.focus().put(place, json={"name": "Booking App", "end_date": "2026-04-01"})).is_success
    shown = (await here.focus().get(place)).json()
    assert (shown["start_date"], shown["end_date"]) == (None, "2026-04-01")


async def test_a_project_cannot_be_below_itself(here: Place) -> None:
    """Neither at once nor by way of a child."""
    top, child = project(here, "Fjord Ferries Booking"), project(here, "Booking App")
    for parent in (top, child):
        body = {"parent_project_id": parent.id}
        assert (await here.focus().patch(path(here, "Fjord Ferries Booking"), json=body)).status_code == 400


async def test_families_begin_with_the_project_itself(here: Place) -> None:
    """Children as far as they are open to the caller."""
    children = (await here.focus().get(path(here, "Fjord Ferries Booking") + "/children")).json()["data"]
    assert [shown["name"] for shown in children] == ["Fjord Ferries Booking", "Booking App", "Booking Backend"]
    parents = (await here.focus().get(path(here, "Booking App") + "/parents")).json()["data"]
    assert [shown["name"] for shown in parents] == ["Booking App", "Fjord Ferries Booking"]
    clinic = path(here, "Clinic Appointments") + "/children"
    assert len((await here.focus().get(clinic)).json()["data"]) == 2
    assert len((await here.focus("member").get(clinic)).json()["data"]) == 1


async def test_changing_a_project_needs_its_management(here: Place) -> None:
    """Managers and admins may; pinning is for whoever sees it."""
    place, member = path(here, "Sales"), here.focus("noor")
    project(here, "Sales").users.pop(here.toggl.person("noor").focus_id, None)
    assert [
        (await member.patch(place, json={"name": "x"})).status_code,
        (await member.put(place, json={"name": "x"})).status_code,
        (await member.delete(place)).status_code,
        (await member.patch(place + "/archive")).status_code,
        (await member.post(place + "/members", json={"user_ids": [1]})).status_code,
        (await member.post(place + "/pinned")).status_code,
    ] == [403, 403, 403, 403, 403, 204]
    project(here, "Sales").users[here.toggl.person("noor").focus_id] = True
    assert (await member.patch(place + "/archive")).status_code == 204


async def test_a_project_is_archived_deleted_and_restored_apart(here: Place) -> None:
    """Restoring leaves the archive alone; `active` stays what it is."""
    place, focus = path(here, "Sales"), here.focus()
    for method, where in (("PATCH", "/archive"), ("DELETE", "")):
        assert (await focus.request(method, place + where)).status_code == 204
    assert (await focus.get(place)).status_code == 404
    assert (await focus.patch(place + "/archive")).status_code == 404
    assert (await focus.patch(place + "/restore")).status_code == 204
    shown = (await focus.get(place)).json()
    assert (shown["archived_at"], shown["active"]) == ("2026-11-18T12:00:00Z", True)
    assert (await focus.patch(place + "/unarchive")).status_code == 204
    assert (await focus.get(place)).json()["archived_at"] is None
