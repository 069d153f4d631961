"""The connections to SQLite and PostgreSQL, set up so that a crash loses nothing and nothing waits for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_MS = 5_000
"""How long a statement waits for another one's lock."""
STATEMENT_MS = 10_000
IDLE_IN_TRANSACTION_MS = 60_000
CONNECT_SECONDS = 5
POOL_SECONDS = 10
"""How long a unit of work waits for a free connection."""
RECYCLE_SECONDS = 1_800


@dataclass(frozen=True, slots=True)
class Engines:
    """Where reading and writing units of work get their connections."""

    readers: AsyncEngine
    writers: AsyncEngine

    async def close(self) -> None:
        """Close every connection."""
        await self.readers.dispose()
        await self.writers.dispose()


def parse(url: str) -> URL:
    """`url` for one of the two drivers. Raises ValueError, without repeating the address: it may hold a password."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("the database address cannot be read") from None
    if parsed.drivername == "sqlite+aiosqlite":
        if parsed.database in {None, "", ":memory:"}:
            raise ValueError("an SQLite database needs a file")
    elif parsed.drivername != "postgresql+psycopg":
        raise ValueError("the database address must start with sqlite+aiosqlite:/// or postgresql+psycopg://")
    return parsed


def connect(url: str) -> Engines:
    """Engines for `url`; nothing is connected yet. Parameters, which may be secret, are kept out of error texts."""
    parsed = parse(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


def _sqlite(url: URL) -> Engines:
    # One writing connection: writers of this process queue for it in turn instead of polling for SQLite's lock.
    readers = create_async_engine(url, hide_parameters=True, pool_size=4, max_overflow=0, pool_timeout=POOL_SECONDS)
    writers = create_async_engine(url, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=POOL_SECONDS)
    for engine, begin, only_reads in ((readers, "BEGIN", True), (writers, "BEGIN IMMEDIATE", False)):
        prepare_sqlite(engine.sync_engine, begin=begin, query_only=only_reads)
    return Engines(readers, writers)


def prepare_sqlite(
    engine: Engine, *, begin: str, query_only: bool = False, foreign_keys: bool = True, busy_ms: int = BUSY_MS
) -> None:
    """Make every connection of `engine` durable, checked and patient, its transactions starting with `begin`."""

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # sqlite3's: it must not begin by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_ms}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        cursor.execute(f"PRAGMA query_only = {int(query_only)}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def connect_queues(url: str, *, most: int = 20) -> Engine:
    """A plain engine for `url`, for the durable queues' own tables, of at most `most` connections at once."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed.set(drivername="sqlite"), hide_parameters=True, pool_timeout=POOL_SECONDS)

        @event.listens_for(engine, "connect")
        def configure(connection: DBAPIConnection, _record: object) -> None:
            # What reads locks nothing; what writes has the lock from its first statement on.
            connection.isolation_level = "IMMEDIATE"
            for pragma in (f"busy_timeout = {6 * BUSY_MS}", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")

        return engine
    return create_engine(
        without_options(parsed),
        hide_parameters=True,
        pool_size=most // 2,
        max_overflow=most - most // 2,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        connect_args=postgresql_arguments(parsed),
    )


def postgresql_arguments(url: URL, *, lock_ms: int = BUSY_MS, statement_ms: int = STATEMENT_MS) -> dict[str, Any]:
    """How to connect to PostgreSQL: with limits to every wait. `options` in the address come last and win."""
    limits = {
        "lock_timeout": lock_ms,
        "statement_timeout": statement_ms,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
    }
    ours = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in limits.items())
    theirs = url.query.get("options", "")
    return {
        "options": f"{ours} {theirs if isinstance(theirs, str) else ' '.join(theirs)}".strip(),
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "toggl-slack",
        # A server that vanished without a word is noticed in a minute, not in the two hours of the system's default.
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
    }


def without_options(url: URL) -> URL:
    """`url` without the `options` that `postgresql_arguments` has taken from it."""
    return url.difference_update_query(["options"])


def _postgresql(url: URL) -> Engines:
    writers = create_async_engine(
        without_options(url),
        hide_parameters=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=POOL_SECONDS,
        # A connection that died while it lay in the pool is replaced before a unit of work sees it.
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        connect_args=postgresql_arguments(url),
    )
    return Engines(writers.execution_options(postgresql_readonly=True), writers)
