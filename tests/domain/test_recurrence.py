from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.clocks import place
from bot.domain.recurrence import (
    LAST,
    MOST_WEEKS,
    BadPattern,
    Monthly,
    MonthlyWeekday,
    Recurrence,
    Weekly,
    next_after,
    next_times,
    parse,
    week_start,
    weekly,
)
from bot.domain.recurrence_words import words
from bot.i18n import Translator
from tests.domain.zones import moments, zones

BERLIN = ZoneInfo("Europe/Berlin")
NINE = time(9)
DAY = timedelta(days=1)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
since = st.dates(date(2009, 1, 1), date(2035, 12, 31))
by_week = st.builds(Weekly, times, weekdays) | st.builds(
    Weekly, times, weekdays, st.integers(2, MOST_WEEKS), since=since
)
by_month = st.builds(Monthly, times, st.integers(1, 31)) | st.builds(
    MonthlyWeekday, times, st.sampled_from((1, 2, 3, 4, LAST)), st.integers(0, 6)
)
recurrences = by_week | by_month


def shown(pattern: str, after: str, count: int, zone: ZoneInfo = BERLIN) -> list[str]:
    """What clocks in `zone` show at the next `count` times after `after`, which they show too."""
    start = datetime.fromisoformat(after).replace(tzinfo=zone)
    return [f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}" for moment in next_times(pattern, zone, start, count)]


def means(recurrence: Recurrence, day: date) -> bool:
    """Whether `recurrence` comes on `day`, told in another way than by cron."""
    last = monthrange(day.year, day.month)[1]
    match recurrence:
        case Weekly():
            weeks = 0 if recurrence.since is None else (day - recurrence.since).days // 7
            return day.weekday() in recurrence.weekdays and weeks % recurrence.every == 0
        case Monthly():
            return day.day == min(recurrence.day, last)
        case MonthlyWeekday(nth=nth):
            nth_of_month = day.day + 7 > last if nth == LAST else (day.day - 1) // 7 + 1 == nth
            return day.weekday() == recurrence.weekday and nth_of_month


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("09:00 weekly mon,wed", ["Wed 2026-11-25 09:00", "Mon 2026-11-30 09:00", "Wed 2026-12-02 09:00"]),
        ("09:00 weekly mon,tue,wed,thu,fri", ["Wed 2026-11-25 09:00", "Thu 2026-11-26 09:00", "Fri 2026-11-27 09:00"]),
        (
            "09:00 weekly mon every 2 from 2026-11-23",
            ["Mon 2026-12-07 09:00", "Mon 2026-12-21 09:00", "Mon 2027-01-04 09:00"],
        ),
        ("09:00 monthly 31", ["Mon 2026-11-30 09:00", "Thu 2026-12-31 09:00", "Sun 2027-01-31 09:00"]),
        ("09:00 monthly 30", ["Mon 2026-11-30 09:00", "Wed 2026-12-30 09:00", "Sat 2027-01-30 09:00"]),
        ("09:00 monthly 1", ["Tue 2026-12-01 09:00", "Fri 2027-01-01 09:00", "Mon 2027-02-01 09:00"]),
        ("09:00 monthly last fri", ["Fri 2026-11-27 09:00", "Fri 2026-12-25 09:00", "Fri 2027-01-29 09:00"]),
        ("09:00 monthly 2 sun", ["Sun 2026-12-13 09:00", "Sun 2027-01-10 09:00", "Sun 2027-02-14 09:00"]),
    ],
)
def test_it_comes_on_its_days_at_its_time(pattern: str, found: list[str]) -> None:
    assert shown(pattern, "2026-11-24 12:00", 3) == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("08:00 monthly 31", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("08:00 monthly 30", ["2027-01-30", "2027-02-28", "2027-03-30"]),
        ("08:00 monthly 29", ["2027-01-29", "2027-02-28", "2027-03-29"]),
        ("08:00 monthly 28", ["2027-01-28", "2027-02-28", "2027-03-28"]),
    ],
)
def test_a_day_that_a_month_lacks_is_its_last(pattern: str, found: list[str]) -> None:
    assert [day.split()[1] for day in shown(pattern, "2027-01-01 00:00", 3)] == found


def test_the_29th_is_the_29th_in_a_leap_year() -> None:
    assert shown("08:00 monthly 29", "2028-02-01 00:00", 1) == ["Tue 2028-02-29 08:00"]


def test_a_time_that_the_clocks_skip_comes_when_they_jump() -> None:
    assert shown("02:30 weekly sun", "2027-03-27 12:00", 2) == ["Sun 2027-03-28 03:00", "Sun 2027-04-04 02:30"]


def test_a_time_that_the_clocks_show_twice_comes_once_the_first_time() -> None:
    first, second = next_times("02:30 weekly sun", BERLIN, datetime(2026, 10, 24, 12, tzinfo=UTC), 2)

    assert (first, second) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 1, 30, tzinfo=UTC))
    within_the_hour_that_comes_again = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert next_after("02:30 weekly sun", BERLIN, within_the_hour_that_comes_again) == second


def test_a_day_that_a_country_left_out_comes_at_the_midnight_after_it() -> None:
    assert shown("09:00 weekly fri,sat", "2011-12-29 12:00", 2, ZoneInfo("Pacific/Apia")) == [
        "Sat 2011-12-31 00:00",
        "Sat 2011-12-31 09:00",
    ]


@pytest.mark.parametrize(("first_weekday", "start"), [(0, "2026-11-09"), (6, "2026-11-08")])
def test_a_week_begins_where_the_person_begins_it(first_weekday: int, start: str) -> None:
    assert str(week_start(date(2026, 11, 12), first_weekday)) == start


def test_weeks_are_counted_from_the_day_they_were_counted_from() -> None:
    """Sunday and the Monday after it are one week where weeks begin on Sunday, and two where they begin on Monday."""
    of_sunday, of_monday = (
        "09:00 weekly mon,sun every 2 from 2026-11-08",
        "09:00 weekly mon,sun every 2 from 2026-11-09",
    )

    assert shown(of_sunday, "2026-11-07 00:00", 3) == [
        "Sun 2026-11-08 09:00",
        "Mon 2026-11-09 09:00",
        "Sun 2026-11-22 09:00",
    ]
    assert shown(of_monday, "2026-11-07 00:00", 3) == [
        "Mon 2026-11-09 09:00",
        "Sun 2026-11-15 09:00",
        "Mon 2026-11-23 09:00",
    ]


@given(times, weekdays, st.integers(1, MOST_WEEKS), zones, moments, st.integers(0, 6))
def test_every_n_weeks_begins_with_the_next_time(
    at: time, days: tuple[int, ...], weeks: int, zone: ZoneInfo, now: datetime, first_weekday: int
) -> None:
    found = str(weekly(at, days, weeks, zone=zone, now=now, first_weekday=first_weekday))

    assert next_after(found, zone, now) == next_after(str(Weekly(at, days)), zone, now)


@given(recurrences)
def test_a_pattern_is_read_back_as_it_was_written(recurrence: Recurrence) -> None:
    assert parse(str(recurrence)) == recurrence


@given(recurrences, zones, moments)
def test_what_comes_is_the_next_there_is(recurrence: Recurrence, zone: ZoneInfo, moment: datetime) -> None:
    """Of all days from the one before until the one that is found, none that it means comes earlier and is left out."""
    found = next_after(str(recurrence), zone, moment)
    assume(found - moment < timedelta(days=400))
    first = moment.astimezone(zone).date() - DAY
    days = [first + DAY * number for number in range((found.astimezone(zone).date() - first).days + 1)]
    expected = (place(datetime.combine(day, recurrence.at), zone).moments[0] for day in days if means(recurrence, day))

    assert found == min(candidate for candidate in expected if candidate > moment)


@given(recurrences, zones, moments)
def test_times_go_forward_and_follow_from_one_another(recurrence: Recurrence, zone: ZoneInfo, moment: datetime) -> None:
    pattern = str(recurrence)
    found = next_times(pattern, zone, moment, 4)

    assert found[0] > moment
    assert all(next_after(pattern, zone, one) == other for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "09:00",
        "9:00 weekly mon",
        "24:00 weekly mon",
        "09:00 weekly",
        "09:00 weekly wed,mon",
        "09:00 weekly mon,mon",
        "09:00 weekly day",
        "09:00 weekly mon every 2",
        "09:00 weekly mon every 1 from 2026-11-23",
        "09:00 weekly mon every 53 from 2026-11-23",
        "09:00 weekly mon every 2 from 2026-02-30",
        "09:00 monthly 0",
        "09:00 monthly 32",
        "09:00 monthly 5 fri",
        "09:00 weekly mon\n",
    ],
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(BadPattern):
        parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        assert str(parse(text)) == text
    except BadPattern:
        assert True


@pytest.mark.parametrize("at", [time(9, 0, 30), time(9, tzinfo=UTC)])
def test_a_time_of_day_is_to_the_minute_and_of_no_zone(at: time) -> None:
    with pytest.raises(BadPattern):
        Monthly(at, 1)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("09:00 weekly mon,tue,wed,thu,fri,sat,sun", "every day at 9:00 AM"),
        ("09:00 weekly mon,tue,wed,thu,fri", "Monday to Friday at 9:00 AM"),
        ("09:00 weekly mon", "every Monday at 9:00 AM"),
        ("17:30 weekly mon,wed,sun", "every Sunday, Monday, and Wednesday at 5:30 PM"),
        ("09:00 weekly mon every 2 from 2026-11-23", "every 2 weeks on Monday at 9:00 AM"),
        ("09:00 monthly 1", "on day 1 of every month at 9:00 AM"),
        ("09:00 monthly 30", "on day 30 of every month, or its last day, at 9:00 AM"),
        ("09:00 monthly 31", "on the last day of every month at 9:00 AM"),
        ("09:00 monthly 2 tue", "on the second Tuesday of every month at 9:00 AM"),
        ("09:00 monthly last fri", "on the last Friday of every month at 9:00 AM"),
    ],
)
def test_it_is_said_in_words(pattern: str, said: str) -> None:
    assert words(pattern, Translator("en-US")) == said


def test_days_and_times_are_named_in_the_persons_language() -> None:
    assert "Montag und Sonntag" in words("17:30 weekly mon,sun", Translator("de-DE"))
    assert "17:30" in words("17:30 weekly mon,sun", Translator("de-DE"))


@given(recurrences, st.sampled_from(["en-US", "de-DE", "es-ES", "ja-JP", "xx"]))
def test_every_recurrence_has_words_in_every_language(recurrence: Recurrence, locale: str) -> None:
    assert words(str(recurrence), Translator(locale))
