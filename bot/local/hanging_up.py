"""Closing a connection without an answer, or in the middle of one, as a failing network does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.types import Receive, Send

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
