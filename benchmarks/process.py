"""A web process as operators meet it: how long until it is ready, and how much memory after 10,000 commands."""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import psutil
import uvloop
from cryptography.fernet import Fernet

from bot.store import migrate
from tests.dispatcher.fake_slack import SIGNING_SECRET, USER, FakeSlack
from tests.loading import COMMANDS, Proxy
from tests.serving import serving
from tests.store.postgres import running_postgres

STARTS = 5
REQUESTS = 10_000
CLIENTS = 16
MEGABYTE = 1_000_000


def main() -> None:
    """Start it a few times, then let it work: as one of several, and as the one process that does it all."""
    with running_postgres() as postgres, postgres.database() as url:
        asyncio.run(migrate(url))
        print("on PostgreSQL:", end=" ", flush=True)
        uvloop.run(_measure(url.replace("postgresql+psycopg", "postgresql")))
    print("on an SQLite file, which does scheduled work too:", end=" ", flush=True)
    uvloop.run(_measure("sqlite:///bot.sqlite3"))


async def _measure(database_url: str) -> None:
    slack = FakeSlack()
    async with serving(slack.app()) as slack.url:
        with tempfile.TemporaryDirectory() as folder:
            env = _environment(database_url, slack.url)
            ready = [await _start_and_end(env, folder) for _ in range(STARTS)]
            print(f"ready after {statistics.median(ready):.2f} s, at most {max(ready):.2f} s, of {STARTS} starts")
            process, url = _start(env, folder)
            try:
                await _until_ready(url)
                before = psutil.Process(process.pid).memory_info().rss
                rate = await _work(slack, url)
                after = psutil.Process(process.pid).memory_info().rss
            finally:
                process.terminate()
                process.wait(20)
    resident = f"{before / MEGABYTE:.0f} MB resident before, {after / MEGABYTE:.0f} MB after"
    print(f"{REQUESTS:,} commands, {rate:.0f} a second: {resident}")


def _environment(database_url: str, slack_url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "DATABASE_URL": database_url,
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_API_URL": f"{slack_url}/api/",
        "LOG_LEVEL": "WARNING",
    }


def _start(env: dict[str, str], folder: str) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    command = [sys.executable, "-m", "bot", "serve", "--host", "127.0.0.1"]
    started = subprocess.Popen(command, env={**env, "PORT": str(port)}, cwd=folder)  # noqa: S603 (our own command)
    return started, f"http://127.0.0.1:{port}"


async def _start_and_end(env: dict[str, str], folder: str) -> float:
    began = time.perf_counter()
    process, url = _start(env, folder)
    try:
        await _until_ready(url)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


async def _until_ready(url: str) -> None:
    async with asyncio.timeout(30), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"{url}/readyz") as answer:
                    if answer.status == 200:  # noqa: PLR2004 (it is ready)
                        return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.02)


async def _work(slack: FakeSlack, url: str) -> float:
    """Commands of a thousand people, nobody connected; so many a second."""
    proxy = Proxy([url], slack.response_url)
    numbers = iter(range(REQUESTS))
    began = time.perf_counter()
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:

        async def client() -> None:
            for number in numbers:
                await proxy.command(http, COMMANDS[number % len(COMMANDS)], f"{USER}{number % 1000:04}", number)
                slack.calls.clear()

        for _ in range(CLIENTS):
            tasks.create_task(client())
    return REQUESTS / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
