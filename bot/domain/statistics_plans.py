"""What a schedule of statistics is about: a workspace, and the period that each post looks back on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.periods import Period, parse_period
from bot.domain.recurrence import WORKDAYS, Monthly, MonthlyWeekday, Recurrence, Weekly


class Span(StrEnum):
    """The period that a post is about, as seen from its day; the values are how people write it."""

    YESTERDAY = "yesterday"
    LAST_WEEK = "last week"
    THIS_WEEK = "this week"
    LAST_30_DAYS = "last 30 days"
    LAST_MONTH = "last month"
    THIS_MONTH = "this month"
    LAST_QUARTER = "last quarter"

    def period(self, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> Period:
        """The days it means at `now` (aware)."""
        found = parse_period(self.value, now=now, zone=zone, first_weekday=first_weekday)
        return Period(found.first, found.last)

    @classmethod
    def fitting(cls, recurrence: Recurrence) -> Span:
        """What fits how often it comes, if nothing else was said."""
        match recurrence:
            case Monthly() | MonthlyWeekday():
                return cls.LAST_MONTH
            case Weekly() if set(recurrence.weekdays) >= {*WORKDAYS}:
                return cls.YESTERDAY
        return cls.LAST_WEEK


class Plan(msgspec.Struct, frozen=True):
    """A schedule's payload. `follows`: its zone is its maker's, wherever they are."""

    focus_id: int
    workspace: str
    span: Span
    follows: bool = True

    @classmethod
    def read(cls, payload: dict[str, Any]) -> Plan:
        """The plan in a schedule's payload. Raises msgspec.ValidationError."""
        return msgspec.convert(payload, type=cls)

    def dump(self) -> dict[str, Any]:
        """The plan as a payload."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule as it is. `maker` is their id in Slack, None where they left; `times` (UTC) are the next there are.

    `reason` is a sentence to translate, None where somebody paused it themselves. `mark` tells whether it was changed
    since.
    """

    id: int
    channel_id: str
    pattern: str
    zone: ZoneInfo
    plan: Plan
    maker: str | None
    paused: bool
    reason: str | None
    times: tuple[datetime, ...]
    mark: str

    @property
    def orphaned(self) -> bool:
        """Whether nobody looks after it any more."""
        return self.maker is None
