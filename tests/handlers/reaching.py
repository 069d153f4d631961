"""Which tests reach which of Toggl's operations from Slack, as the local Toggl counts."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from bot.local.toggl.calls import Called, Calls
from tests.road import Road

Test = Callable[..., Awaitable[None]]
REACHED: dict[str, str] = {}
"""Each operation, and the test that reaches it: of the modules that were imported."""


def reaches(*operations: str) -> Callable[[Test], Test]:
    """The test does these operations, each with success; it fails where it does not."""

    def marked(test: Test) -> Test:
        REACHED.update(dict.fromkeys(operations, test.__name__))

        @functools.wraps(test)
        async def walked(**fixtures: Any) -> None:
            [road] = [value for value in fixtures.values() if isinstance(value, Road)]
            road.toggl.calls = ever = _Ever()
            await test(**fixtures)
            assert set(operations) <= ever.done

        return walked

    return marked


class _Ever(Calls):
    """Calls that keeps what was ever done, whatever a test forgets on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.done: set[str | None] = set()

    def record(self, called: Called) -> None:
        """Remember one more."""
        super().record(called)
        if called.status is not None and called.status < 300:
            self.done.add(called.operation)
