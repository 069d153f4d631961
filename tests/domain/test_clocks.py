from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.domain.clocks import Change, place
from tests.domain.zones import NAMES, jumps, moments, zones


@given(moments, zones)
def test_every_moment_is_among_those_its_wall_time_can_mean(moment: datetime, zone: ZoneInfo) -> None:
    placed = place(moment.astimezone(zone).replace(tzinfo=None), zone)
    assert moment in placed.moments
    assert (placed.change is Change.REPEATED) == (len(placed.moments) == 2)


@pytest.mark.parametrize("name", NAMES)
def test_a_skipped_time_is_the_moment_of_the_jump_and_a_repeated_one_is_two_moments(name: str) -> None:
    zone = ZoneInfo(name)
    for jump, by in jumps(zone):
        before = (jump - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
        middle = before + timedelta(minutes=1) + by / 2
        placed = place(middle, zone)
        if by > timedelta():
            assert placed == ((jump,), Change.SKIPPED)
        else:
            first, second = placed.moments
            assert placed.change is Change.REPEATED
            assert second - first == -by
            assert first < jump <= second


def test_asking_is_quick_and_right_for_a_day_left_out() -> None:
    """Samoa went from 29 to 31 December 2011: any time of the 30th is the midnight between them."""
    zone = ZoneInfo("Pacific/Apia")
    moments, change = place(datetime(2011, 12, 30, 15, 0), zone)  # noqa: DTZ001 (a wall time has no zone)
    assert moments == (datetime(2011, 12, 30, 10, 0, tzinfo=UTC),)
    assert change is Change.SKIPPED
    assert moments[0].astimezone(zone).isoformat() == "2011-12-31T00:00:00+14:00"
