"""Tasks, as `list_time_entries` embeds them and as the companions give them."""

from datetime import date
from typing import Any

from bot.toggl.models.answer import Answer, Minutes, Moment


class Named(Answer, frozen=True, kw_only=True):
    """Something that is only named: a client."""

    id: int | None = None
    name: str | None = None


class Tag(Answer, frozen=True, kw_only=True):
    """A tag; `color` is hex."""

    id: int | None = None
    name: str | None = None
    color: str | None = None


class TaskStatus(Answer, frozen=True, kw_only=True):
    """The status a task is in; `type` is `todo`, `in_progress`, `done` or `blocked`."""

    id: int | None = None
    name: str | None = None
    emoji: str | None = None
    type: str | None = None


class ProjectRate(Answer, frozen=True, kw_only=True):
    """The rate that counts for a project now."""

    billable: bool | None = None
    currency: str | None = None
    start_at: Moment | None = None
    end_at: Moment | None = None
    has_more_rates: bool | None = None
    hourly_rate: float | None = None
    project_color: str | None = None
    project_created_at: str | None = None
    project_id: int | None = None
    project_name: str | None = None
    project_rate_id: int | None = None
    workspace_rate_id: int | None = None


class TaskProject(Answer, frozen=True, kw_only=True):
    """The project a task belongs to."""

    id: int | None = None
    name: str | None = None
    color: str | None = None
    permissions: tuple[str, ...] | None = None
    private: bool | None = None
    rate: ProjectRate | None = None


class TaskMetadata(Answer, frozen=True, kw_only=True):
    """Where a task came from, if from a calendar. The ids and the link let others into a meeting."""

    hidden = frozenset({"ical_uid", "meeting_link"})

    all_day: bool | None = None
    calendar_event_id: int | None = None
    calendar_id: int | None = None
    external_id: str | None = None
    ical_uid: str | None = None
    meeting_link: str | None = None
    updated_at: Moment | None = None


class Task(Answer, frozen=True, kw_only=True):
    """A task. `estimated_mins` is in minutes; `priority` is `none`, `low`, `medium` or `high`."""

    id: int | None = None
    name: str | None = None
    workspace_id: int | None = None
    toggl_user_id: int | None = None
    project_id: int | None = None
    project: TaskProject | None = None
    client: Named | None = None
    status_id: int | None = None
    status: TaskStatus | None = None
    status_updated_at: Moment | None = None
    parent_task_id: int | None = None
    parent_task_name: str | None = None
    assignee_user_ids: tuple[int, ...] | None = None
    ghost_assignee_ids: tuple[int, ...] | None = None
    tag_ids: tuple[int, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    description: str | None = None
    notes: str | None = None
    color: str | None = None
    billable: bool | None = None
    private: bool | None = None
    pinned: bool | None = None
    position: int | None = None
    priority: str | None = None
    priority_at: Moment | None = None
    estimated_mins: Minutes | None = None
    auto_log_time: bool | None = None
    start_date: date | None = None
    end_date: date | None = None
    rrule: str | None = None
    recurring_task_id: int | None = None
    recurrence_date: Any = None
    reucrrence_date: Any = None
    source: str | None = None
    metadata: TaskMetadata | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    archived_at: Moment | None = None
    deleted_at: Moment | None = None

    @property
    def recurs_on(self) -> Any:
        """The date of the recurrence, under whichever of its two names it came; its shape is open."""
        return self.recurrence_date if self.recurrence_date is not None else self.reucrrence_date
