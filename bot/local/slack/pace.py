"""How fast Slack is: deadlines, retries and rate limits, which tests may shorten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""The time now, aware."""


def system_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """Slack's own numbers by default. Deadlines and waits are real seconds; what expires is measured on the clock."""

    acknowledge: float = 3.0
    """How long the app has for its acknowledgement."""
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    """How long after a failed delivery an event is sent again: nearly at once, a minute, five minutes."""
    rate_limits: bool = True
    rate_scale: float = 1.0
    """Multiplies every allowance: 10 allows ten times as much."""
    save_after: float = 0.2
    """How long changes are gathered before the data file is written."""
