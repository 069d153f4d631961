"""The signed slash command `/track help`, all routes registered, beside an empty Bolt app and beside Starlette alone.

Each server has its own process and returns the same body. The rounds take turns, so that a busy machine is busy for
all of them; what is printed last are ratios.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import uvicorn
import uvloop
from cryptography.fernet import Fernet
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import composed
from bot.parts import open_store
from bot.settings import Settings
from bot.store import accounts, credentials, migrate, workspaces
from bot.web.logging import set_up_logging

SECRET = "benchmark-signing-secret"  # noqa: S105 (of this benchmark's own servers)
SERVERS = ("bot", "bolt", "starlette")
ROUNDS = 7
ONE_CLIENT_REQUESTS = 400
CLIENTS = 32
REQUESTS_PER_CLIENT = 80
TEAM, USER = "T0001", "U0001"
BODY = urlencode(
    {
        "command": "/track",
        "text": "help",
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": "C0001",
        "channel_name": "general",
        "user_id": USER,
        "user_name": "ann",
        "api_app_id": "A0001",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0001/1234567890/abcdefghijklmnopqrstuvwx",
        "trigger_id": "1234567890.1234567890.abcdef0123456789abcdef0123456789",
    }
).encode()


def main() -> None:
    """Run all rounds and print what they came to."""
    uvloop.run(_measure())


async def _measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        await _connect_somebody(settings)
        with _served(folder, "bot") as ours:
            await _once(ours)  # the first one reads the person; what follows is the body that the others return
            _write_body(folder, await _once(ours))
            with _served(folder, "bolt") as bolt, _served(folder, "starlette") as starlette:
                await _rounds({"bot": ours, "bolt": bolt, "starlette": starlette})


def _write_body(folder: str, answer: bytes) -> None:
    Path(folder, "body.json").write_bytes(answer.partition(b"\r\n\r\n")[2])


async def _rounds(ports: dict[str, int]) -> None:
    bodies = {name: (await _once(port)).partition(b"\r\n\r\n")[2] for name, port in ports.items()}
    assert len(set(bodies.values())) == 1, "the servers do not answer alike"
    medians: dict[str, list[float]] = {name: [] for name in SERVERS}
    rates: dict[str, list[float]] = {name: [] for name in SERVERS}
    for number in range(ROUNDS + 1):
        for name in SERVERS[number % 3 :] + SERVERS[: number % 3]:
            median, rate = await _latency(ports[name]), await _throughput(ports[name])
            if number:  # the first round warms up
                medians[name].append(median)
                rates[name].append(rate)
    print(f"{'/track help':<12}{'median, 1 client':>20}{f'{CLIENTS} clients':>18}")
    for name in SERVERS:
        median, rate = statistics.median(medians[name]), statistics.median(rates[name])
        print(f"{name:<12}{median * 1000:>17.3f} ms{rate:>12.0f} req/s")
    for peer in SERVERS[1:]:
        slower = _ratio(medians["bot"], medians[peer])
        faster = _ratio(rates["bot"], rates[peer])
        print(f"bot against {peer}: {slower:.2f} times the median, {faster:.2f} of the throughput")


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the rounds' ratios: each compares what ran side by side."""
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))


async def _latency(port: int) -> float:
    client = await _connected(port)
    taken = []
    for _ in range(ONE_CLIENT_REQUESTS):
        began = time.perf_counter()
        await client.ask()
        taken.append(time.perf_counter() - began)
    client.close()
    return statistics.median(taken)


async def _throughput(port: int) -> float:
    clients = [await _connected(port) for _ in range(CLIENTS)]

    async def ask_on(client: _Client) -> None:
        for _ in range(REQUESTS_PER_CLIENT):
            await client.ask()

    began = time.perf_counter()
    await asyncio.gather(*(ask_on(client) for client in clients))
    taken = time.perf_counter() - began
    for client in clients:
        client.close()
    return CLIENTS * REQUESTS_PER_CLIENT / taken


class _Client(asyncio.Protocol):
    """One connection with one request at a time on it, as light as Python allows."""

    def __init__(self) -> None:
        self._request = _request()
        self._answer = bytearray()
        self._whole = 0
        self._done: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if not self._whole:
            head, separator, _ = bytes(self._answer).partition(b"\r\n\r\n")
            if not separator:
                return
            assert head.startswith(b"HTTP/1.1 200"), head
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self._whole = len(head) + len(separator) + int(length)
        if len(self._answer) >= self._whole and self._done:
            self._done.set_result(None)

    async def ask(self) -> bytes:
        """Send the request; the whole answer."""
        self._answer.clear()
        self._whole = 0
        self._done = asyncio.get_running_loop().create_future()
        self._transport.write(self._request)
        await self._done
        return bytes(self._answer)

    def close(self) -> None:
        self._transport.close()


async def _connected(port: int) -> _Client:
    _, client = await asyncio.get_running_loop().create_connection(_Client, "127.0.0.1", port)
    return client


async def _once(port: int) -> bytes:
    client = await _connected(port)
    answer = await client.ask()
    client.close()
    return answer


def _request() -> bytes:
    now = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b"v0:" + now.encode() + b":" + BODY, hashlib.sha256).hexdigest()
    return (
        b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\nAccept: */*\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        + f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n".encode()
        + f"Content-Length: {len(BODY)}\r\n\r\n".encode()
        + BODY
    )


def _settings(folder: Path) -> Settings:
    key = folder / "key"
    if not key.exists():
        key.write_bytes(Fernet.generate_key())
    return Settings.model_validate(
        {
            "slack_signing_secret": SECRET,
            "slack_bot_token": "xoxb-benchmark",
            "slack_api_url": "http://127.0.0.1:9/",  # nobody listens: nothing here may need Slack
            "database_url": f"sqlite:///{folder}/bot.sqlite3",
            "encryption_keys": key.read_text(),
        }
    )


async def _connect_somebody(settings: Settings) -> None:
    """Store a person with a credential and a chosen workspace."""
    await migrate(settings.database_url)
    store, now = open_store(settings), datetime.now(UTC)
    await store.open()
    async with store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id=TEAM, team_id=TEAM, user_id=USER, now=now)
        await accounts.update_profile(db, account_id=account.id, locale="en-US", zone="Europe/Berlin", now=now)
        await credentials.save(
            db,
            account_id=account.id,
            kind="focus_key",
            secret="toggl_sk_benchmark",  # noqa: S106 (nobody's)
            label="Ann",
            fingerprint="0" * 16,
            now=now,
        )
        workspace = await workspaces.save(db, account_id=account.id, organization_id=1, name="Studio", focus_id=2)
        await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)
    await store.close()


@contextmanager
def _served(folder: str, name: str) -> Iterator[int]:
    """One of the servers in a process of its own; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603 (this very module)
        [sys.executable, "-m", "benchmarks.command", name, str(port), folder], stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server did not start")


def _bolt(body: str) -> Starlette:
    """An empty Bolt app in its fastest configuration, with one command."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-benchmark", bot_user_id="UBOT")  # noqa: S106 (the same)

    async def track(ack: AsyncAck) -> None:
        await ack(body)

    app = AsyncApp(signing_secret=SECRET, process_before_response=True, authorize=authorize)
    app.command("/track")(track)
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


def _starlette(body: str) -> Starlette:
    """Nothing but the signature check."""
    verifier = SignatureVerifier(SECRET)

    async def endpoint(request: Request) -> Response:
        if not verifier.is_valid_request(await request.body(), dict(request.headers)):
            return Response(status_code=401)
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


async def _serve(name: str, port: int, folder: Path) -> None:
    if name == "bot":
        set_up_logging("INFO")
        async with composed(_settings(folder)) as app:
            await _uvicorn(app, port)
        return
    body = (folder / "body.json").read_text()
    await _uvicorn(_bolt(body) if name == "bolt" else _starlette(body), port)


async def _uvicorn(app: Starlette, port: int) -> None:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, loop="uvloop", http="httptools", access_log=False, log_level="warning"
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ.pop("SLACK_BOT_TOKEN", None)  # Bolt would take it over what it is given
        uvloop.run(_serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
    else:
        main()
