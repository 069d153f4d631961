"""Answers as HTTP responses: JSON, nothing, or a stream in chunks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response, StreamingResponse

from bot.local.toggl.call import NOTHING, Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.local.toggl.errors import Product, Refusal

_STREAMED_AT_ONCE = 64


def refuse(refusal: Refusal, product: Product, trace_id: str) -> Response:
    """The refusal as its product says it."""
    body = refusal.body(product, trace_id)
    return render(Answer(refusal.status, NOTHING if body is None else body))


def render(answer: Answer) -> Response:
    """The HTTP response. A stream is a bare JSON array in chunks, whatever is accepted."""
    if answer.stream is not None:
        return StreamingResponse(_array(answer.stream), media_type="application/json")
    if answer.json is NOTHING:
        return Response(status_code=answer.status)
    return Response(msgspec.json.encode(answer.json), status_code=answer.status, media_type="application/json")


async def _array(values: Iterator[Any]) -> AsyncIterator[bytes]:
    separator = b"["
    for batch in _batches(values):
        yield separator + b",".join(batch)
        separator = b","
    yield b"[]" if separator == b"[" else b"]"


def _batches(values: Iterator[Any]) -> Iterator[list[bytes]]:
    """The values encoded, so many at once that no chunk is much larger than a hundred kilobytes."""
    while batch := [msgspec.json.encode(value) for value in itertools.islice(values, _STREAMED_AT_ONCE)]:
        yield batch
