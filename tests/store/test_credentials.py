from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.store import Account, Cipher, Credential, KeyLost, SealBrokenError, Store, credentials
from bot.store.tables import CredentialRow


async def _save(store: Store, person: Account, now: datetime, kind: str = "focus_key", secret: str = "key") -> None:
    async with store.writing() as db:
        await credentials.save(
            db, account_id=person.id, kind=kind, secret=secret, label="Ann Admin", fingerprint=f"f-{secret}", now=now
        )


async def _all(store: Store, person: Account) -> list[Credential]:
    async with store.reading() as db:
        return list(await credentials.for_account(db, account_id=person.id))


async def test_a_credential_comes_back_as_it_was_saved(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    await _save(store, ann, now, "track_token", "tök\N{SNOWMAN}")
    await _save(store, bob, now)
    assert await _all(store, ann) == [
        Credential(ann.id, "track_token", "tök\N{SNOWMAN}", "Ann Admin", "f-tök\N{SNOWMAN}", now)
    ]


async def test_a_new_credential_takes_the_place_of_the_old_one_of_its_kind(
    store: Store, ann: Account, now: datetime
) -> None:
    await _save(store, ann, now, secret="old")
    async with store.writing() as db:
        await credentials.mark_refused(db, account_id=ann.id, fingerprint="f-old", now=now)
    await _save(store, ann, now, secret="new")
    await _save(store, ann, now, "track_token", "token")
    assert [(kept.kind, kept.secret, kept.refused_at) for kept in await _all(store, ann)] == [
        ("focus_key", "new", None),
        ("track_token", "token", None),
    ]


async def test_a_record_shows_no_secret(store: Store, ann: Account, now: datetime) -> None:
    await _save(store, ann, now, secret="private-key")
    assert "private-key" not in repr(await _all(store, ann)).replace("f-private-key", "")


async def test_a_refusal_is_news_once(store: Store, ann: Account, now: datetime) -> None:
    await _save(store, ann, now)
    async with store.writing() as db:
        assert await credentials.mark_refused(db, account_id=ann.id, fingerprint="f-key", now=now)
        later = now + timedelta(hours=1)
        assert not await credentials.mark_refused(db, account_id=ann.id, fingerprint="f-key", now=later)
    assert [kept.refused_at for kept in await _all(store, ann)] == [now]


async def test_the_late_refusal_of_an_old_credential_does_not_touch_the_new_one(
    store: Store, ann: Account, now: datetime
) -> None:
    await _save(store, ann, now, secret="old")
    await _save(store, ann, now, secret="new")
    async with store.writing() as db:
        assert not await credentials.mark_refused(db, account_id=ann.id, fingerprint="f-old", now=now)
    assert [kept.refused_at for kept in await _all(store, ann)] == [None]


async def test_one_kind_or_all_can_be_forgotten(store: Store, ann: Account, bob: Account, now: datetime) -> None:
    for person in (ann, bob):
        for kind in ("focus_key", "password", "track_token"):
            await _save(store, person, now, kind)
    async with store.writing() as db:
        await credentials.forget(db, account_id=ann.id, kind="password")
        assert len(await credentials.for_account(db, account_id=ann.id)) == 2
        await credentials.forget(db, account_id=ann.id)
    assert await _all(store, ann) == []
    assert len(await _all(store, bob)) == 3


@pytest.mark.parametrize("swapped", ["account_id", "kind"])
async def test_swapped_rows_are_noticed(store: Store, ann: Account, bob: Account, now: datetime, swapped: str) -> None:
    await _save(store, ann, now)
    async with store.writing() as db:
        row = (await db.exec(select(CredentialRow))).one()
        setattr(row, swapped, {"account_id": bob.id, "kind": "password"}[swapped])
    with pytest.raises(SealBrokenError):
        await _all(store, bob if swapped == "account_id" else ann)


async def test_a_lost_key_is_told_and_what_needs_no_key_can_still_be_read(
    store: Store, ann: Account, now: datetime, database_url: str
) -> None:
    await _save(store, ann, now)
    other = Store(database_url, Cipher([Fernet.generate_key().decode()]))
    with pytest.raises(KeyLost):
        await _all(other, ann)
    async with other.reading() as db:
        assert await credentials.summaries(db, account_id=ann.id) == [
            credentials.Summary("focus_key", "Ann Admin", "f-key", now, None)
        ]
    await other.close()
