"""A long stream of time entries over HTTP: the client against reading the whole answer and validating with pydantic.

Every measurement is a process of its own, so that its memory is its own; the server is another. Run with
`python -m benchmarks.toggl_stream`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import uvloop
from pydantic import BaseModel, TypeAdapter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.toggl import Endpoints, FocusKey, Patience, Toggl, open_http

MEGABYTE = 1_000_000
SHORT, LONG = 50, 500
ROUNDS = 3
_CHUNK_ENTRIES = 64


class Rate(BaseModel):
    """The same fields as the client's model, for pydantic."""

    billable: bool | None = None
    currency: str | None = None
    hourly_rate: float | None = None
    project_id: int | None = None
    start_at: datetime | None = None


class Project(BaseModel):
    """As above."""

    id: int | None = None
    name: str | None = None
    color: str | None = None
    permissions: list[str] | None = None
    private: bool | None = None
    rate: Rate | None = None


class Named(BaseModel):
    """As above."""

    id: int | None = None
    name: str | None = None
    color: str | None = None
    emoji: str | None = None
    type: str | None = None


class Task(BaseModel):
    """As above."""

    id: int | None = None
    name: str | None = None
    workspace_id: int | None = None
    toggl_user_id: int | None = None
    project_id: int | None = None
    project: Project | None = None
    client: Named | None = None
    status_id: int | None = None
    status: Named | None = None
    assignee_user_ids: list[int] | None = None
    tag_ids: list[int] | None = None
    tags: list[Named] | None = None
    description: str | None = None
    billable: bool | None = None
    private: bool | None = None
    pinned: bool | None = None
    position: int | None = None
    priority: str | None = None
    estimated_mins: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


class TimeEntry(BaseModel):
    """As above."""

    id: int | None = None
    workspace_id: int | None = None
    toggl_user_id: int | None = None
    task_id: int | None = None
    task: Task | None = None
    time_block_id: int | None = None
    type: str | None = None
    start: datetime | None = None
    duration: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


def entry(number: int) -> dict[str, Any]:
    """A time entry as Toggl documents it, about a kilobyte."""
    moment = f"2026-11-{number % 28 + 1:02}T09:{number % 60:02}:00Z"
    return {
        "archived_at": None,
        "created_at": moment,
        "deleted_at": None,
        "duration": 60 * (number % 480),
        "id": 90_000_000 + number,
        "start": moment,
        "task": {
            "archived_at": None,
            "assignee_user_ids": [7_000_001, 7_000_002],
            "billable": True,
            "client": {"id": 71, "name": "Nordlicht GmbH"},
            "created_at": moment,
            "description": 'Notes with "quotes", commas and a few words about what is to be done here',
            "estimated_mins": 240,
            "id": 8_000_000 + number % 900,
            "name": f"Write the report, part {number % 900}",
            "pinned": False,
            "position": number % 30,
            "priority": "medium",
            "private": False,
            "project": {
                "color": "#0b83d9",
                "id": 41,
                "name": "Website relaunch",
                "permissions": ["view", "edit"],
                "private": False,
                "rate": {
                    "billable": True,
                    "currency": "EUR",
                    "hourly_rate": 92.5,
                    "project_id": 41,
                    "start_at": moment,
                },
            },
            "project_id": 41,
            "status": {"emoji": "🔨", "id": 3, "name": "In progress", "type": "in_progress"},
            "status_id": 3,
            "tag_ids": [5, 6],
            "tags": [{"color": "#d94182", "id": 5, "name": "writing"}, {"color": "#2da608", "id": 6, "name": "q4"}],
            "toggl_user_id": 7_000_001,
            "updated_at": moment,
            "workspace_id": 2,
        },
        "task_id": 8_000_000 + number % 900,
        "time_block_id": None,
        "toggl_user_id": 7_000_001,
        "type": "activity",
        "updated_at": moment,
        "workspace_id": 2,
    }


def server() -> Starlette:
    """Streams `megabytes` (in `task_id`, which the client lets us choose) of entries, made once."""
    chunks = [
        ",".join(json.dumps(entry(n + k), separators=(",", ":")) for k in range(_CHUNK_ENTRIES)).encode()
        for n in range(0, _CHUNK_ENTRIES * 16, _CHUNK_ENTRIES)
    ]

    async def stream(request: Request) -> Response:
        size = int(request.query_params["task_id"]) * MEGABYTE

        async def body() -> AsyncGenerator[bytes, None]:
            yield b"[" + chunks[0]
            sent = number = 0
            while sent < size:
                number += 1
                chunk = chunks[number % len(chunks)]
                sent += len(chunk)
                yield b"," + chunk
            yield b"]"

        return StreamingResponse(body(), media_type="application/json")

    return Starlette(routes=[Route("/{path:path}", stream)])


async def by_client(address: str, megabytes: int) -> int:
    """Seconds tracked, by the client."""
    async with open_http(timeout=60) as http:
        toggl = Toggl(http, [FocusKey("key")], endpoints=Endpoints(focus=address), patience=Patience(total=60))
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        stream = toggl.workspace(1, 2).time_entries.stream(date_from=moment, date_to=moment, task_id=megabytes)
        total = 0
        async for found in stream:
            total += found.duration or 0
        return total


async def by_pydantic(address: str, megabytes: int) -> int:
    """Seconds tracked, by reading everything and validating it."""
    async with httpx.AsyncClient(timeout=60) as http:
        response = await http.get(f"{address}/stream", params={"task_id": megabytes})
        found = TypeAdapter(list[TimeEntry]).validate_json(response.content)
        return sum(each.duration or 0 for each in found)


PEERS: dict[str, Callable[[str, int], Awaitable[int]]] = {"client": by_client, "pydantic": by_pydantic}


def _peak() -> int:
    """The most memory this program has held, in kB; `getrusage` would count what it was forked from."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    if found is None:
        raise RuntimeError("this kernel tells no peak")
    return int(found[1])


def measure(peer: str, address: str, megabytes: int) -> dict[str, float]:
    """One run in this process: seconds, and the megabytes that its memory peaked at above the start."""

    async def run() -> dict[str, float]:
        await PEERS[peer](address, 1)  # Imports, connections and decoders are there.
        memory, start = _peak(), time.perf_counter()
        total = await PEERS[peer](address, megabytes)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "memory": (_peak() - memory) / 1000, "total": total}

    return uvloop.run(run())


@contextlib.contextmanager
def _serving() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.toggl_stream", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (ourselves)
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _in_process(peer: str, address: str, megabytes: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.toggl_stream", "measure", peer, address, str(megabytes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (ourselves)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _best(peer: str, address: str, megabytes: int) -> dict[str, float]:
    runs = [_in_process(peer, address, megabytes) for _ in range(ROUNDS)]
    return {"seconds": min(run["seconds"] for run in runs), "memory": max(run["memory"] for run in runs)} | {
        "total": runs[0]["total"]
    }


async def announce(app: ASGIApp) -> None:
    """Serve `app` on a free port until the process ends, and print the address."""

    class Announced(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            print(f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}", flush=True)

    await Announced(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")).serve()


def main() -> None:
    """Print the ratios of one run."""
    with _serving() as address:
        ours, theirs, longer = (
            _best("client", address, SHORT),
            _best("pydantic", address, SHORT),
            _in_process("client", address, LONG),
        )
    assert ours["total"] == theirs["total"]
    for name, run, size in (("client", ours, SHORT), ("pydantic", theirs, SHORT), ("client", longer, LONG)):
        print(f"{name:>9} {size:4} MB: {size / run['seconds']:6.0f} MB/s, {run['memory']:6.1f} MB extra memory")
    print(f"speed, client / pydantic: {theirs['seconds'] / ours['seconds']:.1f} (aim: at least 3)")
    print(f"extra memory, client / pydantic: {ours['memory'] / theirs['memory']:.1%} (aim: at most 5 %)")
    print(f"extra memory, ten times as long: {longer['memory']:.1f} MB against {ours['memory']:.1f} MB (aim: flat)")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve"]:
            asyncio.run(announce(server()))
        case ["measure", peer, address, megabytes]:
            print(json.dumps(measure(peer, address, int(megabytes))))
        case _:
            main()
