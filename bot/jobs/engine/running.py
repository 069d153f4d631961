"""Everything that is due, done at once and in turn: for tests, in which the clock is moved by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.dispatcher.posting import Posts
from bot.dispatcher.tenants import Tenants
from bot.jobs.engine.claiming import claim
from bot.jobs.engine.delivering import Desk, deliver
from bot.jobs.engine.preparing import prepare
from bot.jobs.job import Job, Office
from bot.store import Session, deliveries
from bot.store.tables import Delivery

BATCH = 100


async def _wait_in_the_table(_: Session, __: Sequence[Delivery], ___: datetime) -> None:
    """Posts are found in their table, and need no other line."""


async def run_due(office: Office, posts: Posts, tenants: Tenants, jobs: Iterable[Job], *, now: datetime) -> int:
    """Claim, prepare and post what is due at `now`; the number of runs. Raises whatever a job raises."""
    known = {job.kind: job for job in jobs}
    desk = Desk(office, posts, tenants, known, _wait_in_the_table)
    runs, more = 0, True
    while more:
        async with office.store.writing() as db:
            claimed, more = await claim(db, known, now=now, limit=BATCH)
        for run in claimed:
            await prepare(office, known, run, now=now, enqueue=_wait_in_the_table)
        runs += len(claimed)
    while waiting := await _waiting(office, now):
        for row in waiting:
            await deliver(desk, row.id, now=now)
    return runs


async def _waiting(office: Office, now: datetime) -> Sequence[Delivery]:
    async with office.store.reading() as db:
        return await deliveries.waiting(db, now=now, limit=BATCH)
