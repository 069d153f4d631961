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


class EntryExtras(TypedDict, total=False):
    """What an entry gained in 2026-08. `planned_duration` is in seconds."""

    description: str | UnsetType | None
    project_id: int | UnsetType | None
    tag_ids: Sequence[int] | UnsetType
    billable: bool | UnsetType
    timezone: str | UnsetType | None
    planned_start: datetime | UnsetType | None
    planned_duration: int | UnsetType | None


class EntryFields(EntryTimes, EntryExtras, total=False):
    """What an entry has."""

    type: EntryType | UnsetType


class NewEntry(EntryTimes, EntryExtras, total=False):
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
