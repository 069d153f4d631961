from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.log_lines import Line, read_lines
from bot.domain.log_slots import (
    AFTER_THE_LAST,
    BEFORE_THE_REST,
    DAY_OF_ANOTHER,
    ENDS_NOW,
    IN_THE_MORNING,
    LENGTH_LIKE_A_CLOCK,
    DayAhead,
    EndsAhead,
    Now,
    Slot,
    Span,
    placed,
)
from bot.domain.not_understood import InTheFuture, NotUnderstood
from bot.domain.when import Assumed
from tests.domain.conftest import Local
from tests.domain.phrases import anything
from tests.domain.zones import moments, zones

Place = Callable[..., tuple[Slot, ...]]


@pytest.fixture
def place(now: datetime, berlin: ZoneInfo) -> Place:
    """The slots of what was written, beside the spans that are taken."""

    def placed_text(text: str, *busy: Span, last_end: datetime | None = None) -> tuple[Slot, ...]:
        lines = [line for line in read_lines(text, now=now, zone=berlin) if isinstance(line, Line)]
        return placed(lines, Now(now, berlin, last_end), busy)

    return placed_text


def spans(slots: tuple[Slot, ...], zone: ZoneInfo) -> list[str]:
    return [" to ".join(f"{moment.astimezone(zone):%d %H:%M}" for moment in slot.span) for slot in slots]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9-10:30 a", "20 09:00 to 20 10:30"),
        ("9-10:30 a yesterday", "19 09:00 to 19 10:30"),
        ("22:30-1:15 a", "19 22:30 to 20 01:15"),
        ("1h x 13:00", "20 13:00 to 20 14:00"),
        ("1h x yesterday 16:00", "19 16:00 to 19 17:00"),
        ("1h a", "20 13:30 to 20 14:30"),
        ("1h a yesterday", "19 09:00 to 19 10:00"),
    ],
)
def test_what_was_written_becomes_exact_moments(text: str, meant: str, place: Place, berlin: ZoneInfo) -> None:
    assert spans(place(text), berlin) == [meant]


def test_bare_lengths_of_today_end_now_one_behind_the_other(place: Place, berlin: ZoneInfo) -> None:
    slots = place("1h a, 30m b")
    assert spans(slots, berlin) == ["20 13:00 to 20 14:00", "20 14:00 to 20 14:30"]
    assert [slot.remark and slot.remark.sentence for slot in slots] == [ENDS_NOW, ENDS_NOW]


def test_what_is_there_pushes_a_bare_length_of_today_before_it(place: Place, berlin: ZoneInfo, at: Local) -> None:
    busy = [
        Span(at("2026-11-20 14:00"), at("2026-11-20 14:30:12")),
        Span(at("2026-11-20 13:00"), at("2026-11-20 13:30")),
    ]
    [slot] = place("45m a", *busy)
    assert spans((slot,), berlin) == ["20 12:15 to 20 13:00"]
    assert slot.remark and slot.remark.sentence == BEFORE_THE_REST
    [fits] = place("30m a", *busy)
    assert spans((fits,), berlin) == ["20 13:30 to 20 14:00"]


def test_on_another_day_bare_lengths_follow_its_last_entry(place: Place, berlin: ZoneInfo, at: Local) -> None:
    busy = Span(at("2026-11-19 10:00"), at("2026-11-19 17:00"))
    slots = place("1h a yesterday\n30m b yesterday", busy)
    assert spans(slots, berlin) == ["19 17:00 to 19 18:00", "19 18:00 to 19 18:30"]
    assert [slot.remark and slot.remark.sentence for slot in slots] == [AFTER_THE_LAST, AFTER_THE_LAST]
    [free] = place("1h a mon", busy)
    assert free.remark and free.remark.sentence == IN_THE_MORNING


def test_what_no_longer_fits_behind_the_last_entry_of_a_day_goes_before(
    place: Place, berlin: ZoneInfo, at: Local
) -> None:
    busy = Span(at("2026-11-19 10:00"), at("2026-11-19 23:00"))
    assert spans(place("3h a yesterday", busy), berlin) == ["19 07:00 to 19 10:00"]


def test_a_bare_length_makes_room_for_ranges_written_with_it(place: Place, berlin: ZoneInfo) -> None:
    assert spans(place("14-14:30 a, 1h b"), berlin) == ["20 14:00 to 20 14:30", "20 13:00 to 20 14:00"]


def test_since_last_begins_where_the_last_entry_ended(place: Place, berlin: ZoneInfo, at: Local) -> None:
    assert spans(place("a since last", last_end=at("2026-11-20 12:00")), berlin) == ["20 12:00 to 20 14:30"]
    with pytest.raises(NotUnderstood):
        place("a since last")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1h x 14:00", EndsAhead),
        ("16-17 a", InTheFuture),
        ("9-17 a today", InTheFuture),
        ("1h a today", None),
    ],
)
def test_only_time_that_has_passed_is_logged(text: str, problem: type[NotUnderstood] | None, place: Place) -> None:
    if problem is None:
        assert place(text)
        return
    with pytest.raises(problem):
        place(text)


def test_a_day_to_come_is_refused(now: datetime, berlin: ZoneInfo) -> None:
    line = Line("1h a", "a", "a", length=timedelta(hours=1), day=now.date() + timedelta(days=1))
    with pytest.raises(DayAhead):
        placed([line], Now(now, berlin), [])


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("9-10 a", []),
        ("1h a", []),
        ("23-23:30 a yesterday", []),
        ("22:30-1:15 a", [Assumed.DAY.value]),
        ("9:15 a", [LENGTH_LIKE_A_CLOCK]),
        ("9-10 a, 10-11 b yesterday", [DAY_OF_ANOTHER]),
        ("2:30-4 a 29 mar", [Assumed.SKIPPED.value]),
        ("1-2:30 a 25 oct", [Assumed.EARLIER.value]),
    ],
)
def test_what_was_decided_for_a_person_is_to_be_asked(text: str, doubts: list[str], place: Place) -> None:
    assert [note.sentence for slot in place(text) for note in slot.doubts] == doubts


def test_last_night_is_no_doubt_in_the_morning(at: Local, berlin: ZoneInfo) -> None:
    morning = at("2026-11-20 09:00")
    [line] = read_lines("22:30-1:15 a", now=morning, zone=berlin)
    assert isinstance(line, Line)
    [slot] = placed([line], Now(morning, berlin), [])
    assert slot.doubts == ()


def test_over_a_change_of_the_clocks_the_hours_that_passed_count(place: Place) -> None:
    assert [slot.span.end - slot.span.start for slot in place("1-4 a 25 oct\n1-4 b 29 mar")] == [
        timedelta(hours=4),
        timedelta(hours=2),
    ]


minutes = st.integers(-3000, 0)


@given(anything, moments, zones, st.lists(st.tuples(minutes, st.integers(1, 600)), max_size=5))
def test_whatever_is_written_is_placed_in_the_past_or_refused(
    text: str, now: datetime, zone: ZoneInfo, taken: list[tuple[int, int]]
) -> None:
    busy = [
        Span(now + timedelta(minutes=start), min(now, now + timedelta(minutes=start + length)))
        for start, length in taken
        if start < 0
    ]
    lines = [line for line in read_lines(text, now=now, zone=zone) if isinstance(line, Line)]
    try:
        slots = placed(lines, Now(now, zone, last_end=now - timedelta(hours=1)), busy)
    except NotUnderstood:
        return
    for line, slot in zip(lines, slots, strict=True):
        assert slot.span.start < slot.span.end <= now + timedelta(minutes=1)
        assert line.length is None or slot.span.end - slot.span.start == line.length
        if line.length and not line.start and line.day is None and len(lines) == 1:
            assert not any(slot.span.overlaps(span) for span in busy)
