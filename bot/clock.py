"""The present: read at the edge, and given to everything below as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives aware moments."""


def utc_now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)
