"""How the tables came to be, one revision a file."""

from __future__ import annotations

from typing import Literal

from sqlmodel import AutoString

from bot.store.columns import Moment, Sealed
from bot.store.tables import Table


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a comparison may touch it: tables of another program in the same database are not ours to drop."""
    return kind != "table" or name in Table.metadata.tables


def spell(kind: str, item: object, _context: object) -> str | Literal[False]:
    """How a revision writes a column's type: as SQLAlchemy's own, so that it still means the same in years."""
    if kind == "type":
        for ours, plain in ((AutoString, "sa.String()"), (Moment, "sa.DateTime(timezone=True)"), (Sealed, "sa.Text()")):
            if isinstance(item, ours):
                return plain
    return False
