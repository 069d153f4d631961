"""Lists, page after page."""

from __future__ import annotations

from contextlib import aclosing

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.toggl.models import Page
from bot.toggl.paging import every


class Shelf:
    """A list that comes in pages of at most `cap`."""

    def __init__(self, size: int, cap: int, *, tells: bool = True) -> None:
        self.items = tuple(range(size))
        self.cap = cap
        self.tells = tells
        self.asked: list[int] = []

    async def page(self, number: int) -> Page[int]:
        self.asked.append(number)
        start = (number - 1) * self.cap
        return Page(data=self.items[start : start + self.cap], page=number, per_page=self.cap if self.tells else None)


@settings(deadline=None)
@given(size=st.integers(0, 40), wanted=st.integers(1, 12), cap=st.integers(1, 12))
async def test_every_item_comes_once_even_if_pages_are_smaller_than_asked(size: int, wanted: int, cap: int) -> None:
    shelf = Shelf(size, min(wanted, cap))
    assert [item async for item in every(shelf.page, per_page=wanted)] == list(shelf.items)
    assert len(shelf.asked) <= size // shelf.cap + 1


async def test_the_next_page_is_not_asked_for_before_it_is_wanted() -> None:
    shelf = Shelf(30, 10)
    async with aclosing(every(shelf.page, per_page=10)) as items:
        async for item in items:
            if item == 9:
                break
    assert shelf.asked == [1]


async def test_no_page_is_asked_for_behind_the_total() -> None:
    asked: list[int] = []

    async def page(number: int) -> Page[int]:
        asked.append(number)
        return Page(data=(number * 2, number * 2 + 1), page=number, per_page=2, total=4)

    assert [item async for item in every(page, per_page=2)] == [2, 3, 4, 5]
    assert asked == [1, 2]


async def test_it_can_begin_later() -> None:
    shelf = Shelf(25, 10)
    assert [item async for item in every(shelf.page, per_page=10, first=3)] == list(range(20, 25))


async def test_a_server_that_always_gives_the_same_page_ends_too() -> None:
    page = Page(data=(1, 2), per_page=2)

    async def same(_number: int) -> Page[int]:
        return page

    assert [item async for item in every(same, per_page=2)] == [1, 2]
