"""Log past time: one entry or several, all or none, with as few calls to Toggl as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import UNSET

from bot.domain.constraints import Given
from bot.domain.days import day_bounds, total
from bot.domain.tracking import Entry
from bot.services import undo
from bot.services.asking import AdminNeeded
from bot.services.colleagues import Colleague, find_colleague
from bot.services.context import Context
from bot.services.log_plan import Overlap, Plan, propose, read, review
from bot.services.log_problems import FieldMissing, NotAllUnderstood, NoTaskBefore, NothingToLog, NotTaken, explained
from bot.toggl import Forbidden, NotFound, Refused
from bot.toggl.models.requests import NewTaskEntry

__all__ = [
    "FieldMissing",
    "Logged",
    "NoTaskBefore",
    "NotAllUnderstood",
    "NotTaken",
    "NothingToLog",
    "Overlap",
    "Plan",
    "propose",
    "read",
    "review",
    "save",
]

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Logged:
    """What was saved, what each day that it touches comes to, and how to take it back.

    For somebody else (`person`, an id in Slack) there are neither totals nor an undo: only they can see their entries.
    """

    entries: tuple[Entry, ...]
    totals: Mapping[date, timedelta]
    undo_id: str | None
    person: str = ""


async def save(context: Context, plan: Plan) -> Logged:
    """Log what is planned: one call, whatever was asked before. Every task must be decided.

    Raises NotTaken where Toggl refuses several at once, otherwise TogglError.
    """
    colleague = await find_colleague(context, plan.draft.person)
    given = plan.draft.given
    bodies = [_body(entry, colleague.toggl_user_id if colleague else None, given) for entry in plan.entries]
    try:
        saved = await _create(context, plan.entries, bodies)
    except (Refused, Forbidden, NotFound) as refusal:
        if colleague and isinstance(refusal, Forbidden):
            raise AdminNeeded(_asked(colleague, plan.entries, given)) from refusal
        problem = explained(refusal, plan.entries)
        if problem is refusal:
            raise
        raise problem from refusal
    if colleague:
        return Logged(saved, {}, None, colleague.user_id)
    step = undo.LogUndo(tuple(undo.snapshot(entry) for entry in saved), logged_at=context.now)
    return Logged(saved, _totals(context, saved, plan.known), await undo.record(context, step))


async def _create(context: Context, planned: Sequence[Entry], bodies: Sequence[NewTaskEntry]) -> tuple[Entry, ...]:
    """The entries as they are now; their ids are known only where there is one, and it is one's own."""
    toggl = context.toggl.time_entries
    if len(bodies) > 1:
        await toggl.create_many(bodies)
        return tuple(planned)
    (body,), (entry,) = bodies, planned
    created = await toggl.create(
        body["task_id"],
        task=entry.task.named() if entry.task else None,
        type=body["type"],
        start=body["start"],
        duration=body["duration"],
        user_id=body.get("user_id", UNSET),
        description=body.get("description", UNSET),
        project_id=body.get("project_id", UNSET),
        tag_ids=body.get("tag_ids", UNSET),
    )
    return (replace(entry, id=created.id) if created and created.id else entry,)


def _asked(colleague: Colleague, entries: Sequence[Entry], given: Given | None) -> undo.LogForStep:
    """The same as an admin can be asked to do it."""
    wanted = [
        undo.Logged(
            entry.task_id or 0,
            entry.task.name if entry.task else "",
            entry.started_at,
            (entry.length or timedelta()) // timedelta(seconds=1),
            entry.type,
        )
        for entry in entries
    ]
    return undo.LogForStep(colleague.user_id, colleague.toggl_user_id, tuple(wanted), given)


def _body(entry: Entry, user_id: int | None, given: Given | None) -> NewTaskEntry:
    seconds = (entry.length or timedelta()) // timedelta(seconds=1)
    body: NewTaskEntry = {
        "task_id": entry.task_id or 0,
        "type": entry.type,
        "start": entry.started_at,
        "duration": seconds,
    }
    if given and entry.type != "break":
        body = {**body, **given.fields}
    return {**body, "user_id": user_id} if user_id is not None else body


def _totals(context: Context, saved: Sequence[Entry], known: Sequence[Entry]) -> Mapping[date, timedelta]:
    """What each day that was logged for comes to, by day."""
    zone = context.person.zone
    days = sorted({day for entry in saved for day in _days(entry, zone)})
    return {day: total((*known, *saved), day_bounds(day, zone), now=context.now) for day in days}


def _days(entry: Entry, zone: ZoneInfo) -> Iterable[date]:
    end = (entry.ended_at or entry.started_at) - _MOMENT
    return (entry.started_at.astimezone(zone).date(), max(end, entry.started_at).astimezone(zone).date())
