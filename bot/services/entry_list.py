"""The person's entries of a period or a task, filtered, a page at a time, with as few calls as possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.domain.days import today
from bot.domain.entry_details import Details
from bot.domain.entry_filters import EntryFilters
from bot.domain.entry_pages import EntryPage, page_of
from bot.domain.entry_query import Query
from bot.domain.periods import Period
from bot.services import tasks
from bot.services.context import Context
from bot.toggl import Forbidden, NotFound, models

MOST = 2000
"""Entries that are looked at: years of one task, and no more than a few megabytes."""

DEFAULT = timedelta(days=6)
"""Without a period the list goes back so far: a week, today included."""

_RECENT = timedelta(days=14)
_AHEAD = timedelta(days=1)
_FULL = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what a query finds; `whole` is false where only the newest entries were looked at."""

    query: Query
    page: EntryPage
    whole: bool


async def read_query(context: Context, filters: EntryFilters, period: Period | None) -> Query:
    """What to list: a task alone means all of its entries, everything else a period, at least the last days."""
    if period is not None:
        return Query(period.first, period.last, filters=filters)
    if filters.task:
        found = (await tasks.find(context, filters.task)).clear
        if found:
            others = msgspec.structs.replace(filters, task=None)
            return Query(task_id=found.id, task=found.name, project=found.project, client=found.client, filters=others)
    last = today(context.now, context.person.zone)
    return Query(last - DEFAULT, last, filters=filters)


async def list_entries(context: Context, query: Query, *, page: int = 1, afresh: bool = False) -> Listing:
    """Page `page` of what `query` finds. At most two calls, none for a minute afterwards."""
    found, whole = await find_all(context, query, afresh=afresh)
    return Listing(query, page_of(found, page=page, zone=context.person.zone, now=context.now), whole)


def kept(context: Context, query: Query) -> tuple[Details, ...] | None:
    """Everything that `query` finds as far as it is kept; None where a call would be needed."""
    since, until = _bounds(context, query)
    recent = context.toggl.time_entries.known_recent()
    if query.task_id is not None or recent is None or not _within(context, since, until) or len(recent.data) >= _FULL:
        return None
    return _taken(query, _between(recent.data, since, until))


def listed(context: Context, query: Query, found: Iterable[Details], *, page: int) -> Listing:
    """Page `page` of these entries, as far as `query` finds them; newest first."""
    fitting = sorted((entry for entry in found if query.filters.take(entry)), key=lambda entry: entry.start)
    cut = page_of(tuple(reversed(fitting)), page=page, zone=context.person.zone, now=context.now)
    return Listing(query, cut, whole=True)


async def find_all(context: Context, query: Query, *, afresh: bool = False) -> tuple[tuple[Details, ...], bool]:
    """Everything that `query` finds, newest first, and whether nothing was left out. At most two calls.

    Two more where the status or tag of a whole task is asked for, and neither recent entries nor tasks are kept.
    """
    answers, whole = await _load(context, query, afresh=afresh)
    asked = query.filters.status or query.filters.tag
    task = await _task(context, query.task_id) if query.task_id is not None and asked else None
    return _taken(query, answers, task), whole


async def _load(context: Context, query: Query, *, afresh: bool) -> tuple[Sequence[models.TimeEntry], bool]:
    entries = context.toggl.time_entries
    if query.task_id is not None:
        until = context.now + _RECENT
        page = await entries.whole_task(query.task_id, date_to=until, most=MOST, afresh=afresh)
        return page.data, page.total is not None
    since, until = _bounds(context, query)
    if _within(context, since, until):
        # What other commands read too: mostly it is kept already.
        recent = await entries.recent(afresh=afresh)
        if len(recent.data) < _FULL:
            return tuple(_between(recent.data, since, until)), True
        afresh = False
    page = await entries.whole(date_from=since, date_to=until, most=MOST, afresh=afresh)
    return page.data, page.total is not None


def _bounds(context: Context, query: Query) -> tuple[datetime, datetime]:
    last = query.last or today(context.now, context.person.zone)
    return Period(query.first or last - DEFAULT, last).bounds(context.person.zone)


def _within(context: Context, since: datetime, until: datetime) -> bool:
    """Whether the recent entries, which other commands read too, hold all of it."""
    return since >= context.now - _RECENT and until <= context.now + _AHEAD


async def _task(context: Context, task_id: int) -> models.Task | None:
    """A task with its status and tags, which Toggl does not tell with the task's own entries."""
    seen = [entry.task for entry in (await context.toggl.time_entries.recent()).data if entry.task]
    with suppress(Forbidden, NotFound):  # not among Toggl's documented operations: the recent entries have to do
        seen += (await context.toggl.tasks.cached()).data
    return next((task for task in seen if task.id == task_id), None)


def _taken(query: Query, answers: Iterable[models.TimeEntry], task: models.Task | None = None) -> tuple[Details, ...]:
    """The entries that fit; `task` is that of all of them."""
    whole = (
        msgspec.structs.replace(answer, task=answer.task or task) for answer in answers if answer.deleted_at is None
    )
    found = (Details.of(answer, query.whole_task) for answer in whole)
    return tuple(entry for entry in found if entry and query.filters.take(entry))


def _between(answers: Iterable[models.TimeEntry], since: datetime, until: datetime) -> Iterable[models.TimeEntry]:
    return (answer for answer in answers if answer.start is not None and since <= answer.start < until)
