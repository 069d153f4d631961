from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.store import Account, Store, accounts, channels, exporting, forget_tenant, subscriptions
from bot.store.store import Session
from bot.store.tables import Subscription


def made(account: Account, now: datetime, *, project_id: int = 7, name: str = "Website") -> Subscription:
    """A subscription of #C1 to a project."""
    return Subscription(
        tenant_id=account.tenant_id,
        team_id=account.team_id,
        channel_id="C1",
        account_id=account.id,
        organization_id=1,
        workspace_id=2,
        project_id=project_id,
        project_name=name,
        created_at=now,
        updated_at=now,
    )


async def names(db: Session, channel_id: str = "C1") -> list[str]:
    rows = await subscriptions.of_channel(db, tenant_id="T1", channel_id=channel_id)
    return [row.project_name for row, _ in rows]


async def test_all_comes_first_and_then_the_names(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        for number, name in ((8, "Beta"), (0, "Nordlicht"), (7, "Alpha")):
            await subscriptions.save(db, made(ann, now, project_id=number, name=name))
        assert await names(db) == ["Nordlicht", "Alpha", "Beta"]
        assert await names(db, "C2") == []


async def test_a_channel_follows_a_project_once(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    async with store.writing() as db:
        await subscriptions.save(db, made(ann, now))
    with pytest.raises(IntegrityError):
        async with store.writing() as db:
            await subscriptions.save(db, made(bob, now))
    async with store.reading() as db:
        same = await subscriptions.find_same(db, tenant_id="T1", channel_id="C1", workspace_id=2, project_id=7)
    assert same is not None and same.account_id == ann.id


async def test_of_two_who_add_it_at_once_the_second_finds_it(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        first, new = await subscriptions.get_or_add(db, made(ann, now))
        assert new and first.account_id == ann.id
    async with store.writing() as db:
        second, new = await subscriptions.get_or_add(db, made(bob, now))
    assert (second.id, second.account_id, new) == (first.id, ann.id, False)


async def test_a_subscription_outlives_its_subscriber(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        kept = await subscriptions.save(db, made(ann, now))
        await accounts.forget(db, ann.id)
        found = await subscriptions.find(db, kept.id)
        assert found is not None and found[0].account_id is None and found[1] is None


async def test_only_what_does_not_rest_is_looked_for(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    async with store.writing() as db:
        first = await subscriptions.save(db, made(ann, now))
        second = await subscriptions.save(db, made(ann, now, project_id=8))
        await subscriptions.save(db, made(bob, now, project_id=9))
        assert await subscriptions.pause(db, [first.id, second.id], reason="gone", now=now) == 2
        assert await subscriptions.pause(db, [first.id], reason="private", now=now) == 0
        await subscriptions.resume(db, [second.id], now=now + timedelta(hours=1))
        looked_for = await subscriptions.of_poll(db, account_id=ann.id, workspace_id=2)
        assert [row.id for row, _ in looked_for] == [second.id]
        kept = await subscriptions.find(db, first.id)
    assert kept is not None and kept[0].pause_reason == "gone"


async def test_settings_are_the_last_that_were_saved(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    async with store.writing() as db:
        assert await subscriptions.find_settings(db, tenant_id="T1", channel_id="C1") is None
        for account, settings in ((ann, "{}"), (bob, '{"zone":"UTC"}')):
            await subscriptions.save_settings(
                db,
                tenant_id="T1",
                team_id="T1",
                channel_id="C1",
                settings=settings,
                account_id=account.id,
                now=now,
            )
        row = await subscriptions.find_settings(db, tenant_id="T1", channel_id="C1")
        assert row is not None and row.settings == '{"zone":"UTC"}'
        assert await subscriptions.set_by(db, row) == "UBOB"
        await accounts.forget(db, bob.id)
        row = await subscriptions.find_settings(db, tenant_id="T1", channel_id="C1")
        assert row is not None and await subscriptions.set_by(db, row) is None


async def test_a_project_is_muted_once_and_unmuted_once(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        where = {"tenant_id": "T1", "channel_id": "C1"}
        for expected in (True, False):
            assert expected is await subscriptions.mute(
                db, **where, project_id=7, project_name="Website", account_id=ann.id, now=now
            )
        await subscriptions.rename_project(db, workspace_id=2, project_id=7, name="Relaunch")
        assert [mute.project_name for mute in await subscriptions.mutes(db, **where)] == ["Relaunch"]
        assert await subscriptions.unmute(db, **where, project_ids=[7]) == 1
        assert await subscriptions.unmute(db, **where, project_ids=[7]) == 0


async def test_a_channel_with_another_id_takes_everything_along(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        await subscriptions.save(db, made(ann, now))
        await subscriptions.mute(
            db, tenant_id="T1", channel_id="C1", project_id=9, project_name="Old", account_id=ann.id, now=now
        )
        await channels.set_default_project(
            db, tenant_id="T1", channel_id="C1", project_id=7, project_name="Website", user_id="UANN", now=now
        )
        for _ in range(2):
            await channels.renumber(db, tenant_id="T1", before="C1", after="C2")
        assert await names(db) == []
        assert await names(db, "C2") == ["Website"]
        assert (await channels.get(db, tenant_id="T1", channel_id="C2")).default_project_name == "Website"
        assert len(await subscriptions.mutes(db, tenant_id="T1", channel_id="C2")) == 1


async def test_what_the_new_id_follows_already_counts(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    async with store.writing() as db:
        await subscriptions.save(db, made(ann, now, name="Old"))
        newer = made(bob, now, name="New")
        newer.channel_id = "C2"
        await subscriptions.save(db, newer)
        await channels.renumber(db, tenant_id="T1", before="C1", after="C2")
        assert (await names(db), await names(db, "C2")) == ([], ["New"])


async def test_it_is_exported_with_the_person_and_goes_with_the_workspace(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        for account, number in ((ann, 7), (bob, 8)):
            await subscriptions.save(db, made(account, now, project_id=number))
            await subscriptions.mute(
                db, tenant_id="T1", channel_id="C1", project_id=number, project_name="", account_id=account.id, now=now
            )
        await subscriptions.save_settings(
            db, tenant_id="T1", team_id="T1", channel_id="C1", settings="{}", account_id=ann.id, now=now
        )
        found = await exporting.of_person(db, ann)
        mine = {name: rows for name, rows in found.items() if name != "accounts"}
        assert {name: len(rows) for name, rows in mine.items()} == dict.fromkeys(
            ["subscriptions", "channel_updates", "mutes"], 1
        )
        await forget_tenant(db, tenant_id="T1")
        assert await names(db) == []
        assert await subscriptions.find_settings(db, tenant_id="T1", channel_id="C1") is None
        assert await subscriptions.mutes(db, tenant_id="T1", channel_id="C1") == []
