"""The database: its tables, whether its secrets can be read, who does what is scheduled, where the app is installed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy import make_url

from bot.clock import utc_now
from bot.dispatcher.scopes import SCOPES
from bot.doctor.finding import Finding, State
from bot.parts import open_store
from bot.settings import Settings
from bot.store import KeyLost, SchemaMismatchError, Store, StoreUnavailable, check_keys, installations, workers

SEEN_WITHIN = timedelta(minutes=1)
"""How long ago a worker that lives showed itself at most."""


async def database(settings: Settings) -> AsyncIterator[Finding]:
    """Every finding that the database gives."""
    backend = make_url(settings.database_url).get_backend_name()
    name = "PostgreSQL" if backend == "postgresql" else "SQLite: one process only"
    if not settings.encryption_keys:
        yield Finding("Database", State.NOTE, "not looked at without ENCRYPTION_KEYS")
        return
    store = open_store(settings)
    try:
        await store.open()
        yield Finding("Database", State.GOOD, name)
        await check_keys(store)
        yield Finding("Encryption keys", State.GOOD, "what is stored can be read")
        yield await scheduled_work(store, backend)
        if not settings.slack_bot_token:
            yield await _installed(store, settings.public_url)
    except SchemaMismatchError as error:
        yield Finding("Database", State.BAD, error.said, error.step)
    except StoreUnavailable:
        step = (
            "Is it running, and is DATABASE_URL right? The address is not repeated here because it may hold a password."
        )
        yield Finding("Database", State.BAD, "out of reach", step)
    except KeyLost:
        yield Finding(
            "Encryption keys",
            State.BAD,
            "what is stored cannot be read with any of ENCRYPTION_KEYS",
            "Put back the key that it was stored with, after the new one and a comma. "
            "If it is lost for good, people have to connect again.",
        )
    finally:
        await store.close()


async def scheduled_work(store: Store, backend: str) -> Finding:
    """Who does what is scheduled."""
    if backend == "sqlite":
        return Finding("Scheduled work", State.GOOD, "done by `serve` itself")
    async with store.reading() as db:
        alive = [worker for worker in await workers.everyone(db) if utc_now() - worker.seen_at < SEEN_WITHIN]
    if alive:
        return Finding("Scheduled work", State.GOOD, f"workers: {len(alive)}")
    step = "Start `python -m bot worker`: without one there are no reminders, statistics and project updates."
    return Finding("Scheduled work", State.NOTE, "no worker runs", step)


async def _installed(store: Store, public_url: str | None) -> Finding:
    """Where the app is installed, and whether it may there what this version needs."""
    async with store.reading() as db:
        rows = await installations.everyone(db)
    address = f"{public_url}/slack/install"
    if not rows:
        return Finding("Installations", State.NOTE, "none yet", f"Let an admin open {address}")
    lacking = {row.tenant_id: sorted(SCOPES.keys() - set(row.scopes.split(","))) for row in rows}
    ended = [row.tenant_id for row in rows if row.token_expires_at and row.token_expires_at <= utc_now()]
    troubles = [f"{tenant} lacks {', '.join(scopes)}" for tenant, scopes in lacking.items() if scopes]
    troubles += [f"the token of {tenant} ended" for tenant in ended]
    if troubles:
        step = f"Let an admin of each open {address} again."
        return Finding("Installations", State.BAD, "; ".join(troubles), step)
    return Finding("Installations", State.GOOD, f"{len(rows)}, with every scope")
