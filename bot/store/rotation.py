"""Re-seal every secret with the newest key, so that the older keys can be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Table
from sqlmodel import select, update

from bot.store import tables
from bot.store.cipher import KeyLost
from bot.store.columns import Sealed
from bot.store.store import Store

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many secrets are under the newest key now, were so before, and can be read with no key at all."""

    resealed: int = 0
    current: int = 0
    unreadable: int = 0

    def __add__(self, other: Rotated) -> Rotated:
        return Rotated(self.resealed + other.resealed, self.current + other.current, self.unreadable + other.unreadable)


def sealed_columns() -> Iterator[Column[str]]:
    """Every column that holds secrets, found by its type."""
    for table in tables.Table.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


async def rotate_keys(store: Store) -> Rotated:
    """Re-seal every secret with the store's first key, in short units of work; run it again after an interruption."""
    total = Rotated()
    for column in sealed_columns():
        last: object = None
        while True:
            done, last = await _rotate_batch(store, column, last)
            total += done
            if last is None:
                break
    return total


async def check_keys(store: Store) -> None:
    """Raise KeyLost where the newest secret of some kind cannot be read with any of the store's keys."""
    async with store.reading() as db:
        for column in sealed_columns():
            (key,) = column.table.primary_key.columns
            newest = select(column).where(column.is_not(None)).order_by(key.desc()).limit(1)
            sealed = (await db.exec(newest)).first()
            if sealed is not None:
                db.cipher.rotate(sealed)


async def _rotate_batch(store: Store, column: Column[str], after: object) -> tuple[Rotated, object]:
    """Re-seal the next secrets of `column`, and give the last one's primary key; None at the end."""
    table: Table = column.table
    (key,) = table.primary_key.columns
    batch = select(key, column).where(column.is_not(None)).order_by(key).limit(BATCH)
    async with store.writing() as db:
        rows = (await db.exec(batch if after is None else batch.where(key > after))).all()
        total = Rotated()
        for row_key, sealed in rows:
            try:
                fresh = db.cipher.rotate(sealed)
            except KeyLost:
                total += Rotated(unreadable=1)
                continue
            if fresh == sealed:
                total += Rotated(current=1)
                continue
            # Only where nobody stored another secret in the meantime.
            changed = await db.exec(update(table).where(key == row_key, column == sealed).values({column: fresh}))
            total += Rotated(resealed=changed.rowcount)
    return total, rows[-1][0] if len(rows) == BATCH else None
