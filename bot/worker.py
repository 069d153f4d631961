"""Scheduled work: in processes of its own on PostgreSQL, beside the web process on an SQLite file."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from bot.clock import Clock, utc_now
from bot.dispatcher import failures
from bot.jobs import JOBS, Job
from bot.jobs.engine.tempo import Tempo
from bot.parts import Parts, assembled
from bot.settings import Settings
from bot.store import check_keys
from bot.web import health

if TYPE_CHECKING:
    from bot.jobs.engine.working import Trade

AGAIN = timedelta(seconds=10)
"""After how long work is begun again that could not be begun."""


@asynccontextmanager
async def composed(
    settings: Settings, *, clock: Clock = utc_now, jobs: Iterable[Job] = JOBS, tempo: Tempo | None = None
) -> AsyncIterator[Starlette]:
    """A worker, and what its supervisor may ask it over HTTP; what it does is finished before it closes.

    Raises SchemaMismatchError, StoreUnavailable.
    """
    registry = CollectorRegistry()
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(assembled(settings, clock=clock))
        await stack.enter_async_context(beside(parts, registry, jobs=jobs, tempo=tempo))
        checks: dict[str, health.Check] = {"database": parts.store.check, "keys": partial(check_keys, parts.store)}
        yield Starlette(routes=health.routes(checks, registry))


@asynccontextmanager
async def beside(
    parts: Parts, registry: CollectorRegistry, *, jobs: Iterable[Job] = JOBS, tempo: Tempo | None = None
) -> AsyncIterator[None]:
    """Do scheduled work until the block is left; it begins a moment after, so that nothing waits for its start."""
    ending = asyncio.Event()
    work = asyncio.create_task(_work(parts, registry, tuple(jobs), tempo or Tempo(), ending))
    try:
        yield
    finally:
        ending.set()
        await work


async def _work(
    parts: Parts, registry: CollectorRegistry, jobs: tuple[Job, ...], tempo: Tempo, ending: asyncio.Event
) -> None:
    make = await asyncio.to_thread(_trade)
    trade = make(
        parts.office,
        parts.posts,
        parts.tenants,
        jobs,
        parts.settings.database_url,
        executor_id=f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}",
        registry=registry,
        tempo=tempo,
    )
    while not ending.is_set():
        try:
            async with trade.working():
                await ending.wait()
        except Exception as error:  # noqa: BLE001 (the web process beside it goes on, and the database may come back)
            failures.report(error, kind="worker")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), AGAIN.total_seconds())


def _trade() -> type[Trade]:
    from bot.jobs.engine.working import Trade  # noqa: PLC0415 (a third of a second that the start must not wait for)

    return Trade
