"""Days on which somebody does not work: public holidays, and their own time off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.toggl import models

_NOT_TAKEN = frozenset({"rejected", "declined", "denied", "cancelled", "canceled", "deleted", "pending", "requested"})
"""What is not agreed keeps nobody from working. Toggl documents no words for it: any other counts as agreed."""


class Off(StrEnum):
    """Why somebody does not work on a day."""

    HOLIDAY = "holiday"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which somebody does not work, both included. `user_id` is Focus's number, None where nobody is named."""

    first: date
    last: date
    off: Off
    user_id: int | None = None


def stretches(days: Iterable[models.DayOff], off: Off) -> tuple[Stretch, ...]:
    """What Toggl lists, as far as it can be read; what was not agreed is left out."""
    found = []
    for day in days:
        first = _date(day.start_date) or _date(day.date)
        last = _date(day.end_date) or first
        if first is None or last is None or last < first or (day.status or "").casefold() in _NOT_TAKEN:
            continue
        found.append(Stretch(first, last, off, day.toggl_user_id or day.user_account_id))
    return tuple(found)


def off_on(day: date, known: Iterable[Stretch], user_id: int | None) -> Off | None:
    """Why the person does not work on `day`, if so. Time off that names nobody, or somebody else, is not theirs."""
    for stretch in known:
        theirs = stretch.off is Off.HOLIDAY and stretch.user_id is None
        theirs = theirs or (user_id is not None and stretch.user_id == user_id)
        if theirs and stretch.first <= day <= stretch.last:
            return stretch.off
    return None


def _date(text: str | None) -> date | None:
    """A day as `2026-12-25`, perhaps with a time behind it; None for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
