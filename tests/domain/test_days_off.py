from __future__ import annotations

from datetime import date

import pytest

from bot.domain.days_off import Off, off_on, stretches
from bot.toggl.models import DayOff

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    "told",
    [
        DayOff(date="2026-12-25"),
        DayOff(start_date="2026-12-25", end_date="2026-12-26"),
        DayOff(start_date="2026-12-24T00:00:00Z", end_date="2026-12-25T00:00:00Z"),
        DayOff(start_date="2026-12-25"),
    ],
)
def test_a_public_holiday_is_everybodys_however_it_is_written(told: DayOff) -> None:
    assert off_on(CHRISTMAS, stretches([told], Off.HOLIDAY), None) is Off.HOLIDAY
    assert off_on(date(2026, 12, 23), stretches([told], Off.HOLIDAY), 7) is None


@pytest.mark.parametrize(
    "told",
    [
        DayOff(),
        DayOff(date="someday"),
        DayOff(start_date="2026-12-26", end_date="2026-12-24"),
        DayOff(start_date="2026-12-25", end_date="2026-12-25", status="rejected", toggl_user_id=7),
        DayOff(start_date="2026-12-25", end_date="2026-12-25", status="Pending", toggl_user_id=7),
        DayOff(start_date="2026-12-25", end_date="2026-12-25", toggl_user_id=8),
        DayOff(start_date="2026-12-25", end_date="2026-12-25"),
    ],
)
def test_time_off_that_is_not_read_not_agreed_or_not_mine_keeps_nobody_from_working(told: DayOff) -> None:
    assert off_on(CHRISTMAS, stretches([told], Off.AWAY), 7) is None


def test_time_off_is_for_whom_it_names() -> None:
    away = stretches([DayOff(start_date="2026-12-21", end_date="2026-12-31", user_account_id=7)], Off.AWAY)
    assert off_on(CHRISTMAS, away, 7) is Off.AWAY
    assert off_on(CHRISTMAS, away, 8) is None
    assert off_on(CHRISTMAS, away, None) is None
