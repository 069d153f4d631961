"""Steps that only requests to admins have: doing them is new, there is nothing that they take back."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import UNSET

from bot.domain.constraints import Given
from bot.domain.projects import Fields
from bot.domain.tracking import EntryType
from bot.services.context import Context
from bot.toggl.models.requests import NewTaskEntry


class NewProjectStep(msgspec.Struct, frozen=True, tag="new project"):
    """Makes a project."""

    fields: Fields


class Logged(msgspec.Struct, frozen=True):
    """Time to be logged on a task. `seconds` is its length."""

    task_id: int
    name: str
    start: datetime
    seconds: int
    type: EntryType


class LogForStep(msgspec.Struct, frozen=True, tag="log for"):
    """Logs time for a colleague: `person` in Slack, `toggl_user_id` in Toggl."""

    person: str
    toggl_user_id: int
    entries: tuple[Logged, ...]
    given: Given | None = None


async def new_project(context: Context, step: NewProjectStep) -> None:
    """Make it: one call."""
    await context.toggl.projects.create(**step.fields.whole())


async def log_for(context: Context, step: LogForStep) -> None:
    """Log it, all or none: one call."""
    bodies = [_body(entry, step) for entry in step.entries]
    if len(bodies) > 1:
        await context.toggl.time_entries.create_many(bodies)
        return
    [body] = bodies
    await context.toggl.time_entries.create(
        body["task_id"],
        type=body["type"],
        start=body["start"],
        duration=body["duration"],
        user_id=step.toggl_user_id,
        description=body.get("description", UNSET),
        project_id=body.get("project_id", UNSET),
        tag_ids=body.get("tag_ids", UNSET),
    )


def _body(entry: Logged, step: LogForStep) -> NewTaskEntry:
    body: NewTaskEntry = {
        "task_id": entry.task_id,
        "type": entry.type,
        "start": entry.start,
        "duration": entry.seconds,
        "user_id": step.toggl_user_id,
    }
    return {**body, **step.given.fields} if step.given and entry.type != "break" else body
