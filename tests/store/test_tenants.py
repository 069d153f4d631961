from __future__ import annotations

from datetime import datetime

from bot.store import Account, Installation, Store, accounts, channels, credentials, forget_tenant, installations


async def test_a_workspace_that_removed_the_app_leaves_nothing_and_the_others_stay(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        other = await accounts.get_or_create(db, tenant_id="T2", team_id="T2", user_id="UANN", now=now)
        for person in (ann, other):
            tenant_id = person.tenant_id
            await installations.save(db, Installation(tenant_id=tenant_id, bot_token="xoxb", installed_at=now))
            await credentials.save(
                db, account_id=person.id, kind="password", secret="s", label="", fingerprint="", now=now
            )
            await channels.set_default_project(
                db, tenant_id=tenant_id, channel_id="C1", project_id=7, project_name="Web", user_id="UANN", now=now
            )
        await forget_tenant(db, tenant_id="T1")
    async with store.reading() as db:
        for person, expected in ((ann, False), (other, True)):
            channel = await channels.get(db, tenant_id=person.tenant_id, channel_id="C1")
            left = (
                await installations.find(db, tenant_id=person.tenant_id),
                await accounts.find_by_id(db, person.id),
                await credentials.for_account(db, account_id=person.id),
                channel.default_project_id,
            )
            assert [bool(thing) for thing in left] == [expected] * len(left)
