"""Answers that are kept, and fetched once however many ask."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.toggl import Cache
from tests.conftest import Clock

HOUR = timedelta(hours=1)


class Source:
    """Something slow: each fetch waits until it is let go, and gives its number."""

    def __init__(self) -> None:
        self.fetches = 0
        self.gate = asyncio.Event()

    async def fetch(self) -> int:
        self.fetches += 1
        number = self.fetches
        await self.gate.wait()
        return number


@pytest.fixture
def cache(clock: Clock) -> Cache:
    """A small cache on the tests' clock."""
    return Cache(clock, capacity=3)


def giving(value: object) -> Callable[[], Awaitable[object]]:
    """A fetch that gives `value`."""

    async def fetch() -> object:
        return value

    return fetch


async def _settled() -> None:
    """Let everything that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_ten_callers_cause_one_call(cache: Cache) -> None:
    source = Source()
    callers = [asyncio.create_task(cache.get(("a",), HOUR, source.fetch)) for _ in range(10)]
    await _settled()
    source.gate.set()
    assert await asyncio.gather(*callers) == [1] * 10
    assert source.fetches == 1


async def test_a_value_is_kept_for_its_time_and_no_longer(cache: Cache, clock: Clock) -> None:
    assert await cache.get(("a",), HOUR, giving(1)) == 1
    clock.pass_(minutes=59)
    assert await cache.get(("a",), HOUR, giving(2)) == 1
    clock.pass_(minutes=1)
    assert await cache.get(("a",), HOUR, giving(2)) == 2


async def test_none_is_a_value(cache: Cache) -> None:
    assert await cache.get(("a",), HOUR, giving(None)) is None
    assert await cache.get(("a",), HOUR, giving(1)) is None


async def test_a_failure_reaches_everyone_and_is_not_kept(cache: Cache) -> None:
    gate = asyncio.Event()

    async def fails() -> int:
        await gate.wait()
        raise OSError("no")

    callers = [asyncio.create_task(cache.get(("a",), HOUR, fails)) for _ in range(3)]
    await _settled()
    gate.set()
    results = await asyncio.gather(*callers, return_exceptions=True)
    assert [str(result) for result in results] == ["no"] * 3
    assert await cache.get(("a",), HOUR, giving(1)) == 1


async def test_one_who_stops_waiting_does_not_stop_the_others(cache: Cache) -> None:
    source = Source()
    first, second = (asyncio.create_task(cache.get(("a",), HOUR, source.fetch)) for _ in range(2))
    await _settled()
    first.cancel()
    await _settled()
    source.gate.set()
    assert await second == 1
    assert first.cancelled()


async def test_a_fetch_that_nobody_waits_for_any_more_still_counts(cache: Cache) -> None:
    source = Source()
    only = asyncio.create_task(cache.get(("a",), HOUR, source.fetch))
    await _settled()
    only.cancel()
    source.gate.set()
    await _settled()
    assert await cache.get(("a",), HOUR, giving(2)) == 1


async def test_a_failure_that_nobody_waits_for_is_quiet(cache: Cache) -> None:
    """An exception that is never retrieved would be a warning, and a warning fails this test."""
    gate = asyncio.Event()

    async def fails() -> int:
        await gate.wait()
        raise OSError("no")

    only = asyncio.create_task(cache.get(("a",), HOUR, fails))
    await _settled()
    only.cancel()
    gate.set()
    await _settled()
    assert await cache.get(("a",), HOUR, giving(1)) == 1


async def test_what_begins_alike_is_dropped_together(cache: Cache) -> None:
    for key in (("a", 1), ("a", 2), ("b", 1)):
        await cache.get(key, HOUR, giving("old"))
    cache.drop("a")
    found = [await cache.get(key, HOUR, giving("new")) for key in (("a", 1), ("a", 2), ("b", 1))]
    assert found == ["new", "new", "old"]


async def test_what_was_being_fetched_when_it_was_dropped_is_not_kept(cache: Cache) -> None:
    """It may have been read before the change that dropped it."""
    source = Source()
    early = asyncio.create_task(cache.get(("a",), HOUR, source.fetch))
    await _settled()
    cache.drop("a")
    late = asyncio.create_task(cache.get(("a",), HOUR, source.fetch))
    await _settled()
    source.gate.set()
    assert (await early, await late) == (1, 2)
    assert await cache.get(("a",), HOUR, giving(3)) == 2


@pytest.mark.parametrize("happens", ["drop", "change"])
async def test_what_is_fetched_during_a_change_is_given_and_not_kept(cache: Cache, happens: str) -> None:
    source = Source()
    early = asyncio.create_task(cache.get(("a",), HOUR, source.fetch))
    await _settled()
    if happens == "drop":
        cache.drop("a")
    else:
        cache.change(("a",), lambda value: value)
    source.gate.set()
    assert await early == 1
    assert await cache.get(("a",), HOUR, giving("new")) == "new"


async def test_a_kept_value_can_be_changed_for_the_rest_of_its_time(cache: Cache, clock: Clock) -> None:
    await cache.get(("a",), HOUR, giving(1))
    clock.pass_(minutes=30)
    cache.change(("a",), lambda value: value + 1)
    assert await cache.get(("a",), HOUR, giving(9)) == 2
    clock.pass_(minutes=30)
    assert await cache.get(("a",), HOUR, giving(9)) == 9


async def test_changing_what_is_not_kept_or_over_changes_nothing(cache: Cache, clock: Clock) -> None:
    cache.change(("a",), lambda value: value + 1)
    await cache.get(("a",), HOUR, giving(1))
    clock.pass_(hours=1)
    cache.change(("a",), lambda value: value + 1)
    assert await cache.get(("a",), HOUR, giving(9)) == 9


async def test_changing_to_none_drops(cache: Cache) -> None:
    await cache.get(("a",), HOUR, giving(1))
    cache.change(("a",), lambda _: None)
    assert await cache.get(("a",), HOUR, giving(2)) == 2


async def test_what_was_used_longest_ago_goes_first(cache: Cache) -> None:
    for name in ("a", "b", "c"):
        await cache.get((name,), HOUR, giving("old"))
    await cache.get(("a",), HOUR, giving("new"))
    await cache.get(("d",), HOUR, giving("old"))
    assert await cache.get(("a",), HOUR, giving("new")) == "old"
    assert await cache.get(("b",), HOUR, giving("new")) == "new"
