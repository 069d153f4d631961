"""Tracked time by project, task, status, time block or day, in a period and in the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.days import Bounds, day_bounds
from bot.domain.periods import Period
from bot.domain.report_lines import Line, Share

_NOTHING = timedelta()


class By(StrEnum):
    """What a report is grouped by."""

    PROJECT = "project"
    TASK = "task"
    STATUS = "status"
    DAY = "day"
    BLOCK = "block"
    PERSON = "person"


OWN: tuple[By, ...] = tuple(by for by in By if by is not By.PERSON)
"""What a report on one's own time may be grouped by."""


@dataclass(frozen=True, slots=True)
class Group:
    """The time of one project, task, status, day, block or person, and in the period before (`before`).

    `name` is None for entries without one. `days` are the days it stands for, `since` is when a time block's first
    entry began, and `whole` what all of a block came to. `private` stands for all projects that not everybody may see.
    """

    name: str | None
    time: timedelta
    before: timedelta = _NOTHING
    place: str = ""
    days: Period | None = None
    since: datetime | None = None
    whole: timedelta | None = None
    private: bool = False


def by_key(
    lines: Iterable[Line], by: By, bounds: Bounds, earlier: Bounds, share: Share, wholes: Mapping[int, timedelta]
) -> list[Group]:
    """The groups with time in either period, the longest first."""
    times: dict[Hashable, timedelta] = defaultdict(timedelta)
    befores: dict[Hashable, timedelta] = defaultdict(timedelta)
    members: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        time, before = share(line, bounds), share(line, earlier)
        if not time and not before:
            continue
        key = _key(line, by)
        times[key] += time
        befores[key] += before
        if time or key not in members:
            members[key].append(line)
    groups = [replace(_named(members[key], by, wholes), time=times[key], before=befores[key]) for key in times]
    return sorted(groups, key=lambda group: (-group.time, -group.before, (group.name or "").casefold()))


def by_day(
    lines: Sequence[Line], period: Period, before: Period, earlier: Bounds, share: Share, zone: ZoneInfo
) -> list[Group]:
    """A group for each day that has begun, tracked or not; beside it the day of the same place before."""
    days = [(day, day_bounds(day, zone)) for day in period.days()]
    former = [(day, _clipped(day_bounds(day, zone), earlier)) for day in before.days()]
    times: dict[date, timedelta] = defaultdict(timedelta)
    for line in lines:
        for day, time in (*share.by_day(line, _touched(line, days, share.now)),):
            times[day] += time
        for day, time in (*share.by_day(line, _touched(line, former, share.now)),):
            times[day] += time
    beside = [times[day] for day, _ in former] + [_NOTHING] * len(days)
    return [
        Group(None, times[day], before, days=Period(day, day))
        for (day, (start, _)), before in zip(days, beside, strict=False)
        if start <= share.now or times[day]
    ]


def _touched(line: Line, days: Sequence[tuple[date, Bounds]], now: datetime) -> Sequence[tuple[date, Bounds]]:
    """The few of `days` that the entry lies in; its place is computed, so that a year's days are not all looked at."""
    if not days:
        return ()
    began = line.entry.started_at.astimezone(UTC)
    ended = now if line.entry.length is None else began + line.entry.length
    origin = days[0][1][0]
    first = max(0, (began - origin).days - 1)
    last = max(0, (ended - origin).days + 2)
    return days[first:last]


def _clipped(bounds: Bounds, to: Bounds) -> Bounds:
    return max(bounds[0], to[0]), min(bounds[1], to[1])


def _key(line: Line, by: By) -> Hashable:
    match by:
        case By.PROJECT:
            return line.project.id if line.project else None
        case By.STATUS:
            return line.status_id
        case By.BLOCK:
            return line.time_block_id
    return line.entry.task_id


def _named(lines: Sequence[Line], by: By, wholes: Mapping[int, timedelta]) -> Group:
    """The group of `lines` (at least one), without its times."""
    line = lines[0]
    task = line.entry.task
    match by:
        case By.PROJECT:
            project = line.project
            return Group(project.name, _NOTHING, place=project.client or "") if project else Group(None, _NOTHING)
        case By.STATUS:
            return Group(line.status, _NOTHING)
        case By.BLOCK if line.time_block_id is None:
            return Group(None, _NOTHING)
        case By.BLOCK:
            first = min(lines, key=lambda line: line.entry.started_at)
            whole = wholes.get(line.time_block_id) if line.time_block_id else None
            name = first.entry.task.name if first.entry.task else None
            return Group(name or f"#{line.time_block_id}", _NOTHING, since=first.entry.started_at, whole=whole)
    if task is None:
        return Group(f"#{line.entry.task_id}" if line.entry.task_id else line.description, _NOTHING)
    return Group(task.name, _NOTHING, place=task.project or "")


def condensed(days: Sequence[Group], most: int, *, first_weekday: int) -> tuple[Group, ...]:
    """Consecutive days as at most `most` groups, if need be: weeks, else months, else years."""
    if len(days) <= most:
        return tuple(days)
    steps: tuple[Callable[[date], Hashable], ...] = (
        lambda day: day.toordinal() - (day.weekday() - first_weekday) % 7,
        lambda day: (day.year, day.month),
    )
    for step in steps:
        merged = _merged(days, step)
        if len(merged) <= most:
            return merged
    return _merged(days, lambda day: day.year)


def _merged(days: Sequence[Group], step: Callable[[date], Hashable]) -> tuple[Group, ...]:
    merged: dict[Hashable, Group] = {}
    for group in days:
        if group.days is None:
            continue
        known = merged.get(key := step(group.days.first))
        merged[key] = group if known is None or known.days is None else _joined(known, known.days, group, group.days)
    return tuple(merged.values())


def _joined(one: Group, first: Period, other: Group, last: Period) -> Group:
    return replace(
        one, time=one.time + other.time, before=one.before + other.before, days=Period(first.first, last.last)
    )
