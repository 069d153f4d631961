"""Where Track sends what happens in a workspace: an address of its own for each, with the secret that signs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import Schedule
from bot.store.tables import Webhook as Row


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address. `workspace_id` is Focus's number, `subscription_id` Track's; None until Track has told it."""

    id: str
    tenant_id: str
    account_id: int
    workspace_id: int
    subscription_id: int | None
    secret: str = field(repr=False)
    created_at: datetime
    validated_at: datetime | None
    heard_at: datetime | None


def _owner(webhook_id: str) -> str:
    return f"webhook:{webhook_id}"


def _opened(db: Session, row: Row) -> Webhook:
    return Webhook(
        id=row.id,
        tenant_id=row.tenant_id,
        account_id=row.account_id,
        workspace_id=row.workspace_id,
        subscription_id=row.subscription_id,
        secret=db.cipher.open(_owner(row.id), row.secret),
        created_at=row.created_at,
        validated_at=row.validated_at,
        heard_at=row.heard_at,
    )


async def add(
    db: Session,
    *,
    webhook_id: str,
    secret: str,
    tenant_id: str,
    account_id: int,
    organization_id: int,
    workspace_id: int,
    now: datetime,
) -> None:
    """Keep a new address, in the place of an earlier one for the workspace."""
    await db.exec(delete(Row).where(col(Row.tenant_id) == tenant_id, col(Row.workspace_id) == workspace_id))
    db.add(
        Row(
            id=webhook_id,
            tenant_id=tenant_id,
            account_id=account_id,
            organization_id=organization_id,
            workspace_id=workspace_id,
            secret=db.cipher.seal(_owner(webhook_id), secret),
            created_at=now,
        )
    )
    await db.flush()


async def find(db: Session, webhook_id: str) -> Webhook | None:
    """The address that ends in `webhook_id`. Raises KeyLost, SealBrokenError."""
    row = await db.get(Row, webhook_id)
    return _opened(db, row) if row else None


async def of_workspace(db: Session, *, tenant_id: str, workspace_id: int) -> Webhook | None:
    """The workspace's address, if it has one. Raises KeyLost, SealBrokenError."""
    theirs = select(Row).where(Row.tenant_id == tenant_id, Row.workspace_id == workspace_id)
    row = (await db.exec(theirs)).first()
    return _opened(db, row) if row else None


async def of_account(db: Session, *, account_id: int) -> Sequence[Row]:
    """What the person set up, without opening any secret."""
    theirs = select(Row).where(Row.account_id == account_id)
    return (await db.exec(theirs.order_by(col(Row.workspace_id)))).all()


async def is_known(db: Session, webhook_id: str) -> bool:
    """Whether an address of ours ends so."""
    return await db.get(Row, webhook_id) is not None


async def number(db: Session, webhook_id: str, *, subscription_id: int | None) -> None:
    """Keep Track's number of the subscription."""
    await db.exec(update(Row).where(col(Row.id) == webhook_id).values(subscription_id=subscription_id))


async def validate(db: Session, webhook_id: str, *, now: datetime) -> None:
    """Keep that Track found the address to be ours."""
    await db.exec(update(Row).where(col(Row.id) == webhook_id).values(validated_at=now))


async def hear(db: Session, webhook_id: str, *, now: datetime) -> None:
    """Keep when something came last."""
    await db.exec(update(Row).where(col(Row.id) == webhook_id).values(heard_at=now))


async def forget(db: Session, webhook_id: str) -> bool:
    """Delete the address; False where it was gone."""
    return (await db.exec(delete(Row).where(col(Row.id) == webhook_id))).rowcount == 1


async def polls(db: Session, webhook: Webhook, *, kind: str) -> Sequence[Schedule]:
    """Everything that looks for changes in the webhook's workspace, whoever's credential it looks with."""
    looking = select(Schedule).where(Schedule.tenant_id == webhook.tenant_id, Schedule.kind == kind)
    in_it = looking.where(col(Schedule.key).endswith(f":{webhook.workspace_id}"))
    return (await db.exec(in_it.order_by(col(Schedule.id)))).all()
