"""What is left of Toggl's hourly calls and of Track's pace, and who may spend the last of it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol, TypeVar

_Entry = TypeVar("_Entry")

# Half of the smallest plan's hour (30 calls) stays for people. The plan itself is in no header.
RESERVED_FOR_PEOPLE = 15
# Track's leaky bucket: about one request a second per token, a few at once are let through.
TRACK_INTERVAL = timedelta(seconds=1)
TRACK_BURST = 5


class Spending(Enum):
    """On whose behalf calls are made."""

    PERSON = "may spend the last call"
    JOB = "only while more than the people's reserve is left"


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls left until `resets_at` (aware), as Toggl last said."""

    remaining: int
    resets_at: datetime

    def allows(self, spending: Spending, *, now: datetime) -> bool:
        """Whether one more call may be made; yes once the hour is over."""
        floor = RESERVED_FOR_PEOPLE if spending is Spending.JOB else 0
        return self.remaining > floor or self.resets_at <= now

    def minutes(self, *, now: datetime) -> int:
        """Whole minutes until the reset, at least one."""
        return max(1, -int((now - self.resets_at).total_seconds() // 60))


class Ledger(Protocol):
    """Where quota and pace are kept; shared by processes in the bot's store, `MemoryLedger` for one alone.

    A key is a credential's fingerprint, a colon, and an organization's id (or `me`, or `track` for the pace).
    """

    async def record(self, key: str, *, remaining: int, resets_at: datetime) -> None:
        """Keep what an answer's headers said."""

    async def read(self, key: str) -> Quota | None:
        """What was last recorded; None where nothing was."""

    async def reserve(self, key: str, *, now: datetime, interval: timedelta, burst: int) -> timedelta:
        """Book the next slot of one per `interval`, `burst` at once, and say how long to wait for it; zero is go."""


class MemoryLedger:
    """A ledger for one process; it forgets the credentials used longest ago beyond `capacity`."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._capacity = capacity
        self._quotas: OrderedDict[str, Quota] = OrderedDict()
        self._slots: OrderedDict[str, datetime] = OrderedDict()

    async def record(self, key: str, *, remaining: int, resets_at: datetime) -> None:
        """Keep what an answer's headers said."""
        self._keep(self._quotas, key, Quota(remaining, resets_at))

    async def read(self, key: str) -> Quota | None:
        """What was last recorded; None where nothing was."""
        return self._quotas.get(key)

    async def reserve(self, key: str, *, now: datetime, interval: timedelta, burst: int) -> timedelta:
        """Book the next slot (generic cell rate algorithm) and say how long to wait for it."""
        due = max(self._slots.get(key, now), now)
        self._keep(self._slots, key, due + interval)
        return max(timedelta(), due - now - interval * (burst - 1))

    def _keep(self, entries: OrderedDict[str, _Entry], key: str, entry: _Entry) -> None:
        entries[key] = entry
        entries.move_to_end(key)
        if len(entries) > self._capacity:
            entries.popitem(last=False)
