from __future__ import annotations

import asyncio
import shutil
import stat
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SchemaMismatchError, engines, head_revision, migrate, schema
from bot.store.migrations import is_ours
from bot.store.tables import Table


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[AsyncEngine]:
    """Connections to the database at `empty_database_url`."""
    connected = engines.connect(empty_database_url)
    yield connected.writers
    await connected.close()


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_the_migrated_tables_are_those_of_the_models(empty_database_url: str, database: AsyncEngine) -> None:
    def differences(connection: Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata)

    await migrate(empty_database_url)
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE another_program (id INTEGER)"))
        assert await connection.run_sync(differences) == []
        await connection.execute(text("ALTER TABLE channels DROP COLUMN set_by_user_id"))
        assert await connection.run_sync(differences) != []


async def test_numbers_are_never_used_twice_on_sqlite(sqlite_url: str) -> None:
    await migrate(sqlite_url)
    connected = engines.connect(sqlite_url)
    async with connected.readers.connect() as connection:
        statement = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = (await connection.execute(statement)).all()
    await connected.close()
    numbered = {
        table.name for table in Table.metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert "accounts" in numbered
    assert numbered == {name for name, sql in made if "AUTOINCREMENT" in str(sql)}


async def test_migrating_again_changes_nothing(empty_database_url: str, database: AsyncEngine) -> None:
    await migrate(empty_database_url)
    await migrate(empty_database_url)
    async with database.connect() as connection:
        assert await connection.run_sync(schema.current_revision) == head_revision()
        await connection.run_sync(schema.check)


async def test_the_first_tables_can_be_taken_back(empty_database_url: str, database: AsyncEngine) -> None:
    await migrate(empty_database_url)
    await schema.downgrade(empty_database_url, "base")
    async with database.connect() as connection:
        assert await connection.run_sync(_tables) <= {"alembic_version", "sqlite_sequence"}
    await migrate(empty_database_url)


MIGRATES_ON_A_WORD = """
import asyncio, sys
from bot.store import migrate, schema
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(migrate(sys.argv[1]))
"""


async def test_migrations_of_several_processes_at_once_all_succeed(
    empty_database_url: str, database: AsyncEngine
) -> None:
    command = (sys.executable, "-c", MIGRATES_ON_A_WORD, empty_database_url)
    processes = [await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    results = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [errors.decode() for _, errors in results] == [""] * len(processes)
    async with database.connect() as connection:
        await connection.run_sync(schema.check)


async def test_tables_of_an_older_version_are_told_with_what_to_run(
    empty_database_url: str, database: AsyncEngine, tmp_path: Path
) -> None:
    newer = Path(shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations"))
    (newer / "versions" / "r9999_more.py").touch()
    await migrate(empty_database_url)
    async with database.connect() as connection:
        with pytest.raises(SchemaMismatchError, match=r"needs 9999\. Run: python -m bot migrate"):
            await connection.run_sync(schema.check, newer)


async def test_a_process_goes_on_while_the_next_version_migrates_and_is_not_started_after_that(
    empty_database_url: str, database: AsyncEngine
) -> None:
    await migrate(empty_database_url)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    async with database.connect() as connection:
        await connection.run_sync(schema.check_in_use)
        with pytest.raises(SchemaMismatchError, match="Run a newer version"):
            await connection.run_sync(schema.check)


@pytest.mark.parametrize("revision", ["0001", None])
async def test_a_process_does_not_go_on_with_older_tables_or_none(
    empty_database_url: str, database: AsyncEngine, revision: str | None
) -> None:
    if revision:
        await migrate(empty_database_url, revision)
    async with database.connect() as connection:
        with pytest.raises(SchemaMismatchError, match="Run: python -m bot migrate"):
            await connection.run_sync(schema.check_in_use)


def test_the_names_of_the_files_give_the_revision_that_alembic_finds() -> None:
    assert head_revision() == ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()


async def test_a_failing_migration_leaves_the_database_as_it_was(
    empty_database_url: str, database: AsyncEngine
) -> None:
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE seen_events (id INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        await migrate(empty_database_url)
    async with database.connect() as connection:
        assert await connection.run_sync(_tables) == {"seen_events"}


async def test_only_its_owner_can_read_a_new_sqlite_file(sqlite_url: str, tmp_path: Path) -> None:
    await migrate(sqlite_url)
    assert stat.S_IMODE((tmp_path / "bot.sqlite3").stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
