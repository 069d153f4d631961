from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Store, workers
from bot.store.tables import Worker

BEAT = timedelta(seconds=5)


async def seen(store: Store) -> dict[str, Worker]:
    async with store.reading() as db:
        return {worker.executor_id: worker for worker in await workers.everyone(db)}


async def beat(store: Store, name: str, now: datetime) -> None:
    async with store.writing() as db:
        await workers.beat(db, name, now=now)


async def test_a_worker_shows_that_it_lives_until_it_leaves(store: Store, now: datetime) -> None:
    await beat(store, "a", now)
    await beat(store, "a", now + BEAT)
    assert (await seen(store))["a"].started_at == now
    assert (await seen(store))["a"].seen_at == now + BEAT
    async with store.writing() as db:
        await workers.leave(db, "a")
    assert await seen(store) == {}


async def test_of_all_who_take_a_dead_ones_work_over_one_does(store: Store, now: datetime) -> None:
    await beat(store, "dead", now)
    dead = (await seen(store))["dead"]
    async with store.writing() as db:
        assert await workers.claim_dead(db, dead, by="a", now=now)
        assert not await workers.claim_dead(db, dead, by="b", now=now)
        await workers.leave(db, "dead", taken_by="b")
    again = (await seen(store))["dead"]
    async with store.writing() as db:
        assert await workers.claim_dead(db, again, by="b", now=now), "the one that took it over died too"
        await workers.leave(db, "dead", taken_by="b")
    assert await seen(store) == {}


async def test_who_shows_itself_again_is_not_taken_over(store: Store, now: datetime) -> None:
    await beat(store, "slow", now)
    slow = (await seen(store))["slow"]
    await beat(store, "slow", now + BEAT)
    async with store.writing() as db:
        assert not await workers.claim_dead(db, slow, by="a", now=now)


async def test_who_was_taken_over_and_lives_is_known_again(store: Store, now: datetime) -> None:
    await beat(store, "slow", now)
    slow = (await seen(store))["slow"]
    async with store.writing() as db:
        await workers.claim_dead(db, slow, by="a", now=now)
    await beat(store, "slow", now + BEAT)
    async with store.writing() as db:
        await workers.leave(db, "slow", taken_by="a")
    assert (await seen(store))["slow"].taken_by is None
