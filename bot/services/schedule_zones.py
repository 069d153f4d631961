"""Somebody moved to another time zone: what is scheduled by their clocks, and is not yet due, moves with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clocks import place
from bot.domain.recurrence import next_after
from bot.store import Session, schedules
from bot.store.tables import Schedule

FOLLOWS = "follows"
"""What a schedule's payload says where its zone is that of its maker, wherever they are."""
_MOMENT = timedelta(microseconds=1)


async def follow(db: Session, account_id: int, *, before: str, zone: str, now: datetime) -> None:
    """Move what serves the person by the clocks of `before`, and what they made to follow them, to `zone` (IANA).

    The next time stays on its day at its time of day: nothing comes twice, and what has passed by the new clocks is
    caught up, as after a time in which nobody was at work.
    """
    if zone == before:
        return
    made = await schedules.of_owner(db, owner_id=account_id)
    for row in _moving(await schedules.of_account(db, account_id=account_id), made, before=before):
        await schedules.change(db, row.id, now=now, zone=zone, next_run_at=_moved(row, ZoneInfo(zone), now))


def _moved(row: Schedule, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When it is due next by the new clocks; what is due already, or was put off to a moment, stays."""
    due_at, here = row.next_run_at, ZoneInfo(row.zone)
    if due_at is None or due_at <= now or next_after(row.pattern or "", here, due_at - _MOMENT) != due_at:
        return due_at
    return place(due_at.astimezone(here).replace(tzinfo=None), zone).moments[0]


def _moving(serving: Iterable[Schedule], made: Iterable[Schedule], *, before: str) -> Iterable[Schedule]:
    theirs = {row.id: row for row in serving if row.pattern is not None and row.zone == before}
    return (
        theirs | {row.id: row for row in made if row.pattern is not None and row.settings.get(FOLLOWS) is True}
    ).values()
