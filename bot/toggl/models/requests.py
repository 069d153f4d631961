"""What may be sent. A key left out, or UNSET, stays as it is at Toggl; a key with None is emptied."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Required, TypedDict

from msgspec import UnsetType

EntryType = Literal["activity", "break"]
StatusType = Literal["todo", "in_progress", "done", "blocked"]


class Paged(TypedDict, total=False):
    """Which page of a list, and how it is sorted: names of fields, `-` before one for descending."""

    page: int | None
    per_page: int | None
    order_by: Sequence[str] | None


class EntryFilter(TypedDict, total=False):
    """Which entries to stream."""

    task_id: int | None
    status_id: int | None
    type: EntryType | None
    archived: bool | None
    order_by: Sequence[str] | None


class EntryPage(EntryFilter, total=False):
    """Which entries to list."""

    time_block_id: int | None
    page: int | None
    per_page: int | None


class TaskEntryPage(Paged, total=False):
    """Which entries of one task to list."""

    type: EntryType | None
    archived: bool | None
    time_block_id: int | None


class EntryTimes(TypedDict, total=False):
    """When an entry is. `duration` is in seconds; `start` is aware."""

    start: datetime | UnsetType
    duration: int | UnsetType | None
    time_block_id: int | UnsetType | None


class EntryFields(EntryTimes, total=False):
    """What an entry has."""

    type: EntryType | UnsetType


class NewEntry(EntryTimes, total=False):
    """An entry of a task to create; `user_id` is somebody else's, with the right to manage their time."""

    type: Required[EntryType]
    user_id: int | UnsetType


class NewTaskEntry(NewEntry, total=False):
    """One of several entries to create."""

    task_id: Required[int]


class EntryChange(EntryFields, total=False):
    """What to change of an entry; `task_id` moves it."""

    task_id: int | UnsetType


class ListedEntryChange(EntryChange, total=False):
    """What to change of one of several entries."""

    id: Required[int]


class TaskPage(Paged, total=False):
    """Which tasks to list; `name` is looked for in the names of task, project and client."""

    name: str | None
    project_id: int | None
    status_id: int | None
    pinned: bool | None
    archived: bool | None


class TaskFields(TypedDict, total=False):
    """What a new task may have besides its name. `estimated_mins` is in minutes."""

    project_id: int | UnsetType | None
    status_id: int | UnsetType | None
    estimated_mins: int | UnsetType | None
    description: str | UnsetType | None
    priority: Literal["none", "low", "medium", "high"] | UnsetType
    tag_ids: Sequence[int] | UnsetType
    start_date: date | UnsetType | None
    end_date: date | UnsetType | None
    billable: bool | UnsetType
    private: bool | UnsetType
    pinned: bool | UnsetType


class ProjectPage(Paged, total=False):
    """Which projects to list. `archived`: False or left out are the active ones, "all" is both.

    With `start_date` and `end_date` those that overlap the days between. `date_overlap_*` are their old names.
    """

    pinned: bool | None
    archived: bool | Literal["all"] | None
    private: bool | None
    name: str | None
    client_id: Sequence[int] | None
    creator_id: Sequence[int] | None
    tag_id: Sequence[int] | None
    project_id: Sequence[int] | None
    user_id: Sequence[int] | None
    include_rates: bool | None
    start_date: date | None
    end_date: date | None
    date_overlap_start: date | None
    date_overlap_end: date | None


class Fee(TypedDict, total=False):
    """A fixed price."""

    amount: Required[float]
    currency: Required[str]


class ProjectOptions(TypedDict, total=False):
    """What a project has besides its name. `estimated_mins` is in minutes, `color` is hex."""

    auto_compute_estimates: bool | UnsetType
    billable: bool | UnsetType
    client_id: int | UnsetType | None
    color: str | UnsetType | None
    description: str | UnsetType | None
    end_date: date | UnsetType | None
    estimated_mins: int | UnsetType | None
    fixed_fee: Fee | UnsetType | None
    parent_project_id: int | UnsetType | None
    pinned: bool | UnsetType
    private: bool | UnsetType
    start_date: date | UnsetType | None
    tag_ids: Sequence[int] | UnsetType


class ProjectFields(ProjectOptions, total=False):
    """What can be changed of a project."""

    name: str | UnsetType


class NewProject(ProjectOptions, total=False):
    """A project to create."""

    name: Required[str]


class StatusPage(Paged, total=False):
    """Which statuses to list."""

    name: str | None
    type: StatusType | None


class NewRate(TypedDict, total=False):
    """A rate from `start` on. For labour send `labor_costs`; `mode` says what becomes of existing rates."""

    amount: Required[float]
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


class WorkspaceOptions(TypedDict, total=False):
    """A workspace's settings but its name. `rate_change_mode` says what becomes of existing rates."""

    admins: Sequence[int] | UnsetType
    default_currency: str | UnsetType
    default_hourly_rate: float | UnsetType
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


class MembershipInWorkspace(TypedDict, total=False):
    """A person's place in one of the workspaces of `MemberFields`. `working_hours` are a day's."""

    workspace_id: int | UnsetType
    workspace_user_id: int | UnsetType
    workspace_name: str | UnsetType
    role_id: int | UnsetType
    role: str | UnsetType
    admin: bool | UnsetType
    inactive: bool | UnsetType
    groups: Sequence["GroupName"] | UnsetType
    working_hours: float | UnsetType | None
    rate: float | UnsetType | None
    cost: float | UnsetType | None
    default_currency: str | UnsetType
    view_edit_billable_rates: bool | UnsetType
    view_edit_labor_costs: bool | UnsetType


class GroupName(TypedDict, total=False):
    """A group a person is in."""

    group_id: int | UnsetType
    name: str | UnsetType


class MemberFields(TypedDict, total=False):
    """What can be changed of a member. `role_id` and the admin flags exclude each other."""

    name: str | UnsetType
    email: str | UnsetType
    role_id: int | UnsetType
    organization_admin: bool | UnsetType
    inactive: bool | UnsetType
    groups: Sequence[int] | UnsetType
    workspaces: Sequence[MembershipInWorkspace] | UnsetType
