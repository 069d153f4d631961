"""Which time entries came of what was sent: after a creation without a body, and after a lost answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import UNSET

from bot.toggl.errors import AnswerLost, Trouble
from bot.toggl.lookup import same_second, surely_new
from bot.toggl.models.requests import NewEntry, NewTaskEntry
from bot.toggl.models.time_entries import TimeEntry
from bot.toggl.operations import CREATE_TIME_ENTRIES, LIST_TASK_TIME_ENTRIES, LIST_TIME_ENTRIES
from bot.toggl.paging import LARGEST_PAGE
from bot.toggl.scope import Scope

_NEWEST_FIRST = {"order_by": ["-start"], "per_page": LARGEST_PAGE}
_SECOND = timedelta(seconds=1)


def is_for_somebody_else(entry: NewEntry) -> bool:
    """Whether the entry is not one's own, so that no look-up can see it."""
    return entry.get("user_id", UNSET) is not UNSET


async def find_created(scope: Scope, task_id: int, entry: NewEntry, asked_at: datetime) -> TimeEntry | None:
    """The entry of the task that `entry` became when it was sent at `asked_at`; one call.

    Asked for by its start: a task's own list may have more than a page of later ones.
    """
    start = entry.get("start", UNSET)
    if isinstance(start, datetime):
        received = await scope.call(LIST_TIME_ENTRIES, query=_around(start, start) | {"task_id": task_id})
    else:
        received = await scope.call(LIST_TASK_TIME_ENTRIES, query=_NEWEST_FIRST, task_id=task_id)
    return next((found for found in received.page(TimeEntry).data if _is(found, entry, asked_at)), None)


def can_be_found(entries: Sequence[NewTaskEntry]) -> bool:
    """Whether a look-up can see all of `entries`: one's own, with a start."""
    return all(isinstance(entry.get("start"), datetime) and not is_for_somebody_else(entry) for entry in entries)


async def are_created(scope: Scope, entries: Sequence[NewTaskEntry], asked_at: datetime) -> bool | None:
    """True if all of `entries` that were sent at `asked_at` are there, None if none is; one call.

    Raises AnswerLost if only some are: Toggl may still be at it.
    """
    starts = [start for entry in entries if isinstance(start := entry.get("start"), datetime)]
    received = await scope.call(LIST_TIME_ENTRIES, query=_around(min(starts), max(starts)))
    left = list(received.page(TimeEntry).data)
    missing = 0
    for entry in entries:
        found = next((each for each in left if each.task_id == entry["task_id"] and _is(each, entry, asked_at)), None)
        if found is None:
            missing += 1
        else:
            left.remove(found)
    if 0 < missing < len(entries):
        raise AnswerLost(Trouble(CREATE_TIME_ENTRIES.name), ended=False)
    return None if missing else True


def _around(first: datetime, last: datetime) -> dict[str, Any]:
    """What asks for the entries that start from `first` to `last`, whether or not Toggl counts the ends in."""
    return {"date_from": first - _SECOND, "date_to": last + _SECOND, **_NEWEST_FIRST}


def _is(found: TimeEntry, entry: NewEntry, asked_at: datetime) -> bool:
    start, duration = entry.get("start", UNSET), entry.get("duration", UNSET)
    return (
        found.type == entry["type"]
        and found.duration == (None if duration is UNSET else duration)
        and (start is UNSET or same_second(found.start, start))
        and surely_new(found.created_at, asked_at)
    )
