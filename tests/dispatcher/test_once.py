from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.dispatcher.once import Once
from bot.dispatcher.tasks import Tasks

MINUTE = timedelta(minutes=1)


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def once(seconds: Seconds) -> Once[int]:
    return Once(Tasks().start, seconds, answered=timedelta(seconds=10), linger=MINUTE)


async def one() -> int:
    return 1


async def test_a_delivery_is_worked_on_once_for_a_minute(once: Once[int], seconds: Seconds) -> None:
    first, new = once.run(one, delivery="d", subject=None)
    assert new
    assert first
    await first
    seconds.now += 9
    assert once.run(one, delivery="d", subject=None) == (first, False)
    seconds.now += 50
    assert once.run(one, delivery="d", subject=None) == (None, False)
    seconds.now += 61
    assert once.run(one, delivery="d", subject=None)[1]


async def test_a_subject_is_worked_on_once_at_a_time(once: Once[int]) -> None:
    first, _ = once.run(one, delivery="d1", subject="s")
    joined, new = once.run(one, delivery="d2", subject="s")
    assert (joined, new) == (first, False)
    assert first
    await first
    await asyncio.sleep(0)
    assert once.run(one, delivery="d3", subject="s")[1]


async def test_what_has_no_name_is_always_new(once: Once[int]) -> None:
    assert all(once.run(one, delivery=None, subject=None)[1] for _ in range(2))


async def test_draining_waits_for_what_runs_and_for_what_that_starts() -> None:
    tasks, done = Tasks(), []

    async def second() -> None:
        await asyncio.sleep(0)
        done.append(2)

    async def first() -> None:
        await asyncio.sleep(0)
        done.append(1)
        tasks.start(second())

    tasks.start(first())
    assert await tasks.drain(timedelta(seconds=5)) == 0
    assert done == [1, 2]


async def test_draining_gives_up_after_its_time() -> None:
    tasks = Tasks()
    stuck = tasks.start(asyncio.Event().wait())
    assert await tasks.drain(timedelta(milliseconds=20)) == 1
    assert stuck.cancelled()
