from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place
from tests.local.toggl.test_projects import path, project

MANAGER, MEMBER = 1201, 1202


async def test_members_are_added_promoted_and_removed(here: Place) -> None:
    """People by their `toggl_user_id`, groups by their number."""
    place, focus = path(here, "Learning") + "/members", here.focus()
    project(here, "Learning").users, project(here, "Learning").groups = {}, {}
    mika, group = here.toggl.person("member").focus_id, next(iter(here.toggl.world.state.groups))
    await focus.post(place, json={"user_ids": [mika], "group_ids": [group]})
    await focus.put(place, json={"user_id": mika, "role_id": MANAGER})
    shown = (await focus.get(place)).json()
    assert shown["user_ids"] == [{"user_id": mika, "manager": True}]
    assert shown["group_ids"] == [{"group_id": group, "manager": False}]
    assert (await focus.request("DELETE", place, json={"group_id": group})).status_code == 204
    assert (await focus.request("DELETE", place, json={"group_id": group})).status_code == 404
    assert (await focus.get(place)).json()["group_ids"] == []


@pytest.mark.parametrize(
    "body", [{}, {"user_ids": [1]}, {"group_ids": [1]}, {"user_ids": [-1]}, {"role_id": 1}, {"role_id": 1101}]
)
async def test_all_or_none_are_added(here: Place, body: dict[str, Any]) -> None:
    """One stranger refuses all."""
    project(here, "Learning").users = {}
    good = {"user_ids": [here.toggl.person("member").focus_id]} if "role_id" in body else {}
    answer = await here.focus().post(path(here, "Learning") + "/members", json=good | body)
    assert (answer.status_code, project(here, "Learning").users) == (400, {})


async def test_one_is_changed_at_a_time(here: Place) -> None:
    """A person or a group, not both, not neither; a role is a project's."""
    place, user = path(here, "Learning") + "/members", next(iter(project(here, "Learning").users))
    group = next(iter(here.toggl.world.state.groups))
    for body in ({"role_id": MEMBER}, {"user_id": user, "group_id": group, "role_id": MEMBER}, {"user_id": user}):
        assert (await here.focus().put(place, json=body)).status_code == 400
    assert (await here.focus().put(place, json={"user_id": user, "role_id": 1102})).status_code == 400
    assert (await here.focus().put(place, json={"user_id": 1, "role_id": MEMBER})).status_code == 404
