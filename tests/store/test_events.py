from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.store import Store, events


async def _see(store: Store, event_id: str, now: datetime) -> bool:
    async with store.writing() as db:
        return await events.first_sight(db, event_id, now=now)


async def test_an_event_that_arrives_several_times_at_once_is_new_once(store: Store, now: datetime) -> None:
    sights = await asyncio.gather(*(_see(store, "Ev1", now) for _ in range(8)))
    assert sorted(sights) == [False] * 7 + [True]


async def test_each_event_is_new_by_itself(store: Store, now: datetime) -> None:
    assert await _see(store, "Ev1", now)
    assert await _see(store, "Ev2", now)
    assert not await _see(store, "Ev1", now + timedelta(hours=1))


async def test_pruning_forgets_what_was_seen_before(store: Store, now: datetime) -> None:
    await _see(store, "Ev1", now)
    await _see(store, "Ev2", now + timedelta(hours=1))
    async with store.writing() as db:
        assert await events.prune(db, before=now + timedelta(hours=1)) == 1
    assert await _see(store, "Ev1", now)
    assert not await _see(store, "Ev2", now)
