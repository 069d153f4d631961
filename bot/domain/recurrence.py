"""When something comes again: on weekdays, every n weeks, on a day of the month, at a local time of day."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.domain.clocks import place

LAST = -1
"""The last of a month's Fridays, as `nth`."""
MOST_WEEKS = 52
EVERY_DAY = tuple(range(7))
WORKDAYS = tuple(range(5))

_WEEK = 7
_NTHS = (1, 2, 3, 4, LAST)
_SHORTEST_MONTH = 28
_LONGEST_MONTH = 31
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PATTERN = re.compile(
    r"(?P<at>\d\d:\d\d) "
    r"(?:weekly (?P<weekdays>[a-z]{3}(?:,[a-z]{3})*)(?: every (?P<every>\d{1,2}) from (?P<since>\d{4}-\d\d-\d\d))?"
    r"|monthly (?:(?P<nth>[1-4]|last) (?P<weekday>[a-z]{3})|(?P<day>\d{1,2})))",
)


class BadPattern(ValueError):
    """Text or numbers that are no recurrence."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """On each of `weekdays` (0 is Monday, ascending), every `every` weeks, counted from the week that `since` begins.

    `since` is needed for more than one week. Raises BadPattern.
    """

    at: time
    weekdays: tuple[int, ...]
    every: int = 1
    since: date | None = None

    def __post_init__(self) -> None:
        """Refuse what has no days or no order, and weeks without a beginning."""
        known = bool(self.weekdays) and self.weekdays == tuple(sorted({*self.weekdays} & {*EVERY_DAY}))
        counted = self.every == 1 if self.since is None else 1 < self.every <= MOST_WEEKS
        _insist(known and counted, self.at)

    def __str__(self) -> str:
        """For example `09:00 weekly mon,wed` or `09:00 weekly mon every 2 from 2026-11-02`."""
        text = f"{self.at:%H:%M} weekly {','.join(_NAMES[weekday] for weekday in self.weekdays)}"
        return text if self.since is None else f"{text} every {self.every} from {self.since}"

    def _walls(self, after: datetime) -> Iterator[datetime]:
        days = ",".join(_NAMES[weekday] for weekday in self.weekdays)
        return (wall for wall in _cron(self.at, f"* * {days}", after) if self._in_turn(wall.date()))

    def _in_turn(self, day: date) -> bool:
        return self.since is None or (day - self.since).days // _WEEK % self.every == 0


@dataclass(frozen=True, slots=True)
class Monthly:
    """On `day` of each month, or the month's last where it is shorter. Raises BadPattern."""

    at: time
    day: int

    def __post_init__(self) -> None:
        """Refuse a day that no month has."""
        _insist(1 <= self.day <= _LONGEST_MONTH, self.at)

    def __str__(self) -> str:
        """For example `09:00 monthly 31`."""
        return f"{self.at:%H:%M} monthly {self.day}"

    def _walls(self, after: datetime) -> Iterator[datetime]:
        if self.day <= _SHORTEST_MONTH:
            return _cron(self.at, f"{self.day} * *", after)
        if self.day == _LONGEST_MONTH:
            return _cron(self.at, "L * *", after)
        return merge(_cron(self.at, f"{self.day} 1,3-12 *", after), _cron(self.at, "L 2 *", after))


@dataclass(frozen=True, slots=True)
class MonthlyWeekday:
    """On the `nth` (1 to 4, or `LAST`) `weekday` (0 is Monday) of each month. Raises BadPattern."""

    at: time
    nth: int
    weekday: int

    def __post_init__(self) -> None:
        """Refuse a fifth Friday, which most months lack."""
        _insist(self.nth in _NTHS and self.weekday in EVERY_DAY, self.at)

    def __str__(self) -> str:
        """For example `09:00 monthly last fri` or `09:00 monthly 2 tue`."""
        nth = "last" if self.nth == LAST else self.nth
        return f"{self.at:%H:%M} monthly {nth} {_NAMES[self.weekday]}"

    def _walls(self, after: datetime) -> Iterator[datetime]:
        nth = "L" if self.nth == LAST else f"#{self.nth}"
        return _cron(self.at, f"* * {self.weekday + 1}{nth}", after)


Recurrence = Weekly | Monthly | MonthlyWeekday
"""`str()` gives the pattern: the text by which it is stored, and which `parse` reads."""


@functools.lru_cache(maxsize=1024)
def parse(pattern: str) -> Recurrence:
    """The recurrence whose text is `pattern`. Raises BadPattern."""
    found = _PATTERN.fullmatch(pattern)
    if found is None:
        raise BadPattern(pattern)
    said = found.groupdict()
    try:
        at = time.fromisoformat(said["at"])
        if said["weekdays"]:
            since = date.fromisoformat(said["since"]) if said["since"] else None
            weekdays = tuple(_NAMES.index(name) for name in said["weekdays"].split(","))
            return Weekly(at, weekdays, int(said["every"] or 1), since)
        if said["day"]:
            return Monthly(at, int(said["day"]))
        return MonthlyWeekday(at, LAST if said["nth"] == "last" else int(said["nth"]), _NAMES.index(said["weekday"]))
    except ValueError as error:
        raise BadPattern(pattern) from error


def next_after(pattern: str, zone: ZoneInfo, moment: datetime) -> datetime:
    """The first time (UTC) after `moment` (aware) that `pattern` means in `zone`. Raises BadPattern.

    A time of day that the clocks skip comes at the moment of the jump; one that they show twice comes once, the first
    time.
    """
    return next(_times(pattern, zone, moment))


def next_times(pattern: str, zone: ZoneInfo, moment: datetime, count: int) -> tuple[datetime, ...]:
    """The first `count` times (UTC, ascending) after `moment` (aware). Raises BadPattern."""
    return tuple(islice(_times(pattern, zone, moment), count))


def weekly(
    at: time, weekdays: tuple[int, ...], weeks: int, *, zone: ZoneInfo, now: datetime, first_weekday: int
) -> Weekly:
    """On `weekdays` every `weeks` weeks, the first time the next there is after `now` (aware). Raises BadPattern."""
    each_week = Weekly(at, weekdays)
    if weeks == 1:
        return each_week
    first = next_after(str(each_week), zone, now).astimezone(zone).date()
    return Weekly(at, weekdays, weeks, week_start(first, first_weekday))


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that `day` is in, where weeks begin on `first_weekday` (0 is Monday)."""
    return day - timedelta(days=(day.weekday() - first_weekday) % _WEEK)


def _times(pattern: str, zone: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    latest = moment
    for wall in parse(pattern)._walls(moment.astimezone(zone).replace(tzinfo=None)):  # noqa: SLF001 (this module's own)
        shown = place(wall, zone).moments[0]
        if shown > latest:  # not so in the hour that comes twice
            latest = shown
            yield shown


def _cron(at: time, days: str, after: datetime) -> Iterator[datetime]:
    """What clocks show, without a zone: which moment that is, and whether there is one, `place` knows."""
    return CronSim(f"{at.minute} {at.hour} {days}", after)


def _insist(sound: bool, at: time) -> None:  # noqa: FBT001 (the condition itself)
    if not sound or at.second or at.microsecond or at.tzinfo:
        raise BadPattern
