"""The server of a process that finishes what it was sent before it ends."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Generator
from datetime import timedelta

import uvicorn
from starlette.applications import Starlette

from bot.web import health

ENDING = (signal.SIGINT, signal.SIGTERM)

LEAVING = timedelta(seconds=1)
"""How long a process that was told to end still answers while `/readyz` says that it leaves, so that whoever spreads
the requests can pass it over."""

_SETTLED = 0.05
"""Seconds in which a loop takes the connections that are waiting, and reads what they sent."""


class Server(uvicorn.Server):
    """Ends at a signal without passing it on, and without breaking off a connection that was already made.

    uvicorn raises the signal once more when it has served, which would end the process before anything else is closed.
    It also closes at once, which resets the connections that the system has taken and the loop has not.
    A second signal while that is going on ends the process at once.
    """

    def __init__(self, config: uvicorn.Config, application: Starlette, *, leaving: timedelta = LEAVING) -> None:
        super().__init__(config)
        self._application = application
        self._leaving = leaving

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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that this process leaves, take what was sent meanwhile, and end when all of it is answered."""
        health.leave(self._application)
        await asyncio.sleep(max(self._leaving.total_seconds(), _SETTLED))
        for server in self.servers:
            server.close()
        await asyncio.sleep(_SETTLED)
        await super().shutdown(sockets)
