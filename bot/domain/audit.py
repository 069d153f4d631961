"""What came of an administrative change, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from bot.errors import UserError


class Result(StrEnum):
    """How it ended; `BEGUN` until it is known, and for ever where the process ended in between."""

    BEGUN = "begun"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    """The person has no right to it: nothing was changed."""
    CHANGED = "changed"
    """The subject was not as the person had seen it: nothing was changed."""
    FAILED = "failed"
    """Nothing was changed, for another reason."""
    ASKED = "asked"
    """The person asked the admins to do it."""
    DECLINED = "declined"
    """An admin declined what was asked."""
    EXPIRED = "expired"
    """No admin decided in time."""
    UNKNOWN = "unknown"
    """Toggl's answer was lost: it may or may not have been changed."""


class Reason(msgspec.Struct, frozen=True):
    """Why: an error's sentence and the values of its places, so that each reader gets it in their language."""

    sentence: str
    values: dict[str, Any]

    @classmethod
    def of(cls, error: UserError) -> Reason:
        """The reason that `error` tells."""
        plain = {name: value if isinstance(value, int | float) else str(value) for name, value in error.values.items()}
        return cls(error.sentence, plain)

    def dump(self) -> str:
        """JSON to keep."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def load(cls, kept: str) -> Reason | None:
        """What `dump` wrote; None where nothing was kept."""
        return msgspec.json.decode(kept, type=cls) if kept else None
