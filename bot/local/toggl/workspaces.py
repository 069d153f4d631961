"""Track's workspaces: search, get, create, update, statistics and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.toggl.call import Answer
from bot.local.toggl.me import own_workspaces
from bot.local.toggl.workspace_shapes import constraints_shape, workspace_shape

if TYPE_CHECKING:
    from bot.local.toggl.call import Call


def search(call: Call) -> Answer:
    """One's workspaces, those whose name holds `name` where one is sent."""
    words = (call.query.text("name") or "").casefold()
    return Answer(200, [shape for shape in own_workspaces(call) if words in shape["name"].casefold()])


def get(call: Call) -> Answer:
    """One workspace."""
    return Answer(200, workspace_shape(call.workspace, call.member.role, brief=True))


def statistics(call: Call) -> Answer:
    """Admins by name, and how many members and groups there are."""
    state = call.world.state
    members = [member for member in call.world.members(call.workspace.id) if not member.inactive]
    admins = [
        {"name": state.people[member.person_id].name, "user_id": member.person_id}
        for member in members
        if member.role == "admin"
    ]
    groups = sum(group.workspace_id == call.workspace.id for group in state.groups.values())
    return Answer(200, {"admins": admins, "groups_count": groups, "members_count": len(members)})


def constraints(call: Call) -> Answer:
    """What a time entry must have."""
    return Answer(200, constraints_shape(call.workspace))
