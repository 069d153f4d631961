"""How often one may call: hourly quotas per person and organization, and Track's leaky bucket."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
CALLS_PER_HOUR = {"free": 30, "starter": 240, "premium": 600}
ME_CALLS_PER_HOUR = 30


@dataclass(slots=True)
class _Window:
    started_at: datetime
    used: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of an hour: calls, and seconds until it starts anew. `spent` when this call was one too many."""

    remaining: int
    resets_in: int
    spent: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """The two headers of every answer."""
        return {"X-Toggl-Quota-Remaining": str(self.remaining), "X-Toggl-Quota-Resets-In": str(self.resets_in)}


class Quotas:
    """Calls used, per key (a person and an organization, or a person's `/me`). The hour starts with its first call."""

    def __init__(self) -> None:
        self._windows: dict[tuple[int, int], _Window] = {}

    def charge(self, key: tuple[int, int], limit: int, now: datetime) -> Allowance:
        """Count one call against `limit` an hour; a call too many is not counted."""
        window = self._window(key, now)
        spent = window.used >= limit
        if not spent:
            window.used += 1
        return Allowance(max(0, limit - window.used), self._resets_in(window, now), spent)

    def peek(self, key: tuple[int, int], limit: int, now: datetime) -> Allowance:
        """What is left, without a call."""
        window = self._windows.get(key)
        if window is None or now >= window.started_at + HOUR:
            return Allowance(limit, int(HOUR.total_seconds()))
        return Allowance(max(0, limit - window.used), self._resets_in(window, now))

    def leave(self, key: tuple[int, int], limit: int, remaining: int, now: datetime) -> None:
        """Make `remaining` calls be left of this hour, whatever was used (more than `limit` too)."""
        self._window(key, now).used = limit - remaining

    def _window(self, key: tuple[int, int], now: datetime) -> _Window:
        window = self._windows.get(key)
        if window is None or now >= window.started_at + HOUR:
            window = self._windows[key] = _Window(now, 0)
        return window

    @staticmethod
    def _resets_in(window: _Window, now: datetime) -> int:
        return max(0, math.ceil((window.started_at + HOUR - now).total_seconds()))


class LeakyBucket:
    """Track's older limit: each person's bucket holds `burst` calls and leaks one a second."""

    def __init__(self, burst: int) -> None:
        self.burst = burst
        self._full_until: dict[int, datetime] = {}
        self._refused = 0

    def overflows(self, person_id: int, now: datetime) -> bool:
        """Pour one call in; True (and nothing poured) when it does not fit."""
        level = max(self._full_until.get(person_id, now), now)
        if level + timedelta(seconds=1) > now + timedelta(seconds=self.burst):
            self._refused += 1
            return True
        self._full_until[person_id] = level + timedelta(seconds=1)
        return False

    @property
    def tells_when(self) -> bool:
        """Whether the latest refusal says `Retry-After`: every other does."""
        return self._refused % 2 == 0
