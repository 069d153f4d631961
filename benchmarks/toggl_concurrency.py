"""Two hundred commands at once by twenty people: the client against bare httpx making the same calls.

The server is a process of its own and answers at once. Run with `python -m benchmarks.toggl_concurrency`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

import httpx
import uvloop
from starlette.types import Receive, Scope, Send

from benchmarks.toggl_stream import announce
from bot.toggl import Cache, Endpoints, FocusKey, MemoryLedger, Toggl, open_http

PEOPLE, COMMANDS, ROUNDS = 20, 200, 15
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ENTRY = {
    "id": 90_000_001,
    "workspace_id": 2,
    "toggl_user_id": 7_000_001,
    "task_id": 5,
    "type": "activity",
    "start": "2026-11-20T09:00:00Z",
    "duration": None,
    "created_at": "2026-11-20T09:00:00Z",
}


async def server(scope: Scope, receive: Receive, send: Send) -> None:
    """Every call is answered with a running entry and the quota's headers."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    headers = [
        (b"content-type", b"application/json"),
        (b"x-toggl-quota-remaining", b"500"),
        (b"x-toggl-quota-resets-in", b"1800"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(ENTRY).encode()})


async def by_client(address: str) -> Callable[[int], Awaitable[None]]:
    """A command as the client makes it: see what runs, start the next."""
    http, ledger, cache = open_http(), MemoryLedger(), Cache()
    people = [
        Toggl(http, [FocusKey(f"key-{n}")], endpoints=Endpoints(focus=address), ledger=ledger, cache=cache)
        for n in range(PEOPLE)
    ]

    async def command(number: int) -> None:
        ws = people[number % PEOPLE].workspace(1, 2)
        running = await ws.tracking.current()
        started = await ws.tracking.start(task_id=5, start=START)
        assert running is not None
        assert started.id == running.id

    return command


async def by_httpx(address: str) -> Callable[[int], Awaitable[None]]:
    """The same two requests, without errors, quota, retries or types."""
    http = httpx.AsyncClient(timeout=10, limits=httpx.Limits(max_connections=100, max_keepalive_connections=50))
    base = f"{address}/organizations/1/workspaces/2/tracking"

    async def command(number: int) -> None:
        headers = {"Authorization": f"Bearer key-{number % PEOPLE}"}
        running = await http.get(f"{base}/current", headers=headers)
        body = {"task_id": 5, "type": "activity", "start": "2026-11-20T09:00:00Z"}
        started = await http.post(f"{base}/start", headers=headers, json=body)
        assert started.json()["id"] == running.json()["id"]

    return command


async def _per_second(command: Callable[[int], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await asyncio.gather(*(command(number) for number in range(COMMANDS)))
    return COMMANDS / (time.perf_counter() - start)


async def _measured(address: str) -> list[tuple[float, float]]:
    """Commands a second of both, round by round in turns, so that both have the same machine. The first warms up."""
    ours, bare = await by_client(address), await by_httpx(address)
    return [(await _per_second(ours), await _per_second(bare)) for _ in range(ROUNDS + 1)][1:]


@contextlib.contextmanager
def _serving() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.toggl_concurrency", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (ourselves)
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main() -> None:
    """Print the ratio of one run."""
    with _serving() as address:
        rounds = uvloop.run(_measured(address))
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"client {ours:.0f} commands/s, bare httpx {bare:.0f} commands/s, two calls each")
    ratio = statistics.median(ours / bare for ours, bare in rounds)
    print(f"throughput, client / bare httpx: {ratio:.2f} (aim: at least 0.8)")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(announce(server))
    else:
        main()
