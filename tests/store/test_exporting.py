from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.store import Account, Store, channels, consents, credentials, exporting, quotas, receipts, tickets, undo
from bot.store.columns import Sealed
from bot.store.tables import Table


async def fill(store: Store, account: Account, now: datetime, *, secret: str) -> str:
    """One row of the person's in every table that can hold one; the token of their link."""
    async with store.writing() as db:
        await credentials.save(
            db,
            account_id=account.id,
            kind="focus_key",
            secret=secret,
            label="Ann",
            fingerprint=f"f{account.id}",
            now=now,
        )
        ticket = await tickets.create(db, account_id=account.id, now=now, pending={"text": "start"})
        await undo.add(
            db, id=f"u{account.id}", account_id=account.id, kind="stop", payload="{}", created_at=now, expires_at=now
        )
        await receipts.add(db, account_id=account.id, text="Stopped", undo_id=None, now=now)
        await consents.give(db, account_id=account.id, topic="team", now=now)
        await quotas.record(db, f"f{account.id}:7", remaining=3, resets_at=now + timedelta(hours=1))
        await channels.set_default_project(
            db,
            tenant_id="T1",
            channel_id=f"C{account.id}",
            project_id=7,
            project_name="Website",
            user_id=account.user_id,
            now=now,
        )
    return ticket.token


async def test_everything_of_the_person_comes_and_nothing_of_others(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    for account in (ann, bob):
        await fill(store, account, now, secret="secret")
    async with store.reading() as db:
        found = await exporting.of_person(db, ann)
    assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(
        ["accounts", "channels", "connect_tickets", "consents", "credentials", "quotas", "receipts", "undo_actions"], 1
    )
    assert found["accounts"][0]["user_id"] == "UANN"
    assert found["quotas"][0]["key"] == f"f{ann.id}:7"
    assert found["consents"][0]["agreed_at"] == now.isoformat()


async def test_no_secret_is_in_it(store: Store, ann: Account, now: datetime) -> None:
    token = await fill(store, ann, now, secret="toggl_sk_very_secret")
    async with store.reading() as db:
        found = await exporting.of_person(db, ann)
    said = json.dumps(found)
    assert "very_secret" not in said
    assert token not in said
    sealed = {
        column.name
        for table in Table.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    }
    assert "secret" in sealed
    assert not {name for rows in found.values() for row in rows for name in row} & {*sealed, "token_hash"}
