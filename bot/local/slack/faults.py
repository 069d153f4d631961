"""Faults on demand: what goes wrong with chosen Web API calls, and how often."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.local.hanging_up import HANG_UP


@dataclass(slots=True, kw_only=True)
class Fault:
    """What shall go wrong with the next `times` calls of `method`, in `channel` alone where one is given.

    `delay` is in seconds. `error` is answered instead of doing it; so is `status`, without a body that can be read.
    `drop` closes the connection without an answer, before or after it was done.
    """

    method: str
    channel: str | None = None
    times: int = 1
    delay: float = 0.0
    error: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    drop: Literal["before", "after"] | None = None

    @property
    def instead(self) -> Response | None:
        """What is answered without doing anything; None where it is done."""
        if self.drop == "before":
            return Dropped()
        if self.error is not None:
            return JSONResponse({"ok": False, "error": self.error}, self.status or 200, self.headers)
        if self.status is not None:
            return Response("upstream trouble", self.status, self.headers)
        return None


class Faults:
    """The faults that still wait for their call, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let it happen to the next calls that match."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Let everything go right again."""
        self._waiting.clear()

    async def take(self, method: str, channel: object) -> Fault | None:
        """The fault of this call, used once more, after its delay; None where everything goes right."""
        for fault in self._waiting:
            if fault.method == method and fault.channel in {None, channel}:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                if fault.delay:
                    await asyncio.sleep(fault.delay)
                return fault
        return None


class Dropped(Response):
    """No answer at all: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's signature)
        """Cut the connection."""
        await scope[HANG_UP]()
