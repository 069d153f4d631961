"""What may be sent. A key left out is left as it is at Toggl, a key with None is emptied: they are different things."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Required, TypedDict

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

    start: datetime
    duration: int | None
    time_block_id: int | None


class EntryFields(EntryTimes, total=False):
    """What an entry has."""

    type: EntryType


class NewEntry(EntryTimes, total=False):
    """An entry of a task to create; `user_id` is somebody else's, with the right to manage their time."""

    type: Required[EntryType]
    user_id: int


class NewTaskEntry(NewEntry, total=False):
    """One of several entries to create."""

    task_id: Required[int]


class EntryChange(EntryFields, total=False):
    """What to change of an entry; `task_id` moves it."""

    task_id: int


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

    project_id: int | None
    status_id: int | None
    estimated_mins: int | None
    description: str | None
    priority: Literal["none", "low", "medium", "high"]
    tag_ids: Sequence[int]
    start_date: date | None
    end_date: date | None
    billable: bool
    private: bool
    pinned: bool


class WorkspaceOptions(TypedDict, total=False):
    """A workspace's settings but its name. `rate_change_mode` says what becomes of existing rates."""

    admins: Sequence[int]
    default_currency: str
    default_hourly_rate: float
    initial_pricing_plan: int
    limit_public_project_data: bool
    only_admins_may_create_projects: bool
    only_admins_may_create_tags: bool
    only_admins_see_team_dashboard: bool
    projects_billable_by_default: bool
    projects_enforce_billable: bool
    projects_private_by_default: bool
    rate_change_mode: Literal["start-today", "override-current", "override-all"]
    reports_collapse: bool
    rounding: int
    rounding_minutes: int


class WorkspaceFields(WorkspaceOptions, total=False):
    """What can be changed of a workspace."""

    name: str


class NewWorkspace(WorkspaceOptions, total=False):
    """A workspace to create."""

    name: Required[str]


class MembershipInWorkspace(TypedDict, total=False):
    """A person's place in one of the workspaces of `MemberFields`. `working_hours` are a day's."""

    workspace_id: int
    workspace_user_id: int
    workspace_name: str
    role_id: int
    role: str
    admin: bool
    inactive: bool
    groups: Sequence["GroupName"]
    working_hours: float | None
    rate: float | None
    cost: float | None
    default_currency: str
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


class GroupName(TypedDict, total=False):
    """A group a person is in."""

    group_id: int
    name: str


class MemberFields(TypedDict, total=False):
    """What can be changed of a member. `role_id` and the admin flags exclude each other."""

    name: str
    email: str
    role_id: int
    organization_admin: bool
    inactive: bool
    groups: Sequence[int]
    workspaces: Sequence[MembershipInWorkspace]
