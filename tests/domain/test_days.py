from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import breaks, day_bounds, today, total
from tests.domain.zones import moments, zones


@dataclass
class Tracked:
    started_at: datetime
    length: timedelta | None
    type: str = "activity"


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("day", "zone", "length"),
    [
        ("2026-03-29", "Europe/Berlin", 23),
        ("2026-10-25", "Europe/Berlin", 25),
        ("2026-11-20", "Europe/Berlin", 24),
        ("2026-10-04", "Australia/Lord_Howe", 23.5),
        ("2026-04-05", "Australia/Lord_Howe", 24.5),
        ("2018-11-04", "America/Sao_Paulo", 23),
        ("2018-02-17", "America/Sao_Paulo", 25),
        ("2011-12-30", "Pacific/Apia", 0),
        ("2011-12-29", "Pacific/Apia", 24),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day: str, zone: str, length: float) -> None:
    start, end = day_bounds(date.fromisoformat(day), ZoneInfo(zone))
    assert end - start == hours(length)


@given(moments, zones)
def test_a_moment_lies_within_the_bounds_of_its_day_and_of_no_other(moment: datetime, zone: ZoneInfo) -> None:
    day = today(moment, zone)
    start, end = day_bounds(day, zone)
    assert start <= moment < end
    assert day_bounds(day - timedelta(days=1), zone)[1] == start
    assert start.astimezone(zone).date() == day
    assert (start - timedelta(seconds=1)).astimezone(zone).date() < day


def test_an_entry_over_midnight_counts_on_each_day_with_its_part() -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 11, 20, 12, tzinfo=zone)
    entries = [Tracked(datetime(2026, 11, 19, 22, tzinfo=zone), hours(3))]
    assert total(entries, day_bounds(date(2026, 11, 19), zone), now=now) == hours(2)
    assert total(entries, day_bounds(date(2026, 11, 20), zone), now=now) == hours(1)
    assert total(entries, day_bounds(date(2026, 11, 21), zone), now=now) == hours(0)


def test_a_running_entry_counts_until_now_and_one_that_starts_later_counts_nothing() -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 11, 20, 12, tzinfo=zone)
    bounds = day_bounds(date(2026, 11, 20), zone)
    assert total([Tracked(now - hours(1.5), None)], bounds, now=now) == hours(1.5)
    assert total([Tracked(now + hours(1), None)], bounds, now=now) == hours(0)


def test_the_repeated_hour_is_tracked_time_like_any_other() -> None:
    """From 2:30 to 2:30 by the clocks of Berlin on the day they go back is one hour of work."""
    zone = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    now = start.replace(fold=1)
    assert total([Tracked(start, None)], day_bounds(start.date(), zone), now=now) == hours(1)


def test_breaks_are_counted_apart_from_activity() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    entries = [Tracked(now - hours(4), hours(2)), Tracked(now - hours(2), hours(0.5), "break")]
    bounds = day_bounds(now.date(), ZoneInfo("UTC"))
    assert total(entries, bounds, now=now) == hours(2)
    assert breaks(entries, bounds, now=now) == hours(0.5)


@given(moments, st.timedeltas(timedelta(), timedelta(days=3)), zones)
def test_the_days_of_an_entry_add_up_to_its_length(start: datetime, length: timedelta, zone: ZoneInfo) -> None:
    entry = Tracked(start, length)
    now = start + length
    days = [today(start, zone) + timedelta(days=number) for number in range(5)]
    assert sum((total([entry], day_bounds(day, zone), now=now) for day in days), timedelta()) == length
