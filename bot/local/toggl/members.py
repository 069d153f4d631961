"""The people of a workspace in Track: both lists, changes, deactivation and removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.toggl.call import Answer
from bot.local.toggl.workspace_shapes import member_shape

if TYPE_CHECKING:
    from bot.local.toggl.call import Call


def list_workspace_users(call: Call) -> Answer:
    """Everybody, deactivated ones too; `name` filters by name."""
    words = (call.query.text("name") or "").casefold()
    people = call.world.state.people
    found = [
        member for member in call.world.members(call.workspace.id) if words in people[member.person_id].name.casefold()
    ]
    for_admin = call.member.role == "admin"
    return Answer(200, [member_shape(member, call.world, for_admin=for_admin) for member in found])
