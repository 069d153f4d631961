"""What may be sent about the people of a workspace, and when it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.local.toggl.bodies import Amount, Id, Name
from bot.local.toggl.errors import invalid
from bot.local.toggl.roles import WORKSPACE_ROLE_IDS, WORKSPACE_ROLES

if TYPE_CHECKING:
    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Member

_MOST_HOURS = 24


class UserChanges(msgspec.Struct, kw_only=True):
    """The body of `update_user`, of which the page says nothing: the fields that its list and its twin have."""

    fullname: Name | None = None
    name: Name | None = None
    inactive: bool | UnsetType = UNSET
    rate: Amount | UnsetType | None = UNSET
    labor_cost: Amount | UnsetType | None = UNSET
    role: str | None = None
    role_id: int | None = None
    working_hours_in_minutes: Annotated[int, Meta(ge=0, le=_MOST_HOURS * 60)] | UnsetType | None = UNSET


class GroupOf(msgspec.Struct, kw_only=True):
    """A group by number."""

    group_id: Id
    name: str | UnsetType = UNSET


class InWorkspace(msgspec.Struct, kw_only=True):
    """An item of `workspaces`: what somebody is in one workspace. `working_hours` are hours a day."""

    workspace_id: Id
    admin: bool | UnsetType = UNSET
    cost: Amount | UnsetType = UNSET
    default_currency: str | UnsetType = UNSET
    groups: list[GroupOf] | UnsetType = UNSET
    inactive: bool | UnsetType = UNSET
    rate: Amount | UnsetType = UNSET
    role: str | UnsetType = UNSET
    role_id: int | UnsetType = UNSET
    view_edit_billable_rates: bool | UnsetType = UNSET
    view_edit_labor_costs: bool | UnsetType = UNSET
    working_hours: float | UnsetType | None = UNSET
    workspace_name: str | UnsetType = UNSET
    workspace_user_id: Id | UnsetType = UNSET

    def of_member(self, call: Call, member: Member) -> dict[str, Any]:
        """The fields of `member` that this changes. Raises `Refusal` (400)."""
        if (self.admin is not UNSET or self.role is not UNSET) and self.role_id is not UNSET:
            raise invalid("Cannot use both admin flags and role_id.")
        changes: dict[str, Any] = {
            name: getattr(self, sent)
            for name, sent in (
                ("labor_cost", "cost"),
                ("inactive", "inactive"),
                ("rate", "rate"),
                ("view_edit_billable_rates", "view_edit_billable_rates"),
                ("view_edit_labor_costs", "view_edit_labor_costs"),
            )
            if getattr(self, sent) is not UNSET
        }
        if self.working_hours is not UNSET:
            changes["working_hours_in_minutes"] = _minutes(self.working_hours)
        if self.groups is not UNSET:
            changes["group_ids"] = groups_of(call, member, [group.group_id for group in self.groups])
        if self.admin is not UNSET and self.role is UNSET:
            changes["role"] = "admin" if self.admin else "user"
        role_id = None if self.role_id is UNSET else self.role_id
        return changes | role_from(role_id, None if self.role is UNSET else self.role)


class MemberChanges(msgspec.Struct, kw_only=True):
    """The body of `update_workspace_user`."""

    email: Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=255)] | UnsetType = UNSET
    groups: list[Id] | UnsetType = UNSET
    inactive: bool | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    organization_admin: bool | UnsetType = UNSET
    role_id: int | UnsetType = UNSET
    workspaces: list[InWorkspace] = msgspec.field(default_factory=list)

    def of_member(self, call: Call, member: Member) -> dict[str, Any]:
        """The fields of `member` that this changes in the workspace of the path. Raises `Refusal` (400)."""
        changes: dict[str, Any] = {} if self.inactive is UNSET else {"inactive": self.inactive}
        if self.groups is not UNSET:
            changes["group_ids"] = groups_of(call, member, self.groups)
        return changes | role_from(None if self.role_id is UNSET else self.role_id, None)


def role_from(role_id: int | None, role: str | None) -> dict[str, Any]:
    """The role named by number or code, as a change. Raises `Refusal` (400)."""
    if role_id is None and role is None:
        return {}
    for code in WORKSPACE_ROLES:
        if code == role or WORKSPACE_ROLE_IDS[code] == role_id:
            return {"role": code}
    raise invalid("Invalid role_id.")


def groups_of(call: Call, member: Member, numbers: list[int]) -> list[int]:
    """`numbers`, each once. Raises `Refusal` (400) for a group that the member's workspace does not have."""
    known = call.world.state.groups
    for number in numbers:
        if number not in known or known[number].workspace_id != member.workspace_id:
            raise invalid(f"Group {number} not found")
    return list(dict.fromkeys(numbers))


def _minutes(hours: float | None) -> int | None:
    if hours is None:
        return None
    if not 0 < hours <= _MOST_HOURS:
        raise invalid("Working hours must be positive or null")
    return round(hours * 60)
