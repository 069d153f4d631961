"""Whether this process and the others live, as far as the database knows. Nobody's clock is believed for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.jobs.engine.tempo import Tempo
from bot.store import Store, workers
from bot.store.tables import Worker


class TakenForDeadError(Exception):
    """The process has not shown itself for so long that another may do its work by now."""


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    taken_by: str | None
    looks: int


class Vitality:
    """The process as `executor_id` among the others. `monotonic` gives seconds."""

    def __init__(
        self, store: Store, executor_id: str, *, clock: Clock, monotonic: Callable[[], float], tempo: Tempo
    ) -> None:
        self._store = store
        self._executor_id = executor_id
        self._clock = clock
        self._monotonic = monotonic
        self._tempo = tempo
        self._beaten_at: float | None = None
        self._seen: dict[str, _Seen] = {}

    async def beat(self) -> list[Worker]:
        """Show that this process lives; whose work has to be taken over, because nothing new was seen of them for long.

        Raises StoreUnavailable.
        """
        began = self._monotonic()
        async with self._store.writing() as db:
            await workers.beat(db, self._executor_id, now=self._clock())
        self._beaten_at = began
        async with self._store.reading() as db:
            known = await workers.everyone(db)
        self._seen = {worker.executor_id: self._look(worker) for worker in known}
        return [worker for worker in known if self._seen[worker.executor_id].looks >= self._tempo.looks]

    async def fence(self) -> None:
        """Raise TakenForDeadError where another process may do this one's work by now."""
        limit = self._tempo.fence.total_seconds()
        if self._beaten_at is None or self._monotonic() - self._beaten_at > limit:
            raise TakenForDeadError

    async def claim(self, dead: Worker) -> bool:
        """Take a dead process's work over, for this one alone."""
        async with self._store.writing() as db:
            return await workers.claim_dead(db, dead, by=self._executor_id, now=self._clock())

    async def bury(self, dead: Worker) -> None:
        """Forget a process whose work is in line again."""
        async with self._store.writing() as db:
            await workers.leave(db, dead.executor_id, taken_by=self._executor_id)

    async def leave(self) -> None:
        """Forget the process, which ends and leaves nothing undone behind."""
        async with self._store.writing() as db:
            await workers.leave(db, self._executor_id)

    @property
    def others(self) -> int:
        """How many processes showed themselves lately, this one among them."""
        return sum(seen.looks < self._tempo.looks for seen in self._seen.values())

    def _look(self, worker: Worker) -> _Seen:
        """How often in a row nothing new was seen of a worker: after an outage of the database it starts anew."""
        before = self._seen.get(worker.executor_id)
        now = _Seen(worker.seen_at, worker.taken_by, 0)
        if worker.executor_id == self._executor_id or before is None:
            return now
        same = (before.at, before.taken_by) == (now.at, now.taken_by)
        return replace(now, looks=before.looks + 1) if same else now
