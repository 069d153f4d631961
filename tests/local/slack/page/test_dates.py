from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.page.dates import clock, day, format_slack_date
from tests.local.slack.page.readers import NOW, reader

SECONDS = int(datetime(2026, 10, 3, 18, 39, 7, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{date_num}", "2026-10-03"),
        ("{date}", "October 3rd, 2026"),
        ("{date_short}", "Oct 3, 2026"),
        ("{date_long}", "Saturday, October 3rd, 2026"),
        ("{time}", "2:39 PM"),
        ("{time_secs}", "2:39:07 PM"),
        ("on {date_num} at {time}", "on 2026-10-03 at 2:39 PM"),
    ],
)
def test_slacks_date_tokens(pattern: str, text: str) -> None:
    assert format_slack_date(SECONDS, pattern, reader()) == text


@pytest.mark.parametrize("pattern", ["{nonsense}", "no token", "{time} {nonsense}"])
def test_what_is_no_pattern_has_no_text(pattern: str) -> None:
    assert format_slack_date(SECONDS, pattern, reader()) is None


def test_the_clock_follows_the_readers_custom() -> None:
    at = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    assert clock(at, reader(locale="en-US")) == "12:00 PM"
    assert clock(at, reader(locale="de-DE")) == "12:00"


def test_days_near_today_have_names() -> None:
    at = NOW.astimezone(ZoneInfo("America/New_York"))
    assert [day(at - timedelta(days=days), reader()) for days in (0, 1, 2)] == [
        "Today",
        "Yesterday",
        "Tuesday, November 10th",
    ]


@given(st.integers(), st.sampled_from(["{date_long_pretty}", "{ago}", "{date}", "{time}"]))
def test_no_moment_is_too_far(seconds: int, pattern: str) -> None:
    written = format_slack_date(seconds, pattern, reader())
    assert written is None or written
