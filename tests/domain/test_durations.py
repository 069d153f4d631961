from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.durations import NotUnderstood, parse_duration, split_duration
from bot.i18n import LANGUAGES, Translator
from tests.domain.phrases import anything


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1h30", 90),
        ("1h 30", 90),
        ("1 H 30 MIN", 90),
        ("1:30", 90),
        ("0:45", 45),
        ("1.5h", 90),
        ("1,5h", 90),
        ("0.25 hours", 15),
        ("90m", 90),
        ("90 min", 90),
        ("45s", 0.75),
        ("1h 15m 30s", 75.5),
        ("1 hour and 30 minutes", 90),
        ("1 hour, 30 minutes", 90),
        ("half an hour", 30),
        ("24h", 1440),
        ("2 Std. 15 Min.", 135),
        ("eine halbe Stunde", 30),
        ("1 hora y 30 minutos", 90),
        ("media hora", 30),
        ("1時間30分", 90),
        ("1時間半", 90),
        ("９０分", 90),
    ],
)
def test_what_people_write_is_the_length_they_mean(said: str, minutes: float) -> None:
    assert parse_duration(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "90",
        "1.5",
        "0m",
        "0:00",
        "-1h",
        "1h90m",
        "1:90",
        "30m 1h",
        "1h 1h",
        "1.5h 30m",
        "ages",
        "1h\x00",
        "m",
        "9" * 4000,
    ],
)
def test_what_means_no_length_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(NotUnderstood, match="`1h30m`"):
        parse_duration(said)


def test_more_than_the_caller_allows_is_refused_with_the_limit() -> None:
    with pytest.raises(NotUnderstood, match="“25h” is longer than 24 hours"):
        parse_duration("25h")
    assert parse_duration("25h", longest=timedelta(hours=1000)) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "task", "minutes"),
    [
        ("1h30m Write report", "Write report", 90),
        ("1h 30 emails", "30 emails", 60),
        ("Write report 1h30m", "Write report", 90),
        ("2 h", "", 120),
        ("1時間半 レポート", "レポート", 90),
        ('1h "2h test"', '"2h test"', 60),
    ],
)
def test_a_length_at_either_end_is_taken_off_the_task(text: str, task: str, minutes: float) -> None:
    assert split_duration(text) == (task, timedelta(minutes=minutes))


@pytest.mark.parametrize("text", ["Write report", "Sprint 12", "90 clients", '"1h test"', "Version 1.5", ""])
def test_a_tasks_own_words_are_left_alone(text: str) -> None:
    assert split_duration(text) == (text, None)


@given(st.integers(1, 86400), st.sampled_from(LANGUAGES))
def test_what_the_bot_says_back_means_the_same_length(seconds: int, locale: str) -> None:
    said = Translator(locale).duration(timedelta(seconds=seconds))
    shown = seconds if seconds < 60 else seconds // 60 * 60
    assert parse_duration(said) == timedelta(seconds=shown)


@given(anything)
def test_any_text_is_a_length_within_the_limit_or_not_understood(text: str) -> None:
    try:
        found = parse_duration(text)
    except NotUnderstood:
        return
    assert timedelta() < found <= timedelta(hours=24)


@given(anything)
def test_any_text_splits_without_losing_words(text: str) -> None:
    try:
        rest, _ = split_duration(text)
    except NotUnderstood:
        return
    assert rest in text
