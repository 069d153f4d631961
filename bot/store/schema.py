"""The shape of the database: bring it up to date, and tell whether it is."""

from __future__ import annotations

import asyncio
import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from bot.store import engines
from bot.store.outages import outages_told

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
REVISION = re.compile(r"r(\d{4})_\w+\.py")
"""How the file of a revision is called: they are numbered, one after the other."""
LOCK = 7_095_342_611
"""The key of PostgreSQL's advisory lock: any number, so long as it stays the same."""
LOCK_MS = 60_000
STATEMENT_MS = 600_000


class SchemaMismatchError(Exception):
    """The tables are not those that this version of the bot works with: `said`, and what to do about it, the `step`."""

    def __init__(self, said: str, step: str) -> None:
        super().__init__(f"{said} {step}")
        self.said = said
        self.step = step


MIGRATE = "Run: python -m bot migrate"
NEWER = "Run a newer version, or restore the backup that was made before."


async def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`, all or nothing; of several processes, one does it at a time.

    Raises SchemaMismatchError where a newer version did so before, StoreUnavailable.
    """
    with outages_told(writing=True):
        await asyncio.to_thread(_run, engines.parse(url), "upgrade", revision)


async def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`, or to nothing with `base`: data of newer tables is lost."""
    await asyncio.to_thread(_run, engines.parse(url), "downgrade", revision)


def head_revision(migrations: Path = MIGRATIONS) -> str:
    """The revision of the tables that this version works with; `0000` where there is none."""
    found = (REVISION.fullmatch(path.name) for path in (migrations / "versions").iterdir())
    return max((name[1] for name in found if name), default="0000")


def current_revision(connection: Connection) -> str | None:
    """The revision of the database behind `connection`, or None where nothing was ever migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return current


def check(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Raise SchemaMismatchError, saying what to do, unless the tables are those of this version."""
    current, head = current_revision(connection), head_revision(migrations)
    if current == head:
        return
    if current is None:
        raise SchemaMismatchError("The database has no tables yet.", MIGRATE)
    if current < head:
        raise SchemaMismatchError(f"The tables are at {current}, this version needs {head}.", MIGRATE)
    raise SchemaMismatchError(f"The tables are at {current}, which this version does not know.", NEWER)


def check_in_use(connection: Connection) -> None:
    """Raise SchemaMismatchError where the tables are older than this version, or gone.

    Newer ones are well while a process runs: a release migrates before the processes of the last one end, and a
    migration leaves what the version before reads and writes.
    """
    current = current_revision(connection)
    if current is None or current < head_revision():
        check(connection)


def config(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration, from code: there is no alembic.ini. The migrations run on `connection`."""
    from alembic.config import Config  # noqa: PLC0415 (10 MB that only a migration needs)

    made = Config()
    made.set_main_option("script_location", str(migrations).replace("%", "%%"))
    made.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def _run(url: URL, change: str, revision: str) -> None:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            if revision == "head" and (current_revision(connection) or "") >= head_revision():
                check(connection)
                return
            from alembic import command  # noqa: PLC0415 (the same)

            getattr(command, change)(config(connection), revision)
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
    with contextlib.suppress(OSError):  # SQLite says in its own words what cannot be written
        path.touch(mode=0o600)
