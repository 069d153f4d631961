"""What every test of the store starts from: a store on each database, one moment, and one person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from bot.store import Account, Cipher, Store, accounts


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen."""
    return datetime(2026, 11, 12, 9, 15, 30, 123456, tzinfo=UTC)


@pytest.fixture
def key() -> str:
    """The encryption key of `store`."""
    return Fernet.generate_key().decode()


@pytest.fixture
async def store(database_url: str, key: str) -> AsyncIterator[Store]:
    """An open store on a new database."""
    opened = Store(database_url, Cipher([key]))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def ann(store: Store, now: datetime) -> Account:
    """A person in the workspace T1."""
    async with store.writing() as db:
        return await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)


@pytest.fixture
async def bob(store: Store, now: datetime) -> Account:
    """Another person in the workspace T1."""
    async with store.writing() as db:
        return await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UBOB", now=now)
