from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.clocks import place
from bot.domain.dates import split_day
from bot.domain.when import (
    Assumed,
    InTheFuture,
    InThePast,
    NotUnderstood,
    TimeMissing,
    When,
    parse_when,
    split_when,
)
from bot.i18n import LANGUAGES, Translator
from tests.domain.conftest import Local
from tests.domain.phrases import anything
from tests.domain.zones import jumps, moments, zones


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("9:15", "2026-11-20 09:15"),
        ("9.15", "2026-11-20 09:15"),
        ("09:15:30", "2026-11-20 09:15:30"),
        ("0915", "2026-11-20 09:15"),
        ("915", "2026-11-20 09:15"),
        ("9am", "2026-11-20 09:00"),
        ("9:15 a.m.", "2026-11-20 09:15"),
        ("1:15pm", "2026-11-20 13:15"),
        ("12am", "2026-11-20 00:00"),
        ("12 pm", "2026-11-20 12:00"),
        ("at 9", "2026-11-20 09:00"),
        ("@ 9:15", "2026-11-20 09:15"),
        ("since 9:15", "2026-11-20 09:15"),
        ("9 o'clock", "2026-11-20 09:00"),
        ("noon", "2026-11-20 12:00"),
        ("midnight", "2026-11-20 00:00"),
        ("now", "2026-11-20 14:30:12"),
        ("Just Now", "2026-11-20 14:30:12"),
        ("25m ago", "2026-11-20 14:05:12"),
        ("1h30m ago", "2026-11-20 13:00:12"),
        ("1 h 30 ago", "2026-11-20 13:00:12"),
        ("1.5 hours ago", "2026-11-20 13:00:12"),
        ("since 25 min", "2026-11-20 14:05:12"),
        ("since 25 min ago", "2026-11-20 14:05:12"),
        ("half an hour ago", "2026-11-20 14:00:12"),
        ("an hour ago", "2026-11-20 13:30:12"),
        ("25h ago", "2026-11-19 13:30:12"),
        ("yesterday 16:00", "2026-11-19 16:00"),
        ("yesterday at 4pm", "2026-11-19 16:00"),
        ("9:15 yesterday", "2026-11-19 09:15"),
        ("today 9:15", "2026-11-20 09:15"),
        ("2 days ago 9:15", "2026-11-18 09:15"),
        ("mon 9:00", "2026-11-16 09:00"),
        ("on Monday at 9", "2026-11-16 09:00"),
        ("fri 9:00", "2026-11-20 09:00"),
        ("fri 16:00", "2026-11-13 16:00"),
        ("last friday 9:00", "2026-11-13 09:00"),
        ("last friday 14:00", "2026-11-13 14:00"),
        ("12 nov 9:15", "2026-11-12 09:15"),
        ("12th of November, 9:15", "2026-11-12 09:15"),
        ("nov 12 9.15", "2026-11-12 09:15"),
        ("12 dec 9:15", "2025-12-12 09:15"),
        ("12 nov 2024 9:15", "2024-11-12 09:15"),
        ("29 feb 9:15", "2024-02-29 09:15"),
        ("Mar 31, 2026 9:15", "2026-03-31 09:15"),
        ("mar 10 nov 9:15", "2026-11-10 09:15"),
        ("2026-11-12 09:15", "2026-11-12 09:15"),
        ("2026-11-12T09:15", "2026-11-12 09:15"),
        ("12.11. 9:15", "2026-11-12 09:15"),
        ("12.11.2026, 9:15", "2026-11-12 09:15"),
        ("９：１５", "2026-11-20 09:15"),
        ("vor 25 Min.", "2026-11-20 14:05:12"),
        ("seit 25 Minuten", "2026-11-20 14:05:12"),
        ("vor einer halben Stunde", "2026-11-20 14:00:12"),
        ("gestern um 16 Uhr", "2026-11-19 16:00"),
        ("um 9 Uhr 15", "2026-11-20 09:15"),
        ("vorgestern 9:15", "2026-11-18 09:15"),
        ("letzten Freitag 14:00", "2026-11-13 14:00"),
        ("am 12. November um 9:15", "2026-11-12 09:15"),
        ("Do. 9:15", "2026-11-19 09:15"),
        ("vor 2 Tagen 9:15", "2026-11-18 09:15"),
        ("hace 25 min", "2026-11-20 14:05:12"),
        ("desde hace 25 min", "2026-11-20 14:05:12"),
        ("hace 1 hora y 30 minutos", "2026-11-20 13:00:12"),
        ("ayer a las 16:00", "2026-11-19 16:00"),
        ("a las 2 de la tarde", "2026-11-20 14:00"),
        ("el lunes pasado a las 9:00", "2026-11-16 09:00"),
        ("el miércoles a las 9", "2026-11-18 09:00"),
        ("12 de noviembre a las 9:15", "2026-11-12 09:15"),
        ("12 de noviembre de 2025, 9:15", "2025-11-12 09:15"),
        ("25分前", "2026-11-20 14:05:12"),
        ("1時間半前から", "2026-11-20 13:00:12"),
        ("昨日の9時15分", "2026-11-19 09:15"),
        ("午前9時半", "2026-11-20 09:30"),
        ("先週の金曜日14:00", "2026-11-13 14:00"),
        ("11月12日(木) 9:15", "2026-11-12 09:15"),
    ],
)
def test_what_people_write_is_the_moment_they_mean(
    said: str, meant: str, now: datetime, berlin: ZoneInfo, at: Local
) -> None:
    assert parse_when(said, now=now, zone=berlin).at == at(meant)


@pytest.mark.parametrize("said", ["since last", "Since the last entry", "seit letztem", "desde la última", "前回から"])
def test_since_last_names_no_moment_but_the_end_of_the_last_entry(said: str, now: datetime, berlin: ZoneInfo) -> None:
    assert parse_when(said, now=now, zone=berlin) == When(None, since_last=True, said=said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "soon",
        "25:00",
        "24:00",
        "9:60",
        "99:99",
        "13pm",
        "0 pm",
        "0m ago",
        "-5m ago",
        "ago",
        "9:15 9:15",
        "yesterday yesterday 9:00",
        "1 jan 0001 9:00",
        "31 feb 9:00",
        "2026-13-01 9:00",
        "12/11 9:15",
        "9000h ago",
        "999999999h ago",
        "9" * 4000,
        "9:15\x00",
        "🕘",
        "تسعة",
        "9:15 for 10m",
        "in 5m ago",
        "fri, nov 32 9:00",
    ],
)
def test_what_means_no_time_is_refused_with_the_words_and_an_example(
    said: str, now: datetime, berlin: ZoneInfo
) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_when(said, now=now, zone=berlin)
    shown = str(refused.value)
    assert "`9:15`" in shown
    assert len(shown) < 200
    assert shown.isprintable()


@pytest.mark.parametrize("said", ["yesterday", "mon", "last friday", "12 nov", "nov 12", "2026-11-12", "ayer", "昨日"])
def test_a_day_alone_is_asked_for_its_time(said: str, now: datetime, berlin: ZoneInfo) -> None:
    with pytest.raises(TimeMissing, match=said):
        parse_when(said, now=now, zone=berlin)


@pytest.mark.parametrize("said", ["in 10m", "10m from now", "tomorrow 9:00", "18:00", "1 dec 2026 9:00", "明日9時"])
def test_a_time_to_come_is_refused_unless_the_caller_looks_ahead(said: str, now: datetime, berlin: ZoneInfo) -> None:
    with pytest.raises(InTheFuture, match="in the future"):
        parse_when(said, now=now, zone=berlin)
    found = parse_when(said, now=now, zone=berlin, ahead=True).at
    assert found is not None
    assert found > now


@pytest.mark.parametrize("said", ["10m ago", "yesterday 9:00", "today 9:00", "12 nov 2025 9:00"])
def test_a_time_that_has_passed_is_refused_by_a_caller_who_looks_ahead(
    said: str, now: datetime, berlin: ZoneInfo
) -> None:
    with pytest.raises(InThePast, match="already passed"):
        parse_when(said, now=now, zone=berlin, ahead=True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("17:00", "2026-11-20 17:00"),
        ("1:00", "2026-11-21 01:00"),
        ("mon 9:00", "2026-11-23 09:00"),
        ("fri 9:00", "2026-11-27 09:00"),
        ("12 nov 9:00", "2027-11-12 09:00"),
        ("in 1h30m", "2026-11-20 16:00:12"),
    ],
)
def test_looking_ahead_finds_the_next_time(said: str, meant: str, now: datetime, berlin: ZoneInfo, at: Local) -> None:
    assert parse_when(said, now=now, zone=berlin, ahead=True).at == at(meant)


def test_a_time_of_day_just_before_midnight_is_last_nights(berlin: ZoneInfo, at: Local) -> None:
    found = parse_when("23:15", now=at("2026-11-20 00:30"), zone=berlin)
    assert found.at == at("2026-11-19 23:15")
    assert found.assumed == (Assumed.DAY,)


def test_a_time_of_day_that_is_nearer_ahead_is_not_taken_for_yesterdays(berlin: ZoneInfo, at: Local) -> None:
    with pytest.raises(InTheFuture):
        parse_when("18:00", now=at("2026-11-20 17:00"), zone=berlin)


def test_a_watch_that_is_seconds_ahead_means_now(berlin: ZoneInfo, at: Local) -> None:
    now = at("2026-11-20 14:59:40")
    assert parse_when("15:00", now=now, zone=berlin).at == now
    with pytest.raises(InTheFuture):
        parse_when("15:01", now=now, zone=berlin)


def test_hours_ago_reach_back_a_year_and_no_further(now: datetime, berlin: ZoneInfo) -> None:
    assert parse_when(f"{366 * 24}h ago", now=now, zone=berlin).at == now.astimezone(UTC) - timedelta(days=366)
    with pytest.raises(NotUnderstood):
        parse_when(f"{366 * 24}h 1m ago", now=now, zone=berlin)


def test_a_year_that_was_not_said_and_is_not_this_one_is_said_back(now: datetime, berlin: ZoneInfo) -> None:
    assert parse_when("12 dec 9:15", now=now, zone=berlin).assumed == (Assumed.YEAR,)
    assert parse_when("12 nov 9:15", now=now, zone=berlin).assumed == ()


def test_a_time_the_clocks_skipped_is_the_moment_they_jumped(berlin: ZoneInfo, at: Local) -> None:
    found = parse_when("2:30", now=at("2026-03-29 09:00"), zone=berlin)
    assert found.at == at("2026-03-29 03:00")
    assert found.assumed == (Assumed.SKIPPED,)


def test_a_time_the_clocks_showed_twice_is_the_latest_that_has_passed(berlin: ZoneInfo, at: Local) -> None:
    first, second = at("2026-10-25 02:30"), at("2026-10-25 02:30").replace(fold=1)
    later = parse_when("2:30", now=at("2026-10-25 09:00"), zone=berlin)
    assert (later.at, later.assumed) == (second.astimezone(UTC), (Assumed.LATER,))
    between = (first.astimezone(UTC) + timedelta(minutes=10)).astimezone(berlin)
    earlier = parse_when("2:30", now=between, zone=berlin)
    assert (earlier.at, earlier.assumed) == (first.astimezone(UTC), (Assumed.EARLIER,))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Pacific/Apia"])
def test_ago_counts_hours_that_passed_not_what_clocks_showed(zone: str) -> None:
    here = ZoneInfo(zone)
    for jump, _ in jumps(here):
        now = jump + timedelta(minutes=20)
        assert parse_when("1h ago", now=now, zone=here).at == now - timedelta(hours=1)


@given(moments, zones, st.times(), st.times(), st.dates(date(2009, 1, 1), date(2035, 12, 31)))
def test_a_later_time_of_a_day_is_never_an_earlier_moment(
    now: datetime, zone: ZoneInfo, one: time, other: time, day: date
) -> None:
    assume(day < now.astimezone(zone).date())
    earlier, later = sorted((one, other))
    found = [parse_when(f"{day} {told:%H:%M:%S}", now=now, zone=zone).at for told in (earlier, later)]
    assert None not in found
    assert found == sorted(found, key=str)


@given(moments, zones, st.timedeltas(timedelta(), timedelta(days=300)), st.sampled_from(["en-US", "en-GB", *LANGUAGES]))
def test_what_the_bot_says_back_means_the_same_moment(
    now: datetime, zone: ZoneInfo, ago: timedelta, locale: str
) -> None:
    moment = (now - ago).replace(second=0, microsecond=0)
    said = Translator(locale, zone).moment(moment, now=now)
    found = parse_when(said, now=now, zone=zone).at
    wall = moment.astimezone(zone).replace(tzinfo=None)
    assert found in place(wall.replace(second=0), zone).moments


@given(text=anything, now=moments, zone=zones, ahead=st.booleans())
def test_any_text_is_a_time_on_the_wanted_side_of_now_or_not_understood(
    *, text: str, now: datetime, zone: ZoneInfo, ahead: bool
) -> None:
    try:
        found = parse_when(text, now=now, zone=zone, ahead=ahead)
    except NotUnderstood:
        return
    assert found.since_last == (found.at is None)
    assert found.at is None or (found.at >= now if ahead else found.at <= now)


@given(anything, moments, zones)
def test_any_text_splits_into_what_was_written_and_a_time(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        rest, when = split_when(text, now=now, zone=zone)
    except NotUnderstood:
        return
    assert text.strip().startswith(rest)
    assert rest == text.strip() if when is None else text.rstrip().endswith(when.said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("fri", "2026-11-20"),
        ("last friday", "2026-11-13"),
        ("mon", "2026-11-16"),
        ("12 nov", "2026-11-12"),
        ("dec 12", "2025-12-12"),
        ("3 days ago", "2026-11-17"),
        ("vorgestern", "2026-11-18"),
        ("2026-11-12", "2026-11-12"),
    ],
)
def test_a_day_is_the_last_one_that_was_called_so(said: str, meant: str, now: datetime, berlin: ZoneInfo) -> None:
    assert split_day(f"review {said}", now=now, zone=berlin) == ("review", date.fromisoformat(meant))


def test_a_day_is_read_by_the_persons_clocks() -> None:
    now = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert split_day("today", now=now, zone=ZoneInfo("Asia/Tokyo")) == ("", date(2026, 11, 21))


@pytest.mark.parametrize("said", ["tomorrow", "2026-11-21"])
def test_a_day_to_come_is_refused(said: str, now: datetime, berlin: ZoneInfo) -> None:
    with pytest.raises(InTheFuture):
        split_day(said, now=now, zone=berlin)


def test_what_means_no_day_is_left_as_it_is(now: datetime, berlin: ZoneInfo) -> None:
    assert split_day("9:15", now=now, zone=berlin) == ("9:15", None)
