"""What people were told of their last changes, kept for the App Home: private messages vanish on reload."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, col, delete, select

from bot.store.store import Session
from bot.store.tables import Receipt, UndoAction

KEPT = 5
"""How many a person has: each new one takes the place of the oldest."""


async def add(db: Session, *, account_id: int, text: str, undo_id: str | None, now: datetime) -> None:
    """Keep what was said (mrkdwn), and forget what came too long before."""
    db.add(Receipt(account_id=account_id, text=text, undo_id=undo_id, created_at=now))
    await db.flush()
    newest = select(Receipt.id).where(Receipt.account_id == account_id).order_by(col(Receipt.id).desc()).limit(KEPT)
    kept = (await db.exec(newest)).all()
    await db.exec(delete(Receipt).where(col(Receipt.account_id) == account_id, col(Receipt.id).not_in(kept)))


async def latest(db: Session, *, account_id: int, now: datetime) -> Sequence[tuple[Receipt, bool]]:
    """The person's last ones, newest first, and whether each can still be taken back."""
    usable = and_(
        col(UndoAction.id) == col(Receipt.undo_id),
        col(UndoAction.used_at).is_(None),
        col(UndoAction.expires_at) > now,
    )
    found = (
        select(Receipt, UndoAction.id)
        .join(UndoAction, usable, isouter=True)
        .where(Receipt.account_id == account_id)
        .order_by(col(Receipt.id).desc())
    )
    return [(receipt, undo_id is not None) for receipt, undo_id in (await db.exec(found)).all()]
