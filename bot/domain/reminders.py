"""What a person wants to be reminded of: too few hours, a timer that runs long, nothing running."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.days import day_bounds, today, total
from bot.domain.periods import Period
from bot.domain.recurrence import EVERY_DAY, WORKDAYS, Weekly, week_start
from bot.domain.tracking import Entry

MOST = 10
"""Reminders of one person: more are noise."""
UNDER_AT, IDLE_AT = time(17), time(10)
"""When a reminder comes that was told no time."""
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
LONGEST_RUN = timedelta(hours=72)
SHORTEST_RUN = timedelta(minutes=30)
LOOKED_AT = timedelta(hours=3)
"""How long nobody looks at a timer that may have been given an earlier start meanwhile."""
IDLE_FOR = timedelta(hours=3)
"""So long after its time it is still worth saying that no timer runs."""
SNOOZED_FOR = timedelta(hours=6)
"""The same for what was put off, perhaps past midnight."""
SNOOZES = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))

_WEEK = 7


class Under(msgspec.Struct, frozen=True, tag="under"):
    """Less than `hours` tracked on a day, looked at `at`. `days` are weekdays (0 is Monday), None the working days."""

    hours: timedelta
    at: time = UNDER_AT
    days: tuple[int, ...] | None = None


class Idle(msgspec.Struct, frozen=True, tag="idle"):
    """No timer runs `at` that time. `days` are as in `Under`."""

    at: time = IDLE_AT
    days: tuple[int, ...] | None = None


class Running(msgspec.Struct, frozen=True, tag="running"):
    """One timer runs for longer than `over`, on whatever day."""

    over: timedelta


Rule = Under | Idle | Running


class Preferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a person wants to be reminded.

    `off` means never, `off_until` (aware) not before then, `workspace_off` not of what Toggl's own reminders ask for.
    Those come `daily_at` on `working_days` and on `weekly_on` (0 is Monday), `weekly_at`.
    """

    off: bool = False
    off_until: datetime | None = None
    workspace_off: bool = False
    working_days: tuple[int, ...] = WORKDAYS
    daily_at: time = time(17)
    weekly_on: int = 4
    weekly_at: time = time(16)

    def quiet(self, now: datetime) -> bool:
        """Whether nothing may be said at `now` (aware)."""
        return self.off or (self.off_until is not None and now < self.off_until)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing in a period at `now`: `tracked` of `wanted`, a running timer counted until now."""

    period: Period
    wanted: timedelta
    tracked: timedelta

    @property
    def missing(self) -> timedelta:
        """At least nothing."""
        return max(timedelta(), self.wanted - self.tracked)

    @property
    def weekly(self) -> bool:
        """Whether it is about a week."""
        return self.period.length > 1


def pattern(rule: Rule, preferences: Preferences) -> str:
    """When to look, as a recurrence. A running timer has times of its own: see `next_look`; daily is the latest."""
    if isinstance(rule, Running):
        return str(Weekly(time(), EVERY_DAY))
    return str(Weekly(rule.at, rule.days if rule.days is not None else preferences.working_days))


def workspace_pattern(frequency: int, preferences: Preferences) -> str:
    """When to look at what a reminder of Toggl's asks for, each `frequency` days (1 or 7)."""
    if frequency == _WEEK:
        return str(Weekly(preferences.weekly_at, (preferences.weekly_on,)))
    return str(Weekly(preferences.daily_at, preferences.working_days))


def named_days(days: Iterable[int], preferences: Preferences) -> tuple[int, ...] | None:
    """Weekdays as a rule keeps them: None where they are the working days."""
    ordered = tuple(sorted({*days} & {*EVERY_DAY}))
    return None if ordered == preferences.working_days else ordered


def day_of(moment: datetime, zone: ZoneInfo) -> Period:
    """The day that `moment` (aware) is in."""
    day = today(moment, zone)
    return Period(day, day)


def week_of(moment: datetime, zone: ZoneInfo, first_weekday: int) -> Period:
    """The week that `moment` (aware) is in, where weeks begin on `first_weekday` (0 is Monday)."""
    first = week_start(today(moment, zone), first_weekday)
    return Period(first, first + timedelta(days=_WEEK - 1))


def shortfall(
    entries: Sequence[Entry], period: Period, wanted: timedelta, *, zone: ZoneInfo, now: datetime
) -> Shortfall:
    """What `entries` leave missing in `period`: breaks are not counted, a running timer until `now` (aware)."""
    return Shortfall(period, wanted, total(entries, period.bounds(zone), now=now))


def useful_until(rule: Rule | None, at: datetime, zone: ZoneInfo, *, snoozed: bool = False) -> datetime | None:
    """Until when what was due `at` (aware) is worth saying; None where it is as long as it is so.

    None as `rule` stands for one of Toggl's reminders: like missing hours, they are for the day on which they come.
    """
    if isinstance(rule, Running):
        return None
    if snoozed:
        return at.astimezone(UTC) + SNOOZED_FOR
    end = day_bounds(today(at, zone), zone)[1]
    return min(end, at.astimezone(UTC) + IDLE_FOR) if isinstance(rule, Idle) else end


def next_look(rule: Running, running: Entry | None, *, now: datetime, told: bool = False) -> datetime:
    """When to look at the timer next (UTC): no later one can run too long before that.

    `told` says that the person knows of the one that runs now. A start may be moved to the past meanwhile: nobody is
    left unseen for longer than `LOOKED_AT`.
    """
    now = now.astimezone(UTC)
    earliest = now + rule.over
    if running is not None and not told:
        earliest = min(earliest, max(now + timedelta(minutes=1), over_at(rule, running)))
    return min(earliest, now + LOOKED_AT)


def over_at(rule: Running, running: Entry) -> datetime:
    """When (UTC) the timer has run for longer than the rule allows."""
    return running.started_at.astimezone(UTC) + rule.over


def overrun(rule: Running, running: Entry | None, *, now: datetime) -> bool:
    """Whether the timer runs for too long at `now` (aware)."""
    return running is not None and over_at(rule, running) <= now


def end_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """When (UTC) the day of `now` (aware) is over."""
    return day_bounds(today(now, zone), zone)[1]


def period_key(period: Period) -> str:
    """The name of a day or a week: what is told once for it is told under it."""
    return f"{period.first}" if period.length == 1 else f"{period.first}+{period.length}"


def read_period(key: str) -> Period:
    """The period of that name. Raises ValueError."""
    first, _, length = key.partition("+")
    begun = date.fromisoformat(first)
    return Period(begun, begun + timedelta(days=int(length or 1) - 1))
