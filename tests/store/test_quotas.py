from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Ledger, Store, quotas

SECOND = timedelta(seconds=1)
Kept = tuple[int, datetime]


@pytest.fixture
def ledger(store: Store) -> Ledger[Kept]:
    """A ledger whose records are pairs."""
    return Ledger(store, lambda remaining, resets_at: (remaining, resets_at))


async def _reserve(ledger: Ledger[Kept], at: datetime, key: str = "f1:track") -> timedelta:
    """A place a second, three at once."""
    return await ledger.reserve(key, now=at, interval=SECOND, burst=3)


async def test_a_ledger_starts_empty_and_keeps_the_last_word(ledger: Ledger[Kept], now: datetime) -> None:
    assert await ledger.read("f1:7") is None
    await ledger.record("f1:7", remaining=0, resets_at=now)
    await ledger.record("f1:7", remaining=600, resets_at=now + timedelta(hours=1))
    await ledger.record("f2:7", remaining=5, resets_at=now)
    assert await ledger.read("f1:7") == (600, now + timedelta(hours=1))


async def test_a_burst_goes_at_once_and_the_rest_one_each_interval(ledger: Ledger[Kept], now: datetime) -> None:
    waits = [await _reserve(ledger, now) for _ in range(5)]
    assert waits == [0 * SECOND, 0 * SECOND, 0 * SECOND, 1 * SECOND, 2 * SECOND]


async def test_after_a_pause_the_burst_is_there_again(ledger: Ledger[Kept], now: datetime) -> None:
    for _ in range(4):
        await _reserve(ledger, now)
    assert [await _reserve(ledger, now + seconds * SECOND) for seconds in (1.5, 60, 60, 60, 60)] == [
        0.5 * SECOND, 0 * SECOND, 0 * SECOND, 0 * SECOND, 1 * SECOND,
    ]  # fmt: skip


async def test_a_clock_that_was_ahead_for_a_while_holds_nobody_up(ledger: Ledger[Kept], now: datetime) -> None:
    for _ in range(4):
        await _reserve(ledger, now + timedelta(days=1))
    assert [await _reserve(ledger, now) for _ in range(4)] == [0 * SECOND, 0 * SECOND, 0 * SECOND, 1 * SECOND]


async def test_reservations_at_once_each_get_their_own_place(ledger: Ledger[Kept], now: datetime) -> None:
    waits = await asyncio.gather(*(_reserve(ledger, now) for _ in range(8)))
    assert sorted(waits) == [max(0, place - 2) * SECOND for place in range(8)]


async def test_pace_and_quota_of_one_key_leave_each_other_alone(ledger: Ledger[Kept], now: datetime) -> None:
    await _reserve(ledger, now, "f1:7")
    assert await ledger.read("f1:7") is None
    await ledger.record("f1:7", remaining=3, resets_at=now)
    waits = [await _reserve(ledger, now, "f1:7") for _ in range(3)]
    assert waits == [0 * SECOND, 0 * SECOND, 1 * SECOND]
    assert await ledger.read("f1:7") == (3, now)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pauses=st.lists(st.floats(min_value=0, max_value=3), min_size=1, max_size=12),
    burst=st.integers(min_value=1, max_value=4),
    name=st.uuids(),
)
async def test_no_window_ever_holds_more_calls_than_the_pace_allows(
    ledger: Ledger[Kept], now: datetime, pauses: list[float], burst: int, name: object
) -> None:
    starts = []
    for pause in pauses:
        now += pause * SECOND
        starts.append(now + await ledger.reserve(str(name), now=now, interval=SECOND, burst=burst))
    for (first, earlier), (last, later) in itertools.combinations(enumerate(starts), 2):
        assert later - earlier >= (last - first + 1 - burst) * SECOND


async def test_pruning_keeps_what_still_counts(store: Store, ledger: Ledger[Kept], now: datetime) -> None:
    await ledger.record("over", remaining=0, resets_at=now - SECOND)
    await ledger.record("counts", remaining=0, resets_at=now + SECOND)
    await ledger.reserve("waits", now=now, interval=SECOND, burst=1)
    await ledger.reserve("waited", now=now - timedelta(minutes=1), interval=SECOND, burst=1)
    async with store.writing() as db:
        assert await quotas.prune(db, now=now) == 2
        assert await quotas.read(db, "over") is None
        assert await quotas.read(db, "counts") == (0, now + SECOND)
    assert await ledger.reserve("waits", now=now, interval=SECOND, burst=1) == SECOND
