from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.recurrence import next_after
from bot.services import presence
from bot.store import Account, Store, accounts, schedules
from bot.store.tables import Schedule
from tests.conftest import Clock

BERLIN, TOKYO, NEW_YORK = "Europe/Berlin", "Asia/Tokyo", "America/New_York"
EVENING = "17:00 weekly mon,tue,wed,thu,fri,sat,sun"


@pytest.fixture
async def ann(sqlite_store: Store, clock: Clock) -> Account:
    """Somebody in Berlin."""
    async with sqlite_store.writing() as db:
        return await accounts.get_or_create(
            db, tenant_id="T1", team_id="T1", user_id="UANN", now=clock(), locale="de-DE", zone=BERLIN
        )


async def add(
    store: Store, clock: Clock, *, zone: str = BERLIN, pattern: str | None = EVENING, **more: Any
) -> Schedule:
    """A schedule, due at its next time; in a day where it has none."""
    due_at = next_after(pattern, ZoneInfo(zone), clock()) if pattern else clock() + timedelta(days=1)
    async with store.writing() as db:
        return await schedules.add(
            db, kind="k", tenant_id="T1", team_id="T1", due_at=due_at, now=clock(), pattern=pattern, zone=zone, **more
        )


async def after_moving(store: Store, clock: Clock, row: Schedule, zone: str) -> tuple[str, str]:
    """The schedule's zone, and its next time as its clocks show it, after Slack told that Ann moved."""
    await presence.person_changed(store, tenant_id="T1", user_id="UANN", locale=None, zone=zone, now=clock())
    async with store.reading() as db:
        found = await schedules.find_by_id(db, row.id)
    assert found
    assert found.next_run_at
    return found.zone, f"{found.next_run_at.astimezone(ZoneInfo(found.zone)):%d %H:%M}"


@pytest.mark.parametrize("zone", [TOKYO, NEW_YORK])
async def test_what_serves_a_person_keeps_its_time_of_day_where_they_are(
    sqlite_store: Store, clock: Clock, ann: Account, zone: str
) -> None:
    row = await add(sqlite_store, clock, account_id=ann.id)

    assert await after_moving(sqlite_store, clock, row, zone) == (zone, "12 17:00")


async def test_a_day_that_was_served_is_not_served_again(sqlite_store: Store, clock: Clock, ann: Account) -> None:
    """At 18:00 in Berlin it is noon in New York: the evening there is still to come, and was told of already."""
    clock.pass_(hours=6)
    row = await add(sqlite_store, clock, account_id=ann.id)

    assert await after_moving(sqlite_store, clock, row, NEW_YORK) == (NEW_YORK, "13 17:00")


async def test_what_is_due_stays_due(sqlite_store: Store, clock: Clock, ann: Account) -> None:
    row = await add(sqlite_store, clock, account_id=ann.id)
    clock.pass_(hours=6)

    assert await after_moving(sqlite_store, clock, row, TOKYO) == (TOKYO, "13 01:00")


async def test_what_was_put_off_to_a_moment_stays_there(sqlite_store: Store, clock: Clock, ann: Account) -> None:
    row = await add(sqlite_store, clock, account_id=ann.id)
    async with sqlite_store.writing() as db:
        await schedules.change(db, row.id, now=clock(), next_run_at=clock() + timedelta(minutes=30))

    assert await after_moving(sqlite_store, clock, row, TOKYO) == (TOKYO, "12 20:30")


async def test_what_a_person_made_moves_only_if_it_was_to_follow_them(
    sqlite_store: Store, clock: Clock, ann: Account
) -> None:
    following = await add(sqlite_store, clock, owner_id=ann.id, channel_id="C1", payload={"follows": True})
    standing = await add(sqlite_store, clock, owner_id=ann.id, channel_id="C2", payload={"follows": False})
    plain = await add(sqlite_store, clock, owner_id=ann.id, channel_id="C3")

    assert await after_moving(sqlite_store, clock, following, TOKYO) == (TOKYO, "12 17:00")
    for stays in (standing, plain):
        assert await after_moving(sqlite_store, clock, stays, TOKYO) == (BERLIN, "12 17:00")


async def test_what_is_meant_by_other_clocks_and_what_comes_once_stay(
    sqlite_store: Store, clock: Clock, ann: Account
) -> None:
    elsewhere = await add(sqlite_store, clock, account_id=ann.id, zone=NEW_YORK)
    once = await add(sqlite_store, clock, account_id=ann.id, pattern=None)

    assert (await after_moving(sqlite_store, clock, elsewhere, TOKYO))[0] == NEW_YORK
    assert (await after_moving(sqlite_store, clock, once, TOKYO))[0] == BERLIN


async def test_a_new_language_moves_nothing(sqlite_store: Store, clock: Clock, ann: Account) -> None:
    row = await add(sqlite_store, clock, account_id=ann.id)
    await presence.person_changed(sqlite_store, tenant_id="T1", user_id="UANN", locale="ja-JP", zone=None, now=clock())
    async with sqlite_store.reading() as db:
        found = await schedules.find_by_id(db, row.id)
    assert found
    assert (found.zone, found.next_run_at) == (BERLIN, row.next_run_at)
