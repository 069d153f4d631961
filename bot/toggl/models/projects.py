"""Projects and who is in them."""

from datetime import date, timedelta

from bot.toggl.models.answer import Answer, Minutes, Moment, Price
from bot.toggl.models.tasks import Named, ProjectRate, Tag


class FixedFee(Answer, frozen=True, kw_only=True):
    """The price of a project that is not billed by the hour."""

    amount: Price | None = None
    currency: str | None = None


class Project(Answer, frozen=True, kw_only=True):
    """A project. Estimates are in minutes.

    `active` is unreliable: see `archived`. `total_tracked_time` (profile `pages`) has no known unit,
    `total_tracked_secs` (profile `2026-08`) is in seconds: see `tracked`.
    """

    id: int | None = None
    workspace_id: int | None = None
    name: str | None = None
    description: str | None = None
    color: str | None = None
    active: bool | None = None
    archived_at: Moment | None = None
    auto_compute_estimates: bool | None = None
    billable: bool | None = None
    client: Named | None = None
    client_id: int | None = None
    created_at: Moment | None = None
    deleted_at: Moment | None = None
    end_date: date | None = None
    estimated_mins: Minutes | None = None
    fixed_fee: FixedFee | None = None
    parent_project_id: int | None = None
    permissions: tuple[str, ...] | None = None
    pinned: bool | None = None
    private: bool | None = None
    rate: ProjectRate | None = None
    start_date: date | None = None
    tag_ids: tuple[int, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    task_estimated_mins: Minutes | None = None
    toggl_user_id: int | None = None
    total_tracked_time: int | None = None
    total_tracked_secs: int | None = None
    updated_at: Moment | None = None

    @property
    def archived(self) -> bool:
        """Whether it is in the archive."""
        return self.archived_at is not None

    @property
    def tracked(self) -> timedelta | None:
        """How long was worked on it; None where Toggl does not say so in a known unit."""
        seconds = self.total_tracked_secs
        return None if seconds is None or not 0 <= seconds <= _LONGEST else timedelta(seconds=seconds)


class ProjectUser(Answer, frozen=True, kw_only=True):
    """A person in a project."""

    user_id: int | None = None
    manager: bool | None = None


class ProjectGroup(Answer, frozen=True, kw_only=True):
    """A group in a project."""

    group_id: int | None = None
    manager: bool | None = None


class ProjectMembers(Answer, frozen=True, kw_only=True):
    """Who is in a project: people and groups."""

    project_id: int | None = None
    user_ids: tuple[ProjectUser, ...] | None = None
    group_ids: tuple[ProjectGroup, ...] | None = None


# What more people than there are could track in a century; a `timedelta` holds it.
_LONGEST = 10**13
