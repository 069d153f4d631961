"""Serve an ASGI application over real HTTP on loopback for the length of a test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Generator

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """A server that leaves signals to pytest, and ends when it is told to instead of at its next look, 0.1 s later."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told_to_end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def main_loop(self) -> None:
        while not self.told_to_end.is_set():
            await self.on_tick(0)  # what it puts into the Date header
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.told_to_end.wait(), timeout=1)


def listening() -> socket.socket:
    """A bound socket on a free port, so that an address is known before its server starts."""
    # The protocol is named because asyncio turns Nagle's delay (40 ms a POST) off only where it is.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", 0))
    return bound


def address(bound: socket.socket) -> str:
    """The address of a bound socket."""
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, bound: socket.socket | None = None) -> AsyncGenerator[str, None]:
    """The address at which `app` answers until the block is left."""
    bound = bound or listening()
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=1)
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        while not server.started:
            if running.done():
                await running
                raise RuntimeError("the server ended before it started")
            await asyncio.sleep(0.005)
        yield address(bound)
    finally:
        server.told_to_end.set()
        await running
        bound.close()
