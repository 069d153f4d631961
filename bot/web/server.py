"""The server of a process that finishes what it acknowledged before it ends."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Generator

import uvicorn

ENDING = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """Ends at a signal without passing it on.

    uvicorn raises it once more when it has served, which would end the process before anything else is closed.
    A second signal while that is going on ends the process at once.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take the signals that end a process for as long as this serves."""
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in ENDING:
                loop.remove_signal_handler(number)
