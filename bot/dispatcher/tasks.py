"""Work that goes on after Slack was acknowledged: kept in sight, so that a shutdown waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")


class Tasks:
    """The running tasks. The event loop alone would let go of them."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run `work`, and keep it until it is done."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def drain(self, timeout: timedelta) -> int:  # noqa: ASYNC109 (a shutdown has one limit for all tasks)
        """Wait for everything that runs, and what that starts, then stop the rest; how many were stopped."""
        clock = asyncio.get_running_loop().time
        until = clock() + timeout.total_seconds()
        while self._running and clock() < until:
            await asyncio.wait(self._running, timeout=until - clock(), return_when=asyncio.FIRST_COMPLETED)
        unfinished = list(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return len(unfinished)
