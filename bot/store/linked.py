"""Who of a Slack workspace has linked an account of an organization or a workspace in Toggl."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, col, select

from bot.store.store import Session
from bot.store.tables import Account, Consent, CredentialRow, Workspace


@dataclass(frozen=True, slots=True)
class Linked:
    """A person's id in Slack, and what Toggl called the owner of one of their credentials: `Ann (ann@a.example)`."""

    user_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """One credential of somebody in a workspace, without its secret, and since when they agree to a topic, if so."""

    account_id: int
    user_id: str
    kind: str
    label: str
    fingerprint: str
    agreed_at: datetime | None


async def of_organization(db: Session, *, tenant_id: str, organization_id: int) -> tuple[Linked, ...]:
    """Everybody with a credential that Toggl still takes and a workspace of the organization, each label once."""
    theirs = (
        select(Account.user_id, CredentialRow.label)
        .join(CredentialRow, col(CredentialRow.account_id) == col(Account.id))
        .join(Workspace, col(Workspace.account_id) == col(Account.id))
        .where(
            Account.tenant_id == tenant_id,
            Workspace.organization_id == organization_id,
            col(CredentialRow.refused_at).is_(None),
        )
        .distinct()
        .order_by(col(Account.user_id), col(CredentialRow.label))
    )
    return tuple(Linked(user_id, label) for user_id, label in await db.exec(theirs))


async def of_workspace(
    db: Session, *, tenant_id: str, team_id: str, focus_id: int, topic: str
) -> tuple[Colleague, ...]:
    """Everybody of one Slack workspace with the Toggl workspace `focus_id`, for each credential that Toggl still takes.

    Whoever linked first comes first.
    """
    agreed = and_(col(Consent.account_id) == col(Account.id), col(Consent.topic) == topic)
    theirs = (
        select(Account, CredentialRow, Consent)
        .join(CredentialRow, col(CredentialRow.account_id) == col(Account.id))
        .join(Workspace, col(Workspace.account_id) == col(Account.id))
        .outerjoin(Consent, agreed)
        .where(
            Account.tenant_id == tenant_id,
            Account.team_id == team_id,
            Workspace.focus_id == focus_id,
            col(CredentialRow.refused_at).is_(None),
        )
        .order_by(col(Account.id), col(CredentialRow.kind))
    )
    rows: Iterable[tuple[Account, CredentialRow, Consent | None]] = (await db.exec(theirs)).all()
    return tuple(
        Colleague(
            account.id, account.user_id, row.kind, row.label, row.fingerprint, consent.agreed_at if consent else None
        )
        for account, row, consent in rows
    )


async def admins(db: Session, *, tenant_id: str, team_id: str, focus_id: int) -> Sequence[Account]:
    """The people of one Slack workspace whom Toggl last called admins of the Toggl workspace `focus_id`."""
    theirs = (
        select(Account)
        .join(Workspace, col(Workspace.account_id) == col(Account.id))
        .where(
            Account.tenant_id == tenant_id,
            Account.team_id == team_id,
            Workspace.focus_id == focus_id,
            Workspace.role == "admin",
        )
    )
    return (await db.exec(theirs.order_by(col(Account.id)))).all()
