"""The processes that do scheduled work: each shows that it lives, and one of the others takes a dead one's work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import Worker
from bot.store.upserts import insert


async def beat(db: Session, executor_id: str, *, now: datetime) -> None:
    """Show that `executor_id` lives, also where others thought that it did not."""
    new = insert(db, Worker).values(executor_id=executor_id, started_at=now, seen_at=now)
    alive = {"seen_at": now, "taken_by": None, "taken_at": None}
    await db.exec(new.on_conflict_do_update(index_elements=["executor_id"], set_=alive))


async def everyone(db: Session) -> Sequence[Worker]:
    """Every worker that shows itself, or did and was not taken over yet."""
    return (await db.exec(select(Worker).order_by(col(Worker.executor_id)))).all()


async def claim_dead(db: Session, seen: Worker, *, by: str, now: datetime) -> bool:
    """Take over what `seen` left behind, unless it showed itself since, or another was quicker."""
    same = (
        col(Worker.executor_id) == seen.executor_id,
        col(Worker.seen_at) == seen.seen_at,
        col(Worker.taken_by).is_(None) if seen.taken_by is None else col(Worker.taken_by) == seen.taken_by,
    )
    return (await db.exec(update(Worker).where(*same).values(taken_by=by, taken_at=now))).rowcount == 1


async def leave(db: Session, executor_id: str, *, taken_by: str | None = None) -> None:
    """Forget a worker: nothing of its work is left. With `taken_by`, only where that one still has taken it over."""
    gone = delete(Worker).where(col(Worker.executor_id) == executor_id)
    await db.exec(gone if taken_by is None else gone.where(col(Worker.taken_by) == taken_by))
