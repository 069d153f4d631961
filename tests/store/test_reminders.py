from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Store, accounts, reminders, schedules, workspaces


async def test_what_was_set_last_counts_and_goes_with_the_person(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        assert await reminders.preferences(db, account_id=ann.id) == "{}"
        await reminders.keep_preferences(db, account_id=ann.id, settings='{"off":true}', now=now)
        await reminders.keep_preferences(db, account_id=bob.id, settings='{"off":true}', now=now)
    async with store.writing() as db:
        await reminders.keep_preferences(db, account_id=ann.id, settings="{}", now=now + timedelta(days=1))
    async with store.writing() as db:
        assert await reminders.preferences(db, account_id=ann.id) == "{}"
        assert await reminders.preferences(db, account_id=bob.id) == '{"off":true}'
        await accounts.forget(db, bob.id)
    async with store.reading() as db:
        assert await reminders.preferences(db, account_id=bob.id) == "{}"


async def test_who_connected_a_workspace_is_found_with_it_and_nobody_elsewhere(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        eve = await accounts.get_or_create(db, tenant_id="T2", team_id="T2", user_id="UEVE", now=now)
        both = await workspaces.save(db, account_id=ann.id, organization_id=5, name="Studio", focus_id=70, track_id=7)
        await workspaces.save(db, account_id=ann.id, organization_id=6, name="Other", focus_id=80, track_id=8)
        focus = await workspaces.save(db, account_id=bob.id, organization_id=5, name="Studio", focus_id=70)
        await workspaces.save(db, account_id=bob.id, organization_id=6, name="Other", focus_id=80)
        await workspaces.save(db, account_id=eve.id, organization_id=5, name="Studio", focus_id=70, track_id=7)
    async with store.reading() as db:
        found = await reminders.of_workspace(db, tenant_id="T1", organization_id=5, track_id=7)
    assert [(account.user_id, workspace.id) for account, workspace in found] == [("UANN", both.id), ("UBOB", focus.id)]


async def test_schedules_are_found_by_how_their_key_begins(store: Store, now: datetime) -> None:
    async with store.writing() as db:
        for tenant, kind, key in (
            ("T1", "read", "5:70"),
            ("T1", "read", "5:71"),
            ("T1", "read", "55:7"),
            ("T1", "say", "5:7"),
            ("T2", "read", "5:7"),
        ):
            await schedules.add(db, kind=kind, tenant_id=tenant, team_id=tenant, key=key, due_at=now, now=now)
    async with store.reading() as db:
        found = await reminders.keyed(db, tenant_id="T1", kind="read", beginning="5:")
        assert [row.key for row in found] == ["5:70", "5:71"]
        assert await reminders.keyed(db, tenant_id="T1", kind="read", beginning="%") == []
