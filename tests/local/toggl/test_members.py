from __future__ import annotations

from typing import Any

import pytest

from bot.local.toggl.records import Member
from tests.local.toggl.conftest import Place

ADMIN_ROLE, TEAM_LEAD = 1101, 1104
BOTH_FLAGS = "Cannot use both admin flags and role_id."


def member(here: Place, handle: str, workspace: str | None = None) -> Member:
    """How somebody belongs to a workspace now."""
    found = here.toggl.world.find_member(here.toggl.workspace(workspace).id, here.toggl.person(handle).id)
    assert found is not None
    return found


def users(here: Place, handle: str) -> str:
    return f"/workspaces/{here.ids['workspace_id']}/workspace_users/{member(here, handle).id}"


@pytest.fixture(autouse=True)
def _unhurried(here: Place) -> None:
    here.toggl.limited = False


async def test_money_and_hours_are_shown_to_admins_only(here: Place) -> None:
    """The list itself is everybody's; the deactivated are on it."""
    place = f"{here.workspace}/workspace_users"
    mine, theirs = (await here.track().get(place)).json(), (await here.track("member").get(place)).json()
    assert len(mine) == len(theirs) == 13
    assert mine[0]["rate"] > 0
    assert {(shown["rate"], shown["labor_cost"], shown["working_hours_in_minutes"]) for shown in theirs} == {
        (None,) * 3
    }
    assert [shown["name"] for shown in mine if shown["inactive"]] == ["Viktor Hahn"]
    assert [shown["name"] for shown in (await here.track().get(place, params={"name": "MAR"})).json()] == [
        "Sofia Marín"
    ]


async def test_the_three_numbers_of_a_person_all_differ(here: Place) -> None:
    """Track account, workspace user and Focus account are not one another."""
    shown = (await here.track().get(f"{here.workspace}/workspace_users", params={"name": "Mika"})).json()[0]
    assert shown["user_id"] == here.toggl.person("member").id
    assert len({shown["id"], shown["user_id"], here.toggl.person("member").focus_id}) == 3


async def test_a_member_changes_nobody(here: Place) -> None:
    """403 for each of the changes."""
    track, place = here.track("member"), users(here, "tom")
    accounts = f"/workspaces/{here.ids['workspace_id']}/users/{here.toggl.person('tom').id}"
    assert [
        (await track.put(place, json={"name": "x"})).status_code,
        (await track.delete(place)).status_code,
        (await track.put(accounts, json={})).status_code,
        (await track.patch(f"{here.workspace}/workspace_users", json={"delete": [member(here, "tom").id]})).status_code,
    ] == [403] * 4


async def test_role_groups_hours_and_rates_are_changed(here: Place) -> None:
    """Hours a day become minutes; 200 without a body."""
    group = next(iter(here.toggl.world.state.groups))
    inside = {"workspace_id": here.ids["workspace_id"], "working_hours": 7.5, "rate": 70, "cost": 31}
    body = {"role_id": TEAM_LEAD, "groups": [group], "name": "Mika T.", "workspaces": [inside]}
    changed = await here.track().put(users(here, "member"), json=body)
    assert (changed.status_code, changed.content) == (200, b"")
    now = member(here, "member")
    assert (now.role, now.group_ids, now.working_hours_in_minutes, now.rate, now.labor_cost) == (
        "teamlead", [group], 450, 70, 31,
    )  # fmt: skip
    assert here.toggl.person("member").name == "Mika T."


async def test_an_invitation_opens_the_workspace_once_it_is_accepted(here: Place) -> None:
    """Until then the person is on the list and can do nothing."""
    place = f"/workspaces/{here.ids['workspace_id']}"
    member(here, "member").accepted = False
    assert (await here.track("member").get(place)).status_code == 403
    shown = (await here.track().get(f"{here.workspace}/workspace_users", params={"name": "Mika"})).json()
    assert [(person["active"], person["inactive"]) for person in shown] == [(False, False)]


async def test_deactivation_closes_the_workspace_at_once(here: Place) -> None:
    """And reactivation opens it again."""
    place = f"/workspaces/{here.ids['workspace_id']}"
    await here.track().put(users(here, "member"), json={"inactive": True})
    assert (await here.track("member").get(place)).status_code == 403
    await here.track().put(users(here, "member"), json={"inactive": False})
    assert (await here.track("member").get(place)).status_code == 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"role_id": 1}, "Invalid role_id."),
        ({"email": None}, "Expected `str`, got `null` - at `$.email`"),
        ({"workspaces": [{"workspace_id": 1}]}, "Workspace not found/accessible"),
        ({"workspaces": [{"workspace_id": "here", "working_hours": 0}]}, "Working hours must be positive or null"),
        ({"workspaces": [{"workspace_id": "here", "role_id": 1101, "admin": True}]}, BOTH_FLAGS),
        ({"workspaces": [{"workspace_id": "labs"}]}, "User does not exist in the workspace."),
    ],
)  # fmt: skip
async def test_a_wrong_change_is_refused_in_the_words_of_the_page(here: Place, body: Any, words: str) -> None:
    """And changes nothing."""
    numbers = {"here": here.ids["workspace_id"], "labs": here.toggl.workspace("Nordlicht Labs").track_id}
    for item in body.get("workspaces", []):
        item["workspace_id"] = numbers.get(item["workspace_id"], item["workspace_id"])
    before = member(here, "lena")
    refused = await here.track().put(users(here, "lena"), json={"inactive": True} | body)
    assert (refused.status_code, refused.json(), member(here, "lena")) == (400, words, before)


async def test_who_administers_the_organization_is_said_by_those_who_do(here: Place) -> None:
    """An admin of the workspace alone gives nobody what they have not themselves."""
    body = {"organization_admin": True}
    assert (await here.track("sofia").put(users(here, "sofia"), json=body)).status_code == 403
    assert not here.toggl.person("sofia").organization_admin
    assert (await here.track().put(users(here, "sofia"), json=body)).status_code == 200
    assert here.toggl.person("sofia").organization_admin


async def test_a_workspace_user_number_is_not_an_account_number(here: Place) -> None:
    """Mixing them up finds nobody."""
    place, person = f"/workspaces/{here.ids['workspace_id']}", here.toggl.person("member")
    assert (await here.track().put(f"{place}/workspace_users/{person.id}", json={})).status_code == 400
    assert (await here.track().delete(f"{place}/workspace_users/{person.id}")).status_code == 403
    assert (await here.track().put(f"{place}/users/{member(here, 'member').id}", json={})).status_code == 404


async def test_the_removed_are_gone_but_for_the_list_that_keeps_them(here: Place) -> None:
    """`list_users` shows them unless told otherwise."""
    assert (await here.track().delete(users(here, "yuki"))).status_code == 200
    place = f"/workspaces/{here.ids['workspace_id']}/users"
    everybody = (await here.track().get(place)).json()
    assert [shown["is_active"] for shown in everybody if shown["fullname"] == "Yuki Sato"] == [False]
    current = (await here.track().get(place, params={"exclude_deleted": "true"})).json()
    assert len(current) == len(everybody) - 1
    assert (await here.focus("yuki").get(f"{here.workspace}/tasks")).status_code == 403


async def test_several_are_removed_or_none(here: Place) -> None:
    """One wrong number refuses all, in the words of the page; nobody removes themselves."""
    place, lena, tom = f"{here.workspace}/workspace_users", member(here, "lena").id, member(here, "tom").id
    wrong: list[tuple[Any, str]] = [
        ([], "At least one workspace user ID must be supplied."),
        ([lena, lena], "Workspace user IDs must be unique"),
        ([lena, 1], "Wrong workspace user IDs"),
        ([lena, member(here, "admin").id], "Wrong workspace user IDs"),
    ]
    for numbers, words in wrong:
        refused = await here.track().patch(place, json={"delete": numbers})
        assert (refused.status_code, refused.json()) == (400, words)
    assert len((await here.track().get(place)).json()) == 13
    assert (await here.track().patch(place, json={"delete": [lena, tom]})).status_code == 200
    assert len((await here.track().get(place)).json()) == 11


async def test_an_account_is_changed_by_number_even_without_a_body(here: Place) -> None:
    """The page documents none."""
    place = f"/workspaces/{here.ids['workspace_id']}/users/{here.toggl.person('member').id}"
    assert (await here.track().put(place)).status_code == 200
    assert (await here.track().put(place, json={"role_id": ADMIN_ROLE, "labor_cost": 40})).status_code == 200
    assert (member(here, "member").role, member(here, "member").labor_cost) == ("admin", 40)
    assert (await here.track().put(place, content=b"{")).status_code == 400
