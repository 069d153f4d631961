from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.store import Account, Store, undo

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
async def undoable(store: Store, ann: Account, now: datetime) -> str:
    """A change of Ann's that can be undone for half an hour."""
    await _add(store, ann, "change", now)
    return "change"


async def _add(store: Store, person: Account, undo_id: str, at: datetime) -> None:
    async with store.writing() as db:
        await undo.add(
            db,
            id=undo_id,
            account_id=person.id,
            kind="stop",
            payload='{"entry": 7}',
            created_at=at,
            expires_at=at + HALF_AN_HOUR,
        )


async def _claim(store: Store, undo_id: str, person: Account, now: datetime) -> bool:
    async with store.writing() as db:
        return await undo.claim(db, undo_id, account_id=person.id, now=now) is not None


async def test_a_claimed_action_says_what_to_do(store: Store, ann: Account, now: datetime, undoable: str) -> None:
    async with store.writing() as db:
        claimed = await undo.claim(db, undoable, account_id=ann.id, now=now)
    assert claimed is not None
    assert (claimed.kind, claimed.payload, claimed.used_at) == ("stop", '{"entry": 7}', now)


async def test_of_many_claims_at_once_one_wins(store: Store, ann: Account, now: datetime, undoable: str) -> None:
    claims = await asyncio.gather(*(_claim(store, undoable, ann, now) for _ in range(8)))
    assert sorted(claims) == [False] * 7 + [True]


async def test_an_action_cannot_be_claimed_once_it_is_too_old(
    store: Store, ann: Account, now: datetime, undoable: str
) -> None:
    assert not await _claim(store, undoable, ann, now + HALF_AN_HOUR)
    assert await _claim(store, undoable, ann, now + HALF_AN_HOUR - timedelta(microseconds=1))


async def test_somebody_elses_action_cannot_be_claimed_or_found(
    store: Store, ann: Account, bob: Account, now: datetime, undoable: str
) -> None:
    assert not await _claim(store, undoable, bob, now)
    async with store.reading() as db:
        assert await undo.find(db, undoable, account_id=bob.id) is None
        assert await undo.find(db, undoable, account_id=ann.id) is not None


async def test_a_released_action_can_be_claimed_again(store: Store, ann: Account, now: datetime, undoable: str) -> None:
    assert await _claim(store, undoable, ann, now)
    async with store.writing() as db:
        await undo.release(db, undoable)
    assert await _claim(store, undoable, ann, now)


async def test_the_latest_is_the_persons_last_change_that_can_still_be_undone(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    for minutes, (person, name) in enumerate(((ann, "first"), (ann, "second"), (ann, "third"), (bob, "other"))):
        await _add(store, person, name, now + timedelta(minutes=minutes))
    later = now + timedelta(minutes=5)
    for expected in ("third", "second", "first", None):
        async with store.writing() as db:
            latest = await undo.latest(db, account_id=ann.id, now=later)
            assert (latest and latest.id) == expected
            if expected:
                await undo.claim(db, expected, account_id=ann.id, now=later)


async def test_the_latest_is_none_once_it_is_too_old(store: Store, ann: Account, now: datetime, undoable: str) -> None:
    async with store.reading() as db:
        latest = await undo.latest(db, account_id=ann.id, now=now)
        assert latest is not None
        assert latest.id == undoable
        assert await undo.latest(db, account_id=ann.id, now=now + HALF_AN_HOUR) is None


async def test_pruning_deletes_what_expired_before(store: Store, ann: Account, now: datetime, undoable: str) -> None:
    await _add(store, ann, "later", now + timedelta(days=1))
    async with store.writing() as db:
        assert await undo.prune(db, before=now + timedelta(days=1)) == 1
        assert await undo.find(db, undoable, account_id=ann.id) is None
        assert await undo.find(db, "later", account_id=ann.id) is not None


async def test_changes_of_a_kind_are_found_oldest_first_and_only_one_s_own(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    await _add(store, ann, "later", now + HALF_AN_HOUR)
    await _add(store, ann, "first", now)
    await _add(store, bob, "of bob", now)
    await _claim(store, "first", ann, now)
    async with store.reading() as db:
        found = await undo.of_kinds(db, ["stop", "start"], account_id=ann.id)
        assert [(row.id, row.used_at is not None) for row in found] == [("first", True), ("later", False)]
        assert not await undo.of_kinds(db, ["start"], account_id=ann.id)
