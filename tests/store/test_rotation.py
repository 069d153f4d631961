from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlmodel import col, select, update

from bot.store import (
    Account,
    Cipher,
    Installation,
    KeyLost,
    Rotated,
    Store,
    accounts,
    credentials,
    installations,
    migrate,
    rotate_keys,
    rotation,
    tickets,
)
from bot.store.tables import CredentialRow, Table

SECRETS = ("toggl_sk_admin", "xoxb-secret", "xoxe-secret", "https://slack.example/secret", "offered-secret")


@pytest.fixture
def new_key() -> str:
    """The key that takes the place of `key`."""
    return Fernet.generate_key().decode()


@pytest.fixture
async def open_with(database_url: str) -> AsyncIterator[Callable[..., Store]]:
    """Opens the database with other keys."""
    opened: list[Store] = []

    def with_keys(*keys: str) -> Store:
        opened.append(Store(database_url, Cipher(keys)))
        return opened[-1]

    yield with_keys
    for store in opened:
        await store.close()


async def _fill(store: Store, now: datetime) -> tuple[Account, str]:
    """Put a secret into every sealed column, and give the person and the link that open them."""
    async with store.writing() as db:
        ann = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)
        await credentials.save(
            db, account_id=ann.id, kind="focus_key", secret=SECRETS[0], label="", fingerprint="f", now=now
        )
        await installations.save(
            db, Installation(tenant_id="T1", bot_token=SECRETS[1], refresh_token=SECRETS[2], installed_at=now)
        )
        link = await tickets.create(db, account_id=ann.id, now=now, pending={"response_url": SECRETS[3]})
        await tickets.offer(db, link.id, offer={"secret": SECRETS[4]}, now=now)
    return ann, link.token


async def _opened(store: Store, ann: Account, token: str) -> tuple[str | None, ...]:
    async with store.reading() as db:
        (credential,) = await credentials.for_account(db, account_id=ann.id)
        installation = await installations.find(db, tenant_id="T1")
        ticket = await tickets.find(db, token)
    assert installation is not None
    assert ticket is not None
    assert ticket.pending is not None
    assert ticket.offer is not None
    return (
        credential.secret,
        installation.bot_token,
        installation.refresh_token,
        ticket.pending["response_url"],
        ticket.offer["secret"],
    )


async def test_after_rotation_the_new_key_alone_opens_everything(
    store: Store, key: str, new_key: str, now: datetime, open_with: Callable[..., Store]
) -> None:
    ann, token = await _fill(store, now)
    assert await rotate_keys(open_with(new_key, key)) == Rotated(resealed=5)
    assert await _opened(open_with(new_key), ann, token) == SECRETS
    with pytest.raises(KeyLost):
        await _opened(store, ann, token)


async def test_rotating_again_changes_nothing(
    store: Store, key: str, new_key: str, now: datetime, open_with: Callable[..., Store]
) -> None:
    await _fill(store, now)
    both = open_with(new_key, key)
    await rotate_keys(both)
    assert await rotate_keys(both) == Rotated(current=5)


async def test_more_secrets_than_one_batch_are_all_rotated(
    store: Store, key: str, new_key: str, now: datetime, open_with: Callable[..., Store]
) -> None:
    people = rotation.BATCH + 1
    async with store.writing() as db:
        for number in range(people):
            installed = now + timedelta(seconds=number)
            await installations.save(db, Installation(tenant_id=f"T{number}", bot_token="x", installed_at=installed))
    assert await rotate_keys(open_with(new_key, key)) == Rotated(resealed=people)


async def test_what_no_key_opens_is_counted_and_left_while_the_rest_is_rotated(
    store: Store, key: str, new_key: str, now: datetime, open_with: Callable[..., Store]
) -> None:
    await _fill(store, now)
    lost = Cipher([Fernet.generate_key().decode()]).seal("owner", "secret")
    async with store.writing() as db:
        await db.exec(update(CredentialRow).where(col(CredentialRow.kind) == "focus_key").values(secret=lost))
    assert await rotate_keys(open_with(new_key, key)) == Rotated(resealed=4, unreadable=1)
    async with store.reading() as db:
        assert (await db.exec(select(CredentialRow.secret))).one() == lost


def test_every_column_that_sounds_secret_is_sealed() -> None:
    sealed = {(column.table.name, column.name) for column in rotation.sealed_columns()}
    assert sealed == {
        ("connect_tickets", "offer"),
        ("connect_tickets", "pending"),
        ("credentials", "secret"),
        ("deliveries", "content"),
        ("installations", "bot_token"),
        ("installations", "refresh_token"),
        ("webhooks", "secret"),
    }
    for table in Table.metadata.sorted_tables:
        for column in table.columns:
            if any(word in column.name for word in ("secret", "password", "credential")) or column.name.endswith(
                "token"
            ):
                assert (table.name, column.name) in sealed


async def test_no_plain_secret_reaches_the_database_file(
    sqlite_url: str, key: str, now: datetime, tmp_path: Path
) -> None:
    await migrate(sqlite_url)
    store = Store(sqlite_url, Cipher([key]))
    _, token = await _fill(store, now)
    kept = _bytes(tmp_path)
    await store.close()
    assert b"UANN" in kept
    for secret in (*SECRETS, token, key):
        assert secret.encode() not in kept


def _bytes(folder: Path) -> bytes:
    """Everything in the files of `folder`: the database and its log."""
    return b"".join(path.read_bytes() for path in folder.iterdir())
