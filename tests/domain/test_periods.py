from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.not_understood import InTheFuture, NotUnderstood, PeriodBackwards, PeriodNotUnderstood, PeriodTooLong
from bot.domain.periods import LONGEST, Period, parse_period, split_period, this_week
from tests.domain.phrases import anything
from tests.domain.zones import moments, zones

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)  # a Thursday
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, SUNDAY = 0, 6


def read(said: str, *, now: datetime = NOW, first_weekday: int = MONDAY) -> tuple[str, str]:
    period = parse_period(said, now=now, zone=BERLIN, first_weekday=first_weekday)
    assert period.said == said
    return str(period.first), str(period.last)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", "2026-11-12", "2026-11-12"),
        ("yesterday", "2026-11-11", "2026-11-11"),
        ("mon", "2026-11-09", "2026-11-09"),
        ("9 nov", "2026-11-09", "2026-11-09"),
        ("this week", "2026-11-09", "2026-11-15"),
        ("week", "2026-11-09", "2026-11-15"),
        ("last week", "2026-11-02", "2026-11-08"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("Last Month", "2026-10-01", "2026-10-31"),
        ("november", "2026-11-01", "2026-11-30"),
        ("dec", "2025-12-01", "2025-12-31"),
        ("nov 2025", "2025-11-01", "2025-11-30"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("12 nov - 20 nov", "2026-11-12", "2026-11-20"),
        ("12-20 nov", "2026-11-12", "2026-11-20"),
        ("nov 2-6 2025", "2025-11-02", "2025-11-06"),
        ("2026-11-02 – 2026-11-06", "2026-11-02", "2026-11-06"),
        ("2 nov - 6 nov 2025", "2025-11-02", "2025-11-06"),
        ("from 2 nov to 6 nov", "2026-11-02", "2026-11-06"),
        ("mon - wed", "2026-11-09", "2026-11-11"),
        ("fri - mon", "2026-11-06", "2026-11-09"),
        ("since monday", "2026-11-09", "2026-11-12"),
        ("20 dec - 5 jan", "2025-12-20", "2026-01-05"),
        ("sep - nov", "2026-09-01", "2026-11-30"),
        ("2025 - 2026", "2025-01-01", "2026-12-31"),
        ("last 7 days", "2026-11-06", "2026-11-12"),
        ("past 2 weeks", "2026-10-30", "2026-11-12"),
        ("last 3 months", "2026-08-13", "2026-11-12"),
        ("letzte Woche", "2026-11-02", "2026-11-08"),
        ("von 1. nov bis 5. nov", "2026-11-01", "2026-11-05"),
        ("la semana pasada", "2026-11-02", "2026-11-08"),
        ("desde el lunes", "2026-11-09", "2026-11-12"),
        ("先週", "2026-11-02", "2026-11-08"),
        ("2026年11月", "2026-11-01", "2026-11-30"),
        ("過去7日間", "2026-11-06", "2026-11-12"),
    ],
)
def test_what_people_write_is_the_period_they_mean(said: str, first: str, last: str) -> None:
    assert read(said) == (first, last)


def test_a_week_begins_on_the_day_it_begins_where_the_person_lives() -> None:
    assert read("this week", first_weekday=SUNDAY) == ("2026-11-08", "2026-11-14")
    sunday = datetime(2026, 11, 15, 11, 0, tzinfo=UTC)
    assert this_week(now=sunday, zone=BERLIN, first_weekday=MONDAY).first == date(2026, 11, 9)
    assert this_week(now=sunday, zone=BERLIN, first_weekday=SUNDAY).first == date(2026, 11, 15)


def test_today_is_the_persons_own() -> None:
    night = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert read("today", now=night) == ("2026-11-01", "2026-11-01")
    assert read("this month", now=night)[0] == "2026-11-01"


def test_months_back_stop_at_a_shorter_months_end() -> None:
    assert read("last 1 month", now=datetime(2026, 3, 31, 11, tzinfo=UTC)) == ("2026-03-01", "2026-03-31")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("tomorrow", InTheFuture),
        ("2027", InTheFuture),
        ("2026-12", InTheFuture),
        ("today - yesterday", PeriodBackwards),
        ("10 nov - 2 nov", PeriodBackwards),
        ("6 nov 2026 - 2 nov 2026", PeriodBackwards),
        ("2020 - 2026", PeriodTooLong),
        *((said, PeriodNotUnderstood) for said in ("", "soonish", "0", "12:00", "2026-13", "last 0 days", "31 feb")),
        *((said, PeriodNotUnderstood) for said in ("last 99999 days", "nov - ", "1 - 2", "🕘", "by weather")),
    ],
)
def test_what_means_no_period_is_refused_with_its_reason(said: str, error: type[NotUnderstood]) -> None:
    with pytest.raises(error):
        read(said)


def test_a_period_is_taken_off_either_end_of_a_text() -> None:
    def split(text: str) -> tuple[str, str | None]:
        rest, found = split_period(text, now=NOW, zone=BERLIN, first_weekday=MONDAY)
        return rest, found.said if found else None

    assert split("last week Website relaunch") == ("Website relaunch", "last week")
    assert split("Website relaunch 12 nov - 20 nov") == ("Website relaunch", "12 nov - 20 nov")
    assert split("Website relaunch") == ("Website relaunch", None)


@pytest.mark.parametrize(
    ("first", "last", "before_first", "before_last"),
    [
        ("2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08"),
        ("2026-11-12", "2026-11-20", "2026-11-03", "2026-11-11"),
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"),
        ("2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31"),
    ],
)
def test_the_period_before_is_as_long_in_days_or_in_whole_months(
    first: str, last: str, before_first: str, before_last: str
) -> None:
    before = Period(date.fromisoformat(first), date.fromisoformat(last)).before()
    assert (str(before.first), str(before.last)) == (before_first, before_last)


def test_its_bounds_are_those_of_its_days_also_where_the_clocks_change() -> None:
    october = Period(date(2026, 10, 25), date(2026, 10, 25))
    start, end = october.bounds(BERLIN)
    assert end - start == timedelta(hours=25)


@given(said=anything, now=moments, zone=zones, first_weekday=st.sampled_from([MONDAY, 5, SUNDAY]))
def test_whatever_is_written_is_a_period_that_has_begun_or_is_refused(
    said: str, now: datetime, zone: ZoneInfo, first_weekday: int
) -> None:
    try:
        period = parse_period(said, now=now, zone=zone, first_weekday=first_weekday)
    except NotUnderstood:
        return
    assert period.first <= min(period.last, now.astimezone(zone).date())
    assert period.last - period.first < LONGEST
    before = period.before()
    assert before.first <= before.last == period.first - timedelta(days=1)


@given(text=anything, now=moments)
def test_splitting_never_fails_otherwise_and_loses_no_word(text: str, now: datetime) -> None:
    try:
        rest, found = split_period(text, now=now, zone=BERLIN, first_weekday=MONDAY)
    except NotUnderstood:
        return
    assert rest in text
    assert found is None or found.said in text
