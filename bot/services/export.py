"""Everything stored of the person, as they may take it with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from bot.services.context import Context
from bot.store import accounts, exporting


@dataclass(frozen=True, slots=True)
class Export:
    """A JSON document, and how many things it lists."""

    content: bytes
    things: int


async def make(context: Context) -> Export:
    """What is stored of the person, by table; the credentials themselves are not in it."""
    async with context.store.reading() as db:
        account = await accounts.find_by_id(db, context.person.account_id)
        stored = await exporting.of_person(db, account) if account else {}
    readable = {table: [_readable(row) for row in rows] for table, rows in stored.items()}
    document = {"exported_at": context.now.isoformat(timespec="seconds"), "stored": readable}
    content = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return Export(content, sum(len(rows) for rows in readable.values()))


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose `payload`, JSON as text, is part of the document."""
    if not isinstance(row.get("payload"), str):
        return row
    return {**row, "payload": msgspec.json.decode(row["payload"])}
