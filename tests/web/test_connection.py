"""Connections of people who mean harm: they end, and cost little until then."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import uvicorn

from bot.web.connection import Connection
from bot.web.server import Server
from tests.serving import listening
from tests.web.test_server import REQUEST, application


class Hasty(Connection):
    """Gives up soon."""

    patience = timedelta(milliseconds=50)


@contextlib.asynccontextmanager
async def served(protocol: type[Connection]) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a bot that speaks `protocol`."""
    app = application()
    server = Server(uvicorn.Config(app, http=protocol, log_config=None, lifespan="off"), app, leaving=timedelta())
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    bound = listening()
    await server.startup(sockets=[bound])
    reader, writer = await asyncio.open_connection(*bound.getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        await server.shutdown()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: bot\r\nX-Slow",
        b"POST /slow HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\na",
        b"POST /nowhere HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\na",
        b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\nGET /healthz HTTP/1.1\r\nHost",
    ],
)
async def test_who_does_not_come_to_the_point_is_hung_up_on(sent: bytes) -> None:
    async with served(Hasty) as (reader, writer):
        writer.write(sent)
        await asyncio.wait_for(reader.read(), 20)


async def test_a_request_that_is_all_there_is_answered_however_long_that_takes() -> None:
    async with served(Hasty) as (reader, writer):  # it takes four times its patience
        for _ in range(2):
            writer.write(REQUEST)
            assert (await asyncio.wait_for(reader.readuntil(b"done"), 20)).startswith(b"HTTP/1.1 200")


async def test_a_head_without_end_is_refused_while_it_is_small() -> None:
    async with served(Connection) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: bot\r\nX-Long: ")
        with contextlib.suppress(ConnectionError):
            for _ in range(160):  # 10 MB, of which the bot takes less
                writer.write(b"a" * 65_536)
                await asyncio.wait_for(writer.drain(), 20)
        assert writer.transport.is_closing() or (await reader.read(12)) == b"HTTP/1.1 431"


async def test_a_long_body_is_no_long_head() -> None:
    async with served(Connection) as (reader, writer):
        body = b"a" * 300_000
        for _ in range(2):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: bot\r\nContent-Length: 300000\r\n\r\n" + body)
            assert (await asyncio.wait_for(reader.readuntil(b"}"), 20)).startswith(b"HTTP/1.1 200")
