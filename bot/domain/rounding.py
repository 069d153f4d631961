"""Rounding of tracked time, as a workspace sets it for reports: each entry to the nearest, next or last full step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

_LONGEST = 24 * 60


class Direction(IntEnum):
    """Track's numbers for where a length is rounded to."""

    DOWN = -1
    NEAREST = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Rounding:
    """Each entry's length to full `minutes`."""

    direction: Direction
    minutes: int

    @classmethod
    def of(cls, direction: int | None, minutes: int | None) -> Rounding | None:
        """The rounding in Track's numbers; None where nothing is rounded, or in a way nobody knows."""
        if direction is None or minutes is None or not 0 < minutes <= _LONGEST or direction not in set(Direction):
            return None
        return cls(Direction(direction), minutes)

    def __call__(self, length: timedelta) -> timedelta:
        """`length` (not negative) in full steps; half a step is rounded up."""
        step = timedelta(minutes=self.minutes)
        match self.direction:
            case Direction.DOWN:
                return length // step * step
            case Direction.UP:
                return -(-length // step) * step
        return (length + step / 2) // step * step
