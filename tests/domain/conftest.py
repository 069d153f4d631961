"""The zones in which clocks do the strangest things, and a way to say times in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

Local = Callable[[str], datetime]


@pytest.fixture
def berlin() -> ZoneInfo:
    return ZoneInfo("Europe/Berlin")


@pytest.fixture
def at(berlin: ZoneInfo) -> Local:
    """A moment told by the clocks of Berlin: `at("2026-11-20 14:30")`."""
    return lambda told: datetime.fromisoformat(told).replace(tzinfo=berlin)


@pytest.fixture
def now(at: Local) -> datetime:
    """A Friday afternoon."""
    return at("2026-11-20 14:30:12")
