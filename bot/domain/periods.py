"""Which days people mean by `this week`, `last month`, `november` or `12 nov - 20 nov`, and the period before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain import phrases
from bot.domain.days import Bounds, day_bounds
from bot.domain.days import today as today_in
from bot.domain.not_understood import InTheFuture, PeriodBackwards, PeriodNotUnderstood, PeriodTooLong
from bot.domain.period_phrases import Between, Part, Phrase, Span, Stretch, Today, Whole, months, period_phrase
from bot.domain.vocabulary import Role

LONGEST = timedelta(days=2 * 366)
_DAY = timedelta(days=1)
_HALF_A_YEAR = timedelta(days=183)
_TRIED = 9
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `said` are the words it was read from, if any."""

    first: date
    last: date
    said: str = ""

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + _DAY * number for number in range(self.length))

    def bounds(self, zone: ZoneInfo) -> Bounds:
        """Its first moment in `zone`, and the one after its last."""
        return day_bounds(self.first, zone)[0], day_bounds(self.last, zone)[1]

    def before(self) -> Period:
        """The period before: as many whole months where it is whole months, otherwise as many days."""
        number = self._whole_months()
        if number:
            first = months(self.first - _DAY, 1)[0]
            for _ in range(number - 1):
                first = months(first - _DAY, 1)[0]
            return Period(first, self.first - _DAY)
        return Period(self.first - _DAY * self.length, self.first - _DAY)

    def _whole_months(self) -> int:
        if self.first.day != 1 or (self.last + _DAY).day != 1:
            return 0
        return (self.last.year - self.first.year) * _MONTHS + self.last.month - self.first.month + 1


def this_week(*, now: datetime, zone: ZoneInfo, first_weekday: int) -> Period:
    """The week that `now` (aware) is in; `first_weekday` begins it, 0 is Monday."""
    return Period(*Whole(Role.WEEK, 0).span(Today(today_in(now, zone), first_weekday)))


def parse_period(text: str, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> Period:
    """The latest period that all of `text` means and that has begun at `now` (aware); weeks begin on `first_weekday`.

    Raises PeriodNotUnderstood, InTheFuture, PeriodBackwards, PeriodTooLong.
    """
    found = phrases.read(text, period_phrase)
    if found is None:
        raise PeriodNotUnderstood(text)
    return _resolved(found, text.strip(), Today(today_in(now, zone), first_weekday))


def split_period(text: str, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> tuple[str, Period | None]:
    """`text` without the period at its head or else its end, and that period; (`text`, None) where there is none.

    Raises InTheFuture, PeriodBackwards, PeriodTooLong.
    """
    found = phrases.split_head(text, period_phrase) or phrases.split_tail(text, period_phrase)
    if found is None:
        return text.strip(), None
    rest, said, phrase = found
    return rest.strip(), _resolved(phrase, said, Today(today_in(now, zone), first_weekday))


def _resolved(phrase: Phrase, said: str, today: Today) -> Period:
    match phrase:
        case Between(start, end):
            first, last = _between(start, end, said, today.day)
        case Part():
            first, last = _begun(phrase, said, today.day)[0]
        case Whole() | Stretch():
            first, last = phrase.span(today)
        case _:
            raise PeriodNotUnderstood(said)
    if last - first >= LONGEST:
        raise PeriodTooLong(said)
    return Period(first, last, said)


def _begun(part: Part, said: str, today: date) -> list[Span]:
    """The latest spans of `part` that have begun. Raises InTheFuture."""
    spans = (span for span in part.spans(today, today, ahead=False) if span[0] <= today)
    found = list(islice(spans, _TRIED))
    if not found:
        raise InTheFuture(said)
    return found


def _between(start: Part, end: Part | None, said: str, today: date) -> Span:
    """The latest range that has begun. Over the turn of a year only what is short, or told with its years: a slip."""
    for first, _ in _begun(start, said, today):
        if end is None:
            return first, today
        spans = (span for span in end.spans(today, first, ahead=True) if span[1] >= first)
        last = next((span[1] for span in spans), None)
        if last is None:
            continue
        over_new_year = last <= today and last - first <= _HALF_A_YEAR
        if end.dated or last.year == first.year or over_new_year:
            return first, last
    raise PeriodBackwards(said)
