"""Finds round numbers for a chart's axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_STEPS: Final = (1, 2, 2.5, 5, 10)
_WANTED: Final = 5
_NOTHING: Final = 1e-6
"""A smaller span than this is drawn as none."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with a line at each of `ticks`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up the axis `value` is, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: list[float]) -> Scale:
    """An axis that starts at zero (or below) and holds every value."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if high - low < _NOTHING:
        high = low + 1
    step = _step((high - low) / _WANTED)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(round(index * step, 10) for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def written(value: float) -> str:
    """A number as short as it can be: `1.5`, `12`, `3,200`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _step(raw: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(step * magnitude for step in _STEPS if step * magnitude >= raw * 0.999)
