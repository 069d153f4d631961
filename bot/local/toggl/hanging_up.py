"""Closing a connection without an answer, as a failing network does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive, Send


async def hang_up(receive: Receive, send: Send) -> None:
    """Cut the TCP connection of this request, and wait until the server knows.

    ASGI has no word for it, so uvicorn's transport is taken from behind `send`; where the app is called without a
    server there is no connection, and `ConnectionResetError` is raised in the caller instead.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the local Toggl dropped the connection")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
