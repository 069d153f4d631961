"""Long answers, decoded as they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.toggl import Unavailable, UnreadableAnswer, stream
from bot.toggl.models import TimeEntry
from bot.toggl.operations import STREAM_TIME_ENTRIES
from tests.toggl.conftest import Face
from tests.toggl.fakes import answering

FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)


async def _chunks(content: bytes, size: int) -> AsyncGenerator[bytes, None]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def read(content: bytes, *, chunk: int = 7, batch: int = 40) -> list[TimeEntry]:
    """What a stream of `content` gives, in batches small enough that cuts fall everywhere."""

    async def collect() -> list[TimeEntry]:
        found = stream.items(TimeEntry, _chunks(content, chunk), STREAM_TIME_ENTRIES, batch=batch)
        return [entry async for entry in found]

    return asyncio.run(collect())


def ids(entries: Iterable[TimeEntry]) -> list[int | None]:
    """Which entries these are."""
    return [entry.id for entry in entries]


texts = st.text(max_size=12) | st.sampled_from(['},{"id":', '"}],[{"', "\\", '\\"', "\n", "]", "é"])
tags = st.lists(st.fixed_dictionaries({"id": st.integers(1, 99), "name": texts}), max_size=3)
entries = st.lists(
    st.one_of(
        st.fixed_dictionaries({"id": st.integers(1, 10**9), "description": texts, "tags": tags}),
        st.fixed_dictionaries({"tags": tags, "id": st.integers(1, 10**9)}),
        st.fixed_dictionaries({"id": st.integers(1, 10**9), "task": st.fixed_dictionaries({"id": st.integers(1, 9)})}),
    ),
    max_size=12,
)
layouts = st.sampled_from(
    [
        lambda items: json.dumps(items, separators=(",", ":")),
        json.dumps,
        lambda items: json.dumps(items, indent=2, ensure_ascii=False),
        lambda items: "\n".join(json.dumps(item) for item in items),
        lambda items: "\n".join(json.dumps(item) for item in items) + "\n\n",
        lambda items: "\r\n".join(json.dumps(item, indent=1) for item in items),
    ]
)


@settings(deadline=None)
@given(items=entries, layout=layouts, chunk=st.integers(1, 200), batch=st.integers(1, 300))
def test_every_item_comes_once_in_order_however_the_answer_is_laid_out_and_cut(
    items: list[dict[str, Any]], layout: Any, chunk: int, batch: int
) -> None:
    content = layout(items).encode()
    found = read(content, chunk=chunk, batch=batch)
    assert ids(found) == [item["id"] for item in items]
    assert [entry.description for entry in found] == [item.get("description") for item in items]


@settings(deadline=None)
@given(content=st.binary(max_size=60) | st.text(alphabet='[]{},:"\\a1 \n', max_size=60).map(str.encode))
def test_whatever_comes_it_is_read_or_called_unreadable(content: bytes) -> None:
    with suppress(UnreadableAnswer):
        assert all(isinstance(entry, TimeEntry) for entry in read(content))


@pytest.mark.parametrize("content", [b"", b"  ", b"null", b"[]", b" [ ] "])
def test_nothing_is_no_items(content: bytes) -> None:
    assert read(content) == []


@pytest.mark.parametrize(
    "content",
    [
        b'[{"id":1},{"id":2}',
        b'[{"id":1},{"id":2',
        b'[{"id":1},{"tags":[{"id":2}]',
        b'{"id":1}\n{"id":',
        b'[{"id":1}]]',
        b"<html>busy</html>",
        b'"no such workspace"',
        b"[",
    ],
)
def test_an_answer_that_breaks_off_is_said_to(content: bytes) -> None:
    with pytest.raises(UnreadableAnswer):
        read(content)


def test_fields_of_a_wrong_type_become_none_and_the_rest_stays() -> None:
    content = b'[{"id":1,"duration":"long","type":"break"},{"id":"x","start":5,"type":"activity"},null,7]'
    first, second = read(content)
    assert (first.id, first.duration, first.type) == (1, None, "break")
    assert (second.id, second.start, second.type) == (None, None, "activity")


async def test_an_item_without_an_end_is_given_up() -> None:
    taken = 0

    async def endless() -> AsyncGenerator[bytes, None]:
        nonlocal taken
        yield b'[{"id":1,"description":"'
        while True:
            taken += 100
            yield b"x" * 100

    with pytest.raises(UnreadableAnswer):
        [_ async for _ in stream.items(TimeEntry, endless(), STREAM_TIME_ENTRIES, batch=50, largest=1000)]
    assert taken < 3000


@pytest.mark.parametrize("separator", [",", "\n"])
async def test_items_of_an_unusual_layout_come_as_early(separator: str) -> None:
    """No cut can be guessed here, so what is waiting is scanned; it must not pile up."""
    taken = 0

    async def endless() -> AsyncGenerator[bytes, None]:
        nonlocal taken
        yield b"[" if separator == "," else b""
        while True:
            taken += 1
            yield b'{ \n "id" : %d\n}%s\n' % (taken, separator.encode())

    async with aclosing(stream.items(TimeEntry, endless(), STREAM_TIME_ENTRIES, batch=100)) as found:
        async for entry in found:
            if entry.id == 20:
                break
    assert taken < 40


async def test_items_come_before_the_answer_has_ended(face: Face) -> None:
    """The first batch is there while Toggl still sends; leaving early closes the connection."""
    sent: list[int] = []

    async def forever(_request: Request) -> Response:
        async def chunks() -> AsyncGenerator[bytes, None]:
            yield b"["
            for number in range(10_000):
                sent.append(number)
                yield b'{"id":%d,"description":"%s"},' % (number + 1, b"x" * 1000)

        return StreamingResponse(chunks(), media_type="application/json")

    faced = await face(answering(forever))
    async with aclosing(faced.ws.time_entries.stream(date_from=FROM, date_to=TO)) as found:
        async for entry in found:
            if entry.id == 5:
                break
    assert len(sent) < 10_000


async def test_a_connection_that_breaks_is_no_end(face: Face) -> None:
    async def breaks(_request: Request) -> Response:
        async def chunks() -> AsyncGenerator[bytes, None]:
            yield b'[{"id":1},{"id":2}'
            raise ConnectionResetError

        return StreamingResponse(chunks(), media_type="application/json")

    faced = await face(answering(breaks))
    with pytest.raises(Unavailable):
        [_ async for _ in faced.ws.time_entries.stream_by_time_block([1])]


async def test_a_time_that_stands_for_never_is_none(face: Face) -> None:
    async def zero(_request: Request) -> Response:
        return Response('[{"id":1,"archived_at":"0001-01-01T00:00:00Z"},{"id":2,"start":"9999-12-31T00:00:00Z"}]')

    faced = await face(answering(zero))
    found = [entry async for entry in faced.ws.time_entries.stream(date_from=FROM, date_to=TO)]
    assert [(entry.id, entry.archived_at, entry.start) for entry in found] == [(1, None, None), (2, None, None)]


async def test_a_refused_stream_is_the_same_error_as_anywhere(face: Face) -> None:
    async def refuses(_request: Request) -> Response:
        return Response('{"error":"bad","error_description":"date_from is missing"}', 400)

    faced = await face(answering(refuses))
    with pytest.raises(Exception, match="date_from is missing"):
        [_ async for _ in faced.ws.time_entries.stream(date_from=FROM, date_to=TO)]
