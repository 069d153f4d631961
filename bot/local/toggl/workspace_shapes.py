"""Workspaces and their people, as Track shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.local.toggl.roles import WORKSPACE_ROLE_IDS

if TYPE_CHECKING:
    from datetime import datetime

    from bot.local.toggl.records import Member, Workspace
    from bot.local.toggl.world import World


def workspace_shape(workspace: Workspace, role: str, *, brief: bool) -> dict[str, Any]:
    """A workspace seen by somebody of this `role`; `brief` as `get_workspace` documents it, else as the lists do."""
    shape: dict[str, Any] = {
        "admin": role == "admin",
        "api_token": None,
        "at": stamp(workspace.updated_at),
        "business_ws": workspace.plan == "premium",
        "ical_url": None,
        "id": workspace.track_id,
        "last_modified": stamp(workspace.updated_at),
        "logo_url": "https://assets.toggl.com/images/workspace.jpg",
        "name": workspace.name,
        "organization_id": workspace.organization_id,
        "premium": workspace.plan != "free",
        "rate_last_updated": stamp(workspace.rate_updated_at),
        "role": role,
        "suspended_at": None,
        **msgspec.structs.asdict(workspace.settings),
    }
    if brief:
        return shape | {"profile": 0}
    return shape | {
        "csv_upload": None,
        "max_data_retention_days": 90 if workspace.plan == "free" else None,
        "permissions": None,
        "subscription": None,
        "te_constraints": constraints_shape(workspace),
    }


def constraints_shape(workspace: Workspace) -> dict[str, bool]:
    """What an entry must have; nothing below the premium plan."""
    shape: dict[str, bool] = msgspec.structs.asdict(workspace.constraints)
    return shape if workspace.plan == "premium" else dict.fromkeys(shape, False)


def member_shape(member: Member, world: World, *, for_admin: bool) -> dict[str, Any]:
    """A workspace user. Rates, costs and working hours are for admins only."""
    person = world.state.people[member.person_id]
    track_id = world.state.workspaces[member.workspace_id].track_id
    is_admin = member.role == "admin"
    return {
        "active": member.accepted,
        "admin": is_admin,
        "at": stamp(member.updated_at),
        "avatar_file_name": None,
        "email": person.email,
        "group_ids": member.group_ids,
        "id": member.id,
        "inactive": member.inactive,
        "invitation_code": None,
        "invite_url": None,
        "is_direct": member.is_direct,
        "labor_cost": member.labor_cost if for_admin else None,
        "labor_cost_last_updated": stamp(member.labor_cost_updated_at) if for_admin else None,
        "name": person.name,
        "organization_admin": person.organization_admin,
        "rate": member.rate if for_admin else None,
        "rate_last_updated": stamp(member.rate_updated_at) if for_admin else None,
        "role": member.role,
        "role_id": WORKSPACE_ROLE_IDS[member.role],
        "timezone": person.zone,
        "uid": person.id,
        "user_id": person.id,
        "view_edit_billable_rates": member.view_edit_billable_rates,
        "view_edit_labor_costs": member.view_edit_labor_costs,
        "wid": track_id,
        "working_hours_in_minutes": member.working_hours_in_minutes if for_admin else None,
        "workspace_admin": is_admin,
        "workspace_id": track_id,
    }


def stamp(moment: datetime | None) -> str | None:
    """A moment as Track writes it: to the second, with its zone."""
    return None if moment is None else moment.isoformat(timespec="seconds")
