"""Time zones by what people type of them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.folding import fold

UTC = "UTC"
_LEGACY = ("Etc/", "SystemV/", "US/", "posix/", "right/")
_MOST = 100


@functools.cache
def zones() -> tuple[str, ...]:
    """The IANA names that mean a place, and UTC."""
    named = (name for name in available_timezones() if "/" in name and not name.startswith(_LEGACY))
    return (*sorted(named), UTC)


def find_zones(query: str, *, first: str) -> Sequence[str]:
    """At most a hundred zones whose name holds every word of `query`; all begin with `first` where nothing is typed."""
    words = [fold(word) for word in query.replace("/", " ").split()]
    found = [name for name in zones() if all(word in fold(name.replace("_", " ")) for word in words)]
    if not words and first in found:
        found.remove(first)
        found.insert(0, first)
    return found[:_MOST]


def offset(zone: str, now: datetime) -> str:
    """How far the zone's clocks are from UTC at `now` (aware), for example `UTC+01:00`."""
    here = now.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"UTC{here[:3]}:{here[3:5]}"
