from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounding import Direction, Rounding


@pytest.mark.parametrize(
    ("direction", "minutes", "length", "rounded"),
    [
        (Direction.UP, 15, 1, 15),
        (Direction.UP, 15, 15, 15),
        (Direction.DOWN, 15, 29, 15),
        (Direction.DOWN, 15, 14, 0),
        (Direction.NEAREST, 15, 7, 0),
        (Direction.NEAREST, 15, 8, 15),
        (Direction.NEAREST, 5, 2.5, 5),
        (Direction.UP, 60, 0, 0),
    ],
)
def test_a_length_is_rounded_to_full_steps(direction: Direction, minutes: int, length: float, rounded: int) -> None:
    assert Rounding(direction, minutes)(timedelta(minutes=length)) == timedelta(minutes=rounded)


@pytest.mark.parametrize("told", [(1, 0), (1, None), (None, 15), (7, 15), (0, -5), (1, 100_000)])
def test_what_rounds_nothing_or_in_a_way_nobody_knows_is_no_rounding(told: tuple[int | None, int | None]) -> None:
    assert Rounding.of(*told) is None


@given(st.sampled_from(Direction), st.integers(1, 1440), st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_rounded_length_is_less_than_a_step_away(direction: Direction, minutes: int, length: timedelta) -> None:
    step = timedelta(minutes=minutes)
    rounded = Rounding(direction, minutes)(length)
    assert not rounded % step
    assert abs(rounded - length) < step
    assert (rounded >= length) if direction is Direction.UP else True
    assert (rounded <= length) if direction is Direction.DOWN else True
