"""One call and its answer, as values: what the transport takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import quote

from bot.toggl import reading
from bot.toggl.errors import Trouble, UnreadableAnswer, UnreadableReceipt
from bot.toggl.models.page import Page
from bot.toggl.operations import Operation
from bot.toggl.quota import Spending

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One call, complete but for the credential. `organization` is the owner of the quota it is counted on."""

    operation: Operation
    path: str
    organization: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)
    spending: Spending = Spending.PERSON


@dataclass(frozen=True, slots=True)
class Received:
    """An answer with a status of 2xx. Reading it raises UnreadableAnswer where it is not what was asked for."""

    operation: Operation
    status: int
    content: bytes = field(repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing came with the status; null is nothing too."""
        return self.content.strip() in {b"", b"null"}

    def object(self, model: type[T]) -> T:
        """The body as one `model`."""
        return cast("T", self._read(reading.read_object, model))

    def array(self, model: type[T]) -> tuple[T, ...]:
        """The body as a bare array."""
        return cast("tuple[T, ...]", self._read(reading.read_array, model))

    def page(self, model: type[T]) -> Page[T]:
        """The body as a page."""
        return cast("Page[T]", self._read(reading.read_page, model))

    def _read(self, read: Callable[[type[T], bytes], Any], model: type[T]) -> Any:
        try:
            return read(model, self.content)
        except reading.Unreadable as error:
            raise unreadable(self.operation, str(error), self.status) from error


def path_of(operation: Operation, places: Mapping[str, Any]) -> str:
    """The operation's path with its places filled; what would add to the path is escaped."""
    return operation.path.format_map({name: quote(str(value), safe="") for name, value in places.items()})


def unreadable(operation: Operation, words: str, status: int | None = None) -> UnreadableAnswer:
    """The error for an answer that makes no sense: a change may have been made all the same."""
    trouble = Trouble(operation.name, status, words)
    return UnreadableAnswer(trouble) if operation.reads else UnreadableReceipt(trouble)
