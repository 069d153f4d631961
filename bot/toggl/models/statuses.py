"""Statuses of tasks."""

from bot.toggl.models.answer import Answer, Moment


class Status(Answer, frozen=True, kw_only=True):
    """A status; `type` is `todo`, `in_progress`, `done` or `blocked`, `position` counts from 1."""

    id: int | None = None
    workspace_id: int | None = None
    name: str | None = None
    emoji: str | None = None
    position: int | None = None
    type: str | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    deleted_at: Moment | None = None
