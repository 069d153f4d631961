"""Track's workspaces: search, get, create, update, statistics and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.local.toggl.bodies import Amount, Id, given
from bot.local.toggl.call import Answer
from bot.local.toggl.errors import forbidden, invalid, paid_feature
from bot.local.toggl.me import own_workspaces
from bot.local.toggl.records import Constraints, Member, Settings, Workspace
from bot.local.toggl.workspace_shapes import constraints_shape, workspace_shape

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

LONGEST_NAME = 140
MOST_WORKSPACES = 100
_PAID = {
    "default_hourly_rate": "Must be a premium user to use default_hourly_rate",
    "only_admins_may_create_tags": "restricting tag management to administrators requires a premium subscription",
    "default_currency": "Must be a premium user to use default_currency",
    "rounding_minutes": "Must be a premium user to use rounding_minutes",
    "projects_billable_by_default": "Must be a premium user to use projects_billable_by_default",
    "rounding": "Must be a premium user to use rounding",
}


_OF_NEW = frozenset({"limit_public_project_data", "projects_enforce_billable", "projects_private_by_default"})
"""The settings that a new workspace takes; every other is “only for existing WS”."""


class Changes(msgspec.Struct, kw_only=True):
    """The body of `update_workspace` and, with a name, of `create_workspace`."""

    admins: list[Id] | UnsetType = UNSET
    default_currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] | UnsetType = UNSET
    default_hourly_rate: Amount | UnsetType = UNSET
    initial_pricing_plan: int | UnsetType = UNSET
    limit_public_project_data: bool | UnsetType = UNSET
    name: str | UnsetType = UNSET
    only_admins_may_create_projects: bool | UnsetType = UNSET
    only_admins_may_create_tags: bool | UnsetType = UNSET
    only_admins_see_team_dashboard: bool | UnsetType = UNSET
    projects_billable_by_default: bool | UnsetType = UNSET
    projects_enforce_billable: bool | UnsetType = UNSET
    projects_private_by_default: bool | UnsetType = UNSET
    rate_change_mode: Literal["start-today", "override-current", "override-all"] | UnsetType = UNSET
    reports_collapse: bool | UnsetType = UNSET
    rounding: Annotated[int, Meta(ge=-1, le=1)] | UnsetType = UNSET
    rounding_minutes: Annotated[int, Meta(ge=0, le=240)] | UnsetType = UNSET


def search(call: Call) -> Answer:
    """One's workspaces, those whose name holds `name` where one is sent."""
    words = (call.query.text("name") or "").casefold()
    return Answer(200, [shape for shape in own_workspaces(call) if words in shape["name"].casefold()])


def get(call: Call) -> Answer:
    """One workspace."""
    return Answer(200, workspace_shape(call.workspace, call.member.role, brief=True))


def create(call: Call) -> Answer:
    """A workspace of the organization, on its plan; for organization admins. The maker and `admins` administer it.

    Most settings are for workspaces that exist: here they are looked at (402), and left as in every new workspace.
    """
    body = call.body(Changes)
    if not call.person.organization_admin:
        raise forbidden("Forbidden")
    if body.name is UNSET:
        raise invalid("workspace name must not be nil")
    name = _checked_name(call, body.name, call.organization.id)
    if len(call.world.workspaces_of(call.person)) >= MOST_WORKSPACES:
        raise invalid(f"user can have a maximum of {MOST_WORKSPACES} workspaces")
    settings = _checked_settings(body, premium=call.organization.plan == "premium")
    admins = dict.fromkeys([call.person.id, *([] if body.admins is UNSET else body.admins)])
    for person_id in admins:
        person = call.world.state.people.get(person_id)
        if person is None or person.organization_id != call.organization.id:
            raise invalid(f"User with id {person_id} does not exist.")
    number = call.world.new_id()
    workspace = Workspace(
        id=number,
        track_id=number,
        organization_id=call.organization.id,
        name=name,
        plan=call.organization.plan,
        settings=Settings(**{name: value for name, value in settings.items() if name in _OF_NEW}),
        constraints=Constraints(),
        updated_at=call.now,
    )
    call.world.add_workspace(workspace)
    for person_id in admins:
        member = Member(
            id=call.world.new_id(), workspace_id=number, person_id=person_id, role="admin", updated_at=call.now
        )
        call.world.state.members[member.id] = member
    call.world.add_default_statuses(workspace, call.now)
    return Answer(200, workspace_shape(workspace, "admin", brief=False))


def update(call: Call) -> Answer:
    """Change what was sent; for admins."""
    call.require_admin("User does not have access to this resource.")
    body = call.body(Changes)
    workspace = call.workspace
    name = workspace.name
    if body.name is not UNSET:
        name = _checked_name(call, body.name, workspace.organization_id, workspace)
    settings = _checked_settings(body, premium=call.has_plan("premium"))
    members = {member.person_id: member for member in call.world.members(workspace.id)}
    admins = [] if body.admins is UNSET else body.admins
    for person_id in admins:
        if person_id not in members:
            raise invalid(f"User {person_id} not exists in the workspace.")
    for person_id in admins:
        members[person_id].role = "admin"
    workspace.name, workspace.updated_at = name, call.now
    workspace.settings = msgspec.structs.replace(workspace.settings, **settings)
    if "default_hourly_rate" in settings:
        workspace.rate_updated_at = call.now
    return Answer(200, workspace_shape(workspace, call.member.role, brief=False))


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


def _checked_name(call: Call, name: str, organization_id: int, itself: Workspace | None = None) -> str:
    if not name.strip():
        raise invalid("workspace name must contain non-space characters")
    if len(name) > LONGEST_NAME:
        raise invalid(f"workspace name must not be longer than {LONGEST_NAME}")
    for workspace in call.world.state.workspaces.values():
        if workspace is not itself and workspace.organization_id == organization_id and workspace.name == name:
            raise invalid("another workspace with same name exists in organization")
    return name


def _checked_settings(body: Changes, *, premium: bool) -> dict[str, Any]:
    """The settings that were sent. Raises `Refusal` (402) for those that the plan does not have."""
    sent = given(body)
    for name, words in _PAID.items():
        if name in sent and not premium:
            raise paid_feature(words)
    return {name: value for name, value in sent.items() if name in Settings.__struct_fields__}
