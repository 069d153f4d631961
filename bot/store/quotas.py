"""What Toggl says is left of each quota, and the pace of calls, shared by all processes: the client's ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import case
from sqlmodel import col, delete, or_, select

from bot.store.store import Session, Store
from bot.store.tables import QuotaRow
from bot.store.upserts import insert

Quota = TypeVar("Quota")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_PLACES = 10_000
"""So many never wait: a row that reaches further was written by a clock that was ahead, and begins anew."""


class Ledger(Generic[Quota]):
    """What the client asks of a ledger, each method one short unit of work. `quota` makes the client's own record."""

    def __init__(self, store: Store, quota: Callable[[int, datetime], Quota]) -> None:
        self._store = store
        self._quota = quota

    async def record(self, key: str, *, remaining: int, resets_at: datetime) -> None:
        """Keep what Toggl's last answer said. The last word counts: a bought-up quota shows at once."""
        async with self._store.writing() as db:
            await record(db, key, remaining=remaining, resets_at=resets_at)

    async def read(self, key: str) -> Quota | None:
        """What was last recorded; None before the first answer."""
        async with self._store.reading() as db:
            kept = await read(db, key)
        return self._quota(*kept) if kept else None

    async def reserve(self, key: str, *, now: datetime, interval: timedelta, burst: int) -> timedelta:
        """Take the next place in the row, and say how long to wait for it: see `reserve` below."""
        async with self._store.writing() as db:
            return await reserve(db, key, now=now, interval=interval, burst=burst)


async def record(db: Session, key: str, *, remaining: int, resets_at: datetime) -> None:
    """Keep what Toggl said is left under `key`."""
    said = {"remaining": remaining, "resets_at": resets_at}
    await db.exec(insert(db, QuotaRow).values(key=key, **said).on_conflict_do_update(index_elements=["key"], set_=said))


async def read(db: Session, key: str) -> tuple[int, datetime] | None:
    """What Toggl said is left under `key`, and when the number starts again; None before its first word."""
    row = (await db.exec(select(QuotaRow).where(QuotaRow.key == key))).first()
    if row is None or row.remaining is None or row.resets_at is None:
        return None
    return row.remaining, row.resets_at


async def reserve(db: Session, key: str, *, now: datetime, interval: timedelta, burst: int) -> timedelta:
    """Take the next place for a call under `key` and give the wait until then (zero: go at once).

    One statement of the generic cell rate algorithm: a place every `interval`, `burst` of them at once after a pause.
    A place that was taken is gone, whether the call is made or not.
    """
    moment, step = (now - _EPOCH) // _MICROSECOND, interval // _MICROSECOND
    kept = col(QuotaRow.arrival_us)
    anew = or_(kept.is_(None), kept < moment, kept > moment + _MOST_PLACES * step)
    arrival = case((anew, moment), else_=kept) + step
    taken = insert(db, QuotaRow).values(key=key, arrival_us=moment + step)
    taken = taken.on_conflict_do_update(index_elements=["key"], set_={"arrival_us": arrival})
    arrival_us: int = (await db.exec(taken.returning(col(QuotaRow.arrival_us)))).scalar_one()
    return max(timedelta(), (arrival_us - moment - burst * step) * _MICROSECOND)


async def prune(db: Session, *, now: datetime) -> int:
    """Delete the quotas that have started again and whose row of calls is empty, and give their number."""
    moment = (now - _EPOCH) // _MICROSECOND
    reset = or_(col(QuotaRow.resets_at).is_(None), col(QuotaRow.resets_at) < now)
    empty = or_(col(QuotaRow.arrival_us).is_(None), col(QuotaRow.arrival_us) < moment)
    return (await db.exec(delete(QuotaRow).where(reset, empty))).rowcount
