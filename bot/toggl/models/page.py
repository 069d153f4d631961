"""One page of a list."""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """Some items of a list. Pages count from 1; `total` is how many there are in all, where Toggl says so."""

    data: tuple[T, ...] = ()
    page: int | None = None
    per_page: int | None = None
    total: int | None = None
