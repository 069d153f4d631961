from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.store import Account, SealBrokenError, Store, accounts, deliveries, rotate_keys, schedules
from bot.store.deliveries import Post, Run
from bot.store.tables import Delivery

DAY = timedelta(days=1)


def run(now: datetime, **values: Any) -> Run:
    """A run in the workspace T1."""
    return Run(**{"name": "r", "kind": "stats", "tenant_id": "T1", "team_id": "T1", "due_at": now, **values})


async def add(store: Store, key: str, now: datetime, **values: Any) -> Delivery | None:
    """One post in the channel C1."""
    post = Post(key=key, content={"message": {"text": f"text of {key}"}}, **{"channel_id": "C1", **values})
    async with store.writing() as db:
        return await deliveries.add(db, run(now), post, now=now)


async def end(store: Store, row: Delivery, now: datetime, *, state: str = "posted", **values: Any) -> bool:
    async with store.writing() as db:
        return await deliveries.end(db, row.id, state=state, now=now, **values)


async def test_what_is_to_be_posted_is_sealed_and_gone_once_it_is(store: Store, now: datetime) -> None:
    row = await add(store, "k", now)
    assert row is not None
    assert "text of" not in (row.content or "")
    async with store.reading() as db:
        assert deliveries.content(db, row) == {"message": {"text": "text of k"}}
        with pytest.raises(SealBrokenError):
            deliveries.content(db, Delivery(**{**row.model_dump(), "key": "another"}))
    assert await end(store, row, now, ts="1.2", channel_id="C1")
    async with store.reading() as db:
        posted = await deliveries.find(db, tenant_id="T1", key="k")
        assert posted is not None
        assert (posted.ts, posted.posted_at, posted.content) == ("1.2", now, None)
        with pytest.raises(LookupError):
            deliveries.content(db, posted)


async def test_a_key_that_was_posted_or_may_have_been_is_kept_for_ever(store: Store, now: datetime) -> None:
    for state in ("posted", "unsure"):
        row = await add(store, state, now)
        assert row is not None
        assert await add(store, state, now) is None
        await end(store, row, now, state=state)
        assert await add(store, state, now) is None


async def test_a_key_of_which_nothing_was_posted_is_tried_anew(store: Store, now: datetime) -> None:
    for state in ("failed", "skipped"):
        row = await add(store, state, now)
        assert row is not None
        await end(store, row, now, state=state, error="Because.")
        again = await add(store, state, now + DAY)
        assert again is not None
        assert (again.id, again.state, again.error, again.created_at) == (row.id, "waiting", None, now + DAY)


async def test_what_ended_stays_as_it_ended(store: Store, now: datetime) -> None:
    row = await add(store, "k", now)
    assert row is not None
    assert await end(store, row, now, ts="1.2", channel_id="C1")
    assert not await end(store, row, now, state="failed", error="late")
    async with store.writing() as db:
        assert await deliveries.begin(db, row.id, now=now) is None


async def test_the_history_is_read_newest_first_by_place_and_kind(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        schedule = await schedules.add(db, kind="stats", tenant_id="T1", team_id="T1", due_at=now, now=now)
        places: list[tuple[str, dict[str, Any]]] = [
            ("stats", {"channel_id": "C1"}),
            ("remind", {"account_id": ann.id}),
            ("stats", {"channel_id": "C2"}),
        ]
        for number, (kind, place) in enumerate(places):
            made = run(now + number * DAY, name=f"r{number}", kind=kind, schedule_id=schedule.id)
            await deliveries.note(db, made, state="skipped", error="Because.", now=now, **place)
        await deliveries.note(db, run(now, tenant_id="T2"), state="failed", error="Because.", now=now)
    async with store.reading() as db:

        async def runs(**which: Any) -> list[str]:
            return [row.run for row in await deliveries.history(db, tenant_id="T1", **which)]

        assert await runs() == ["r2", "r1", "r0"]
        assert await runs(channel_id="C1") == ["r0"]
        assert await runs(account_id=ann.id) == ["r1"]
        assert await runs(kinds=["stats"], limit=1) == ["r2"]
        assert await runs(schedule_id=schedule.id) == ["r2", "r1", "r0"]


async def test_the_history_outlives_its_schedule_and_goes_with_its_person(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        schedule = await schedules.add(db, kind="stats", tenant_id="T1", team_id="T1", due_at=now, now=now)
        made = run(now, schedule_id=schedule.id)
        await deliveries.add(db, made, Post(key="all", content={}, channel_id="C1"), now=now)
        await deliveries.add(db, made, Post(key="ann", content={}, account_id=ann.id), now=now)
        await schedules.remove(db, schedule.id)
        await accounts.forget(db, ann.id)
    async with store.reading() as db:
        [left] = await deliveries.history(db, tenant_id="T1")
    assert (left.key, left.schedule_id) == ("all", None)


async def test_how_much_waits_and_since_when(store: Store, now: datetime) -> None:
    async with store.reading() as db:
        assert await deliveries.backlog(db) == (0, None)
    await add(store, "a", now)
    row = await add(store, "b", now + DAY)
    assert row is not None
    async with store.writing() as db:
        assert await deliveries.backlog(db) == (2, now)
        await deliveries.wait(db, row.id, until=now + 2 * DAY)
        assert [row.key for row in await deliveries.waiting(db, now=now + DAY, limit=9)] == ["a"]


async def test_old_history_is_forgotten_but_not_what_waits_or_is_still_used(store: Store, now: datetime) -> None:
    rows = {key: await add(store, key, now) for key in ("old", "waits", "answered", "replaced")}
    for key, row in rows.items():
        assert row is not None
        if key != "waits":
            await end(store, row, now, ts="1", channel_id="C1")
    edit = await add(store, "edit", now, edit_of="replaced")
    assert edit is not None
    async with store.writing() as db:
        await deliveries.use(db, tenant_id="T1", key="answered", now=now + DAY)
        await deliveries.stand_in(db, edit, key="replaced", channel_id="C1", ts="2", now=now + DAY)
        assert await deliveries.prune(db, before=now + timedelta(hours=1)) == 1
        left = {row.key for row in await deliveries.history(db, tenant_id="T1")}
    assert left == {"waits", "answered", "replaced", "edit"}


async def test_what_waits_is_sealed_anew_with_a_new_key(store: Store, now: datetime) -> None:
    await add(store, "k", now)
    assert (await rotate_keys(store)).current >= 1
