from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatcher.grammar import (
    Arg,
    BadArguments,
    Choice,
    Clock,
    MissingArgument,
    NameTooLong,
    Option,
    Period,
    TaskText,
    When,
    Words,
    parse_args,
)
from bot.errors import UserError

CLOCK = Clock(now=datetime(2026, 11, 12, 11, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
START: tuple[Arg, ...] = (TaskText("task"), When("at"))


def test_a_time_at_the_end_is_taken_before_the_task_gets_the_rest() -> None:
    values = parse_args(START, "  write  report 9:15 ", CLOCK)
    assert values["task"] == "write  report"
    assert values["at"].at == datetime(2026, 11, 12, 8, 15, tzinfo=UTC)


def test_quotation_marks_keep_a_time_in_a_name() -> None:
    values = parse_args(START, '"meeting 9:15"', CLOCK)
    assert (values["task"], values["at"]) == ("meeting 9:15", None)


def test_a_name_longer_than_a_button_carries_is_refused_with_its_length() -> None:
    assert parse_args(START, "x" * 255, CLOCK)["task"] == "x" * 255
    with pytest.raises(NameTooLong) as raised:
        parse_args(START, "x" * 256, CLOCK)
    assert raised.value.values == {"most": 255, "length": 256}


def test_no_words_are_no_values() -> None:
    assert parse_args(START, "", CLOCK) == {"task": None, "at": None}


def test_words_that_no_argument_takes_are_said_back_in_part() -> None:
    with pytest.raises(BadArguments) as raised:
        parse_args([When("at")], "x" * 500, CLOCK)
    assert len(raised.value.values["words"]) == 100


def test_a_required_argument_that_is_missing_is_named() -> None:
    with pytest.raises(MissingArgument) as raised:
        parse_args([Words("name", optional=False)], " ", CLOCK)
    assert raised.value.values == {"usage": "<name>"}


def test_a_required_argument_that_does_not_fit_is_not_called_missing() -> None:
    with pytest.raises(BadArguments) as raised:
        parse_args([Choice("which", ("all", "mine"), optional=False)], "none", CLOCK)
    assert not isinstance(raised.value, MissingArgument)


def test_a_choice_is_read_from_the_front_in_any_case() -> None:
    args: tuple[Arg, ...] = (Choice("which", ("all", "archived")), Words("words"))
    assert parse_args(args, "Archived web shop", CLOCK) == {"which": "archived", "words": "web shop"}
    assert parse_args(args, "web shop", CLOCK) == {"which": None, "words": "web shop"}


def test_usage_shows_what_is_optional() -> None:
    assert [arg.usage for arg in (When("at"), Words("name", optional=False), Choice("x", ("a", "b")))] == [
        "[when]",
        "<name>",
        "[a|b]",
    ]


REPORT: tuple[Arg, ...] = (Period("period"), Option("by", ("day", "task"), lead="by"), Option("csv", ("csv",)))


@pytest.mark.parametrize("typed", ["last week by task csv", "csv by TASK last week", "last by task week CSV"])
def test_fixed_words_are_found_wherever_they_stand(typed: str) -> None:
    values = parse_args(REPORT, typed, CLOCK)
    assert (values["period"].said, values["by"], values["csv"]) == ("last week", "task", "csv")


def test_fixed_words_need_what_leads_to_them() -> None:
    assert parse_args(REPORT, "", CLOCK) == {"period": None, "by": None, "csv": None}
    with pytest.raises(UserError):
        parse_args(REPORT, "last week task", CLOCK)
    assert [arg.usage for arg in REPORT] == ["[period]", "[by day|task]", "[csv]"]


def test_a_week_begins_as_the_clock_says() -> None:
    sunday = Clock(CLOCK.now, CLOCK.zone, first_weekday=6)
    assert [parse_args(REPORT, "week", clock)["period"].first.day for clock in (CLOCK, sunday)] == [9, 8]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text: str) -> None:
    with contextlib.suppress(UserError):
        assert set(parse_args(START, text, CLOCK)) == {"task", "at"}
