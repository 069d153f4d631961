"""What the local Toggl remembers: one struct per thing, stored as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

Plan = Literal["free", "starter", "premium"]
WorkspaceRole = Literal["admin", "user", "projectlead", "teamlead"]
EntryType = Literal["activity", "break"]
StatusType = Literal["todo", "in_progress", "done", "blocked"]
Priority = Literal["none", "low", "medium", "high"]


class Record(msgspec.Struct, kw_only=True):
    """A thing with a number. Numbers are never used twice, in whatever table."""

    id: int


class Organization(Record):
    """Who pays: its plan says how many calls an hour each person has."""

    name: str
    plan: Plan


class Person(Record):
    """Somebody with an account: `id` is their number in Track, `focus_id` their `toggl_user_id` in Focus."""

    focus_id: int
    handle: str
    name: str
    email: str
    password: str
    focus_key: str
    track_token: str
    zone: str
    organization_id: int
    current_workspace_id: int
    organization_admin: bool = False


class Constraints(msgspec.Struct, kw_only=True):
    """What a time entry must have (`get_time_entry_constraints`)."""

    description_present: bool = False
    project_present: bool = False
    tag_present: bool = False
    task_present: bool = False
    time_entry_constraints_enabled: bool = False


class Settings(msgspec.Struct, kw_only=True):
    """The settings of a workspace, under their documented names."""

    default_currency: str = "USD"
    default_hourly_rate: float = 0.0
    limit_public_project_data: bool = False
    only_admins_may_create_projects: bool = False
    only_admins_may_create_tags: bool = False
    only_admins_see_team_dashboard: bool = False
    projects_billable_by_default: bool = True
    projects_enforce_billable: bool = False
    projects_private_by_default: bool = True
    reports_collapse: bool = True
    rounding: int = 1
    rounding_minutes: int = 0
    hide_start_end_times: bool = False
    ical_enabled: bool = False
    working_hours_in_minutes: int = 480


class Workspace(Record):
    """A workspace. `track_id` is its number in Track: nobody promises that the products share it."""

    track_id: int
    organization_id: int
    name: str
    plan: Plan
    settings: Settings
    constraints: Constraints
    updated_at: datetime
    rate_updated_at: datetime | None = None


class Member(Record):
    """A person in a workspace. `id` is Track's workspace-user number, neither of the person's own.

    Until the invitation is `accepted` they can do nothing there.
    """

    workspace_id: int
    person_id: int
    role: WorkspaceRole
    updated_at: datetime
    group_ids: list[int] = msgspec.field(default_factory=list)
    inactive: bool = False
    accepted: bool = True
    is_direct: bool = True
    working_hours_in_minutes: int | None = None
    view_edit_billable_rates: bool = False
    view_edit_labor_costs: bool = False
    rate: float | None = None
    rate_updated_at: datetime | None = None
    labor_cost: float | None = None
    labor_cost_updated_at: datetime | None = None
    deleted_at: datetime | None = None


class Named(Record):
    """A group, client or tag: a name (and a colour) inside one workspace."""

    workspace_id: int
    name: str
    color: str | None = None


class FixedFee(msgspec.Struct, kw_only=True):
    """A price for the whole project."""

    amount: float
    currency: str


class Project(Record):
    """A project. `users` and `groups` map a member's number to whether they manage it."""

    workspace_id: int
    name: str
    toggl_user_id: int
    created_at: datetime
    updated_at: datetime
    client_id: int | None = None
    color: str | None = None
    description: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    estimated_mins: int | None = None
    auto_compute_estimates: bool = False
    fixed_fee: FixedFee | None = None
    parent_project_id: int | None = None
    pinned: bool = False
    private: bool = False
    billable: bool = False
    tag_ids: list[int] = msgspec.field(default_factory=list)
    users: dict[int, bool] = msgspec.field(default_factory=dict)
    groups: dict[int, bool] = msgspec.field(default_factory=dict)
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


class Status(Record):
    """A status of tasks. A `default` one cannot be deleted (nor updated, in the profile `pages`)."""

    workspace_id: int
    name: str
    emoji: str
    position: int
    type: StatusType
    created_at: datetime
    updated_at: datetime
    default: bool = False
    deleted_at: datetime | None = None


class Task(Record):
    """A task, which time entries belong to."""

    workspace_id: int
    name: str
    toggl_user_id: int
    status_id: int
    created_at: datetime
    updated_at: datetime
    project_id: int | None = None
    assignee_user_ids: list[int] = msgspec.field(default_factory=list)
    description: str | None = None
    notes: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    estimated_mins: int | None = None
    parent_task_id: int | None = None
    pinned: bool = False
    private: bool = False
    billable: bool = False
    position: int = 1
    priority: Priority = "none"
    tag_ids: list[int] = msgspec.field(default_factory=list)
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


class Entry(Record):
    """A time entry. It runs while it has a start and no `duration` (seconds)."""

    workspace_id: int
    toggl_user_id: int
    task_id: int | None
    type: EntryType
    start: datetime
    duration: int | None
    created_at: datetime
    updated_at: datetime
    time_block_id: int | None = None
    description: str | None = None
    project_id: int | None = None
    tag_ids: list[int] = msgspec.field(default_factory=list)
    billable: bool = False
    timezone: str | None = None
    planned_start: datetime | None = None
    planned_duration: int | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


class Rate(Record):
    """What an hour costs from `start` to `end`, at one level: a workspace, a member, a project, a task."""

    workspace_id: int
    level: str
    level_id: int
    type: str
    amount: float
    creator_id: int
    start: datetime
    created_at: datetime
    updated_at: datetime
    mode: str | None = None
    end: datetime | None = None
    deleted_at: datetime | None = None


class Alert(Record):
    """A mail when a project passes a share of its estimate or fee; its fields as they were sent."""

    workspace_id: int
    fields: dict[str, Any]


class Reminder(Record):
    """Toggl's own reminder to those who tracked less than `threshold` hours in `frequency` days."""

    workspace_id: int
    frequency: int
    threshold: float
    created_at: datetime
    user_ids: list[int] = msgspec.field(default_factory=list)
    group_ids: list[int] = msgspec.field(default_factory=list)
    email_reminder_enabled: bool = True
    slack_reminder_enabled: bool = False


class DayOff(Record):
    """A public holiday (`toggl_user_id` is None: everybody's) or somebody's time off, both days included."""

    organization_id: int
    name: str
    start_date: date
    end_date: date
    toggl_user_id: int | None = None


class Subscription(Record):
    """Where Track's webhooks of a workspace are delivered, and which."""

    workspace_id: int
    creator_id: int
    description: str
    url_callback: str
    event_filters: list[dict[str, str]]
    enabled: bool
    secret: str
    validation_code: str
    created_at: datetime
    updated_at: datetime
    validated_at: datetime | None = None


class State(msgspec.Struct, kw_only=True):
    """Everything, as it is written to the file."""

    next_id: int
    organizations: dict[int, Organization] = msgspec.field(default_factory=dict)
    people: dict[int, Person] = msgspec.field(default_factory=dict)
    workspaces: dict[int, Workspace] = msgspec.field(default_factory=dict)
    members: dict[int, Member] = msgspec.field(default_factory=dict)
    groups: dict[int, Named] = msgspec.field(default_factory=dict)
    clients: dict[int, Named] = msgspec.field(default_factory=dict)
    tags: dict[int, Named] = msgspec.field(default_factory=dict)
    projects: dict[int, Project] = msgspec.field(default_factory=dict)
    statuses: dict[int, Status] = msgspec.field(default_factory=dict)
    tasks: dict[int, Task] = msgspec.field(default_factory=dict)
    entries: dict[int, Entry] = msgspec.field(default_factory=dict)
    rates: dict[int, Rate] = msgspec.field(default_factory=dict)
    alerts: dict[int, Alert] = msgspec.field(default_factory=dict)
    reminders: dict[int, Reminder] = msgspec.field(default_factory=dict)
    days_off: dict[int, DayOff] = msgspec.field(default_factory=dict)
    subscriptions: dict[int, Subscription] = msgspec.field(default_factory=dict)
