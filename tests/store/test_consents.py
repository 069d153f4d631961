from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Store, accounts, consents


async def test_only_those_who_agreed_to_it_in_this_workspace_are_found(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        elsewhere = await accounts.get_or_create(db, tenant_id="T1", team_id="T2", user_id="UEVE", now=now)
        await consents.give(db, account_id=ann.id, topic="team", now=now)
        await consents.give(db, account_id=bob.id, topic="hours", now=now)
        await consents.give(db, account_id=elsewhere.id, topic="team", now=now)
        found = await consents.people(db, tenant_id="T1", team_id="T1", topic="team")
    assert [account.user_id for account in found] == ["UANN"]


async def test_a_consent_keeps_its_date_until_it_is_taken_back(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        await consents.give(db, account_id=ann.id, topic="team", now=now)
        await consents.give(db, account_id=ann.id, topic="team", now=now + timedelta(days=1))
        [kept] = await consents.of_account(db, account_id=ann.id)
        assert (kept.topic, kept.agreed_at) == ("team", now)
        assert await consents.revoke(db, account_id=ann.id, topic="team")
        assert not await consents.revoke(db, account_id=ann.id, topic="team")
        assert await consents.of_account(db, account_id=ann.id) == []


async def test_a_consent_goes_with_the_person(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as db:
        await consents.give(db, account_id=ann.id, topic="team", now=now)
        await accounts.forget(db, ann.id)
        assert await consents.people(db, tenant_id="T1", team_id="T1", topic="team") == []
