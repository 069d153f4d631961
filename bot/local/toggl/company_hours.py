"""Three months of believable time entries: workdays in each person's zone, weekends off, nothing still running."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.local.toggl.records import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.local.toggl.records import Person, State, Task

DAYS = 91
_SATURDAY = 5
_MORNING, _EVENING = time(8, 40), time(17, 30)
_LENGTHS = (20, 25, 30, 45, 45, 60, 60, 75, 90, 105, 120, 150)


def fill(state: State, person: Person, tasks: Sequence[Task], now: datetime, seed: int, *, always: bool) -> None:
    """Add the entries of `person` on `tasks` up to `now`; with `always` some today and yesterday, weekend or not."""
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        dice = random.Random(f"{seed}/{person.handle}/{day}")  # noqa: S311 (a story, not a secret)
        spans = list(_workday(day, zone, dice, now)) if day.weekday() < _SATURDAY and dice.random() > 0.04 else []  # noqa: PLR2004 (one day in 25 off)
        if always and back <= 1 and not spans:
            spans = list(_something(day, zone, now))
        for start, length, is_break in spans:
            task = dice.choice(tasks)
            entry = Entry(
                id=state.next_id,
                workspace_id=task.workspace_id,
                toggl_user_id=person.focus_id,
                task_id=task.id,
                project_id=task.project_id,
                type="break" if is_break else "activity",
                start=start,
                duration=length // timedelta(seconds=1),
                billable=task.billable,
                timezone=person.zone,
                created_at=start + length,
                updated_at=start + length,
            )
            state.next_id += 1
            state.entries[entry.id] = entry


def _workday(
    day: date, zone: ZoneInfo, dice: random.Random, now: datetime
) -> Iterator[tuple[datetime, timedelta, bool]]:
    """Start, length and whether it is a break, from morning until evening, as far as `now` has come."""
    at = datetime.combine(day, _MORNING, zone).astimezone(UTC) + timedelta(minutes=dice.randrange(0, 70, 5))
    evening = datetime.combine(day, _EVENING, zone).astimezone(UTC)
    lunch = datetime.combine(day, time(12, 15), zone).astimezone(UTC)
    while at < evening:
        is_break = at >= lunch > at - timedelta(hours=2) and dice.random() < 0.3  # noqa: PLR2004 (a chance)
        length = timedelta(minutes=30 if is_break else dice.choice(_LENGTHS))
        if at + length > now:
            return
        yield at, length, is_break
        at += length + timedelta(minutes=dice.choice((0, 0, 5, 10, 20)))


def _something(day: date, zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, timedelta, bool]]:
    """One entry of at most 50 minutes on `day`, ended before `now`; none in the first minute of a day."""
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    start = min(max(midnight, now - timedelta(hours=1)), datetime.combine(day, time(10), zone).astimezone(UTC))
    length = min(timedelta(minutes=50), now - start)
    if length >= timedelta(minutes=1):
        yield start.replace(second=0, microsecond=0), timedelta(minutes=length // timedelta(minutes=1)), False
