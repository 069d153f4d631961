"""What becomes of connections when a process is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import uvicorn
import uvloop
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web import health, server
from bot.web.server import Server
from tests.serving import listening

MINUTE = timedelta(minutes=1)
REQUEST = b"GET /slow HTTP/1.1\r\nHost: bot\r\n\r\n"


async def slow(request: Request) -> Response:  # noqa: ARG001 (Starlette's signature)
    await asyncio.sleep(0.2)
    return PlainTextResponse("done")


def application() -> Starlette:
    return Starlette(routes=[Route("/slow", slow), *health.routes({}, CollectorRegistry())])


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections may take as long to speak as a busy machine needs."""
    monkeypatch.setattr(server, "_FIRST_REQUEST", MINUTE)


@contextlib.asynccontextmanager
async def started(leaving: timedelta) -> AsyncIterator[tuple[Server, tuple[str, int]]]:
    """A server that listens, and its address; its signals stay with pytest."""
    app = application()
    server = Server(uvicorn.Config(app, log_config=None, lifespan="off"), app, leaving=leaving)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    bound = listening()
    await server.startup(sockets=[bound])
    yield server, bound.getsockname()


def sent(address: tuple[str, int]) -> socket.socket:
    """A connection with a request in it that the system took and the loop does not know of."""
    connection = socket.create_connection(address)
    connection.sendall(REQUEST)
    connection.setblocking(False)
    return connection


async def answered(connection: socket.socket) -> bytes:
    reader, writer = await asyncio.open_connection(sock=connection)
    try:
        return await asyncio.wait_for(reader.read(), MINUTE.total_seconds())
    finally:
        writer.close()


def test_what_was_sent_at_the_last_moment_is_answered() -> None:
    async def end_under_load() -> list[bytes]:
        async with started(timedelta()) as (server, address):
            waiting = [sent(address) for _ in range(20)]
            ending = asyncio.create_task(server.shutdown())
            answers = await asyncio.gather(*map(answered, waiting))
            await ending
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(address)
            return answers

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as processes do
        answers = runner.run(end_under_load())
    assert [answer.partition(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 200 OK"] * 20


class Crowded:
    """A listener to which connections come until the moment it closes, while the loop looks elsewhere."""

    def __init__(self, listener: asyncio.Server, address: tuple[str, int]) -> None:
        self.listener = listener
        self.address = address
        self.sockets = listener.sockets
        self.waiting: list[socket.socket] = []

    def close(self) -> None:
        self.waiting = self.waiting or [sent(self.address) for _ in range(20)]
        self.listener.close()

    async def wait_closed(self) -> None:
        await self.listener.wait_closed()


def test_what_comes_while_the_listener_closes_is_answered() -> None:
    async def end_in_a_crowd() -> list[bytes]:
        async with started(timedelta()) as (server, address):
            crowded = Crowded(server.servers[0], address)
            server.servers[0] = crowded  # type: ignore[call-overload]  # of a server, what is used
            await server.shutdown()
            return await asyncio.gather(*map(answered, crowded.waiting))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as processes do
        answers = runner.run(end_in_a_crowd())
    assert [answer.partition(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 200 OK"] * 20


async def test_who_has_just_connected_may_still_say_what_they_want() -> None:
    async with started(timedelta()) as (server, (host, port)):
        reader, writer = await asyncio.open_connection(host, port)
        ending = asyncio.create_task(server.shutdown())
        await asyncio.sleep(0.2)
        writer.write(REQUEST)
        assert (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()
        await ending


async def test_a_process_that_leaves_says_so_while_it_still_answers() -> None:
    async with started(MINUTE) as (server, (host, port)):

        async def ask(path: str) -> bytes:
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
            return answer

        assert (await ask("/readyz")).startswith(b"HTTP/1.1 200")
        ending = asyncio.create_task(server.shutdown())
        await asyncio.sleep(0)
        ready = await ask("/readyz")
        assert ready.startswith(b"HTTP/1.1 503")
        assert JSONResponse({"status": "failed", "leaving": "failed"}).body in ready
        assert (await ask("/slow")).startswith(b"HTTP/1.1 200")
        ending.cancel()
        server._leaving = timedelta()
        await server.shutdown()
