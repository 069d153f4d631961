"""The people and groups of a project: list, add, change role, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from bot.local.toggl.bodies import Id
from bot.local.toggl.call import NO_CONTENT, Answer
from bot.local.toggl.errors import invalid, not_found
from bot.local.toggl.projects import addressed, managed
from bot.local.toggl.roles import PROJECT_MANAGER, PROJECT_MEMBER

if TYPE_CHECKING:
    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Project


class Added(msgspec.Struct, kw_only=True):
    """The body of `add_project_members`: people by `toggl_user_id`, groups, and the role of all of them."""

    group_ids: list[Id] = msgspec.field(default_factory=list)
    role_id: Id = PROJECT_MEMBER
    user_ids: list[Id] = msgspec.field(default_factory=list)


class Removed(msgspec.Struct, kw_only=True):
    """The body of `remove_project_member`: one person or one group."""

    group_id: Id | UnsetType = UNSET
    user_id: Id | UnsetType = UNSET


class NewRole(Removed, kw_only=True):
    """The body of `update_project_member_role`."""

    role_id: Id


def list_all(call: Call) -> Answer:
    """Numbers of people and groups, and whether they manage the project."""
    project = addressed(call)
    return Answer(
        200,
        {
            "group_ids": [{"group_id": group, "manager": manager} for group, manager in sorted(project.groups.items())],
            "project_id": project.id,
            "user_ids": [{"manager": manager, "user_id": user} for user, manager in sorted(project.users.items())],
        },
    )


def add(call: Call) -> Answer:
    """Add all of them or none; who is there already gets the role."""
    project = managed(call)
    body = call.body(Added)
    if not body.user_ids and not body.group_ids:
        raise invalid("user_ids or group_ids is required")
    manager = _is_manager(body.role_id)
    for user in body.user_ids:
        person = call.world.find_person(user)
        if person is None or call.world.find_member(call.workspace.id, person.id) is None:
            raise invalid(f"User {user} does not exist in the workspace", field="user_ids")
    for group in body.group_ids:
        known = call.world.state.groups.get(group)
        if known is None or known.workspace_id != call.workspace.id:
            raise invalid(f"Group {group} does not exist", field="group_ids")
    for table, numbers in ((project.users, body.user_ids), (project.groups, body.group_ids)):
        for number in numbers:
            _tell(call, "updated" if number in table else "created", project, table, number)
            table[number] = manager
    return _touched(call, project)


def change_role(call: Call) -> Answer:
    """Make one a manager, or a member again."""
    project = managed(call)
    body = call.body(NewRole)
    table, number = _one(project, body)
    table[number] = _is_manager(body.role_id)
    _tell(call, "updated", project, table, number)
    return _touched(call, project)


def remove(call: Call) -> Answer:
    """Take one person or group off the project."""
    project = managed(call)
    table, number = _one(project, call.body(Removed))
    _tell(call, "deleted", project, table, number)
    del table[number]
    return _touched(call, project)


def _one(project: Project, body: Removed) -> tuple[dict[int, bool], int]:
    """The table that holds the one who is meant, and the number. Raises `Refusal`: 400 unless it is one, 404."""
    chosen = [
        (table, number)
        for table, number in ((project.users, body.user_id), (project.groups, body.group_id))
        if not isinstance(number, UnsetType)
    ]
    if len(chosen) != 1:
        raise invalid("Either user_id or group_id is required")
    table, number = chosen[0]
    if number not in table:
        raise not_found("Project member not found")
    return table, number


def _tell(call: Call, action: str, project: Project, table: dict[int, bool], number: int) -> None:
    """Track has an event of its own for who is in a project."""
    group = table is project.groups
    told = {"project_id": project.id, "group_id" if group else "user_id": number, "manager": table.get(number, False)}
    call.tell(action, "project_group" if group else "project_user", told)


def _is_manager(role_id: int) -> bool:
    if role_id not in {PROJECT_MANAGER, PROJECT_MEMBER}:
        raise invalid("Invalid role_id", field="role_id")
    return role_id == PROJECT_MANAGER


def _touched(call: Call, project: Project) -> Answer:
    project.updated_at = call.now
    return Answer(NO_CONTENT)
