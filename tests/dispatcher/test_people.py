"""People and tenants: who they are, from the store and from Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.dispatcher.people import People
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import NotInstalled, Tenant, Tenants
from bot.store import Installation, Store, accounts, installations
from tests.conftest import Clock
from tests.dispatcher.fake_slack import FakeSlack

TENANT = Tenant("T1", "xoxb-1")


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def people(slack: FakeSlack, sqlite_store: Store, seconds: Seconds) -> AsyncIterator[People]:
    async with open_session() as session:
        yield People(sqlite_store, Slack(session, f"{slack.url}/api/"), monotonic=seconds)


async def test_a_profile_is_read_at_first_contact_and_again_after_an_hour(
    people: People, slack: FakeSlack, clock: Clock
) -> None:
    first = await people.get(TENANT, "T1", "U1", now=clock())
    slack.tz, slack.locale = "Asia/Tokyo", "ja-JP"
    clock.pass_(minutes=59)
    same = await people.get(TENANT, "T1", "U1", now=clock())
    clock.pass_(minutes=2)
    moved = await people.get(TENANT, "T1", "U1", now=clock())
    assert [person.zone.key for person in (first, same, moved)] == ["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo"]
    assert moved.locale == "ja-JP"
    assert moved.account_id == first.account_id
    assert len(slack.of("users.info")) == 2


async def test_where_slack_fails_the_stored_profile_serves(
    people: People, slack: FakeSlack, clock: Clock, seconds: Seconds
) -> None:
    await people.get(TENANT, "T1", "U1", now=clock())
    slack.refuse["users.info"] = "fatal_error"
    clock.pass_(hours=2)
    stale = await people.get(TENANT, "T1", "U1", now=clock())
    await people.get(TENANT, "T1", "U1", now=clock())
    assert stale.zone.key == "Europe/Berlin"
    assert len(slack.of("users.info")) == 2
    del slack.refuse["users.info"]
    seconds.now += 61
    await people.get(TENANT, "T1", "U1", now=clock())
    assert len(slack.of("users.info")) == 3


async def test_a_zone_that_nobody_knows_is_utc(people: People, slack: FakeSlack, clock: Clock) -> None:
    slack.tz = "Mars/Olympus"
    assert (await people.get(TENANT, "T1", "U1", now=clock())).zone.key == "UTC"


async def test_somebody_forgotten_is_a_new_person_at_once(people: People, sqlite_store: Store, clock: Clock) -> None:
    before = await people.get(TENANT, "T1", "U1", now=clock())
    async with sqlite_store.writing() as db:
        await accounts.forget(db, before.account_id)
    assert (await people.get(TENANT, "T1", "U1", now=clock())).account_id != before.account_id


async def test_a_person_is_remembered_for_a_minute_for_their_language(
    people: People, clock: Clock, seconds: Seconds
) -> None:
    assert people.find_recent("T1", "U1") is None
    person = await people.get(TENANT, "T1", "U1", now=clock())
    assert people.find_recent("T1", "U1") == person
    seconds.now += 61
    assert people.find_recent("T1", "U1") is None


async def test_an_installation_gives_its_token_and_is_remembered(
    sqlite_store: Store, clock: Clock, seconds: Seconds
) -> None:
    tenants = Tenants(sqlite_store, monotonic=seconds)
    with pytest.raises(NotInstalled):
        await tenants.get("T1")
    async with sqlite_store.writing() as db:
        await installations.save(db, Installation(tenant_id="T1", bot_token="xoxb-1", installed_at=clock()))
    assert (await tenants.get("T1")).token == "xoxb-1"
    async with sqlite_store.writing() as db:
        await installations.forget(db, tenant_id="T1")
    assert "xoxb" not in repr(await tenants.get("T1"))
    seconds.now += 61
    with pytest.raises(NotInstalled):
        await tenants.get("T1")


async def test_one_workspaces_token_serves_every_request(sqlite_store: Store, seconds: Seconds) -> None:
    tenants = Tenants(sqlite_store, monotonic=seconds, token="xoxb-only")
    assert (await tenants.get("T7")) == Tenant("T7", "xoxb-only")
