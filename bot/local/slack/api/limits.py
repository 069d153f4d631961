"""Rate limits: per method, and one message a second a channel."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bot.local.slack.pace import Clock, Pace

_MESSAGE_BURST = 3
_MINUTE = 60


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Limits:
    """Token buckets, one for each name."""

    clock: Clock
    pace: Pace
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def take(self, method: str, per_minute: int, channel_id: str | None) -> int | None:
        """Count one call. None when it is allowed, else the seconds of `Retry-After`."""
        if not self.pace.rate_limits:
            return None
        waits = [self._take(method, per_minute, per_minute / _MINUTE)]
        if method == "chat.postMessage" and channel_id is not None:
            waits.append(self._take(f"{method} {channel_id}", _MESSAGE_BURST, 1))
        blocked = [wait for wait in waits if wait is not None]
        return max(blocked) if blocked else None

    def _take(self, name: str, burst: float, per_second: float) -> int | None:
        burst, per_second = burst * self.pace.rate_scale, per_second * self.pace.rate_scale
        now = self.clock().timestamp()
        bucket = self._buckets.setdefault(name, _Bucket(burst, now))
        bucket.level = min(burst, bucket.level + max(0.0, now - bucket.at) * per_second)
        bucket.at = now
        if bucket.level < 1:
            return max(1, math.ceil((1 - bucket.level) / per_second))
        bucket.level -= 1
        return None
