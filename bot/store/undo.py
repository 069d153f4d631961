"""Changes that can be taken back, each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import UndoAction


async def add(
    db: Session,
    *,
    id: str,  # noqa: A002 (the column's name)
    account_id: int,
    kind: str,
    payload: str,
    created_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep how to take a change back until `expires_at`. `id` must be unguessable; `payload` is the caller's JSON."""
    db.add(
        UndoAction(
            id=id, account_id=account_id, kind=kind, payload=payload, created_at=created_at, expires_at=expires_at
        )
    )
    await db.flush()


async def find(db: Session, undo_id: str, *, account_id: int) -> UndoAction | None:
    """The person's action `undo_id`, also one that was used or is too old."""
    return (
        await db.exec(select(UndoAction).where(UndoAction.id == undo_id, UndoAction.account_id == account_id))
    ).first()


async def latest(db: Session, *, account_id: int, now: datetime) -> UndoAction | None:
    """The person's last change that can still be taken back."""
    usable = select(UndoAction).where(
        UndoAction.account_id == account_id, col(UndoAction.used_at).is_(None), col(UndoAction.expires_at) > now
    )
    return (await db.exec(usable.order_by(col(UndoAction.created_at).desc()).limit(1))).first()


async def of_kinds(db: Session, kinds: Collection[str], *, account_id: int) -> Sequence[UndoAction]:
    """The person's changes of these kinds that are still kept, oldest first, used ones included."""
    kept = select(UndoAction).where(UndoAction.account_id == account_id, col(UndoAction.kind).in_(kinds))
    return (await db.exec(kept.order_by(col(UndoAction.created_at)))).all()


async def claim(db: Session, undo_id: str, *, account_id: int, now: datetime) -> UndoAction | None:
    """Take the action: of all who claim it, one gets it. None if it is used, too old or another's."""
    usable = update(UndoAction).where(
        col(UndoAction.id) == undo_id,
        col(UndoAction.account_id) == account_id,
        col(UndoAction.used_at).is_(None),
        col(UndoAction.expires_at) > now,
    )
    return (await db.exec(usable.values(used_at=now).returning(UndoAction))).scalars().first()


async def release(db: Session, undo_id: str) -> None:
    """Give a claimed action back: taking the change back failed and had no effect."""
    await db.exec(update(UndoAction).where(col(UndoAction.id) == undo_id).values(used_at=None))


async def prune(db: Session, *, before: datetime) -> int:
    """Delete the actions that expired before this moment, and give their number."""
    return (await db.exec(delete(UndoAction).where(col(UndoAction.expires_at) < before))).rowcount
