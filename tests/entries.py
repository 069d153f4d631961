"""Entries as tests need them, in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.entry_details import Details

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
"""A Thursday noon in Berlin, as the tests' clock has it."""


def entry(number: int = 1, *, hours_ago: float = 2, minutes: int | None = 60, **more: Any) -> Details:
    """An entry of the task *Write report* that began some hours before NOON; `minutes` None is one that runs."""
    given: dict[str, Any] = {"task_id": 7, "task": "Write report", "project": "Monthly Reporting", **more}
    seconds = None if minutes is None else minutes * 60
    return Details(id=number, start=NOON - timedelta(hours=hours_ago), seconds=seconds, **given)
