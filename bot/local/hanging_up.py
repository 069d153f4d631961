"""Closing a connection without an answer, or in the middle of one, as a failing network does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

_UNTIL_SENT = 0.05


async def hang_up(receive: Receive, send: Send) -> None:
    """Cut the TCP connection of this request, and wait until the server knows.

    ASGI has no word for it, so uvicorn's transport is taken from behind `send`; where the app is called without a
    server there is no connection, and `ConnectionResetError` is raised in the caller instead.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the connection was dropped")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


HANG_UP = "local.hang_up"
"""The key in an ASGI scope under which `HangingUp` leaves a function that cuts the connection."""


class HangingUp(Starlette):
    """Starlette that lets an endpoint hang up: only out here is the server's own `send` at hand."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with the way to hang up in `scope`."""
        scope[HANG_UP] = partial(hang_up, receive, send)
        await super().__call__(scope, receive, send)


def cut(response: Response, hang_up: Callable[[], Awaitable[None]]) -> Response:
    """`response` that ends in the middle: half of its body, or the first chunk of a stream."""

    async def beginning() -> AsyncIterator[bytes]:
        if isinstance(response, StreamingResponse):
            async for chunk in response.body_iterator:
                yield chunk.encode() if isinstance(chunk, str) else bytes(chunk)
                break
        else:
            yield bytes(response.body)[: len(response.body) // 2]
        await asyncio.sleep(_UNTIL_SENT)  # the server may still hold what was written, and would drop it too
        await hang_up()

    return StreamingResponse(beginning(), status_code=response.status_code, headers=dict(response.headers))
