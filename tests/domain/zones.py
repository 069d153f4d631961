"""Time zones whose clocks do everything that clocks can do, as Hypothesis draws them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

NAMES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",  # changed its clocks at midnight
    "America/Havana",
    "America/St_Johns",
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",  # 5:45 ahead of UTC
    "Asia/Tokyo",
    "Asia/Beirut",
    "Africa/Casablanca",  # behind in Ramadan
    "Pacific/Apia",  # left 30 December 2011 out
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Antarctica/Troll",  # by two hours
    "UTC",
)

zones = st.sampled_from(NAMES).map(ZoneInfo)
moments = st.datetimes(datetime(2009, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (timezones= adds it)


def jumps(zone: ZoneInfo, *, since: int = 2009, until: int = 2030) -> Iterator[tuple[datetime, timedelta]]:
    """Each moment (UTC) at which the clocks of `zone` were changed, and by how much, to the minute."""
    here = datetime(since, 1, 1, tzinfo=UTC)
    while here.year < until:
        there = here + timedelta(days=1)
        if _offset(here, zone) != _offset(there, zone):
            low, high = here, there
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if _offset(middle, zone) == _offset(here, zone) else (low, middle)
            yield high, _offset(high, zone) - _offset(low, zone)
        here = there


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
