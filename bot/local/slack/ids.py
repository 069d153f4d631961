"""Makes ids, timestamps and secrets that look like Slack's."""

from __future__ import annotations

import secrets
import string
from uuid import uuid4

from bot.local.slack.pace import Clock

_ALPHABET = string.ascii_uppercase + string.digits
_MICROSECONDS = 1_000_000


class Ids:
    """The source of everything that must be unique. Timestamps follow the clock and never repeat."""

    def __init__(self, clock: Clock, *, after: str = "0.000000") -> None:
        self._clock = clock
        self._last = _microseconds(after)

    def ts(self) -> str:
        """A message timestamp: `1763676000.000100`."""
        self._last = max(self._last + 1, int(self._clock().timestamp() * _MICROSECONDS))
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"

    @staticmethod
    def make(prefix: str) -> str:
        """An id such as `V0A1B2C3D4E`."""
        return f"{prefix}0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))

    @staticmethod
    def short() -> str:
        """What Slack fills in for a missing `block_id` or `action_id`."""
        return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(5))

    @staticmethod
    def secret() -> str:
        """A secret for an address that is its own permission."""
        return secrets.token_urlsafe(24)

    @staticmethod
    def uuid() -> str:
        """An envelope id."""
        return str(uuid4())

    def hash(self) -> str:
        """A view's hash: changes with every change of the view."""
        return f"{self.ts().split('.')[0]}.{secrets.token_hex(4)}"


def _microseconds(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * _MICROSECONDS + int(rest or 0)
