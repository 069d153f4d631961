"""All items of a list, page after page, for as long as somebody takes them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from bot.toggl.models.page import Page

T = TypeVar("T")
LARGEST_PAGE = 100


async def every(
    fetch: Callable[[int], Awaitable[Page[T]]], *, per_page: int = LARGEST_PAGE, first: int = 1
) -> AsyncGenerator[T, None]:
    """The items of `fetch(page)`, from page `first` on. The next page is asked for when its first item is wanted.

    Ends with a page that is not full, with the `total` where the server tells it, or with a page that is the same as
    the one before: a server that does not know pages ends too.
    """
    number, before = first, None
    while True:
        page = await fetch(number)
        if not page.data or page == before:
            return
        for item in page.data:
            yield item
        full = page.per_page if page.per_page is not None and 0 < page.per_page < per_page else per_page
        if len(page.data) < full or (page.total is not None and page.total <= number * full):
            return
        number, before = number + 1, page
