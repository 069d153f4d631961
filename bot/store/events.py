"""What Slack sent that was already acted on, for Slack or a proxy may send it again, to any process."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, delete

from bot.store.store import Session
from bot.store.tables import SeenEvent
from bot.store.upserts import insert


async def first_sight(db: Session, event_id: str, *, now: datetime) -> bool:
    """Whether this is the first time that `event_id` is seen; of several who ask at once, one is told so."""
    new = insert(db, SeenEvent).values(event_id=event_id, seen_at=now).on_conflict_do_nothing()
    return (await db.exec(new.returning(col(SeenEvent.event_id)))).first() is not None


async def prune(db: Session, *, before: datetime) -> int:
    """Forget the events that were seen before this moment, and give their number."""
    return (await db.exec(delete(SeenEvent).where(col(SeenEvent.seen_at) < before))).rowcount
