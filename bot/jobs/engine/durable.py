"""The durable queues: what is in line survives every process, and is done by one of them. All of DBOS is in here."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dbos import DBOS, DBOSClient, EnqueueOptions, Serializer
from sqlalchemy import Connection, Engine

from bot.jobs.engine.complaints import Sparing
from bot.jobs.engine.founding import alone
from bot.jobs.engine.queues import POSTS, RUNS, Task
from bot.jobs.engine.serializer import JsonSerializer
from bot.store import Session, outages_told

APPLICATION: Final = "toggl-slack"
VERSION: Final = "1"
"""The same for every version of the bot: what an older one put in line, a newer one does."""
AT_ONCE: Final = 250
"""How much of each queue a process takes at once: what has done its work keeps its place until the next look."""
THREADS: Final = 16
KEPT_FOR: Final = timedelta(minutes=10)
"""How long what is done stays in the queue's tables: its history is in our own."""
PRUNED_AT_ONCE: Final = 1_000
SETTLED: Final = 2.0
"""For how many seconds after a task DBOS may still be writing down that it ended."""
FINISHED: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


Do = Callable[..., Awaitable[None]]


class Durable:
    """The queues in the database behind `engine`, and this process's part in them as `executor_id`.

    One is open in a process at a time.
    """

    def __init__(self, engine: Engine, executor_id: str, *, polling: timedelta) -> None:
        self._engine = engine
        self._executor_id = executor_id
        self._polling = polling.total_seconds()
        self._client: DBOSClient | None = None
        self._hands = _Hands()
        self._idle: Counter[str] = Counter()

    async def open(self, *, runs: Do, posts: Do) -> None:
        """Make the queues where there are none, and begin: `runs` and `posts` do what is in line, given its arguments.

        Raises where the database is away.
        """
        loop = asyncio.get_running_loop()
        # In a thread: DBOS then leaves this event loop alone, and comes back to it by what is registered here.
        await asyncio.to_thread(self._launch, {RUNS: runs, POSTS: posts}, loop)

    async def close(self) -> None:
        """Take nothing more; what is being done is broken off, and put back in line.

        Raises where the database is away: then another process takes it over.
        """
        busy = time.monotonic() - self._hands.ended_at < SETTLED
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=2 if busy else 0)
        try:
            if self._client is not None:
                await self.take_over(self._executor_id)
        finally:
            await asyncio.to_thread(self._destroy)

    async def put(self, db: Session, tasks: Sequence[Task]) -> None:
        """Put tasks in line in the unit of work `db`; one whose name is in line already changes nothing."""
        if tasks:
            connection = await db.connection()
            await connection.run_sync(self._put, tasks)

    async def take_over(self, executor_id: str) -> int:
        """Put what another process was doing back in line, in its own queue; how much that was.

        Only where that process is dead: what it is still doing would be done twice. Raises StoreUnavailable.
        """
        taken = 0
        with outages_told():
            for queue in (RUNS, POSTS):
                names = await self._pending(queue, executor_id)
                if names:
                    await self._known.resume_workflows_async(names, queue_name=queue)
                taken += len(names)
        return taken

    async def take_back(self, *, looks: int) -> int:
        """Put back in line what this process took and is not doing; how much that was. Raises StoreUnavailable.

        Where the database goes away while a task is taken or ended, DBOS may lose sight of it. It is seen `looks` times
        in a row before it is put back, for it may only be about to begin.
        """
        taken = 0
        idle: Counter[str] = Counter()
        with outages_told():
            for queue in (RUNS, POSTS):
                names = [
                    name for name in await self._pending(queue, self._executor_id) if name not in self._hands.under_way
                ]
                lost = [name for name in names if self._idle[name] + 1 >= looks]
                idle.update({name: self._idle[name] + 1 for name in names if name not in lost})
                if lost:
                    await self._known.resume_workflows_async(lost, queue_name=queue)
                taken += len(lost)
        self._idle = idle
        return taken

    async def prune(self) -> int:
        """Forget what is done; how much that was. Raises StoreUnavailable."""
        before = (datetime.now(UTC) - KEPT_FOR).isoformat()
        pruned, more = 0, True
        with outages_told():
            while more:
                done = await self._known.list_workflows_async(
                    status=FINISHED, completed_before=before, limit=PRUNED_AT_ONCE, load_input=False, load_output=False
                )
                if done:
                    await self._known.delete_workflows_async([workflow.workflow_id for workflow in done])
                pruned += len(done)
                more = len(done) == PRUNED_AT_ONCE
        return pruned

    async def _pending(self, queue: str, executor_id: str) -> list[str]:
        """What a process has taken from a queue and not ended."""
        unfinished = await self._known.list_workflows_async(
            executor_id=executor_id, status="PENDING", queue_name=queue, load_input=False, load_output=False
        )
        return [workflow.workflow_id for workflow in unfinished]

    @property
    def _known(self) -> DBOSClient:
        if self._client is None:
            raise RuntimeError("the queues are not open")
        return self._client

    def _launch(self, known: Mapping[str, Do], loop: asyncio.AbstractEventLoop) -> None:
        logger = logging.getLogger("dbos")
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # or it would write to the console by itself
        if not logger.filters:
            logger.addFilter(Sparing())
        serializer: Serializer = JsonSerializer()
        DBOS(
            config={
                "name": APPLICATION,
                "application_version": VERSION,
                "executor_id": self._executor_id,
                "system_database_engine": self._engine,
                "serializer": serializer,
                "use_listen_notify": False,
                "notification_listener_polling_interval_sec": 0.25,
                "scheduler_polling_interval_sec": 3600.0,
                "max_executor_threads": THREADS,
                "log_level": "WARNING",
            }
        )
        for name, do in known.items():
            _register(name, do, loop, self._hands)
        with alone(self._engine):
            DBOS.launch()
        self._client = DBOSClient(
            system_database_engine=self._engine,
            serializer=serializer,
            application_name=APPLICATION,
            lazy=True,
            retry_connection_errors=False,
        )
        DBOS.register_queue(RUNS, worker_concurrency=AT_ONCE, polling_interval_sec=self._polling)
        DBOS.register_queue(
            POSTS, worker_concurrency=AT_ONCE, partition_concurrency=1, polling_interval_sec=self._polling
        )

    def _put(self, connection: Connection, tasks: Sequence[Task]) -> None:
        for task in tasks:
            self._known.enqueue_in_transaction(connection, _options(task), *task.arguments)

    def _destroy(self) -> None:
        if self._client is not None:
            self._client.destroy()
        self._engine.dispose()


def _options(task: Task) -> EnqueueOptions:
    """What DBOS wants to know of a task."""
    options = EnqueueOptions(
        workflow_name=task.queue, queue_name=task.queue, workflow_id=task.name, app_version=VERSION
    )
    if task.wait > timedelta():
        options["delay_seconds"] = task.wait.total_seconds()
    if task.partition is not None:
        options["queue_partition_key"] = task.partition
    return options


@dataclass(slots=True)
class _Hands:
    """The tasks that this process is doing, and when (in seconds) the last of them ended."""

    under_way: set[str] = field(default_factory=set)
    ended_at: float = -math.inf


def _register(name: str, do: Do, loop: asyncio.AbstractEventLoop, hands: _Hands) -> None:
    """Let DBOS do tasks of the queue `name` on `loop`."""

    async def work(*arguments: Any) -> None:
        task = DBOS.workflow_id or ""
        hands.under_way.add(task)
        try:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_run(do, arguments), loop))
        finally:
            hands.under_way.discard(task)
            hands.ended_at = time.monotonic()

    DBOS.workflow(name=name, max_recovery_attempts=None)(work)


async def _run(do: Do, arguments: tuple[Any, ...]) -> None:
    await do(*arguments)
