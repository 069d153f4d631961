"""What is put in line: runs, and posts at a pace that Slack allows each workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.jobs.engine.claiming import Claimed
from bot.jobs.engine.queues import POSTS, RUNS, Task
from bot.jobs.engine.tempo import Tempo
from bot.store import Session, deliveries, quotas, schedules
from bot.store.tables import Delivery

BURST = 5
"""How many posts of a workspace may go at once after a pause."""
STALE = timedelta(seconds=5)
"""After how long a turn that was not used is lost, so that what waited for hours does not go all at once."""


LOST = timedelta(hours=1)
"""After how long something is put in line again, once an hour: what is there still does nothing the second time."""
RESCUED_AT_ONCE = 500


class Queues(Protocol):
    """Where tasks are put."""

    async def put(self, db: Session, tasks: Sequence[Task]) -> None:
        """Put tasks in line in the unit of work `db`; one whose name is in line already changes nothing."""


class Line:
    """The two lines, over `queues`."""

    def __init__(self, queues: Queues, tempo: Tempo) -> None:
        self._queues = queues
        self._tempo = tempo

    async def runs(self, db: Session, claimed: Sequence[Claimed]) -> None:
        """Let runs be prepared."""
        await self._queues.put(db, [_run(run, 0, timedelta()) for run in claimed])

    async def run_again(self, db: Session, claimed: Claimed, attempt: int, wait: timedelta) -> None:
        """Let a run be prepared once more, after `wait`."""
        await self._queues.put(db, [_run(claimed, attempt, wait)])

    async def posts(self, db: Session, rows: Sequence[Delivery], now: datetime) -> None:
        """Let posts be delivered, each at its workspace's next turn."""
        tasks = []
        for row in rows:
            wait = await self._reserve(db, row, now)
            tasks.append(_post(row, 0, wait))
        await self._queues.put(db, tasks)

    async def post_again(self, db: Session, row: Delivery, attempt: int, wait: timedelta) -> None:
        """Let a post be tried once more, after `wait`."""
        await self._queues.put(db, [_post(row, attempt, wait)])

    async def rescue(self, db: Session, now: datetime) -> int:
        """Put in line again what has waited for so long that its task must be lost; how much that was."""
        rows = await deliveries.waiting(db, now=now - LOST, limit=RESCUED_AT_ONCE)
        hour = int(now.timestamp() // LOST.total_seconds())
        await self._queues.put(db, [_post(row, hour, timedelta()) for row in rows])
        return len(rows) + await schedules.revive(db, before=now - LOST, now=now)

    async def turn(self, db: Session, row: Delivery, now: datetime) -> timedelta:
        """How long a post has to wait at its workspace's pace; its turn may have passed while it waited."""
        if now - row.not_before <= STALE:
            return timedelta()
        return await self._reserve(db, row, now)

    async def _reserve(self, db: Session, row: Delivery, now: datetime) -> timedelta:
        edits = row.edit_of is not None
        interval = self._tempo.team_edits if edits else self._tempo.team_posts
        key = f"slack:{row.team_id}:{'edits' if edits else 'posts'}"
        wait = await quotas.reserve(db, key, now=now, interval=interval, burst=BURST)
        await deliveries.wait(db, row.id, until=now + wait)
        return wait


def _run(claimed: Claimed, attempt: int, wait: timedelta) -> Task:
    arguments = (claimed.schedule_id, claimed.kind, claimed.due_at.isoformat(), attempt)
    return Task(f"{claimed.name}#{attempt}" if attempt else claimed.name, RUNS, arguments, wait)


def _post(row: Delivery, attempt: int, wait: timedelta) -> Task:
    """Of posts put in line at the same moment, the one with the lower number goes first."""
    name = f"post:{row.id:012}:{row.created_at:%Y%m%d%H%M%S%f}:{attempt}"
    place = row.channel_id if row.account_id is None else f"person-{row.account_id}"
    return Task(name, POSTS, (row.id, attempt), wait, partition=f"{row.team_id}:{place}")
