from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.not_understood import NotUnderstood
from bot.domain.shifts import FARTHEST, ShiftNotUnderstood, parse_shift


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("-15", -15),
        ("+15", 15),
        ("− 15 min", -15),
        ("–1h30m", -90),
        ("+1:30", 90),
        ("10 min earlier", -10),
        ("15 later", 15),
        ("1h später", 60),
        ("10分前", -10),
        ("+ 26h", 26 * 60),
    ],
)
def test_a_shift_is_a_direction_and_a_distance(text: str, minutes: int) -> None:
    assert parse_shift(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "15", "1h", "-", "+soon", "0", "-0", "+0 min", "earlier", "--5", "year 1", "+8d"])
def test_what_has_no_direction_or_distance_is_said_back(text: str) -> None:
    with pytest.raises(ShiftNotUnderstood):
        parse_shift(text)


def test_more_than_a_week_is_too_far() -> None:
    with pytest.raises(NotUnderstood):
        parse_shift("+200h")


@given(st.one_of(st.text(max_size=30), st.from_regex(r"[+\-]\d{1,5}( ?(m|min|h))?", fullmatch=True)))
def test_no_words_crash_and_none_go_too_far(text: str) -> None:
    try:
        shift = parse_shift(text)
    except NotUnderstood:
        return
    assert timedelta() < abs(shift) <= FARTHEST
