"""Rates: what an hour is billed at or costs at one level, since when, and what a new one would do to the others."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec
from babel.numbers import get_currency_precision

from bot.domain.amounts import PLACES
from bot.toggl import models

_MOST_SHOWN = Decimal(10) ** 15
_NEVER = "0001-01-01T00:00:00Z"
"""How Go writes a moment that is none."""
_LONG_AGO = 2006
"""Toggl's first year: a rate that begins in it, or before, has always been there."""


class Level(StrEnum):
    """What a rate belongs to, by Toggl's word for it."""

    WORKSPACE = "workspace"
    MEMBER = "workspace_user"
    PROJECT = "project"
    TASK = "task"


class Pay(StrEnum):
    """Whose money: what clients are billed, or what the work costs. By the word under which Toggl lists them."""

    BILLABLE = "billable_rates"
    LABOUR = "labor_costs"


class Since(StrEnum):
    """From when on a new rate counts: Toggl's three modes, and a day."""

    TODAY = "start-today"
    CURRENT = "override-current"
    ALL = "override-all"
    DAY = "day"


class Rate(msgspec.Struct, frozen=True):
    """An amount an hour from `start` to `end` (UTC; None is open); one that is `replaced` counts no more."""

    id: int
    amount: Decimal
    start: datetime | None = None
    end: datetime | None = None
    replaced: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether it counts at `now`."""
        begun = self.start is None or self.start <= now
        return not self.replaced and begun and (self.end is None or self.end > now)


class History(msgspec.Struct, frozen=True):
    """The rates of one thing: those that `stand`, latest first, and those that were `replaced`, latest first."""

    stand: tuple[Rate, ...] = ()
    replaced: tuple[Rate, ...] = ()

    @classmethod
    def of(cls, answers: Iterable[models.Rate]) -> History:
        """The rates in Toggl's answer; what has no amount that is a number is left out."""
        found = sorted(filter(None, map(_rate, answers)), key=_order, reverse=True)
        return cls(
            stand=tuple(rate for rate in found if not rate.replaced),
            replaced=tuple(rate for rate in found if rate.replaced),
        )

    def current(self, now: datetime) -> Rate | None:
        """The rate that counts at `now`; of several the one that began last."""
        return next((rate for rate in self.stand if rate.holds(now)), None)

    def planned(self, now: datetime) -> tuple[Rate, ...]:
        """The rates that begin after `now`, the next first."""
        return tuple(rate for rate in reversed(self.stand) if rate.start is not None and rate.start > now)

    @property
    def mark(self) -> str:
        """Eight characters that change when what stands does."""
        return f"{zlib.crc32(msgspec.json.encode(self.stand)):08x}"


class Subject(msgspec.Struct, frozen=True):
    """Whose rates: a level, the number of what has it there (for a member the membership's), and its name."""

    level: Level
    id: int
    name: str


class Sheet(msgspec.Struct, frozen=True):
    """The rates of `subject` of one kind. `currency` has three letters, or is empty where Toggl tells none.

    `unpaid` is what Toggl says where the plan does not include them, perhaps nothing; else None.
    """

    subject: Subject
    pay: Pay
    currency: str
    history: History
    unpaid: str | None = None


class Outlook(msgspec.Struct, frozen=True):
    """What a form for a new rate was filled from: whose, what counts now, how many others there are, what is to come.

    `mark` changes when any of the rates does.
    """

    subject: Subject
    pay: Pay
    currency: str
    current: Rate | None
    others: int
    planned: Rate | None
    mark: str

    @classmethod
    def of(cls, sheet: Sheet, now: datetime) -> Outlook:
        """What `sheet` shows at `now`."""
        history = sheet.history
        current, planned = history.current(now), history.planned(now)
        return cls(
            subject=sheet.subject,
            pay=sheet.pay,
            currency=sheet.currency,
            current=current,
            others=len(history.stand) - (current is not None),
            planned=planned[0] if planned else None,
            mark=history.mark,
        )

    @property
    def places(self) -> int:
        """How many digits after the point an amount may have."""
        return get_currency_precision(self.currency) if self.currency else PLACES


class NewRate(msgspec.Struct, frozen=True):
    """A rate to be set. `day` is the first one, where `since` is a day."""

    amount: Decimal
    since: Since
    day: date | None = None

    def start(self, zone: ZoneInfo) -> datetime | None:
        """Midnight of the first day where the person is; None where a mode says it."""
        return datetime.combine(self.day, time(), zone) if self.since is Since.DAY and self.day else None


def read_moment(text: str | None) -> datetime | None:
    """A moment as Track writes it, in UTC, whatever its form, which is not stated; without a zone it is UTC already.

    None where it is none, or outside of what calendars know.
    """
    try:
        moment = datetime.fromisoformat((text or "").strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment if date.min.year < moment.year < date.max.year else None


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day that a rate begins or ends on: Toggl's own midnight is UTC's, other moments are seen from `zone`."""
    return moment.date() if moment.time() == time() else moment.astimezone(zone).date()


def always(rate: Rate) -> bool:
    """Whether the rate has no beginning that anybody remembers."""
    return rate.start is None or rate.start.year <= _LONG_AGO


def _rate(answer: models.Rate) -> Rate | None:
    if answer.amount is None or not answer.amount.is_finite() or abs(answer.amount) > _MOST_SHOWN:
        return None
    return Rate(
        id=answer.id or 0,
        amount=answer.amount,
        start=read_moment(answer.start),
        end=read_moment(answer.end),
        replaced=bool(answer.deleted_at) and answer.deleted_at != _NEVER,
    )


def _order(rate: Rate) -> tuple[datetime, int]:
    return rate.start or datetime.min.replace(tzinfo=UTC), rate.id
