"""What people agreed to let others see; nothing is shown of who did not, and taking it back counts at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select

from bot.store.store import Session
from bot.store.tables import Account, Consent
from bot.store.upserts import insert


async def give(db: Session, *, account_id: int, topic: str, now: datetime) -> None:
    """The person agrees to `topic`; an earlier consent keeps its date."""
    new = insert(db, Consent).values(account_id=account_id, topic=topic, agreed_at=now)
    await db.exec(new.on_conflict_do_nothing(index_elements=["account_id", "topic"]))


async def revoke(db: Session, *, account_id: int, topic: str) -> bool:
    """The person takes it back; whether there was anything to take back."""
    gone = delete(Consent).where(col(Consent.account_id) == account_id, col(Consent.topic) == topic)
    return (await db.exec(gone)).rowcount > 0


async def of_account(db: Session, *, account_id: int) -> Sequence[Consent]:
    """Everything the person agreed to."""
    return (await db.exec(select(Consent).where(Consent.account_id == account_id).order_by(Consent.topic))).all()


async def people(db: Session, *, tenant_id: str, team_id: str, topic: str) -> Sequence[Account]:
    """Everybody of one Slack workspace who agreed to `topic`."""
    agreed = (
        select(Account)
        .join(Consent, col(Consent.account_id) == col(Account.id))
        .where(Account.tenant_id == tenant_id, Account.team_id == team_id, Consent.topic == topic)
        .order_by(col(Account.id))
    )
    return (await db.exec(agreed)).all()
