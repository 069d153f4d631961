from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.store import Session, Store, audit, forget_tenant
from bot.store.audit import Filter
from bot.store.tables import AuditRow
from tests.store.administration import NOW, audit_row

HERE = Filter(organization_id=1, focus_id=2, track_id=3)


async def found(store: Store, wanted: Filter = HERE) -> Sequence[AuditRow]:
    """The changes, newest first."""
    async with store.reading() as db:
        return await audit.find(db, [each.id for each in await audit.names(db, wanted)])


async def kept(db: Session, *rows: AuditRow) -> None:
    """Write them down."""
    await audit.add_all(db, rows)


async def test_a_change_is_listed_once_as_it_ended(store: Store) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(attempt="a", result="begun"), audit_row(attempt="a", result="done"))
        await kept(db, audit_row(attempt="b", result="begun"))
    assert [(row.attempt, row.result) for row in await found(store)] == [("b", "begun"), ("a", "done")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET result = 'done'",
        "UPDATE audit_log SET user_id = 'U2'",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE at < '2000-01-01'",
    ],
)
async def test_the_database_itself_keeps_the_log_as_it_was_written(store: Store, statement: str) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(at=NOW - timedelta(days=20_000)))
    with pytest.raises(DatabaseError, match="append-only"):
        async with store.writing() as db:
            await (await db.connection()).execute(text(statement))
    assert len(await found(store)) == 1


async def test_nothing_empties_the_log_or_writes_over_it(store: Store, database_url: str) -> None:
    """Not even by the statements that delete rows without asking for each."""
    async with store.writing() as db:
        await kept(db, audit_row())
    forgetting = (
        "TRUNCATE audit_log" if "postgresql" in database_url else "REPLACE INTO audit_log SELECT * FROM audit_log"
    )
    with pytest.raises(DatabaseError, match="append-only"):
        async with store.writing() as db:
            await (await db.connection()).execute(text(forgetting))
    assert len(await found(store)) == 1


async def test_what_is_pruned_leaves_the_rest_guarded(store: Store) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(at=NOW), audit_row(at=NOW + timedelta(days=1)))
        assert await audit.prune(db, before=NOW + timedelta(hours=1)) == 1
    with pytest.raises(DatabaseError, match="append-only"):
        async with store.writing() as db:
            await (await db.connection()).execute(text("DELETE FROM audit_log"))
    assert len(await found(store)) == 1


async def test_the_log_of_a_slack_workspace_goes_with_it(store: Store) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(tenant_id="T1"), audit_row(tenant_id="T2"))
    async with store.writing() as db:
        await forget_tenant(db, tenant_id="T1")
    assert [row.tenant_id for row in await found(store)] == ["T2"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (HERE, ["3", "2", "1"]),
        (Filter(organization_id=1, focus_id=2), ["3", "2", "1"]),
        (Filter(organization_id=1, track_id=3), ["3", "2", "1"]),
        (Filter(organization_id=1, focus_id=9, track_id=9), []),
        (Filter(organization_id=9, focus_id=2, track_id=3), []),
        (Filter(organization_id=1), []),
        (Filter(organization_id=1, focus_id=2, user_id="UBOB"), ["2"]),
        (Filter(organization_id=1, focus_id=2, subject="status"), ["3"]),
        (Filter(organization_id=1, focus_id=2, since=NOW + timedelta(days=1)), ["3", "2"]),
        (Filter(organization_id=1, focus_id=2, until=NOW + timedelta(days=1)), ["1"]),
    ],
)
async def test_changes_are_found_by_workspace_person_subject_and_time(
    store: Store, wanted: Filter, ids: list[str]
) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(subject_id="1"))
        await kept(db, audit_row(subject_id="2", at=NOW + timedelta(days=1), user_id="UBOB"))
        await kept(db, audit_row(subject_id="3", at=NOW + timedelta(days=2), subject="status", kind="status.edit"))
    assert [row.subject_id for row in await found(store, wanted)] == ids


async def test_a_change_under_way_is_seen_until_it_ends_or_is_too_old(store: Store) -> None:
    async with store.writing() as db:
        await kept(db, audit_row(attempt="mine", result="begun"))
    mine = (await found(store))[0]

    async def other_is_at_work() -> bool:
        async with store.reading() as db:
            return await audit.under_way(db, mine, since=NOW - timedelta(minutes=1))

    assert not await other_is_at_work()
    async with store.writing() as db:
        await kept(db, audit_row(attempt="old", result="begun", at=NOW - timedelta(minutes=2)))
        await kept(db, audit_row(attempt="elsewhere", result="begun", subject_id="8"))
    assert not await other_is_at_work()
    async with store.writing() as db:
        await kept(db, audit_row(attempt="theirs", result="begun"))
    assert await other_is_at_work()
    async with store.writing() as db:
        await kept(db, audit_row(attempt="theirs", result="done"))
    assert not await other_is_at_work()
