"""The server of a process that finishes what it was sent before it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Generator
from datetime import timedelta

import uvicorn
from starlette.applications import Starlette

from bot.web import health

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

LEAVING = timedelta(seconds=1)
"""How long a process that was told to end still answers while `/readyz` says that it leaves, so that whoever spreads
the requests can pass it over."""

_FIRST_REQUEST = timedelta(seconds=1)
"""How long a connection that was made may take to say what it wants."""


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
        # What was started to outlive its terminal ignores SIGHUP, and is to go on doing so.
        taken = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        for number in taken:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in taken:
                loop.remove_signal_handler(number)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that this process leaves, take what was sent meanwhile, and end when all of it is answered."""
        health.leave(self._application)
        await asyncio.sleep(self._leaving.total_seconds())
        loop = asyncio.get_running_loop()
        for server in self.servers:
            for connection in _taken_over(server):
                await loop.connect_accepted_socket(self._protocol, connection)
        until = loop.time() + _FIRST_REQUEST.total_seconds()
        while self._somebody_is_silent() and loop.time() < until:  # noqa: ASYNC110 (uvicorn tells nobody)
            await asyncio.sleep(0.01)
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        """What uvicorn makes for each connection."""
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # a class, not its base
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made

    def _somebody_is_silent(self) -> bool:
        """Whether there are connections on which no request has come yet."""
        return any(getattr(connection, "cycle", None) is None for connection in self.server_state.connections)


def _taken_over(server: asyncio.Server) -> list[socket.socket]:
    """Close `server`; the connections to it that the system has taken and the loop has not."""
    taken: list[socket.socket] = []
    # With a second handle nobody is reset when the loop closes its own, and nothing comes between looking and closing.
    listeners = [socket.socket(fileno=os.dup(one.fileno())) for one in server.sockets]
    server.close()
    for listener in listeners:
        with listener, contextlib.suppress(BlockingIOError):
            listener.setblocking(False)
            while True:
                taken.append(listener.accept()[0])
    for connection in taken:
        connection.setblocking(False)
    return taken
