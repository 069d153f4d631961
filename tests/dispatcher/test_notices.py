"""What Slack tells of the workspace itself, with nobody waiting for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.dispatcher import Notice, Occurrence, Route
from bot.handlers import EVENTS
from bot.store import Account, Installation, Store, accounts, installations
from tests.conftest import Clock
from tests.dispatcher.conftest import Serve
from tests.dispatcher.fake_slack import TEAM, USER

NOTICES: list[Route] = [route for route in EVENTS if isinstance(route, Notice)]
REVOKED: dict[str, Any] = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}
REMOVED: dict[str, Any] = {"type": "app_uninstalled"}


def changed(**user: Any) -> dict[str, Any]:
    return {"type": "user_change", "user": {"id": USER, "deleted": False, **user}}


async def settled_in(store: Store, clock: Clock) -> None:
    async with store.writing() as db:
        now = clock()
        installation = Installation(tenant_id=TEAM, team_id=TEAM, bot_token="xoxb-fake", installed_at=now)
        await installations.save(db, installation)
        await accounts.get_or_create(db, tenant_id=TEAM, team_id=TEAM, user_id=USER, now=now)


async def person(store: Store) -> Account | None:
    async with store.reading() as db:
        return await accounts.find(db, tenant_id=TEAM, user_id=USER)


async def installed(store: Store) -> bool:
    async with store.reading() as db:
        return await installations.find(db, tenant_id=TEAM) is not None


async def test_a_removed_app_forgets_the_whole_workspace(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        answered = await road.send.event(REMOVED, "Ev1", at=clock() + timedelta(hours=1))
        assert answered.status == 200
    assert await person(sqlite_store) is None
    assert not await installed(sqlite_store)


async def test_news_of_an_old_removal_leaves_a_newer_installation_alone(
    serve: Serve, sqlite_store: Store, clock: Clock
) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        for number, event in enumerate([REVOKED, REMOVED]):
            await road.send.event(event, f"Ev{number}", at=clock() - timedelta(minutes=1))
    assert await person(sqlite_store) is not None
    assert await installed(sqlite_store)


async def test_a_revoked_token_goes_and_people_stay(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        await road.send.event(REVOKED, "Ev1", at=clock() + timedelta(hours=1))
    assert await person(sqlite_store) is not None
    assert not await installed(sqlite_store)


async def test_somebody_elses_revoked_token_changes_nothing(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        event = {"type": "tokens_revoked", "tokens": {"oauth": [USER], "bot": []}}
        await road.send.event(event, "Ev1", at=clock() + timedelta(hours=1))
    assert await installed(sqlite_store)


async def test_a_deactivated_person_is_forgotten(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        await road.send.event(changed(deleted=True), "Ev1")
    assert await person(sqlite_store) is None
    assert await installed(sqlite_store)


async def test_a_new_time_zone_and_language_count_from_now_on(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    async with serve(NOTICES) as road:
        await road.send.event(changed(tz="Asia/Tokyo", locale="ja-JP"), "Ev1")
    moved = await person(sqlite_store)
    assert moved is not None
    assert (moved.zone, moved.locale) == ("Asia/Tokyo", "ja-JP")


async def test_a_stranger_and_an_unknown_zone_change_nothing(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await settled_in(sqlite_store, clock)
    before = await person(sqlite_store)
    assert before is not None
    events: list[dict[str, Any]] = [
        changed(tz="Mars/Olympus"),
        changed(id="U0STRANGER", tz="Asia/Tokyo"),
        {"type": "user_change", "user": "U1"},
    ]
    async with serve(NOTICES) as road:
        for number, event in enumerate(events):
            assert (await road.send.event(event, f"Ev{number}")).status == 200
    after = await person(sqlite_store)
    assert after is not None
    assert after.zone == before.zone


async def test_a_notice_that_fails_is_counted_and_answers_slack(serve: Serve, sqlite_store: Store) -> None:
    async def failing(seen: Occurrence) -> None:
        assert seen.store is sqlite_store
        raise RuntimeError("broken")

    async with serve([Notice("app_uninstalled", failing)]) as road:
        assert (await road.send.event(REMOVED, "Ev1")).status == 200
        await road.dispatcher.drain(timedelta(seconds=5))
        assert road.counted("event", "app_uninstalled", "failed") == 1
