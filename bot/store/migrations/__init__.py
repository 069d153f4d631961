"""How the tables came to be, one revision a file."""

from __future__ import annotations

from bot.store.tables import Table


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a comparison may touch it: tables of another program in the same database are not ours to drop."""
    return kind != "table" or name in Table.metadata.tables
