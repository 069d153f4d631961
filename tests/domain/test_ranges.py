from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranges import InTheFuture, RangeNotUnderstood, parse_range, split_range
from tests.domain.conftest import Local
from tests.domain.phrases import anything
from tests.domain.zones import zones


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("9-10:30", "2026-11-12 09:00", "2026-11-12 10:30"),
        ("9:15–10", "2026-11-12 09:15", "2026-11-12 10:00"),
        ("9.15 - 10.30", "2026-11-12 09:15", "2026-11-12 10:30"),
        ("0900-1030", "2026-11-12 09:00", "2026-11-12 10:30"),
        ("22:30-1:15", "2026-11-12 22:30", "2026-11-13 01:15"),
        ("22-24", "2026-11-12 22:00", "2026-11-13 00:00"),
        ("9am-5pm", "2026-11-12 09:00", "2026-11-12 17:00"),
        ("9-5pm", "2026-11-12 09:00", "2026-11-12 17:00"),
        ("1-5pm", "2026-11-12 13:00", "2026-11-12 17:00"),
        ("11-1pm", "2026-11-12 11:00", "2026-11-12 13:00"),
        ("from 9 to 10:30", "2026-11-12 09:00", "2026-11-12 10:30"),
        ("9 until noon", "2026-11-12 09:00", "2026-11-12 12:00"),
        ("von 9 bis 10 Uhr", "2026-11-12 09:00", "2026-11-12 10:00"),
        ("de 9 a 10", "2026-11-12 09:00", "2026-11-12 10:00"),
        ("9時から10時半まで", "2026-11-12 09:00", "2026-11-12 10:30"),
    ],
)
def test_what_people_write_is_the_range_they_mean(said: str, start: str, end: str, berlin: ZoneInfo, at: Local) -> None:
    assert parse_range(said).on(date(2026, 11, 12), berlin) == (at(start), at(end))


@pytest.mark.parametrize(
    "said", ["", "9", "9-9", "9-", "-10", "9-5", "25-26", "9-10-11", "2026-11-12", "9:60-10", "24-25"]
)
def test_what_means_no_range_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(RangeNotUnderstood, match="`9:00-10:30`"):
        parse_range(said)


def test_a_range_is_taken_off_the_head_of_an_entry_or_else_its_end() -> None:
    rest, found = split_range("9-10:30 Write report yesterday")
    assert (rest, found) == ("Write report yesterday", parse_range("9-10:30"))
    assert split_range("Write report 9-10") == ("Write report", parse_range("9-10"))
    assert split_range("Write 9-10 report") == ("Write 9-10 report", None)


def test_without_a_day_it_is_the_last_time_the_range_was_over(now: datetime, berlin: ZoneInfo, at: Local) -> None:
    assert parse_range("9-10").last(now=now, zone=berlin) == (at("2026-11-20 09:00"), at("2026-11-20 10:00"))
    night = parse_range("22:30-1:15").last(now=at("2026-11-20 09:00"), zone=berlin)
    assert night == (at("2026-11-19 22:30"), at("2026-11-20 01:15"))


@pytest.mark.parametrize("said", ["16-17", "14-15"])
def test_a_range_that_is_not_over_yet_is_refused(said: str, now: datetime, berlin: ZoneInfo) -> None:
    with pytest.raises(InTheFuture):
        parse_range(said).last(now=now, zone=berlin)


def test_a_range_over_a_change_of_the_clocks_has_the_hours_that_passed(berlin: ZoneInfo) -> None:
    start, end = parse_range("1-4").on(date(2026, 10, 25), berlin)
    assert end - start == timedelta(hours=4)
    start, end = parse_range("1-4").on(date(2026, 3, 29), berlin)
    assert end - start == timedelta(hours=2)


def test_a_range_that_the_clocks_skipped_is_refused(berlin: ZoneInfo) -> None:
    with pytest.raises(RangeNotUnderstood):
        parse_range("2:10-2:50").on(date(2026, 3, 29), berlin)


@given(anything, st.dates(date(2010, 1, 1), date(2035, 1, 1)), zones)
def test_any_text_is_a_range_that_ends_after_it_starts_or_not_understood(text: str, day: date, zone: ZoneInfo) -> None:
    try:
        start, end = parse_range(text).on(day, zone)
    except RangeNotUnderstood:
        return
    assert timedelta() < end - start <= timedelta(hours=26)
