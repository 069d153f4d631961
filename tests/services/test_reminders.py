"""One's reminders as they are kept, on both databases: made, changed, taken back, put off, at rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reminder_words import Habits
from bot.domain.reminders import MOST, Idle, Running, Under
from bot.services import account, connect, reminder_rows, reminders, resting, undo
from bot.services.context import Context
from bot.store import Account, Store, accounts, credentials, schedules
from bot.store import reminders as stored
from bot.store.tables import Schedule
from tests.conftest import Clock
from tests.services.connecting import (  # noqa: F401 (fixtures are found by name)
    ADMIN_KEY,
    ADMIN_TOKEN,
    Acting,
    acting,
    ann,
    bob,
    connections,
    store,
)

BERLIN = ZoneInfo("Europe/Berlin")
SIX = Under(timedelta(hours=6))
NINE = Running(timedelta(hours=9))


@pytest.fixture
async def me(store: Store, ann: Account, acting: Acting) -> Callable[[], Context]:  # noqa: F811 (the fixtures)
    """Ann in Berlin, on Thursday 12 November 2026, 12:00; each call gives a context at the clock's now."""
    async with store.writing() as db:
        await accounts.update_profile(
            db, account_id=ann.id, locale="en-US", zone="Europe/Berlin", now=datetime(2026, 11, 12, tzinfo=UTC)
        )
        kept = await accounts.find_by_id(db, ann.id)
    assert kept is not None
    return lambda: acting(kept)


async def rows(context: Context) -> list[Schedule]:
    async with context.store.reading() as db:
        return list(await schedules.of_account(db, account_id=context.person.account_id))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


async def test_a_reminder_is_due_at_its_time_and_a_timer_at_once(me: Callable[[], Context]) -> None:
    made = await reminders.make(me(), SIX)
    assert made.made is not None
    assert made.made.next_at == at("2026-11-12 17:00")
    timer = await reminders.make(me(), NINE)
    assert timer.made is not None
    assert timer.made.next_at is None
    assert [row.next_run_at for row in await rows(me())] == [at("2026-11-12 17:00"), me().now]


async def test_the_same_reminder_twice_and_more_than_anybody_wants_are_refused(me: Callable[[], Context]) -> None:
    await reminders.make(me(), SIX)
    with pytest.raises(reminders.ThereAlready):
        await reminders.make(me(), Under(SIX.hours, SIX.at, (0, 1, 2, 3, 4)))
    for hour in range(MOST - 1):
        await reminders.make(me(), Idle(time(hour)))
    with pytest.raises(reminders.TooMany):
        await reminders.make(me(), NINE)
    assert len(await rows(me())) == MOST


async def test_what_was_made_changed_removed_and_cleared_can_be_taken_back(me: Callable[[], Context]) -> None:
    made = await reminders.make(me(), SIX)
    await undo.perform(me(), made.undo_id)
    assert await rows(me()) == []
    made = await reminders.make(me(), SIX)
    assert made.made is not None
    changed = await reminders.change(me(), made.made.id, NINE)
    await undo.perform(me(), changed.undo_id)
    assert [one.rule for one in (await reminders.mine(me())).reminders] == [SIX]
    await reminders.make(me(), NINE)
    cleared = await reminders.clear(me())
    assert cleared is not None
    assert await rows(me()) == []
    await undo.perform(me(), cleared.undo_id)
    assert [one.rule for one in (await reminders.mine(me())).reminders] == [SIX, NINE]
    with pytest.raises(undo.AlreadyUndone):
        await undo.perform(me(), cleared.undo_id)


async def test_a_button_pressed_twice_says_that_the_reminder_is_gone(me: Callable[[], Context]) -> None:
    made = await reminders.make(me(), SIX)
    assert made.made is not None
    await reminders.remove(me(), made.made.id)
    with pytest.raises(reminders.Gone):
        await reminders.remove(me(), made.made.id)
    with pytest.raises(reminders.Gone):
        await reminders.change(me(), made.made.id, NINE)
    assert await reminders.clear(me()) is None


async def test_nobody_touches_the_reminders_of_others(
    me: Callable[[], Context],
    bob: Account,  # noqa: F811 (the fixture)
    acting: Acting,  # noqa: F811 (the same)
) -> None:
    made = await reminders.make(me(), SIX)
    assert made.made is not None
    for forbidden in (
        reminders.remove(acting(bob), made.made.id),
        reminders.change(acting(bob), made.made.id, NINE),
        reminders.snooze(acting(bob), made.made.id, "2026-11-12", timedelta(hours=1)),
    ):
        with pytest.raises(reminders.Gone):
            await forbidden
    assert len(await rows(me())) == 1


async def test_other_working_days_move_what_follows_them_and_nothing_else(me: Callable[[], Context]) -> None:
    await reminders.make(me(), SIX)
    await reminders.make(me(), Idle(time(10), (5,)))
    mine = await reminders.live(me(), Habits(working_days=(0, 1)))
    assert [one.next_at for one in mine.reminders] == [at("2026-11-16 17:00"), at("2026-11-14 10:00")]
    assert [row.pattern for row in await rows(me())] == ["17:00 weekly mon,tue", "10:00 weekly sat"]


async def test_snoozing_again_takes_the_place_of_snoozing_before(me: Callable[[], Context]) -> None:
    made = await reminders.make(me(), SIX)
    assert made.made is not None
    for minutes in (30, 60):
        await reminders.snooze(me(), made.made.id, "2026-11-12", timedelta(minutes=minutes))
    [put_off] = [row for row in await rows(me()) if row.kind == reminder_rows.SNOOZED]
    assert put_off.next_run_at == me().now + timedelta(hours=1)


async def test_off_today_ends_with_the_persons_day(me: Callable[[], Context], clock: Clock) -> None:
    mine = await reminders.off_today(me())
    assert mine.preferences.off_until == at("2026-11-13 00:00")
    assert not mine.preferences.quiet(at("2026-11-13 00:00"))
    clock.now = at("2026-11-12 23:59")
    assert (await reminders.on(me())).preferences.off_until is None


async def test_everything_rests_while_a_key_is_refused_and_goes_on_with_a_new_one(
    me: Callable[[], Context], clock: Clock
) -> None:
    await connect.connect_here(me(), 0, ADMIN_KEY)
    made = await reminders.make(me(), SIX)
    await reminders.make(me(), NINE)
    assert made.made is not None
    await reminders.snooze(me(), made.made.id, "2026-11-12", timedelta(hours=1))
    async with me().store.writing() as db:
        [known] = await credentials.summaries(db, account_id=me().person.account_id)
        await resting.rest(db, me().person.account_id, fingerprint=known.fingerprint, now=me().now)
    assert (await reminders.mine(me())).resting
    assert all(row.paused_at for row in await rows(me()))
    clock.now = at("2026-11-14 09:00")
    await connect.connect_here(me(), 0, ADMIN_TOKEN)
    assert (await reminders.mine(me())).resting, "a Track token does not tell hours"
    await connect.connect_here(me(), 0, ADMIN_KEY)
    mine = await reminders.mine(me())
    assert not mine.resting
    assert [row.next_run_at for row in await rows(me())] == [at("2026-11-16 17:00"), me().now]


async def test_the_workspaces_reminders_are_read_once_somebody_chose_where_they_work(me: Callable[[], Context]) -> None:
    """Until then nobody is bothered with them."""
    connected = await connect.connect_here(me(), 0, ADMIN_TOKEN)
    assert await readings(me()) == []
    place = connected.account.workspaces[0]
    await account.choose_workspace(me(), place.id)
    reading = next(row for row in await readings(me()) if row.key == f"{place.organization_id}:{place.track_id}")
    assert reading.next_run_at == me().now
    assert reading.account_id is None, "it stays when this person leaves"


async def readings(context: Context) -> list[Schedule]:
    """What reads Toggl's own reminders."""
    async with context.store.reading() as db:
        tenant_id, kind = context.person.tenant_id, reminder_rows.READING
        return list(await stored.keyed(db, tenant_id=tenant_id, kind=kind, beginning=""))
