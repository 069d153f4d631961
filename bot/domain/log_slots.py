"""When logged entries were: from what people wrote to exact moments, beside what is tracked already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.clocks import Change, place
from bot.domain.days import day_bounds, today
from bot.domain.log_lines import Line
from bot.domain.not_understood import InTheFuture, NotUnderstood
from bot.domain.ranges import ClockRange
from bot.domain.times_of_day import DAY
from bot.domain.when import Assumed
from bot.i18n import N_

MORNING = time(9)
"""Where a length without a time of day begins on a day without entries."""
_GRACE = timedelta(minutes=1)
"""So far a person's watch may be ahead of ours."""
_NIGHT = timedelta(hours=12)
"""So long after its end a range over midnight is last night's beyond doubt."""

BEFORE_THE_REST = N_("No time was given, so it goes right before what is already tracked.")
ENDS_NOW = N_("No time was given, so it ends now.")
AFTER_THE_LAST = N_("No time was given, so it begins where the last entry of that day ended.")
IN_THE_MORNING = N_("No time was given and nothing is tracked on that day, so it begins at 9:00.")
LENGTH_LIKE_A_CLOCK = N_(
    "I read “{said}” as a duration. For times of day, give start and end, for example `9:15-10:30`."
)
DAY_OF_ANOTHER = N_("The day was given once, so it applies to all of them.")


class EndsAhead(NotUnderstood):
    """A length from a start that leads beyond now."""

    sentence = N_("“{said}” would reach into the future, and only past time can be logged.")


class DayAhead(NotUnderstood):
    """A day that is still to come."""

    sentence = N_("“{said}” is for {day}, and only past time can be logged.")

    def __init__(self, said: str, *, day: date) -> None:
        """Name the `day` beside the words."""
        super().__init__(said)
        self.values["day"] = day


class Span(NamedTuple):
    """From `start` to `end`, both aware."""

    start: datetime
    end: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether both have a moment in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence (marked `N_`) with the values of its places."""

    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """When an entry was. `doubts` are what has to be asked before it is saved, `remark` is what is said with it."""

    span: Span
    doubts: tuple[Note, ...] = ()
    remark: Note | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """The present as a person sees it. `last_end` is where their last entry ended; None where there is none."""

    at: datetime
    zone: ZoneInfo
    last_end: datetime | None = None

    @property
    def today(self) -> date:
        """The day it is there."""
        return today(self.at, self.zone)


def day_of(line: Line, now: Now) -> date | None:
    """The day on which a bare length has to find its place; None for a line that tells its times."""
    return (line.day or now.today) if line.length is not None and line.start is None else None


def told(line: Line, now: Now) -> Slot | None:
    """When the entry was, where the line tells it; None for a bare length. Raises NotUnderstood."""
    if line.day is not None and line.day > now.today:
        raise DayAhead(line.said, day=line.day)
    if line.range:
        span, more = _range(line, now)
        return Slot(span, (*_doubts(line), *more))
    if line.start is None:
        return None
    start = _start(line, now)
    end = now.at if line.length is None else start + line.length
    if end > now.at + _GRACE or end <= start:
        raise EndsAhead(line.said)
    notes = [Note(assumed.value, {"said": line.start.said, "at": start}) for assumed in line.start.assumed]
    return Slot(Span(start, end), (*_doubts(line), *notes))


def placed(lines: Sequence[Line], now: Now, tracked: Iterable[Span]) -> tuple[Slot, ...]:
    """A slot for each line; bare lengths find their place last, beside `tracked` and the others. Raises NotUnderstood.

    Today they end now, in the order they were written, or else right before what is there; on another day they begin
    where its last entry ended, or at nine.
    """
    slots = [told(line, now) for line in lines]
    busy = [*tracked, *(slot.span for slot in slots if slot)]
    for day in sorted({day for line in lines if (day := day_of(line, now))}):
        bare = [number for number, line in enumerate(lines) if day_of(line, now) == day]
        lengths = [lines[number].length or timedelta() for number in bare]
        found = _ending_now(lengths, now, busy) if day == now.today else _on_day(lengths, day, now, busy)
        for number, slot in zip(bare, found, strict=True):
            slots[number] = replace(slot, doubts=_doubts(lines[number]))
            busy.append(slot.span)
    return tuple(slot for slot in slots if slot)


def _doubts(line: Line) -> tuple[Note, ...]:
    doubts = [Note(DAY_OF_ANOTHER)] if line.day_of_another else []
    if line.like_a_clock and line.length is not None:
        doubts.append(Note(LENGTH_LIKE_A_CLOCK, {"said": _clock(line.length)}))
    return tuple(doubts)


def _range(line: Line, now: Now) -> tuple[Span, list[Note]]:
    assert line.range is not None  # noqa: S101 (checked by the only caller; says so to the type checker)
    day = line.day or _last_day(line.range, now)
    span = Span(*line.range.on(day, now.zone))
    if span.end > now.at + _GRACE:
        raise InTheFuture(line.range.said)
    doubts = []
    if line.day is None and day != now.today and (line.range.end <= DAY or now.at - span.end > _NIGHT):
        doubts.append(Note(Assumed.DAY.value, {"said": line.range.said, "at": span.start}))
    for seconds in (line.range.start, line.range.end):
        wall = datetime.combine(day, time()) + timedelta(seconds=seconds)
        change = place(wall, now.zone).change
        if change is not None:
            assumed = Assumed.SKIPPED if change is Change.SKIPPED else Assumed.EARLIER
            at = place(wall, now.zone).moments[0]
            doubts.append(Note(assumed.value, {"said": f"{wall:%H:%M}", "at": at}))
    return span, doubts


def _last_day(said: ClockRange, now: Now) -> date:
    """The day on which a range without one began: of one over midnight the last night's, however long ago that was."""
    if said.end > DAY:
        return now.today - timedelta(days=1)
    return said.last(now=now.at, zone=now.zone)[0].astimezone(now.zone).date()


def _start(line: Line, now: Now) -> datetime:
    assert line.start is not None  # noqa: S101 (checked by the only caller; says so to the type checker)
    at = line.start.at
    if at is None:
        if now.last_end is None:
            raise NotUnderstood(line.start.said)
        return now.last_end
    here = at.astimezone(now.zone)
    if line.day is not None and line.day != here.date():
        return place(datetime.combine(line.day, here.time()), now.zone).moments[0]
    return at


def _ending_now(lengths: Sequence[timedelta], now: Now, busy: Sequence[Span]) -> list[Slot]:
    """One behind the other, the last ending now; each, where that is taken, right before what is there."""
    slots: list[Slot] = []
    until, remark = now.at.replace(second=0, microsecond=0), ENDS_NOW
    for length in reversed(lengths):
        span = _free_before(length, until, busy)
        remark = remark if span.end == until else BEFORE_THE_REST
        slots.insert(0, Slot(span, remark=Note(remark)))
        until = span.start
    return slots


def _on_day(lengths: Sequence[timedelta], day: date, now: Now, busy: Sequence[Span]) -> list[Slot]:
    """One behind the other from the end of the day's last entry, or from nine; what the day cannot hold, before."""
    first, last = day_bounds(day, now.zone)
    there = [span for span in busy if span.overlaps(Span(first, last))]
    start = max((min(span.end, last) for span in there), default=None)
    remark = Note(IN_THE_MORNING if start is None else AFTER_THE_LAST)
    if start is None:
        start = place(datetime.combine(day, MORNING), now.zone).moments[0]
    if start + sum(lengths, timedelta()) > last:
        start = _free_before(sum(lengths, timedelta()), last, busy).start
        remark = Note(BEFORE_THE_REST)
    slots = []
    for length in lengths:
        slots.append(Slot(Span(start, start + length), remark=remark))
        start += length
    return slots


def _free_before(length: timedelta, until: datetime, busy: Iterable[Span]) -> Span:
    """The latest free time of that `length` that ends at `until` or earlier."""
    until = until.astimezone(UTC)
    for span in sorted(busy, key=lambda span: span.end, reverse=True):
        if span.end <= until - length:
            break
        if span.overlaps(Span(until - length, until)):
            until = span.start.astimezone(UTC)
    return Span(until - length, until)


def _clock(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02}"
