"""`python -m bot worker`, and the web process beside it or without it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, inspect

from bot.clock import utc_now
from bot.doctor import storage
from bot.store import Cipher, Store, workers
from bot.store.migrations import is_ours
from bot.store.schema import head_revision
from bot.store.tables import Table
from tests.dispatcher.fake_slack import SIGNING_SECRET, FakeSlack, Sender
from tests.serving import listening, serving
from tests.store.postgres import Postgres
from tests.test_main import environment, process, said, until_ready


def free_port() -> str:
    with listening() as bound:
        return str(bound.getsockname()[1])


def settings(folder: Path, url: str, **more: str) -> dict[str, str]:
    return environment(
        folder,
        DATABASE_URL=url.replace("+psycopg", ""),
        ENCRYPTION_KEYS=Fernet.generate_key().decode(),
        SLACK_SIGNING_SECRET=SIGNING_SECRET,
        SLACK_BOT_TOKEN="xoxb-1",
        **more,
    )


async def metrics(session: aiohttp.ClientSession, port: str) -> Mapping[str, float]:
    async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
        lines = (await response.text()).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


async def until_workers(session: aiohttp.ClientSession, port: str, number: int) -> None:
    async with asyncio.timeout(30):
        while True:
            if (await metrics(session, port)).get("bot_workers") == number:
                return
            await asyncio.sleep(0.1)


@contextlib.contextmanager
def newer_tables(url: str) -> Iterator[None]:
    """Let the database be one that a newer version has migrated."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        yield
        connection.execute("UPDATE alembic_version SET version_num = %s", (head_revision(),))


@pytest.mark.postgres
async def test_a_worker_is_watched_over_http_and_ends_when_told_to(
    tmp_path: Path, postgres: Postgres, migrated_postgres: str
) -> None:
    postgres.reset(migrated_postgres)
    port = free_port()
    env = settings(tmp_path, migrated_postgres, WORKER_PORT=port)
    async with aiohttp.ClientSession() as session, process(tmp_path, "worker", env=env) as worker:
        await until_ready(session, f"http://127.0.0.1:{port}")
        async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
        await until_workers(session, port, 1)
        counted = await metrics(session, port)
        assert (counted["bot_jobs_lag_seconds"], counted["bot_posts_waiting"]) == (0, 0)
        with newer_tables(migrated_postgres):  # a release migrates before the workers of the last one end
            await until_ready(session, f"http://127.0.0.1:{port}")
        async with process(tmp_path, "worker", env=env) as other:  # its port is taken: it takes the next one
            await until_workers(session, port, 2)
            other.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(other.wait(), 30) == 0
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(worker.wait(), 30) == 0


async def test_on_sqlite_there_is_nothing_for_a_worker_to_do(tmp_path: Path) -> None:
    status, _, err = await said(tmp_path, "worker", env=environment(tmp_path))
    assert (status, err) == (1, "An SQLite file is for one process: `serve` does what is scheduled there.\n")


async def test_what_is_not_set_is_said(tmp_path: Path) -> None:
    env = environment(tmp_path, DATABASE_URL="postgresql://bot@127.0.0.1/bot")
    status, _, err = await said(tmp_path, "worker", env=env)
    assert status == 1
    assert "ENCRYPTION_KEYS" in err
    assert "SLACK_SIGNING_SECRET" not in err


@pytest.mark.postgres
async def test_a_database_without_tables_is_said(tmp_path: Path, postgres_url: str) -> None:
    status, _, err = await said(tmp_path, "worker", env=settings(tmp_path, postgres_url))
    assert (status, err) == (1, "The database has no tables yet. Run: python -m bot migrate\n")


@pytest.mark.postgres
async def test_the_web_answers_while_no_worker_runs_and_needs_nothing_of_theirs(
    tmp_path: Path, postgres: Postgres, migrated_postgres: str
) -> None:
    postgres.reset(migrated_postgres)
    slack, port = FakeSlack(), free_port()
    async with serving(slack.app()) as slack.url, aiohttp.ClientSession() as session:
        env = settings(tmp_path, migrated_postgres, SLACK_API_URL=f"{slack.url}/api/", PORT=port)
        async with process(tmp_path, "serve", env=env):
            url = f"http://127.0.0.1:{port}"
            await until_ready(session, url)
            answer = await Sender(session, url, slack).command("/track now")
            assert "Connect" in answer.text


async def test_serving_on_sqlite_works_too_and_its_queues_are_left_alone_by_migrations(tmp_path: Path) -> None:
    slack, port = FakeSlack(), free_port()
    file = tmp_path / "bot.sqlite3"
    async with serving(slack.app()) as slack.url, aiohttp.ClientSession() as session:
        env = settings(tmp_path, f"sqlite:///{file}", SLACK_API_URL=f"{slack.url}/api/", PORT=port)
        async with process(tmp_path, "serve", env=env) as served:
            await until_ready(session, f"http://127.0.0.1:{port}")
            await until_workers(session, port, 1)
            served.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(served.wait(), 30) == 0
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert "workflow_status" in inspect(connection).get_table_names()
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


@pytest.mark.postgres
async def test_the_doctor_tells_whether_a_worker_runs(postgres: Postgres, migrated_postgres: str) -> None:
    postgres.reset(migrated_postgres)
    store = Store(migrated_postgres, Cipher([Fernet.generate_key().decode()]))
    assert (await storage.scheduled_work(store, "postgresql")).step.startswith("Start `python -m bot worker`")
    async with store.writing() as db:
        await workers.beat(db, "old", now=utc_now() - timedelta(hours=1))
        await workers.beat(db, "new", now=utc_now())
    assert (await storage.scheduled_work(store, "postgresql")).said == "workers: 1"
    await store.close()
