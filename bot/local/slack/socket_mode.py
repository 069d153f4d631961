"""Socket Mode: the same deliveries over a WebSocket that the app opened."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

from aiohttp import WSMsgType, web

from bot.local.slack.delivery import FAILED, TIMED_OUT, Acknowledgement, Kind
from bot.local.slack.ids import Ids
from bot.local.slack.pace import Pace
from bot.local.slack.world import Json

_PATH = "/link"


class SocketRoad:
    """Connections of the app. Every delivery goes over one of them and waits for its envelope's acknowledgement.

    It listens on a port of its own: the web server has no WebSocket library, aiohttp brings one.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._turn = 0
        self.ready = asyncio.Event()
        """Set while the app is connected."""

    async def open(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_get(_PATH, self._connection)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Say goodbye to every connection and stop listening."""
        for socket in tuple(self._sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def issue_address(self) -> str:
        """What `apps.connections.open` answers: an address good for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}{_PATH}?ticket={ticket}"

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for socket in tuple(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
            await socket.close()

    async def send(self, kind: Kind, payload: Json, headers: dict[str, str]) -> Acknowledgement:
        """Deliver once over the next connection in turn."""
        started = time.perf_counter()
        if not self._sockets:
            return Acknowledgement(0.0, FAILED)
        envelope: Json = {
            "envelope_id": Ids.uuid(),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = int(headers.get("X-Slack-Retry-Num", "0"))
            envelope["retry_reason"] = headers.get("X-Slack-Retry-Reason", "")
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answered
        self._turn += 1
        try:
            async with asyncio.timeout(self._pace.acknowledge):
                await self._sockets[self._turn % len(self._sockets)].send_json(envelope)
                answer = await answered
        except TimeoutError:
            return Acknowledgement((time.perf_counter() - started) * 1000, TIMED_OUT)
        except ConnectionError:
            return Acknowledgement((time.perf_counter() - started) * 1000, FAILED)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)
        body = json.dumps(answer["payload"]).encode() if answer.get("payload") else b""
        spent = (time.perf_counter() - started) * 1000
        return Acknowledgement(spent, None, 200, body, "application/json")

    async def _connection(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=10.0)
        await socket.prepare(request)
        hello = {"type": "hello", "num_connections": len(self._sockets) + 1, "debug_info": {"host": "local"}}
        await socket.send_json(hello)
        self._sockets.append(socket)
        self.ready.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self._sockets.remove(socket)
            if not self._sockets:
                self.ready.clear()
        return socket

    def _acknowledged(self, text: str) -> None:
        try:
            answer: Any = json.loads(text)
        except ValueError:
            return
        if isinstance(answer, dict):
            waiting = self._waiting.get(str(answer.get("envelope_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result(answer)
