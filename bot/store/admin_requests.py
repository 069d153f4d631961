"""What people asked the admins of their Toggl workspace to do, each decided once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import false
from sqlmodel import col, delete, or_, select, update

from bot.store.store import Session
from bot.store.tables import Account, AdminRequest, Workspace


class State(StrEnum):
    """Where a request is."""

    OFFERED = "offered"
    """The person was offered to ask, and has not."""
    ASKED = "asked"
    DECIDING = "deciding"
    """An admin pressed *Allow*, and it is being done."""
    ALLOWED = "allowed"
    DECLINED = "declined"
    PARTLY = "partly"
    """It was allowed, and some of it was done: `reason` says what."""
    OUTDATED = "outdated"
    """It was allowed, and could not be done any more."""
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """It was allowed, and Toggl's answer was lost."""


async def add(db: Session, request: AdminRequest) -> None:
    """Keep a new request."""
    db.add(request)
    await db.flush()


async def find(db: Session, request_id: str) -> AdminRequest | None:
    """The request `request_id`, whatever its state."""
    return await db.get(AdminRequest, request_id)


async def get(db: Session, request_id: str) -> AdminRequest:
    """The same. Raises NoResultFound where it is not there any more."""
    return (await db.exec(select(AdminRequest).where(AdminRequest.id == request_id))).one()


async def ask(
    db: Session, request_id: str, *, account_id: int, now: datetime, expires_at: datetime
) -> AdminRequest | None:
    """Turn what was offered to the person into a request; None if it was, or the offer is too old."""
    offered = update(AdminRequest).where(
        col(AdminRequest.id) == request_id,
        col(AdminRequest.account_id) == account_id,
        col(AdminRequest.state) == State.OFFERED,
        col(AdminRequest.expires_at) > now,
    )
    asked = offered.values(state=State.ASKED, asked_at=now, expires_at=expires_at)
    return (await db.exec(asked.returning(AdminRequest))).scalars().first()


async def is_asked(db: Session, request: AdminRequest, *, now: datetime) -> bool:
    """Whether another request of the same person for the same waits for the admins."""
    same = select(AdminRequest.id).where(
        AdminRequest.account_id == request.account_id,
        AdminRequest.step == request.step,
        AdminRequest.state == State.ASKED,
        AdminRequest.id != request.id,
        col(AdminRequest.expires_at) > now,
    )
    return (await db.exec(same.limit(1))).first() is not None


async def decide(
    db: Session, request_id: str, *, tenant_id: str, user_id: str, state: State, now: datetime
) -> AdminRequest | None:
    """Let one admin decide: of all who press, one gets it. None if it is decided or too old."""
    waiting = update(AdminRequest).where(
        col(AdminRequest.id) == request_id,
        col(AdminRequest.tenant_id) == tenant_id,
        col(AdminRequest.state) == State.ASKED,
        col(AdminRequest.expires_at) > now,
    )
    decided = waiting.values(state=state, decided_by_user_id=user_id, decided_at=now)
    return (await db.exec(decided.returning(AdminRequest))).scalars().first()


async def settle(db: Session, request_id: str, *, state: State, reason: str = "") -> None:
    """Keep what came of an allowed request; `ASKED` gives it back to all admins."""
    values: dict[str, object] = {"state": state, "reason": reason}
    if state is State.ASKED:
        values |= {"decided_by_user_id": None, "decided_at": None}
    deciding = update(AdminRequest).where(col(AdminRequest.id) == request_id, col(AdminRequest.state) == State.DECIDING)
    await db.exec(deciding.values(**values))


async def expire(db: Session, request_id: str, *, now: datetime) -> bool:
    """End a request that nobody decided in time; whether it was one."""
    over = update(AdminRequest).where(
        col(AdminRequest.id) == request_id,
        col(AdminRequest.state) == State.ASKED,
        col(AdminRequest.expires_at) <= now,
    )
    return (await db.exec(over.values(state=State.EXPIRED))).rowcount == 1


async def give_up(db: Session, request_id: str, *, before: datetime) -> None:
    """Say of a request that has been done since `before` that nobody knows whether it was."""
    stuck = update(AdminRequest).where(
        col(AdminRequest.id) == request_id,
        col(AdminRequest.state) == State.DECIDING,
        col(AdminRequest.decided_at) <= before,
    )
    await db.exec(stuck.values(state=State.UNKNOWN))


async def admins(db: Session, request: AdminRequest) -> Sequence[Account]:
    """The connected people of the same Slack workspace whom Toggl last called admins of the Toggl workspace."""
    same = [col(Workspace.focus_id) == request.focus_id] if request.focus_id is not None else []
    same += [col(Workspace.track_id) == request.track_id] if request.track_id is not None else []
    theirs = (
        select(Account)
        .join(Workspace, col(Workspace.account_id) == col(Account.id))
        .where(
            Account.tenant_id == request.tenant_id,
            Account.id != request.account_id,
            Workspace.organization_id == request.organization_id,
            or_(false(), *same),
            Workspace.role == "admin",
        )
    )
    return (await db.exec(theirs.order_by(col(Account.id)).distinct())).all()


async def prune(db: Session, *, before: datetime) -> int:
    """Delete the requests that ended before this moment, and give their number."""
    return (await db.exec(delete(AdminRequest).where(col(AdminRequest.expires_at) < before))).rowcount
