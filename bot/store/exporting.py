"""Everything stored of one person, as plain data; what is sealed stays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, false, or_, select

from bot.store import credentials
from bot.store.columns import Sealed
from bot.store.store import Session
from bot.store.tables import Account, QuotaRow
from bot.store.tables import Table as Tables

Rows = Mapping[str, list[dict[str, Any]]]
WITHHELD = frozenset({"token_hash"})
"""What stays here beside the sealed columns: it stands for a link with which somebody could connect in their name."""


async def of_person(db: Session, account: Account) -> Rows:
    """Every row that is the person's, by table; moments as ISO 8601.

    A row is theirs where it hangs on their account or names them in their Slack workspace: a new table needs no word
    here.
    """
    marks = [summary.fingerprint for summary in await credentials.summaries(db, account_id=account.id)]
    connection = await db.connection()
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Tables.metadata.sorted_tables:
        shown = [column for column in table.columns if not _withheld(column)]
        rows = (await connection.execute(select(*shown).where(_theirs(table, account, marks)))).mappings()
        if listed := [{name: _plain(value) for name, value in row.items()} for row in rows]:
            found[table.name] = listed
    return found


def _theirs(table: Table, account: Account, marks: Iterable[str]) -> ColumnElement[bool]:
    """What makes a row of `table` the person's; nothing does in a table that knows nobody."""
    if table.name == Account.__tablename__:
        return table.c.id == account.id
    if table.name == QuotaRow.__tablename__:
        return or_(false(), *(table.c.key.startswith(f"{mark}:") for mark in marks))
    ours = [table.c[name] == account.id for name in ("account_id", "owner_id") if name in table.c]
    if "tenant_id" in table.c:
        names = (column for column in table.columns if column.name.endswith("user_id"))
        ours += [and_(table.c.tenant_id == account.tenant_id, column == account.user_id) for column in names]
    return or_(false(), *ours)


def _withheld(column: Column[Any]) -> bool:
    return isinstance(column.type, Sealed) or column.name in WITHHELD


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
