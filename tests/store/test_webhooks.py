from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Store, accounts, rotate_keys, schedules, webhooks


async def keep(store: Store, ann: Account, now: datetime, webhook_id: str = "address") -> None:
    async with store.writing() as db:
        await webhooks.add(
            db,
            webhook_id=webhook_id,
            secret="shared",
            tenant_id="T1",
            account_id=ann.id,
            organization_id=1,
            workspace_id=22,
            now=now,
        )


async def test_a_webhook_is_kept_sealed_and_survives_a_rotation_of_keys(
    store: Store, ann: Account, now: datetime
) -> None:
    await keep(store, ann, now)
    await rotate_keys(store)
    async with store.reading() as db:
        found = await webhooks.find(db, "address")
        assert await webhooks.find(db, "other") is None
    assert found is not None and found.secret == "shared" and "shared" not in repr(found)


async def test_a_workspace_has_one_and_a_new_one_takes_its_place(store: Store, ann: Account, now: datetime) -> None:
    await keep(store, ann, now)
    await keep(store, ann, now, "newer")
    async with store.writing() as db:
        await webhooks.number(db, "newer", subscription_id=7)
        await webhooks.validate(db, "newer", now=now)
        await webhooks.hear(db, "newer", now=now + timedelta(hours=1))
        found = await webhooks.of_workspace(db, tenant_id="T1", workspace_id=22)
        assert await webhooks.of_workspace(db, tenant_id="T2", workspace_id=22) is None
    assert found is not None
    assert (found.id, found.subscription_id, found.validated_at) == ("newer", 7, now)
    assert found.heard_at == now + timedelta(hours=1)


async def test_it_goes_when_its_person_does(store: Store, ann: Account, now: datetime) -> None:
    await keep(store, ann, now)
    async with store.writing() as db:
        await accounts.forget(db, ann.id)
        assert not await webhooks.forget(db, "address")


async def test_everybody_who_looks_in_its_workspace_is_found(store: Store, ann: Account, now: datetime) -> None:
    await keep(store, ann, now)
    async with store.writing() as db:
        for key in ("1:22", "2:22", "1:122", "1:2"):
            await schedules.add(db, kind="projects.poll", key=key, tenant_id="T1", team_id="T1", due_at=now, now=now)
        webhook = await webhooks.find(db, "address")
        assert webhook is not None
        assert [one.key for one in await webhooks.polls(db, webhook, kind="projects.poll")] == ["1:22", "2:22"]
