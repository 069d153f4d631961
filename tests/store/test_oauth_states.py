from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlmodel import select

from bot.store import Store, oauth_states
from bot.store.tables import OAuthState


async def _issued(store: Store, now: datetime) -> str:
    async with store.writing() as db:
        return await oauth_states.issue(db, now=now)


async def _taken(store: Store, state: str, now: datetime) -> bool:
    async with store.writing() as db:
        return await oauth_states.take(db, state, now=now)


async def test_a_state_comes_back_once_however_many_bring_it(store: Store, now: datetime) -> None:
    state = await _issued(store, now)
    assert sorted(await asyncio.gather(*(_taken(store, state, now) for _ in range(4)))) == [False, False, False, True]


async def test_a_state_that_is_too_old_or_was_never_given_out_is_refused(store: Store, now: datetime) -> None:
    state = await _issued(store, now)
    assert not await _taken(store, "made up", now)
    assert not await _taken(store, state, now + oauth_states.VALID_FOR)
    assert not await _taken(store, state, now + timedelta(minutes=1))


async def test_the_database_holds_nothing_that_could_be_brought(store: Store, now: datetime) -> None:
    state = await _issued(store, now)
    async with store.reading() as db:
        [row] = (await db.exec(select(OAuthState))).all()
    assert state not in repr(row)
