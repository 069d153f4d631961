"""Forgetting a Slack workspace or organization that removed the app."""

from __future__ import annotations

from sqlmodel import col, delete

from bot.store import audit
from bot.store.store import Session
from bot.store.tables import (
    Account,
    Channel,
    ChannelUpdates,
    Delivery,
    InstallationRow,
    Mute,
    Schedule,
    Subscription,
)


async def forget_tenant(db: Session, *, tenant_id: str) -> None:
    """Delete everything of `tenant_id`: people with all that is theirs, channels, schedules, the installation."""
    await db.exec(delete(Delivery).where(col(Delivery.tenant_id) == tenant_id))
    await db.exec(delete(Schedule).where(col(Schedule.tenant_id) == tenant_id))
    for table in (Subscription, ChannelUpdates, Mute):
        await db.exec(delete(table).where(col(table.tenant_id) == tenant_id))
    await db.exec(delete(Account).where(col(Account.tenant_id) == tenant_id))
    await db.exec(delete(Channel).where(col(Channel.tenant_id) == tenant_id))
    await audit.forget_tenant(db, tenant_id=tenant_id)
    await db.exec(delete(InstallationRow).where(col(InstallationRow.tenant_id) == tenant_id))
