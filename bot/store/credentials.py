"""What people sign in to Toggl with: sealed in the database, open only in the records given from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import CredentialRow
from bot.store.upserts import insert


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential. `kind` is `focus_key`, `track_token` or `password`; `label` names whose it is in Toggl.

    `refused_at` is when Toggl stopped taking it; `fingerprint` tells two apart without showing either.
    """

    account_id: int
    kind: str
    secret: str = field(repr=False)
    label: str
    fingerprint: str
    created_at: datetime
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A credential without its secret, which stays sealed."""

    kind: str
    label: str
    fingerprint: str
    created_at: datetime
    refused_at: datetime | None


def _owner(account_id: int, kind: str) -> str:
    return f"account:{account_id}:{kind}"


def _opened(db: Session, row: CredentialRow) -> Credential:
    return Credential(
        account_id=row.account_id,
        kind=row.kind,
        secret=db.cipher.open(_owner(row.account_id, row.kind), row.secret),
        label=row.label,
        fingerprint=row.fingerprint,
        created_at=row.created_at,
        refused_at=row.refused_at,
    )


async def save(
    db: Session, *, account_id: int, kind: str, secret: str, label: str, fingerprint: str, now: datetime
) -> None:
    """Keep the credential, in the place of the person's earlier one of the same `kind`. `secret` is text or JSON."""
    fresh = {
        "secret": db.cipher.seal(_owner(account_id, kind), secret),
        "label": label,
        "fingerprint": fingerprint,
        "created_at": now,
        "refused_at": None,
    }
    new = insert(db, CredentialRow).values(account_id=account_id, kind=kind, **fresh)
    await db.exec(new.on_conflict_do_update(index_elements=["account_id", "kind"], set_=fresh))


async def for_account(db: Session, *, account_id: int) -> Sequence[Credential]:
    """The person's credentials, also the refused ones. Raises KeyLost, SealBrokenError."""
    theirs = select(CredentialRow).where(CredentialRow.account_id == account_id).order_by(col(CredentialRow.kind))
    return [_opened(db, row) for row in await db.exec(theirs)]


async def summaries(db: Session, *, account_id: int) -> Sequence[Summary]:
    """What is known of the person's credentials, readable also when their key was lost."""
    theirs = select(CredentialRow).where(CredentialRow.account_id == account_id).order_by(col(CredentialRow.kind))
    return [
        Summary(row.kind, row.label, row.fingerprint, row.created_at, row.refused_at) for row in await db.exec(theirs)
    ]


async def mark_refused(db: Session, *, account_id: int, fingerprint: str, now: datetime) -> bool:
    """Note that Toggl refused the credential. True the first time, when the person has to be told.

    It goes by fingerprint, so that the late refusal of an old credential does not touch the new one.
    """
    theirs = (col(CredentialRow.account_id) == account_id, col(CredentialRow.fingerprint) == fingerprint)
    refused = update(CredentialRow).where(*theirs, col(CredentialRow.refused_at).is_(None)).values(refused_at=now)
    return (await db.exec(refused)).rowcount > 0


async def forget(db: Session, *, account_id: int, kind: str | None = None) -> None:
    """Delete the person's credential of this `kind`, or all of them."""
    theirs = delete(CredentialRow).where(col(CredentialRow.account_id) == account_id)
    await db.exec(theirs if kind is None else theirs.where(col(CredentialRow.kind) == kind))
