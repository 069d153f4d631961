"""Faults on demand: delays, statuses and dropped connections, for chosen calls and a chosen number of times."""

from __future__ import annotations

import fnmatch
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What shall go wrong, with which calls, how often.

    `operation` is an operation id; `path` a shell pattern for the whole path, as `/api/*/tracking/*`; what is left out
    matches everything. `delay` is in seconds. With `status`, that answer takes the place of the true one, without any
    effect unless `effect` is set. `drop` closes the connection: without an answer, `before` or `after` the effect, or
    `during` the answer, after half of it (of a stream: after the first chunk).
    """

    operation: str | None = None
    method: str | None = None
    path: str | None = None
    times: int = 1
    delay: float = 0.0
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    body: Any = None
    effect: bool = False
    drop: Literal["before", "after", "during"] | None = None

    @property
    def has_effect(self) -> bool:
        """Whether the call is done for all that."""
        return self.drop != "before" and (self.status is None or self.effect)

    def matches(self, operation: str | None, method: str, path: str) -> bool:
        """Whether this fault is meant for such a call."""
        return (
            (self.operation is None or self.operation == operation)
            and (self.method is None or self.method.upper() == method)
            and (self.path is None or fnmatch.fnmatchcase(path, self.path))
        )


class Faults:
    """The faults that still wait for their call, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let it happen to the next `fault.times` calls that match."""
        if fault.times > 0:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Let everything go right again."""
        self._waiting.clear()

    def take(self, operation: str | None, method: str, path: str) -> Fault | None:
        """The fault for this call, used once more; None where everything goes right."""
        for fault in self._waiting:
            if fault.matches(operation, method, path):
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                return fault
        return None
