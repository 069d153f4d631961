"""A long JSON array (or one JSON value a line) into models as it arrives, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Any, TypeVar

import msgspec

from bot.toggl import reading
from bot.toggl.calls import unreadable
from bot.toggl.operations import Operation

T = TypeVar("T")
BATCH = 256 * 1024
# What one item may grow to before the answer counts as unreadable; an entry is about a kilobyte.
LARGEST_ITEM = 16 * 1024 * 1024

# Objects in an array inside an item may begin like the item: then the cut before is right. Beyond that, scanning is.
_GUESSES = 4
_SPACE = b" \t\r\n"
_BETWEEN = _SPACE + b","
_OPENING, _CLOSING = frozenset(b"{["), frozenset(b"}]")
_FIRST_KEY = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*+"')
# Strings are skipped as a whole, so that a bracket in one does not count; a lone quote is a string without its end yet.
_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+"|["{}\[\]]')


async def items(
    model: type[T],
    chunks: AsyncGenerator[bytes, None],
    operation: Operation,
    *,
    batch: int = BATCH,
    largest: int = LARGEST_ITEM,
) -> AsyncGenerator[T, None]:
    """Each item of the answer as a `model`, as soon as its batch is there. Raises UnreadableAnswer.

    Batches are cut where the last item seems to begin: at `},{` and the first key of the first item. Within a string
    these bytes cannot stand, since a quote in one is escaped, so a cut is right exactly if the batch decodes. If it
    does not (other key order, a nested array of such objects), an earlier cut is tried, then the batch is scanned.
    """
    reader, waiting, enough = _Reader(model, operation), bytearray(), batch
    try:
        async for chunk in chunks:
            waiting += chunk
            if len(waiting) < enough:
                continue
            for item in reader.take(waiting):
                yield item
            if len(waiting) > largest:
                raise unreadable(operation, "an item without an end")
            enough = max(batch, 2 * len(waiting))  # An item larger than a batch is scanned a few times, not often.
    finally:
        await chunks.aclose()
    for item in reader.finish(waiting):
        yield item


class _Reader:
    """Takes whole items off the front of what has arrived."""

    def __init__(self, model: type[Any], operation: Operation) -> None:
        self._model = model
        self._operation = operation
        self._begun = False
        self._ended = False
        self._is_array = False
        self._border = b""

    def take(self, waiting: bytearray) -> list[Any]:
        """The whole items in `waiting`, but perhaps the last of them; what is taken is removed."""
        self._begin(waiting)
        cut = len(waiting)
        for _ in range(_GUESSES):
            cut = self._guess(waiting, cut)
            if cut <= 0:
                break
            if (found := self._decode(bytes(waiting[:cut]))) is not None:
                del waiting[: cut + 1]
                return found
        return self._take_scanned(waiting)

    def finish(self, waiting: bytearray) -> list[Any]:
        """The items in the rest of the answer. Raises UnreadableAnswer where it breaks off."""
        self._begin(waiting)
        rest = bytes(waiting).strip(_SPACE)
        if not self._begun and rest in {b"", b"null"}:
            return []
        if self._is_array and rest.endswith(b"]") and (found := self._decode(rest[:-1])) is not None:
            return found
        found = self._take_scanned(waiting)
        if self._begun and self._ended is self._is_array and not waiting.strip(_SPACE):
            return found
        raise unreadable(self._operation, "the answer breaks off, or is no list")

    def _begin(self, waiting: bytearray) -> None:
        """Come to the next item. The first byte tells an array from a value a line; the first key begins each item."""
        if not self._begun and (start := bytes(waiting.lstrip(_SPACE)[:1])) in {b"[", b"{"}:
            self._begun, self._is_array = True, start == b"["
            if self._is_array:
                del waiting[: waiting.index(b"[") + 1]
        del waiting[: len(waiting) - len(waiting.lstrip(_BETWEEN))]
        if not self._border and (first := _FIRST_KEY.match(waiting)) is not None:
            self._border = b"}," + first[0]

    def _guess(self, waiting: bytearray, before: int) -> int:
        """Where the last comma or line end behind a whole item seems to be; not above zero if nowhere."""
        if not self._begun or self._ended:
            return 0
        if self._is_array:
            return waiting.rfind(self._border, 0, before) + 1 if self._border else 0
        return waiting.rfind(b"\n", 0, before)

    def _decode(self, batch: bytes) -> list[Any] | None:
        """The items of `batch`; None if it is not a number of whole items."""
        batch = reading.without_never(batch)
        try:
            return self._decode_as(self._model, batch)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
        try:
            return self._lenient(self._decode_as(Any, batch))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def _decode_as(self, kind: Any, batch: bytes) -> list[Any]:
        if self._is_array:
            items: list[Any] = reading.decoder(list[kind]).decode(b"[%b]" % batch)
            return items
        return reading.decoder(kind).decode_lines(batch)

    def _lenient(self, values: list[Any]) -> list[Any]:
        return [item for value in values if (item := reading.lenient(self._model, value)) is not None]

    def _take_scanned(self, waiting: bytearray) -> list[Any]:
        """The whole items in `waiting`, found by counting brackets: exact, and slower."""
        text = bytes(waiting)
        values: list[Any] = []
        depth = start = taken = 0
        for mark in _MARK.finditer(text) if self._begun and not self._ended else ():
            if text[mark.start()] in _OPENING:
                start = start if depth else mark.start()
                depth += 1
            elif text[mark.start()] in _CLOSING:
                depth -= 1
                taken = taken if depth > 0 else mark.end()
                if depth == 0:
                    values.append(self._value(text[start:taken]))
                elif depth < 0:
                    self._ended = True
                    break
            elif mark[0] == b'"':
                break
        del waiting[:taken]
        return self._lenient(values)

    def _value(self, text: bytes) -> Any:
        try:
            return msgspec.json.decode(reading.without_never(text))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise unreadable(self._operation, str(error)) from None
