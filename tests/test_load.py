"""Two web processes on one PostgreSQL under load, while one of them is restarted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet

from tests.conftest import ServedToggl
from tests.dispatcher.fake_slack import SIGNING_SECRET, USER, FakeSlack
from tests.loading import Measured, Proxy, load
from tests.serving import listening, serving
from tests.store.postgres import Postgres
from tests.test_main import environment, process, until_ready

PEOPLE = [f"{USER}{number:02}" for number in range(20)]


def free_port() -> int:
    with listening() as bound:
        port: int = bound.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def web(folder: Path, port: int, env: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A web process that is ready."""
    async with process(folder, "serve", env={**env, "PORT": str(port)}) as started, aiohttp.ClientSession() as http:
        await until_ready(http, f"http://127.0.0.1:{port}")
        yield started


@pytest.fixture
def empty(postgres: Postgres, migrated_postgres: str) -> str:
    """The address of a database with our tables, and nothing in them."""
    postgres.reset(migrated_postgres)
    return migrated_postgres


async def loaded(
    folder: Path, database_url: str, toggl: ServedToggl, *, per_second: float, seconds: float, given_up: float = 3.0
) -> Measured:
    """Load two processes with commands; the first is restarted in the middle."""
    slack = FakeSlack()
    ports = [free_port(), free_port()]
    async with AsyncExitStack() as stack:
        slack.url = await stack.enter_async_context(serving(slack.app()))
        env = environment(
            folder,
            DATABASE_URL=database_url.replace("postgresql+psycopg", "postgresql"),
            ENCRYPTION_KEYS=Fernet.generate_key().decode(),
            SLACK_SIGNING_SECRET=SIGNING_SECRET,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL=f"{slack.url}/api/",
            TOGGL_FOCUS_URL=f"{toggl.url}/api",
            TOGGL_TRACK_URL=f"{toggl.url}/api/v9",
            LOG_LEVEL="WARNING",
        )
        worker = await stack.enter_async_context(process(folder, "worker", env=env))
        first = await stack.enter_async_context(web(folder, ports[0], env))
        await stack.enter_async_context(web(folder, ports[1], env))

        async def restart() -> None:
            await asyncio.sleep(seconds / 3)
            first.terminate()
            assert await asyncio.wait_for(first.wait(), 60) == 0
            await stack.enter_async_context(web(folder, ports[0], env))

        proxy = Proxy([f"http://127.0.0.1:{port}" for port in ports], slack.response_url)
        measured = await load(
            proxy, per_second=per_second, seconds=seconds, people=PEOPLE, meanwhile=restart, given_up=given_up
        )
        assert worker.returncode is None
    print(f"{len(measured.taken)} answered, 99th percentile {measured.percentile_99 * 1000:.0f} ms")  # noqa: T201 (for `make soak`)
    return measured


@pytest.mark.postgres
async def test_a_restart_under_load_is_seen_by_nobody(tmp_path: Path, empty: str, toggl: ServedToggl) -> None:
    # Whether each answer comes within Slack's three seconds says more of the machine here: `make soak` asks that.
    measured = await loaded(tmp_path, empty, toggl, per_second=20, seconds=9, given_up=60)
    assert measured.failed == []
    assert len(measured.taken) == 180


@pytest.mark.soak
@pytest.mark.postgres
async def test_two_minutes_of_fifty_commands_a_second(tmp_path: Path, empty: str, toggl: ServedToggl) -> None:
    measured = await loaded(tmp_path, empty, toggl, per_second=50, seconds=120)
    assert measured.failed == []
