"""The store beside a plain SQLModel session on the same database, and what its own ways of working cost.

The plain session keeps SQLAlchemy's and SQLite's defaults: what one gets without a thought for durability, for locks
that outlast their holder, or for secrets. Run with `python -m benchmarks.store`.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop
from cryptography.fernet import Fernet
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store import Account, Cipher, Ledger, Store, UndoAction, accounts, credentials, migrate, undo
from tests.store.postgres import running_postgres

PEOPLE, ROUNDS, SECONDS = 10_000, 3, 0.25
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)

Work = Callable[[int], Awaitable[object]]


async def _filled(url: str) -> Store:
    """A store with its people; the first hundred have a credential each."""
    await migrate(url)
    store = Store(url, Cipher([Fernet.generate_key().decode()]))
    async with store.writing() as db:
        db.add_all(
            Account(tenant_id="T1", team_id="T1", user_id=f"U{n}", locale="en-US", zone="UTC", created_at=NOW)
            for n in range(PEOPLE)
        )
        await db.flush()
        for n in range(1, 101):
            await credentials.save(
                db, account_id=n, kind="focus_key", secret="s" * 40, label="Ann", fingerprint="f", now=NOW
            )
    return store


def _by_store(store: Store) -> dict[str, Work]:
    ledger, numbers = Ledger(store, lambda remaining, resets_at: (remaining, resets_at)), itertools.count()

    async def find(number: int) -> object:
        async with store.reading() as db:
            return await accounts.find(db, tenant_id="T1", user_id=f"U{number * 7919 % PEOPLE}")

    async def add(number: int) -> None:
        name = f"store {next(numbers)}"
        async with store.writing() as db:
            await undo.add(
                db, id=name, account_id=number % PEOPLE + 1, kind="k", payload="{}", created_at=NOW, expires_at=LATER
            )

    async def open_secret(number: int) -> object:
        async with store.reading() as db:
            return await credentials.for_account(db, account_id=number % 100 + 1)

    async def reserve(number: int) -> object:
        return await ledger.reserve(f"f{number % 20}", now=NOW, interval=timedelta(seconds=1), burst=5)

    return {"find a person": find, "keep an undo": add, "open a credential": open_secret, "reserve a call": reserve}


def _by_session(engine: AsyncEngine) -> dict[str, Work]:
    """The first two of the same, as a tutorial would write them."""
    numbers = itertools.count()

    async def find(number: int) -> object:
        async with AsyncSession(engine) as db:
            who = select(Account).where(Account.tenant_id == "T1", Account.user_id == f"U{number * 7919 % PEOPLE}")
            return (await db.exec(who)).first()

    async def add(number: int) -> None:
        async with AsyncSession(engine) as db:
            db.add(
                UndoAction(
                    id=f"session {next(numbers)}",
                    account_id=number % PEOPLE + 1,
                    kind="k",
                    payload="{}",
                    created_at=NOW,
                    expires_at=LATER,
                )
            )
            await db.commit()

    return {"find a person": find, "keep an undo": add}


async def _per_second(work: Work, clients: int) -> float:
    numbers = itertools.count()
    start = time.perf_counter()

    async def client() -> None:
        while time.perf_counter() < start + SECONDS:
            await work(next(numbers))

    await asyncio.gather(*(client() for _ in range(clients)))
    return next(numbers) / (time.perf_counter() - start)


async def _compare(name: str, url: str, plain_url: str) -> None:
    """Round by round in turns, so that all have the same machine; the first round warms up."""
    store, plain_store = await _filled(url), await _filled(plain_url)
    engine = create_async_engine(plain_url)
    ours, plain = _by_store(store), _by_session(engine)
    for work, clients in itertools.product(ours, (1, 20)):
        rounds = [
            (await _per_second(ours[work], clients), await _per_second(plain[work], clients) if work in plain else 0)
            for _ in range(ROUNDS + 1)
        ][1:]
        line = f"{name}, {work}, {clients} at once: {statistics.median(mine for mine, _ in rounds):.0f}/s"
        if work in plain:
            line += f", {statistics.median(mine / theirs for mine, theirs in rounds):.2f} of a plain session"
        print(line)
    await engine.dispose()
    for opened in (store, plain_store):
        await opened.close()


def main() -> None:
    """Print units of work a second, and ratios where the plain session can do the same."""
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = (f"sqlite+aiosqlite:///{Path(folder) / name}" for name in ("ours", "plain"))
        uvloop.run(_compare("SQLite", ours, plain))
    with running_postgres() as postgres, postgres.database() as ours, postgres.database() as plain:
        uvloop.run(_compare("PostgreSQL", ours, plain))


if __name__ == "__main__":
    main()
