from __future__ import annotations

import asyncio
import contextlib
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store import Account, Cipher, SchemaMismatchError, Store, StoreUnavailable, accounts, channels, migrate, undo
from tests.store.postgres import Postgres


async def test_a_unit_that_fails_writes_nothing(store: Store, now: datetime) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with store.writing() as db:
            await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)
            raise ZeroDivisionError
    async with store.reading() as db:
        assert await accounts.find(db, tenant_id="T1", user_id="UANN") is None


async def test_a_cancelled_unit_writes_nothing_and_frees_its_connection(store: Store, now: datetime) -> None:
    reached = asyncio.Event()

    async def never_ends() -> None:
        async with store.writing() as db:
            await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)
            reached.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await reached.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    async with store.writing() as db:
        assert await accounts.find(db, tenant_id="T1", user_id="UANN") is None


async def test_a_reading_unit_cannot_write(store: Store, now: datetime) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with store.reading() as db:
            await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)
    async with store.writing() as db:
        await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)


async def test_rows_can_be_read_after_their_unit_has_ended(store: Store, ann: Account) -> None:
    async with store.reading() as db:
        found = await accounts.find_by_id(db, ann.id)
    assert found is not None
    assert found.user_id == "UANN"


async def test_a_unit_sees_what_it_has_just_changed(store: Store, now: datetime) -> None:
    names = []
    async with store.writing() as db:
        for name in ("Website", "Shop"):
            await channels.set_default_project(
                db, tenant_id="T1", channel_id="C1", project_id=1, project_name=name, user_id="UANN", now=now
            )
            names.append((await channels.get(db, tenant_id="T1", channel_id="C1")).default_project_name)
    assert names == ["Website", "Shop"]


async def test_many_writers_at_once_all_succeed(store: Store, now: datetime) -> None:
    async def write(number: int) -> None:
        async with store.writing() as db:
            await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id=f"U{number}", now=now)

    await asyncio.gather(*(write(number) for number in range(40)))
    async with store.reading() as db:
        assert (await accounts.find(db, tenant_id="T1", user_id="U39")) is not None


async def test_readers_do_not_wait_for_a_writer(store: Store, ann: Account, now: datetime) -> None:
    async with store.writing() as writer:
        await accounts.update_profile(writer, account_id=ann.id, locale="de-DE", zone="Europe/Berlin", now=now)
        async with store.reading() as reader:
            seen = await accounts.find_by_id(reader, ann.id)
    assert seen is not None
    assert seen.locale == "en-US"


async def test_what_points_at_nothing_is_refused(store: Store, now: datetime) -> None:
    with pytest.raises(IntegrityError):
        async with store.writing() as db:
            await undo.add(db, id="u", account_id=404, kind="", payload="{}", created_at=now, expires_at=now)


async def test_a_store_on_a_database_without_tables_says_what_to_run(empty_database_url: str, key: str) -> None:
    store = Store(empty_database_url, Cipher([key]))
    with pytest.raises(SchemaMismatchError, match="python -m bot migrate"):
        await store.open()
    await store.close()


async def test_a_store_of_a_version_not_known_here_is_left_alone(empty_database_url: str, key: str) -> None:
    await migrate(empty_database_url)
    store = Store(empty_database_url, Cipher([key]))
    async with store.writing() as db:
        await (await db.connection()).execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatchError, match="9999, which this version does not know"):
        await store.open()
    await store.close()


def test_a_store_shows_neither_address_nor_key(key: str) -> None:
    assert repr(Store("postgresql+psycopg://bot:hunter2@127.0.0.1/bot", Cipher([key]))) == "<Store>"


async def test_a_database_that_cannot_be_reached_is_told_in_words_for_people(tmp_path: Path, key: str) -> None:
    for url in (f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/file", f"postgresql+psycopg:///bot?host={tmp_path}"):
        store = Store(url, Cipher([key]))
        with pytest.raises(StoreUnavailable, match="try again"):
            async with store.reading() as db:
                await accounts.find_by_id(db, 1)
        with pytest.raises(StoreUnavailable):
            await store.open()
        await store.close()
    # The thread of the connection that failed has one more word for the event loop: not after the loop's end.
    for thread in threading.enumerate():
        if "connection_worker" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_a_file_that_cannot_be_written_is_an_outage(sqlite_store: Store, now: datetime) -> None:
    async with sqlite_store._engines.writers.connect() as writer:
        await writer.exec_driver_sql("PRAGMA query_only = 1")  # as on a file system that was mounted read-only
    with pytest.raises(StoreUnavailable):
        async with sqlite_store.writing() as db:
            await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=now)


async def test_a_mistake_in_a_statement_is_not_mistaken_for_an_outage(empty_database_url: str, key: str) -> None:
    store = Store(empty_database_url, Cipher([key]))
    with pytest.raises(DBAPIError, match="accounts"):
        async with store.reading() as db:
            await accounts.find_by_id(db, 1)
    await store.close()


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_units_work_again_after_the_server_dropped_every_connection(
    store: Store, ann: Account, database_url: str, postgres: Postgres
) -> None:
    assert postgres.disconnect(database_url)
    async with store.reading() as db:
        assert await accounts.find_by_id(db, ann.id) is not None


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_lost_within_a_unit_is_told_and_the_next_unit_works(
    store: Store, ann: Account, database_url: str, postgres: Postgres
) -> None:
    async def interrupted() -> None:
        async with store.writing() as db:
            await accounts.find_by_id(db, ann.id)
            postgres.disconnect(database_url)
            await accounts.find_by_id(db, ann.id)

    with pytest.raises(StoreUnavailable):
        await interrupted()
    async with store.writing() as db:
        assert await accounts.find_by_id(db, ann.id) is not None


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_waiting_for_somebody_elses_lock_ends(
    store: Store, ann: Account, database_url: str, key: str, now: datetime
) -> None:
    hurried = Store(database_url + "&options=-c%20lock_timeout%3D20", Cipher([key]))

    async def change(of: Store) -> None:
        async with of.writing() as db:
            await accounts.update_profile(db, account_id=ann.id, locale="de-DE", zone="UTC", now=now)

    async with store.writing() as db:
        await accounts.update_profile(db, account_id=ann.id, locale="ja-JP", zone="UTC", now=now)
        with pytest.raises(StoreUnavailable):
            await change(hurried)
    await change(hurried)
    await hurried.close()
