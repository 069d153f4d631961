"""What was tracked in a period, by whatever people ask for, and in the period before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clocks import place
from bot.domain.days import BREAK, Bounds
from bot.domain.periods import Period
from bot.domain.report_groups import By, Group, by_day, by_key
from bot.domain.report_lines import Line, Share
from bot.domain.rounding import Rounding

_NOTHING = timedelta()
LONGEST = timedelta(days=7)
"""An entry that takes longer is not looked for where only its end is in a period."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report somebody wants."""

    period: Period
    by: By


@dataclass(frozen=True, slots=True)
class Report:
    """The totals of a period at `now`; breaks are in none of them but `breaks`.

    `so_far` tells that the period is not over: `before` then ends at the same point of the period before.
    """

    asked: Asked
    before: Period
    now: datetime
    zone: ZoneInfo
    so_far: bool
    total: timedelta
    total_before: timedelta
    breaks: timedelta
    entries: int
    running: bool
    groups: tuple[Group, ...]
    rounding: Rounding | None = None
    rounding_unknown: bool = False
    """Whether the workspace's rounding could not be read, so that nothing is rounded."""

    @property
    def mark(self) -> str:
        """What tells what it says from what another says, but for the moment it was made at."""
        told = repr(
            (self.total, self.total_before, self.breaks, self.entries, self.running, self.groups, self.rounding)
        )
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def period(self) -> Period:
        """The days it is about."""
        return self.asked.period


def reach(period: Period, zone: ZoneInfo) -> Bounds:
    """From when to when entries must have begun to be in the report on `period` or in its comparison.

    A week earlier than that begins: for entries over midnight, and for a timer that was forgotten over a weekend.
    """
    return period.before().bounds(zone)[0] - LONGEST, period.bounds(zone)[1]


def report(
    lines: Sequence[Line],
    asked: Asked,
    *,
    now: datetime,
    zone: ZoneInfo,
    rounding: Rounding | None = None,
    rounding_unknown: bool = False,
    wholes: Mapping[int, timedelta] | None = None,
) -> Report:
    """The report that was `asked` for over `lines`, all within `reach`; `wholes` are the whole times of time blocks."""
    now = now.astimezone(UTC)
    bounds = asked.period.bounds(zone)
    before = asked.period.before()
    earlier, so_far = compared(asked.period, now, zone)
    share = Share(now, rounding)
    worked = [line for line in lines if line.entry.type != BREAK]
    if asked.by is By.DAY:
        groups = by_day(worked, asked.period, before, earlier, share, zone)
    else:
        groups = by_key(worked, asked.by, bounds, earlier, share, wholes or {})
    inside = [line for line in lines if share(line, bounds)]
    return Report(
        asked=asked,
        before=before,
        now=now,
        zone=zone,
        so_far=so_far,
        total=sum((group.time for group in groups), _NOTHING),
        total_before=sum((share(line, earlier) for line in worked), _NOTHING),
        breaks=sum((share(line, bounds) for line in lines if line.entry.type == BREAK), _NOTHING),
        entries=len(inside),
        running=any(line.entry.running for line in inside),
        groups=tuple(groups),
        rounding=rounding,
        rounding_unknown=rounding_unknown,
    )


def compared(period: Period, now: datetime, zone: ZoneInfo) -> tuple[Bounds, bool]:
    """The bounds of the period before, and whether they are cut at the point to which the period itself has come."""
    before, bounds = period.before(), period.bounds(zone)
    start, end = before.bounds(zone)
    if not bounds[0] <= now < bounds[1]:
        return (start, end), False
    come = now.astimezone(zone).replace(tzinfo=None) - datetime.combine(period.first, datetime.min.time())
    point = place(datetime.combine(before.first, datetime.min.time()) + come, zone).moments[0]
    return (start, min(end, point)), True
