"""The record of every API call, for tests: what was asked and answered, and whose credential it was; never which."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 10_000


class Called(msgspec.Struct, kw_only=True, frozen=True):
    """One call. `operation` is None where no operation has this method and path; `body` is the JSON that was sent.

    `status` is None where the connection was dropped; `person` is a handle, None where the credential was refused.
    """

    operation: str | None
    method: str
    path: str
    query: str
    body: Any
    status: int | None
    person: str | None
    at: datetime


class Calls:
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self._kept: deque[Called] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Called]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, position: int) -> Called:
        return self._kept[position]

    def record(self, called: Called) -> None:
        """Remember one more; the oldest goes when there are too many."""
        self._kept.append(called)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()

    def of(self, operation: str) -> list[Called]:
        """Those of one operation."""
        return [called for called in self._kept if called.operation == operation]

    @property
    def operations(self) -> list[str | None]:
        """Only the operation ids, oldest first."""
        return [called.operation for called in self._kept]
