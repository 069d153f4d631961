"""The audit log: rows are added, read, and after a year or with their Slack workspace forgotten; never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, exists, or_, select

from bot.store.store import Session
from bot.store.tables import AuditErasure, AuditRow

BEGUN = "begun"
"""The `result` of a change that has not ended: another row of its `attempt` says how it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which changes to show: of one Toggl workspace; `since` is the first moment, `until` the first one after it."""

    organization_id: int
    focus_id: int | None = None
    track_id: int | None = None
    user_id: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A change by its row's number: the name of what it is about, and who did it."""

    id: int
    name: str
    who: str


async def add_all(db: Session, rows: Iterable[AuditRow]) -> None:
    """Write `rows` down."""
    db.add_all(rows)
    await db.flush()


async def names(db: Session, wanted: Filter) -> Sequence[Named]:
    """The changes that `wanted` describes, newest first, each as it ended, to choose from."""
    newest = select(AuditRow.id, AuditRow.name, AuditRow.who).where(*_wanted(wanted)).order_by(col(AuditRow.id).desc())
    return [Named(number, name, who) for number, name, who in (await db.exec(newest)).all()]


async def find(db: Session, ids: Collection[int]) -> Sequence[AuditRow]:
    """These rows, newest first."""
    found = select(AuditRow).where(col(AuditRow.id).in_(ids)).order_by(col(AuditRow.id).desc())
    return (await db.exec(found)).all()


async def under_way(db: Session, row: AuditRow, *, since: datetime) -> bool:
    """Whether another change of the same subject began after `since` and has not ended; never for what is new."""
    if not row.subject_id:
        return False
    later = aliased(AuditRow)
    ended = exists().where(col(later.attempt) == col(AuditRow.attempt), col(later.result) != BEGUN)
    other = select(AuditRow.id).where(
        AuditRow.organization_id == row.organization_id,
        AuditRow.subject == row.subject,
        AuditRow.subject_id == row.subject_id,
        AuditRow.attempt != row.attempt,
        AuditRow.result == BEGUN,
        col(AuditRow.at) > since,
        ~ended,
    )
    return (await db.exec(other.limit(1))).first() is not None


async def prune(db: Session, *, before: datetime) -> int:
    """Delete what is older than `before`, and give its number."""
    return await _erase(db, col(AuditRow.at) < before)


async def forget_tenant(db: Session, *, tenant_id: str) -> None:
    """Delete what came from one Slack workspace or organization."""
    await _erase(db, col(AuditRow.tenant_id) == tenant_id)


async def _erase(db: Session, which: ColumnElement[bool]) -> int:
    if not (await db.exec(select(AuditRow.id).where(which).limit(1))).first():
        return 0
    permission = AuditErasure()
    db.add(permission)
    await db.flush()
    gone = (await db.exec(delete(AuditRow).where(which))).rowcount
    await db.delete(permission)
    await db.flush()
    return gone


def _wanted(wanted: Filter) -> list[ColumnElement[bool]]:
    later = aliased(AuditRow)
    ended = exists().where(col(later.attempt) == col(AuditRow.attempt), col(later.result) != BEGUN)
    same = [col(AuditRow.focus_id) == wanted.focus_id] if wanted.focus_id is not None else []
    same += [col(AuditRow.track_id) == wanted.track_id] if wanted.track_id is not None else []
    found = [
        col(AuditRow.organization_id) == wanted.organization_id,
        or_(false(), *same),
        or_(col(AuditRow.result) != BEGUN, ~ended),
    ]
    if wanted.user_id is not None:
        found.append(col(AuditRow.user_id) == wanted.user_id)
    if wanted.subject is not None:
        found.append(col(AuditRow.subject) == wanted.subject)
    if wanted.since is not None:
        found.append(col(AuditRow.at) >= wanted.since)
    if wanted.until is not None:
        found.append(col(AuditRow.at) < wanted.until)
    return found
