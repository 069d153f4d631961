"""The companions about oneself: account, settings, workspaces, quota, and where a workspace belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.local.toggl.call import Answer
from bot.local.toggl.workspace_shapes import workspace_shape

if TYPE_CHECKING:
    from bot.local.toggl.call import Call


def get(call: Call) -> Answer:
    """Track's account: the number by which reminders mean this person."""
    current = call.world.state.workspaces[call.person.current_workspace_id]
    shape = {
        "id": call.person.id,
        "email": call.person.email,
        "fullname": call.person.name,
        "timezone": call.person.zone,
        "default_workspace_id": current.track_id,
        "beginning_of_week": 1,
        "country_id": None,
        "has_password": True,
        "image_url": None,
    }
    return Answer(200, shape)


def workspaces(call: Call) -> Answer:
    """A bare array of one's workspaces."""
    return Answer(200, own_workspaces(call))


def own_workspaces(call: Call) -> list[dict[str, Any]]:
    """Every workspace of the caller, as Track's lists show it."""
    shown = []
    for workspace in call.world.workspaces_of(call.person):
        member = call.world.find_member(workspace.id, call.person.id)
        shown.append(workspace_shape(workspace, member.role if member is not None else "user", brief=False))
    return shown


def quota(call: Call) -> Answer:
    """What is left in each organization, at no cost to it."""
    organizations = dict.fromkeys(workspace.organization_id for workspace in call.world.workspaces_of(call.person))
    shown = []
    for organization_id in organizations:
        total, left = call.left(organization_id)
        shown.append(
            {
                "organization_id": organization_id,
                "remaining": left.remaining,
                "resets_in_secs": left.resets_in,
                "total": total,
            }
        )
    return Answer(200, shown)


def settings(call: Call) -> Answer:
    """Focus's settings of the person: which workspace they last used."""
    current = call.world.state.workspaces[call.person.current_workspace_id]
    return Answer(
        200,
        {
            "current_workspace_id": current.id,
            "current_organization_id": current.organization_id,
            "toggl_user_id": call.person.focus_id,
            "timezone": call.person.zone,
            "beginning_of_week": 1,
            "date_format": "YYYY-MM-DD",
            "time_format": "H:mm",
        },
    )


def workspace_context(call: Call) -> Answer:
    """The organization of a workspace that one belongs to."""
    return Answer(200, {"organization_id": call.workspace.organization_id, "workspace_id": call.workspace.id})
