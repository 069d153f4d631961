"""A hundred thousand schedules, idle and due, beside APScheduler 3 and Procrastinate.

Each measurement is a process of its own. The job is the same trivial one everywhere, due at once; ours is claimed from
the table of schedules, put in line with its next time in one transaction, and done by a durable workflow; APScheduler
forgets a job before it has run, and Procrastinate leaves that of a killed worker to somebody else. PostgreSQL is the
tests', which gives durability up. Run with `python -m benchmarks.schedules`; with a number, of so many schedules.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import procrastinate
import psutil
import uvloop
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore  # type: ignore[import-untyped]  # it has none
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # the same
from cryptography.fernet import Fernet
from prometheus_client import CollectorRegistry
from sqlmodel import col, update

from bot.clock import utc_now
from bot.dispatcher.posting import Posts
from bot.dispatcher.reach import Reach
from bot.dispatcher.tenants import Tenants
from bot.i18n import COMMANDS, N_
from bot.jobs.engine.tempo import Tempo
from bot.jobs.engine.working import Trade, Worker
from bot.jobs.job import Due, Job, Office, Prepared
from bot.services.connections import Connections
from bot.store import Cipher, Store, migrate
from bot.store.tables import Schedule
from tests.store.postgres import running_postgres

SCHEDULES, JOBS, LOOKS, IDLE_SECONDS = 100_000, 1_000, 200, 5
IN_A_WEEK = timedelta(days=7)
AT_ONCE = 50

done: list[float] = []
all_done = asyncio.Event()


async def count(*_: object) -> Prepared:
    """The job: it notes that it ran."""
    done.append(time.perf_counter())
    if len(done) == JOBS:
        all_done.set()
    return Prepared()


async def _until_done() -> float:
    """How long it takes from now until every job ran."""
    began = time.perf_counter()
    await all_done.wait()
    return done[-1] - began


async def ours(url: str, schedules: int) -> dict[str, float]:
    """A worker of ours: idle, claiming, and doing."""
    await migrate(url)
    store = Store(url, Cipher([Fernet.generate_key().decode()]))
    await _fill(store, schedules)
    nobody = cast("Connections", None)
    office = Office(store, nobody, utc_now, COMMANDS, cast("Reach", None))
    job = Job("trivial", cast("Callable[[Office, Due], Awaitable[Prepared]]", count), N_("nothing"))
    trade = Trade(
        office,
        cast("Posts", None),
        cast("Tenants", None),
        [job],
        url,
        executor_id="one",
        registry=CollectorRegistry(),
        tempo=Tempo(tick=timedelta(hours=1)),  # it looks when it is told to, to be timed
    )
    found: dict[str, float] = {}
    async with trade.working() as worker:
        found["look ms"] = 1000 * statistics.median([await _seconds(worker.tick) for _ in range(LOOKS)])
        process = psutil.Process()
        spent = sum(process.cpu_times()[:2])
        await asyncio.sleep(IDLE_SECONDS)
        found["idle core %"] = 100 * (sum(process.cpu_times()[:2]) - spent) / IDLE_SECONDS
        found["memory MB"] = process.memory_info().rss / 1_000_000
        found |= await _due(store, worker)
    await store.close()
    return found


async def _due(store: Store, worker: Worker) -> dict[str, float]:
    async with store.writing() as db:
        await db.exec(update(Schedule).where(col(Schedule.id) <= JOBS).values(next_run_at=utc_now()))
    began = time.perf_counter()
    claiming = await _seconds(worker.tick)
    await _until_done()
    return {"claimed/s": JOBS / claiming, "jobs/s": JOBS / (done[-1] - began)}


async def _fill(store: Store, schedules: int) -> None:
    now = datetime.now(UTC)
    for start in range(0, schedules, 10_000):
        async with store.writing() as db:
            db.add_all(
                Schedule(
                    kind="trivial",
                    tenant_id="T1",
                    team_id="T1",
                    pattern="09:00 weekly mon,tue,wed,thu,fri",
                    zone="Europe/Berlin",
                    next_run_at=now + IN_A_WEEK,
                    created_at=now,
                    updated_at=now,
                )
                for _ in range(min(10_000, schedules - start))
            )


async def apscheduler(url: str, _: int) -> dict[str, float]:
    """APScheduler 3 with its jobs in the database."""
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(url=url)})
    scheduler.start(paused=True)
    for number in range(JOBS):
        scheduler.add_job("__main__:count", "date", run_date=utc_now(), id=str(number), misfire_grace_time=None)
    scheduler.resume()
    seconds = await _until_done()
    scheduler.shutdown(wait=False)
    return {"jobs/s": JOBS / seconds}


async def procrastinates(url: str, _: int) -> dict[str, float]:
    """Procrastinate with as many jobs at once as ours."""
    conninfo = url.replace("postgresql+psycopg://", "postgresql://")
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    task = app.task(name="trivial")(count)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await task.batch_defer_async(*({} for _ in range(JOBS)))
        work = asyncio.create_task(app.run_worker_async(concurrency=AT_ONCE, install_signal_handlers=False))
        seconds = await _until_done()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    return {"jobs/s": JOBS / seconds}


PARTIES: dict[str, Callable[[str, int], Awaitable[dict[str, float]]]] = {
    "ours": ours,
    "APScheduler 3": apscheduler,
    "Procrastinate": procrastinates,
}


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def _measured(party: str, url: str, schedules: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.schedules", party, url, str(schedules)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (this very module)
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def main(arguments: Sequence[str] = ()) -> None:
    """Every party in turn, on SQLite and on PostgreSQL."""
    schedules = int(arguments[0]) if arguments else SCHEDULES
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres:
        for party in PARTIES:
            if party != "Procrastinate":
                driver = "sqlite+aiosqlite" if party == "ours" else "sqlite"
                _tell(party, "SQLite", _measured(party, f"{driver}:///{Path(folder) / party[:4]}.sqlite3", schedules))
            with postgres.database() as url:
                _tell(party, "PostgreSQL", _measured(party, url, schedules))


def _tell(party: str, database: str, found: dict[str, Any]) -> None:
    shown = ", ".join(f"{name} {value:.1f}" for name, value in found.items())
    print(f"{party}, {database}: {shown}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 (a party, its database, how many schedules)
        print(json.dumps(uvloop.run(cast("Any", PARTIES[sys.argv[1]](sys.argv[2], int(sys.argv[3]))))))
    else:
        main(sys.argv[1:])
