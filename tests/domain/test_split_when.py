from __future__ import annotations

from datetime import date, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.dates import split_day
from bot.domain.when import InTheFuture, split_when
from tests.domain.conftest import Local


@pytest.mark.parametrize(
    ("text", "task", "meant"),
    [
        ("Write report 25m ago", "Write report", "2026-11-20 14:05:12"),
        ("Write report at 9", "Write report", "2026-11-20 09:00"),
        ("Write report 9:15", "Write report", "2026-11-20 09:15"),
        ("Write report, 9:15", "Write report", "2026-11-20 09:15"),
        ("Write report 9 am", "Write report", "2026-11-20 09:00"),
        ("Write report yesterday 16:00", "Write report", "2026-11-19 16:00"),
        ("Write report 12 nov 9:15", "Write report", "2026-11-12 09:15"),
        ("Write report just now", "Write report", "2026-11-20 14:30:12"),
        ("Lunch at noon", "Lunch", "2026-11-20 12:00"),
        ("Bericht vor 25 min", "Bericht", "2026-11-20 14:05:12"),
        ("Bericht gestern um 16 Uhr", "Bericht", "2026-11-19 16:00"),
        ("Informe hace 25 min", "Informe", "2026-11-20 14:05:12"),
        ("レポート25分前", "レポート", "2026-11-20 14:05:12"),
        ("レポート 昨日9時", "レポート", "2026-11-19 09:00"),
        ("25m ago", "", "2026-11-20 14:05:12"),
        ("now", "", "2026-11-20 14:30:12"),
        ("do 9:15", "", "2026-11-19 09:15"),
        ('"Report 9:15" 25m ago', '"Report 9:15"', "2026-11-20 14:05:12"),
        ("„Bericht 9:15“ vor 25 min", "„Bericht 9:15“", "2026-11-20 14:05:12"),
        ('12" pipe 9:15', '12" pipe', "2026-11-20 09:15"),
    ],
)
def test_a_time_at_the_end_is_taken_off_the_task(
    text: str, task: str, meant: str, now: datetime, berlin: ZoneInfo, at: Local
) -> None:
    rest, when = split_when(text, now=now, zone=berlin)
    assert rest == task
    assert when is not None
    assert when.at == at(meant)
    assert text.endswith(when.said)


@pytest.mark.parametrize(
    "text",
    [
        "Report 2026",
        "Look at 2026",
        "Call at 9 clients",
        "Sprint 12",
        "Version 1.5",
        "Release 9.15",
        "Report yesterday",
        "Plan mon",
        "Review mon 9",
        "Apocalypse now",
        "High noon",
        "Chapter 3",
        "9",
        "2026",
        "Ticket 0915",
        '"Report 9:15"',
        "“Report 25m ago”",
        "「レポート25分前」",
        "Ratio 16:9",
        "Score 3:1",
        "25m ago was better",
        "",
    ],
)
def test_a_tasks_own_words_are_left_alone(text: str, now: datetime, berlin: ZoneInfo) -> None:
    assert split_when(text, now=now, zone=berlin) == (text, None)


def test_since_last_is_taken_off(now: datetime, berlin: ZoneInfo) -> None:
    rest, when = split_when("Report since last", now=now, zone=berlin)
    assert rest == "Report"
    assert when is not None
    assert when.since_last


def test_words_of_other_languages_do_not_swallow_a_tasks_words(now: datetime, berlin: ZoneInfo) -> None:
    """`do` is Thursday in German, but not in `What to do 9:15`."""
    assert split_when("What to do 9:15", now=now, zone=berlin)[0] == "What to do"


def test_a_time_to_come_is_refused_and_the_way_out_named(now: datetime, berlin: ZoneInfo) -> None:
    with pytest.raises(InTheFuture, match="quotation marks"):
        split_when("Report in 10m", now=now, zone=berlin)
    assert split_when('"Report in 10m"', now=now, zone=berlin) == ('"Report in 10m"', None)


def test_a_day_at_the_end_is_taken_off(now: datetime, berlin: ZoneInfo) -> None:
    assert split_day("Write report yesterday", now=now, zone=berlin) == ("Write report", date(2026, 11, 19))
    assert split_day("Write report 12 nov", now=now, zone=berlin) == ("Write report", date(2026, 11, 12))
    assert split_day("Sprint 12", now=now, zone=berlin) == ("Sprint 12", None)


@pytest.mark.parametrize(
    "text",
    [
        "9:15 " * 800,
        "at " * 1300,
        "1h" * 2000,
        '"' * 4000,
        "昨日" * 2000,
        "9" * 4000,
        " " * 4000,
        "-" * 4000,
        "a\u0300" * 2000,
    ],
)
def test_four_thousand_characters_are_read_at_once(text: str, now: datetime, berlin: ZoneInfo) -> None:
    started = process_time()
    split_when(text, now=now, zone=berlin)
    assert process_time() - started < 0.25
