from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

from bot.store import (
    Account,
    Installation,
    Store,
    accounts,
    channels,
    credentials,
    installations,
    tickets,
    undo,
    workspaces,
)


async def test_the_first_contact_makes_an_account(store: Store, now: datetime) -> None:
    async with store.writing() as db:
        made = await accounts.get_or_create(
            db, tenant_id="T1", team_id="T1", user_id="UANN", now=now, locale="de-DE", zone="Europe/Berlin"
        )
    async with store.reading() as db:
        found = await accounts.find(db, tenant_id="T1", user_id="UANN")
    assert found == made
    assert (made.locale, made.zone, made.created_at, made.profile_read_at) == ("de-DE", "Europe/Berlin", now, None)


async def test_a_later_contact_finds_the_same_account(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        again = await accounts.get_or_create(
            db, tenant_id="T1", team_id="T1", user_id="UANN", now=now + timedelta(days=1), locale="ja-JP"
        )
    assert again == ann


async def test_first_contacts_at_once_make_one_account(store: Store, now: datetime) -> None:
    async def contact() -> int:
        async with store.writing() as db:
            return (await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)).id

    assert len(set(await asyncio.gather(*(contact() for _ in range(8))))) == 1


async def test_the_same_user_id_in_another_workspace_is_another_person(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        other = await accounts.get_or_create(db, tenant_id="T2", team_id="T2", user_id="UANN", now=now)
    assert other.id != ann.id


async def test_a_stranger_is_not_found(store: Store) -> None:
    async with store.reading() as db:
        assert await accounts.find(db, tenant_id="T1", user_id="UANN") is None
        assert await accounts.find_by_id(db, 1) is None


async def test_the_profile_is_kept_with_the_moment_it_was_read(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        await accounts.update_profile(db, account_id=ann.id, locale="es-ES", zone="America/Lima", now=now)
    async with store.reading() as db:
        found = await accounts.find_by_id(db, ann.id)
    assert found is not None
    assert (found.locale, found.zone, found.profile_read_at) == ("es-ES", "America/Lima", now)


async def test_moments_come_back_in_utc_whatever_zone_they_were_given_in(store: Store, now: datetime) -> None:
    elsewhere = now.astimezone(timezone(timedelta(hours=5, minutes=45)))
    async with store.writing() as db:
        await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=elsewhere)
    async with store.reading() as db:
        found = await accounts.find(db, tenant_id="T1", user_id="UANN")
    assert found is not None
    assert found.created_at.isoformat() == "2026-11-12T09:15:30.123456+00:00"


async def test_forgetting_a_person_leaves_nothing_of_theirs_and_everything_of_others(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    tokens = {}
    async with store.writing() as db:
        for person in (ann, bob):
            await undo.add(
                db,
                id=f"undo {person.id}",
                account_id=person.id,
                kind="start",
                payload="{}",
                created_at=now,
                expires_at=now + timedelta(minutes=30),
            )
            workspace = await workspaces.save(db, account_id=person.id, organization_id=1, name="Acme", focus_id=2)
            await workspaces.choose(db, account_id=person.id, workspace_id=workspace.id)
            await credentials.save(
                db, account_id=person.id, kind="focus_key", secret="key", label="", fingerprint="", now=now
            )
            tokens[person.id] = (await tickets.create(db, account_id=person.id, now=now)).token
            await channels.set_default_project(
                db,
                tenant_id=person.tenant_id,
                channel_id=f"C {person.user_id}",
                project_id=7,
                project_name="Website",
                user_id=person.user_id,
                now=now,
            )
        installed = Installation(
            tenant_id=ann.tenant_id, bot_token="xoxb", installed_at=now, installer_user_id=ann.user_id
        )
        await installations.save(db, installed)
        await accounts.forget(db, ann.id)
    async with store.reading() as db:
        for person, expected in ((ann, False), (bob, True)):
            left = (
                await accounts.find_by_id(db, person.id),
                await undo.find(db, f"undo {person.id}", account_id=person.id),
                await workspaces.for_account(db, account_id=person.id),
                await credentials.for_account(db, account_id=person.id),
                await tickets.find(db, tokens[person.id]),
            )
            assert [bool(thing) for thing in left] == [expected] * len(left)
            channel = await channels.get(db, tenant_id=person.tenant_id, channel_id=f"C {person.user_id}")
            assert (channel.default_project_id, channel.set_by_user_id) == (7, person.user_id if expected else None)
        kept = await installations.find(db, tenant_id=ann.tenant_id)
        assert kept is not None
        assert kept.installer_user_id is None


async def test_a_forgotten_account_number_is_never_given_to_somebody_else(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        await accounts.forget(db, ann.id)
        newcomer = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UNEW", now=now)
    assert newcomer.id != ann.id
