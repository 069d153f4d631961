"""From what a clock on the wall shows to the moment meant, where the clocks were put forward or back, too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


class Change(Enum):
    """How a change of the clocks touches a local time."""

    SKIPPED = "the clocks were put forward over it"
    REPEATED = "the clocks were put back and showed it twice"


class Placed(NamedTuple):
    """`moments` (UTC, ascending) are what a local time can mean: two when `REPEATED`, otherwise one."""

    moments: tuple[datetime, ...]
    change: Change | None


def place(wall: datetime, zone: ZoneInfo) -> Placed:
    """The moments at which clocks in `zone` show `wall` (naive).

    A time that the clocks skipped gives the moment of the jump: later times of day stay later moments, and nothing
    is tracked that no clock showed. In UTC, because datetimes of one zone are compared by what the clocks show.
    """
    readings = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = [moment for moment in readings if moment.astimezone(zone).replace(tzinfo=None) == wall]
    if not shown:
        return Placed((_jump(readings[0], readings[1], zone),), Change.SKIPPED)
    moments = tuple(dict.fromkeys(shown))
    return Placed(moments, Change.REPEATED if len(moments) > 1 else None)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second after `before` (UTC) at which the offset of `after` holds. Halving: zones tell no jumps."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
