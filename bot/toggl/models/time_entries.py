"""Time entries and the running timer, of both profiles."""

from datetime import UTC, datetime, timedelta

from bot.toggl.models.answer import Answer, Moment
from bot.toggl.models.tasks import Tag, Task


class TimeEntry(Answer, frozen=True, kw_only=True):
    """Tracked or running time. `duration` is in seconds, None while it runs; `type` is `activity` or `break`.

    `task` comes embedded in lists only. From `description` on the fields are of the profile 2026-08.
    """

    id: int | None = None
    workspace_id: int | None = None
    toggl_user_id: int | None = None
    task_id: int | None = None
    task: Task | None = None
    time_block_id: int | None = None
    type: str | None = None
    start: Moment | None = None
    duration: int | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    archived_at: Moment | None = None
    deleted_at: Moment | None = None
    description: str | None = None
    project_id: int | None = None
    tag_ids: tuple[int, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    billable: bool | None = None
    timezone: str | None = None
    planned_start: Moment | None = None
    planned_duration: int | None = None

    @property
    def started_at(self) -> datetime | None:
        """When it began (aware); None for an entry that is only planned."""
        return self.start

    @property
    def length(self) -> timedelta | None:
        """How long it took; None while it runs."""
        if self.duration is None or not 0 <= self.duration <= _LONGEST:
            return None
        return timedelta(seconds=self.duration)

    @property
    def ended_at(self) -> datetime | None:
        """When it ended (aware); None while it runs."""
        length = self.length
        if self.start is None or length is None or self.start > _LATEST:
            return None
        return self.start + length

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.start is not None and self.length is None


class StartedFromDescription(Answer, frozen=True, kw_only=True):
    """What `start_tracking_from_description` did, and why it chose this task."""

    task: Task | None = None
    task_created: bool | None = None
    time_entry: TimeEntry | None = None
    match_reason: str | None = None


# A century: what is longer is no length. Together with the latest start the end still is a date.
_LONGEST = 100 * 365 * 24 * 60 * 60
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
