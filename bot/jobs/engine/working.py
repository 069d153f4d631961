"""A process that does scheduled work: finds what is due, does what is in line, shows that it lives, tidies up."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from prometheus_client import CollectorRegistry

from bot.dispatcher import failures
from bot.dispatcher.posting import Posts
from bot.dispatcher.tenants import Tenants
from bot.jobs.engine.claiming import claim
from bot.jobs.engine.delivering import Desk
from bot.jobs.engine.doing import Doing
from bot.jobs.engine.durable import Durable
from bot.jobs.engine.line import Line
from bot.jobs.engine.metrics import Metrics
from bot.jobs.engine.tempo import Tempo
from bot.jobs.engine.vitality import Vitality
from bot.jobs.job import Job, Office
from bot.store import StoreUnavailable, connect_queues, deliveries, schedules

BATCH = 100
"""How many schedules are claimed in one unit of work."""


@dataclass(frozen=True, slots=True)
class Trade:
    """What a worker works with. `executor_id` is this process's alone, and never another's after it."""

    office: Office
    posts: Posts
    tenants: Tenants
    jobs: Sequence[Job]
    database_url: str
    executor_id: str
    registry: CollectorRegistry
    tempo: Tempo = field(default_factory=Tempo)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[Worker]:
        """Do scheduled work until the block is left; what is under way then is finished, or put back in line.

        Raises where the database is out of reach at the beginning.
        """
        worker = Worker(self)
        try:
            await worker.open()
            yield worker
        finally:
            await worker.close()


class Worker:
    """One process's work. Nothing it does is lost where it ends at any point: another one, or the next, does it."""

    def __init__(self, trade: Trade) -> None:
        self._trade = trade
        self._office = trade.office
        self._tempo = trade.tempo
        self._jobs = {job.kind: job for job in trade.jobs}
        self._metrics = Metrics(trade.registry)
        self._vitality = Vitality(
            trade.office.store,
            trade.executor_id,
            clock=trade.office.clock,
            monotonic=time.monotonic,
            tempo=trade.tempo,
        )
        self._durable = Durable(connect_queues(trade.database_url), trade.executor_id, polling=trade.tempo.polling)
        self._line = Line(self._durable, trade.tempo)
        desk = Desk(
            trade.office,
            trade.posts,
            trade.tenants,
            self._jobs,
            self._line.posts,
            turn=self._line.turn,
            fence=self._vitality.fence,
        )
        self._doing = Doing(desk, self._jobs, self._line, self._metrics, trade.tempo)
        self._loops: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Begin. Raises StoreUnavailable, and what DBOS raises where its tables are out of reach."""
        await self._vitality.beat()
        await self._durable.open(runs=self._doing.run, posts=self._doing.post)
        rounds: tuple[tuple[Callable[[], Awaitable[None]], timedelta], ...] = (
            (self.tick, self._tempo.tick),
            (self.look_around, self._tempo.beat),
            (self.tidy, self._tempo.pruning),
        )
        self._loops = [asyncio.create_task(_round(do, pause)) for do, pause in rounds]

    async def close(self) -> None:
        """Take nothing more, finish what is under way as far as there is time, and put the rest back in line."""
        for loop in self._loops[:1] + self._loops[2:]:
            loop.cancel()  # the sign of life goes on
        await self._doing.drain(self._tempo.drain)
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        try:
            await self._durable.close()
            await self._vitality.leave()
        except StoreUnavailable:
            structlog.get_logger("bot").warning("left_behind", worker=self._trade.executor_id)  # another takes it over

    async def tick(self) -> None:
        """Put what is due in line, and its next time down, in one unit of work for each batch."""
        async with self._office.store.reading() as db:
            earliest = await schedules.earliest_due(db)
        more = earliest is not None and earliest <= self._office.clock()
        while more:
            async with self._office.store.writing() as db:
                claimed, more = await claim(db, self._jobs, now=self._office.clock(), limit=BATCH)
                await self._line.runs(db, claimed)

    async def look_around(self) -> None:
        """Show that this process lives, take over what dead ones left and what fell from its own hands, and count."""
        for dead in await self._vitality.beat():
            if await self._vitality.claim(dead):
                tasks = await self._durable.take_over(dead.executor_id)
                await self._vitality.bury(dead)
                self._metrics.took_over(tasks)
                structlog.get_logger("bot").warning("took_over", worker=dead.executor_id, tasks=tasks)
        if lost := await self._durable.take_back(looks=self._tempo.looks):
            structlog.get_logger("bot").warning("took_back", tasks=lost)
        async with self._office.store.reading() as db:
            earliest = await schedules.earliest_due(db)
            waiting, oldest = await deliveries.backlog(db)
        self._metrics.show(
            now=self._office.clock(),
            earliest_due=earliest,
            waiting=waiting,
            oldest=oldest,
            workers=self._vitality.others,
        )

    async def tidy(self) -> None:
        """Forget what is done and lies in the queues' tables, and find what fell out of them, as after a backup."""
        await self._durable.prune()
        async with self._office.store.writing() as db:
            rescued = await self._line.rescue(db, self._office.clock())
        if rescued:
            structlog.get_logger("bot").warning("put_in_line_again", tasks=rescued)


async def _round(do: Callable[[], Awaitable[None]], pause: timedelta) -> None:
    """`do`, again and again with a `pause` in between; a failure is written down and does not end it."""
    while True:
        try:
            await do()
        except StoreUnavailable as error:
            structlog.get_logger("bot").warning("work_delayed", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 (the next round may go well)
            failures.report(error, kind="worker")
        await asyncio.sleep(pause.total_seconds())
