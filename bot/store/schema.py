"""The shape of the database: bring it up to date, and tell whether it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from bot.store import engines
from bot.store.outages import outages_told

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_095_342_611
"""The key of PostgreSQL's advisory lock: any number, so long as it stays the same."""
LOCK_MS = 60_000
STATEMENT_MS = 600_000


class SchemaMismatchError(Exception):
    """The tables are not those that this version of the bot works with."""


async def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`, all or nothing; of several processes, one does it at a time.

    Raises StoreUnavailable.
    """
    with outages_told():
        await asyncio.to_thread(_run, engines.parse(url), command.upgrade, revision)


async def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`, or to nothing with `base`: data of newer tables is lost."""
    await asyncio.to_thread(_run, engines.parse(url), command.downgrade, revision)


def head_revision() -> str | None:
    """The revision of the tables that this version works with."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """The revision of the database behind `connection`, or None where nothing was ever migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def check(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Raise SchemaMismatchError, saying what to do, unless the tables are those of this version."""
    scripts = ScriptDirectory(str(migrations))
    current, head = current_revision(connection), scripts.get_current_head()
    if current == head:
        return
    if current is None:
        raise SchemaMismatchError("The database has no tables yet. Run: python -m bot migrate")
    if any(script.revision == current for script in scripts.walk_revisions()):
        raise SchemaMismatchError(f"The tables are at {current}, this version needs {head}. Run: python -m bot migrate")
    raise SchemaMismatchError(f"The tables are at {current}, which this version does not know. Run a newer version.")


def config(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration, from code: there is no alembic.ini. The migrations run on `connection`."""
    made = Config()
    made.set_main_option("script_location", str(migrations).replace("%", "%%"))
    made.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def _run(url: URL, change: Callable[[Config, str], None], revision: str) -> None:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            change(config(connection), revision)
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)
        _create_private(Path(str(url.database)))
        # Foreign keys off: a migration that rebuilds a table drops the old one, which would delete what points at it.
        engines.prepare_sqlite(engine, begin="BEGIN IMMEDIATE", foreign_keys=False, busy_ms=LOCK_MS)
        return engine
    limits = engines.postgresql_arguments(url, lock_ms=LOCK_MS, statement_ms=STATEMENT_MS)
    return create_engine(engines.without_options(url), poolclass=NullPool, hide_parameters=True, connect_args=limits)


def _create_private(path: Path) -> None:
    """Make the file before SQLite does, readable for its owner alone; SQLite's files beside it take over its rights."""
    if path.parent.is_dir():
        path.touch(mode=0o600)
