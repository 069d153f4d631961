"""What an admin may send to Track; a key left out, or UNSET, stays as it is."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, Required, TypedDict

from msgspec import UnsetType


class WorkspaceOptions(TypedDict, total=False):
    """A workspace's settings but its name. `rate_change_mode` says what becomes of existing rates."""

    admins: Sequence[int] | UnsetType
    default_currency: str | UnsetType
    default_hourly_rate: Decimal | UnsetType
    initial_pricing_plan: int | UnsetType
    limit_public_project_data: bool | UnsetType
    only_admins_may_create_projects: bool | UnsetType
    only_admins_may_create_tags: bool | UnsetType
    only_admins_see_team_dashboard: bool | UnsetType
    projects_billable_by_default: bool | UnsetType
    projects_enforce_billable: bool | UnsetType
    projects_private_by_default: bool | UnsetType
    rate_change_mode: Literal["start-today", "override-current", "override-all"] | UnsetType
    reports_collapse: bool | UnsetType
    rounding: int | UnsetType
    rounding_minutes: int | UnsetType


class WorkspaceFields(WorkspaceOptions, total=False):
    """What can be changed of a workspace."""

    name: str | UnsetType


class NewWorkspace(WorkspaceOptions, total=False):
    """A workspace to create."""

    name: Required[str]


class GroupName(TypedDict, total=False):
    """A group a person is in."""

    group_id: int | UnsetType
    name: str | UnsetType


class MembershipInWorkspace(TypedDict, total=False):
    """A person's place in one of the workspaces of `MemberFields`. `working_hours` are a day's."""

    workspace_id: int | UnsetType
    workspace_user_id: int | UnsetType
    workspace_name: str | UnsetType
    role_id: int | UnsetType
    role: str | UnsetType
    admin: bool | UnsetType
    inactive: bool | UnsetType
    groups: Sequence[GroupName] | UnsetType
    working_hours: float | UnsetType | None
    rate: float | UnsetType | None
    cost: float | UnsetType | None
    default_currency: str | UnsetType
    view_edit_billable_rates: bool | UnsetType
    view_edit_labor_costs: bool | UnsetType


class MemberFields(TypedDict, total=False):
    """What can be changed of a member. `role_id` and the admin flags exclude each other."""

    name: str | UnsetType
    email: str | UnsetType
    role_id: int | UnsetType
    organization_admin: bool | UnsetType
    inactive: bool | UnsetType
    groups: Sequence[int] | UnsetType
    workspaces: Sequence[MembershipInWorkspace] | UnsetType


class NewRate(TypedDict, total=False):
    """A rate from `start` on. For labour send `labor_costs`; `mode` says what becomes of existing rates."""

    amount: Required[Decimal]
    level: Required[Literal["workspace", "workspace_user", "project", "project_user", "task"]]
    level_id: Required[int]
    type: Required[Literal["billable_rates", "labor_costs", "labor_rates"]]
    mode: Literal["override-all", "override-current", "start-today"] | UnsetType
    start: str | UnsetType


class ReminderFields(TypedDict, total=False):
    """A track reminder: `threshold` hours each `frequency` days, for people (by Track's person id) and groups.

    The two switches are of 2026.
    """

    frequency: Literal[1, 7] | UnsetType
    threshold: float | UnsetType
    user_ids: Sequence[int] | UnsetType
    group_ids: Sequence[int] | UnsetType
    email_reminder_enabled: bool | UnsetType
    slack_reminder_enabled: bool | UnsetType


class Events(TypedDict):
    """Which events to subscribe to: an entity such as `project` and an action such as `created`; `*` is any."""

    entity: str
    action: str


class SubscriptionFields(TypedDict, total=False):
    """A subscription to a workspace's events. `secret` signs what is sent; without one Toggl makes one."""

    url_callback: Required[str]
    event_filters: Required[Sequence[Events]]
    enabled: Required[bool]
    description: Required[str]
    secret: str | UnsetType
