"""Who of a Slack workspace has linked an account of an organization in Toggl."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from bot.store.store import Session
from bot.store.tables import Account, CredentialRow, Workspace


@dataclass(frozen=True, slots=True)
class Linked:
    """A person's id in Slack, and what Toggl called the owner of one of their credentials: `Ann (ann@a.example)`."""

    user_id: str
    label: str


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
