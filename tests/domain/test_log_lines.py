from __future__ import annotations

from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.log_lines import (
    MOST,
    LengthMissing,
    Line,
    Misread,
    TaskMissing,
    TooManyLines,
    read_line,
    read_lines,
)
from bot.domain.not_understood import DurationTooLong, InTheFuture, NotUnderstood
from bot.domain.ranges import parse_range
from tests.domain.phrases import anything
from tests.domain.zones import moments, zones

YESTERDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 16)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("said", "task", "length", "day"),
    [
        ("1h30m Write report", "Write report", 90, None),
        ("1h30m Write report yesterday", "Write report", 90, YESTERDAY),
        ("1:30 Write report", "Write report", 90, None),
        ("1.5h Write report mon", "Write report", 90, MONDAY),
        ("1,5h Write report", "Write report", 90, None),
        ("90m Write report", "Write report", 90, None),
        ("Write report 90m", "Write report", 90, None),
        ("Write report 90m yesterday", "Write report", 90, YESTERDAY),
        ("Write report yesterday 90m", "Write report", 90, YESTERDAY),
        ("yesterday 1h Write report", "Write report", 60, YESTERDAY),
        ("1h on Write report", "Write report", 60, None),
        ("1h Monday meeting", "Monday meeting", 60, None),
        ('1h "Casual friday"', "Casual friday", 60, None),
        ("1h Sprint 3-4", "Sprint 3-4", 60, None),
        ("1h30 call 12 nov", "call", 90, date(2026, 11, 12)),
        ("eine halbe Stunde Bericht gestern", "Bericht", 30, YESTERDAY),
        ("30分 レポート 昨日", "レポート", 30, YESTERDAY),
        ("1h דוח שבועי", "דוח שבועי", 60, None),
        ("1h 🎉 party", "🎉 party", 60, None),
    ],
)
def test_a_length_leaves_the_task_and_the_day(
    said: str, task: str, length: int, day: date | None, now: datetime, berlin: ZoneInfo
) -> None:
    line = read_line(said, now=now, zone=berlin)
    assert (line.task, line.length, line.day, line.type) == (task, length * MINUTE, day, "activity")


@pytest.mark.parametrize(
    ("said", "task", "day"),
    [
        ("9-10:30 Write report", "Write report", None),
        ("Write report 9-10:30", "Write report", None),
        ("9-10:30 Write report yesterday", "Write report", YESTERDAY),
        ("yesterday 9-10:30 Write report", "Write report", YESTERDAY),
        ("Write report yesterday 9-10:30", "Write report", YESTERDAY),
        ("from 9 to 10:30 Write report", "Write report", None),
    ],
)
def test_a_range_leaves_the_task_and_the_day(
    said: str, task: str, day: date | None, now: datetime, berlin: ZoneInfo
) -> None:
    line = read_line(said, now=now, zone=berlin)
    assert line.range and (line.range.start, line.range.end) == (9 * 3600, 10 * 3600 + 1800)
    assert (line.task, line.day) == (task, day)


def test_a_length_may_have_its_start(now: datetime, berlin: ZoneInfo) -> None:
    line = read_line("1h Write report yesterday 16:00", now=now, zone=berlin)
    assert line.start and line.start.said == "yesterday 16:00"
    assert (line.task, line.length) == ("Write report", HOUR)
    since = read_line("Write report since last", now=now, zone=berlin)
    assert since.start and since.start.since_last and since.length is None


@pytest.mark.parametrize(
    ("said", "task", "whole"),
    [
        ("30m break", "", "break"),
        ("30m break Write report", "Write report", "break Write report"),
        ("30m Write report, break", "Write report", "Write report, break"),
        ("30m Pause", "", "Pause"),
        ("30m break: Write report", "Write report", "break: Write report"),
        ("30m Break down tickets", "down tickets", "Break down tickets"),
    ],
)
def test_the_word_break_makes_it_one_and_the_whole_words_are_kept(
    said: str, task: str, whole: str, now: datetime, berlin: ZoneInfo
) -> None:
    line = read_line(said, now=now, zone=berlin)
    assert (line.task, line.whole, line.type) == (task, whole, "break")


def test_quoted_words_are_a_name_whatever_they_say(now: datetime, berlin: ZoneInfo) -> None:
    line = read_line('1h "Break until monday"', now=now, zone=berlin)
    assert (line.task, line.type, line.day) == ("Break until monday", "activity", None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Write report", LengthMissing),
        ("0m Write report", LengthMissing),
        ("-1h Write report", LengthMissing),
        ("25h Write report", DurationTooLong),
        ("1h", TaskMissing),
        ("9-10", TaskMissing),
        ("1h Write report tomorrow", InTheFuture),
        ("1h Write report 1 jan 0001 25:00", None),
    ],
)
def test_what_is_missing_is_said(
    said: str, problem: type[NotUnderstood] | None, now: datetime, berlin: ZoneInfo
) -> None:
    if problem is None:
        assert read_line(said, now=now, zone=berlin).length == HOUR
        return
    with pytest.raises(problem):
        read_line(said, now=now, zone=berlin)


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("1h a, 2h b", ["a", "b"]),
        ("9-10 a,10-11 b", ["a", "b"]),
        ("1h a; 2h b", ["a", "b"]),
        ("1h a\n2h b\n\n", ["a", "b"]),
        ("- 1h a\n• 2h b", ["a", "b"]),
        ("1h Design, review, 2h b", ["Design, review", "b"]),
        ('1h "Design, 2h long", 2h b', ["Design, 2h long", "b"]),
        ("a 1h, b 2h", ["a", "b"]),
        ("1,5h a", ["a"]),
        ("1h Design, Sprint 3-4", ["Design, Sprint 3-4"]),
        ("1時間 会議、30分 レポート", ["会議", "レポート"]),
    ],
)
def test_commas_and_lines_part_entries_where_each_says_how_long(
    said: str, tasks: list[str], now: datetime, berlin: ZoneInfo
) -> None:
    assert [line.task for line in read_lines(said, now=now, zone=berlin) if isinstance(line, Line)] == tasks


def test_a_day_named_once_in_a_line_is_taken_for_all_and_marked(now: datetime, berlin: ZoneInfo) -> None:
    first, last = read_lines("9-10 a, 10-11 b yesterday", now=now, zone=berlin)
    assert isinstance(first, Line) and (first.day, first.day_of_another) == (YESTERDAY, True)
    assert isinstance(last, Line) and (last.day, last.day_of_another) == (YESTERDAY, False)
    apart = read_lines("9-10 a\n10-11 b yesterday", now=now, zone=berlin)
    assert isinstance(apart[0], Line) and apart[0].day is None


def test_each_line_is_understood_or_not_for_itself(now: datetime, berlin: ZoneInfo) -> None:
    read = read_lines("1h a\nb\n25h c", now=now, zone=berlin)
    assert [type(line) for line in read] == [Line, Misread, Misread]


def test_a_long_length_that_looks_like_a_time_of_day_is_marked(now: datetime, berlin: ZoneInfo) -> None:
    assert read_line("9:15 a", now=now, zone=berlin).like_a_clock
    assert not read_line("1:30 a", now=now, zone=berlin).like_a_clock
    assert not read_line("9h15m a", now=now, zone=berlin).like_a_clock


@pytest.mark.parametrize("parted", [", ", "\n"])
def test_more_than_anybody_reads_back_is_refused(parted: str, now: datetime, berlin: ZoneInfo) -> None:
    assert len(read_lines(parted.join(["1h a"] * MOST), now=now, zone=berlin)) == MOST
    with pytest.raises(TooManyLines):
        read_lines(parted.join(["1h a"] * (MOST + 1)), now=now, zone=berlin)


@pytest.mark.parametrize("text", ["a," * 2000, "9-10 " * 800, '"' * 4000, "1h " + "break " * 600, "\u202e🎉" * 2000])
def test_four_thousand_characters_are_read_in_no_time(text: str, now: datetime, berlin: ZoneInfo) -> None:
    began = process_time()
    assert len(read_lines(text, now=now, zone=berlin)) <= MOST
    assert process_time() - began < 2


@given(st.one_of(anything, st.lists(anything, max_size=4).map(", ".join)), moments, zones)
def test_any_text_is_read_or_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    for line in read_lines(text, now=now, zone=zone):
        if isinstance(line, Line):
            assert line.range or line.start or line.length
            assert line.length is None or timedelta() < line.length <= 24 * HOUR
            assert line.task or line.type == "break"


def test_a_range_keeps_its_words(now: datetime, berlin: ZoneInfo) -> None:
    assert read_line("9-10 a", now=now, zone=berlin).range == parse_range("9-10")
