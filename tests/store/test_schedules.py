from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.store import Account, Store, accounts, exporting, forget_tenant, schedules
from bot.store.tables import Schedule

KIND = "stats"
HOUR = timedelta(hours=1)


async def add(store: Store, due_at: datetime, **details: Any) -> Schedule:
    """One schedule in the workspace T1."""
    given = {"kind": KIND, "tenant_id": "T1", "team_id": "T1", "due_at": due_at, "now": due_at, **details}
    async with store.writing() as db:
        return await schedules.add(db, **given)


async def ensure(store: Store, due_at: datetime, **details: Any) -> Schedule:
    """The schedule with the key `k` in the workspace T1."""
    given = {"kind": KIND, "key": "k", "tenant_id": "T1", "team_id": "T1", "due_at": due_at, "now": due_at, **details}
    async with store.writing() as db:
        await schedules.ensure(db, **given)
        found = await schedules.find(db, tenant_id="T1", kind=KIND, key="k")
    assert found is not None
    return found


async def test_what_is_given_is_kept(store: Store, ann: Account, now: datetime) -> None:
    made = await add(
        store, now, pattern="09:00 weekly mon", zone="Europe/Berlin", payload={"ids": [7], "name": "Ä"}, owner_id=ann.id
    )
    async with store.reading() as db:
        found = await schedules.find_by_id(db, made.id)
    assert found is not None
    assert (found.settings, found.pattern, found.zone, found.next_run_at, found.owner_id) == (
        {"ids": [7], "name": "Ä"},
        "09:00 weekly mon",
        "Europe/Berlin",
        now,
        ann.id,
    )


async def test_a_key_is_one_schedules_in_its_tenant_and_kind(store: Store, now: datetime) -> None:
    await add(store, now, key="k")
    await add(store, now, key="k", tenant_id="T2")
    await add(store, now, key="k", kind="other")
    await add(store, now)
    await add(store, now)
    with pytest.raises(IntegrityError):
        await add(store, now, key="k")


async def test_ensuring_makes_it_once_and_only_hurries_it(store: Store, now: datetime) -> None:
    first = await ensure(store, now, payload={"n": 1})
    later = await ensure(store, now + HOUR, payload={"n": 2})
    sooner = await ensure(store, now - HOUR)
    assert first.id == later.id == sooner.id
    assert (later.next_run_at, sooner.next_run_at, sooner.settings) == (now, now - HOUR, {"n": 1})


async def test_ensuring_what_is_being_done_makes_it_due_once_more(store: Store, now: datetime) -> None:
    made = await ensure(store, now)
    async with store.writing() as db:
        await schedules.change(db, made.id, now=now, next_run_at=None)
    assert (await ensure(store, now + HOUR)).next_run_at == now + HOUR
    async with store.writing() as db:
        assert not await schedules.finish(db, made.id)


async def test_schedules_are_found_by_channel_person_and_owner(store: Store, ann: Account, now: datetime) -> None:
    here = await add(store, now, channel_id="C1", owner_id=ann.id)
    mine = await add(store, now, account_id=ann.id, kind="remind")
    async with store.reading() as db:
        of_channel = await schedules.of_channel(db, tenant_id="T1", channel_id="C1", kind=KIND)
        assert [row.id for row in of_channel] == [here.id]
        assert [row.id for row in await schedules.of_account(db, account_id=ann.id)] == [mine.id]
        assert [row.id for row in await schedules.of_owner(db, owner_id=ann.id)] == [here.id]
        assert await schedules.of_account(db, account_id=ann.id, kind=KIND) == []
        assert await schedules.of_owner(db, owner_id=ann.id, kind="remind") == []
        assert await schedules.of_channel(db, tenant_id="T2", channel_id="C1") == []


async def test_a_schedule_is_changed_paused_resumed_and_removed(store: Store, now: datetime) -> None:
    made = await add(store, now)
    async with store.writing() as db:
        assert await schedules.change(db, made.id, now=now, zone="Asia/Tokyo", payload={"n": 2})
        assert await schedules.pause(db, made.id, reason="Gone.", now=now)
        assert not await schedules.pause(db, made.id, reason="Gone again.", now=now)
        assert await schedules.claim_due(db, now=now, limit=9) == []
        assert await schedules.earliest_due(db) is None
        assert await schedules.resume(db, made.id, due_at=now + HOUR, now=now)
        assert not await schedules.resume(db, made.id, due_at=now, now=now)
        assert await schedules.earliest_due(db) == now + HOUR
        assert await schedules.remove(db, made.id)
        assert not await schedules.remove(db, made.id)
        assert not await schedules.change(db, made.id, now=now, zone="UTC")


async def test_the_longest_due_come_first_and_no_more_than_asked_for(store: Store, now: datetime) -> None:
    for minutes in (3, 1, 2, -1):
        await add(store, now - timedelta(minutes=minutes), key=str(minutes))
    async with store.writing() as db:
        claimed = await schedules.claim_due(db, now=now, limit=2)
        assert [row.key for row in claimed] == ["3", "2"]


async def test_of_two_who_claim_at_once_each_gets_others(store: Store, now: datetime) -> None:
    for _ in range(40):
        await add(store, now)

    async def claim() -> list[int]:
        taken: list[int] = []
        while True:
            async with store.writing() as db:
                rows = await schedules.claim_due(db, now=now, limit=7)
                for row in rows:
                    row.next_run_at = None
                    db.add(row)
            if not rows:
                return taken
            taken += [row.id for row in rows]

    first, second = await asyncio.gather(claim(), claim())
    assert len({*first, *second}) == len(first) + len(second) <= 40
    assert sorted([*first, *second, *await claim()]) == list(range(1, 41))


async def test_a_run_is_done_once(store: Store, now: datetime) -> None:
    made = await add(store, now)
    async with store.writing() as db:
        assert await schedules.claim_run(db, made.id, due_at=now) is not None
        assert await schedules.claim_run(db, made.id, due_at=now) is None
        assert await schedules.claim_run(db, made.id, due_at=now - HOUR) is None
        assert await schedules.claim_run(db, made.id, due_at=now + HOUR) is not None
        await schedules.pause(db, made.id, now=now)
        assert await schedules.claim_run(db, made.id, due_at=now + 2 * HOUR) is None


async def test_a_schedule_stays_without_its_maker_and_goes_with_whom_it_serves(
    store: Store, ann: Account, now: datetime
) -> None:
    made = await add(store, now, owner_id=ann.id)
    mine = await add(store, now, account_id=ann.id)
    async with store.writing() as db:
        assert len((await exporting.of_person(db, ann))["schedules"]) == 2
        await accounts.forget(db, ann.id)
    async with store.reading() as db:
        left = await schedules.find_by_id(db, made.id)
        assert left is not None
        assert left.owner_id is None
        assert await schedules.find_by_id(db, mine.id) is None


async def test_a_workspaces_schedules_go_with_it(store: Store, now: datetime) -> None:
    mine, others = await add(store, now), await add(store, now, tenant_id="T2")
    async with store.writing() as db:
        await forget_tenant(db, tenant_id="T1")
    async with store.reading() as db:
        assert await schedules.find_by_id(db, mine.id) is None
        assert await schedules.find_by_id(db, others.id) is not None
