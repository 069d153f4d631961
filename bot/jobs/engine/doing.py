"""What is done with a task that comes from the line, on this process's event loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

import structlog

from bot.dispatcher import failures
from bot.jobs.engine.claiming import Claimed
from bot.jobs.engine.delivering import Desk, Ended, Later, Outcome, deliver, give_up_post
from bot.jobs.engine.line import Line
from bot.jobs.engine.metrics import Metrics
from bot.jobs.engine.preparing import give_up, prepare
from bot.jobs.engine.tempo import Tempo
from bot.jobs.engine.vitality import TakenForDeadError
from bot.jobs.job import Job, OvertakenError
from bot.store import StoreUnavailable, deliveries
from bot.store.tables.schedules import POSTED

AWAY = timedelta(seconds=1)
"""Between two attempts to reach the database."""
HELD = timedelta(seconds=2)
"""A wait that is not worth another place in line."""
HANDS = 50
"""How many runs and posts are worked on at once: more would wait for each other's database connections."""
PUZZLED = timedelta(minutes=5)
"""After how long a post is tried again that failed for a reason nobody foresaw."""
PUZZLED_ATTEMPTS = 10


class Doing:
    """Prepares runs and delivers posts. Nothing is lost where this ends in between: its task stays in line."""

    def __init__(self, desk: Desk, jobs: Mapping[str, Job], line: Line, metrics: Metrics, tempo: Tempo) -> None:
        self._desk = desk
        self._office = desk.office
        self._jobs = jobs
        self._line = line
        self._metrics = metrics
        self._tempo = tempo
        self._hands = asyncio.Semaphore(HANDS)
        self._under_way = 0
        self._ending = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def drain(self, patience: timedelta) -> bool:
        """Begin nothing more, and wait for what is under way; False where it takes longer than `patience`."""
        self._ending = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), patience.total_seconds())
        return self._idle.is_set()

    @contextlib.asynccontextmanager
    async def _at_work(self) -> AsyncIterator[None]:
        """Count what is under way; what comes while the process ends is kept until it is put back in line."""
        if self._ending:
            await asyncio.Event().wait()
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def run(self, schedule_id: int, kind: str, due_at: str, attempt: int) -> None:
        """Prepare one run; where it fails it is put in line again a few times."""
        async with self._at_work():
            await self._prepare(schedule_id, kind, due_at, attempt)

    async def post(self, delivery_id: int, attempt: int) -> None:
        """Deliver one post, and keep its conversation for a second; where it has to wait it is put in line again."""
        async with self._at_work():
            await self._post(delivery_id, attempt)

    async def _prepare(self, schedule_id: int, kind: str, due_at: str, attempt: int) -> None:
        claimed = Claimed(schedule_id, kind, datetime.fromisoformat(due_at))
        began = time.perf_counter()
        while True:
            try:
                async with self._hands:
                    outcome = await self._run(claimed, attempt)
            except StoreUnavailable:
                await asyncio.sleep(AWAY.total_seconds())
            else:
                self._metrics.ran(kind, outcome, time.perf_counter() - began)
                return

    async def _post(self, delivery_id: int, attempt: int) -> None:
        while True:
            try:
                async with self._hands:
                    outcome = await self._deliver(delivery_id, attempt)
                if isinstance(outcome, Later) and outcome.wait > HELD:
                    await self._later(delivery_id, attempt + 1, outcome.wait)
                    return
            except (StoreUnavailable, TakenForDeadError):
                await asyncio.sleep(AWAY.total_seconds())
                continue
            if not isinstance(outcome, Later):
                await self._ended(outcome)
                return
            await asyncio.sleep(outcome.wait.total_seconds())

    async def _run(self, claimed: Claimed, attempt: int) -> str:
        office = self._office
        if claimed.kind not in self._jobs:  # an older version runs beside the one that knows it
            await self._run_again(claimed, attempt, PUZZLED)
            return "retried"
        try:
            await prepare(office, self._jobs, claimed, now=office.clock(), enqueue=self._line.posts)
        except StoreUnavailable:
            raise
        except OvertakenError:
            structlog.get_logger("bot").info("overtaken", kind=claimed.kind, attempt=attempt)
        except Exception as error:  # noqa: BLE001 (a job's fault must not stop the others)
            failures.report(error, kind="job", route=claimed.kind, attempt=attempt)
        else:
            return "done"
        if attempt >= len(self._tempo.retries):
            await give_up(office, claimed, now=office.clock())
            return "failed"
        await self._run_again(claimed, attempt + 1, self._tempo.retries[attempt])
        return "retried"

    async def _run_again(self, claimed: Claimed, attempt: int, wait: timedelta) -> None:
        async with self._office.store.writing() as db:
            await self._line.run_again(db, claimed, attempt, wait)

    async def _deliver(self, delivery_id: int, attempt: int) -> Outcome | None:
        try:
            return await deliver(self._desk, delivery_id, now=self._office.clock())
        except (StoreUnavailable, TakenForDeadError):
            raise
        except Exception as error:  # noqa: BLE001 (one post's fault must not stop the others)
            failures.report(error, kind="post", delivery=delivery_id, attempt=attempt)
        if attempt >= PUZZLED_ATTEMPTS:
            return await give_up_post(self._desk, delivery_id, now=self._office.clock())
        return Later(PUZZLED)

    async def _later(self, delivery_id: int, attempt: int, wait: timedelta) -> None:
        async with self._office.store.writing() as db:
            row = await deliveries.find_by_id(db, delivery_id)
            if row is not None:
                await self._line.post_again(db, row, attempt, wait)

    async def _ended(self, outcome: Ended | None) -> None:
        if outcome is None:
            return
        if outcome.state != POSTED:
            self._metrics.posted(outcome.state)
            return
        self._metrics.posted(outcome.state, outcome.lateness.total_seconds())
        await asyncio.sleep(self._tempo.spacing.total_seconds())
