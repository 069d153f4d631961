"""How people want to be reminded, and who can be reminded of what a Toggl workspace asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, col, or_, select

from bot.store.store import Session
from bot.store.tables import Account, ReminderPreferences, Schedule, Workspace
from bot.store.upserts import insert


async def preferences(db: Session, *, account_id: int) -> str:
    """What the person set, as JSON; an empty object where that is nothing."""
    kept = await db.get(ReminderPreferences, account_id)
    return kept.settings if kept else "{}"


async def keep_preferences(db: Session, *, account_id: int, settings: str, now: datetime) -> None:
    """Keep what the person set, in the place of what they had set."""
    new = insert(db, ReminderPreferences).values(account_id=account_id, settings=settings, updated_at=now)
    changed = {"settings": settings, "updated_at": now}
    await db.exec(new.on_conflict_do_update(index_elements=["account_id"], set_=changed))


async def of_workspace(
    db: Session, *, tenant_id: str, organization_id: int, track_id: int
) -> Sequence[tuple[Account, Workspace]]:
    """Everybody here who has connected the workspace, with their row of it, the most certain first.

    Focus tells no number of Track's: whoever connected only Focus has it where it is one of the same organization.
    """
    same = or_(
        col(Workspace.track_id) == track_id,
        and_(col(Workspace.track_id).is_(None), col(Workspace.organization_id) == organization_id),
    )
    connected = (
        select(Account, Workspace)
        .join(Workspace, col(Workspace.account_id) == col(Account.id))
        .where(Account.tenant_id == tenant_id, same)
        .order_by(col(Workspace.track_id).is_(None), col(Workspace.id) != col(Account.workspace_id), col(Workspace.id))
    )
    return (await db.exec(connected)).all()


async def keyed(db: Session, *, tenant_id: str, kind: str, beginning: str) -> Sequence[Schedule]:
    """The tenant's schedules of this kind whose key begins so, oldest first."""
    theirs = select(Schedule).where(
        Schedule.tenant_id == tenant_id, Schedule.kind == kind, col(Schedule.key).startswith(beginning, autoescape=True)
    )
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()
