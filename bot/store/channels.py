"""What was set for a Slack channel."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import Channel, ChannelUpdates, Mute, ProjectUpdate, Schedule, Subscription
from bot.store.upserts import insert


async def get(db: Session, *, tenant_id: str, channel_id: str) -> Channel:
    """The channel's settings: empty ones where nothing was ever set."""
    row = (
        await db.exec(select(Channel).where(Channel.tenant_id == tenant_id, Channel.channel_id == channel_id))
    ).first()
    return row or Channel(tenant_id=tenant_id, channel_id=channel_id)


async def renumber(db: Session, *, tenant_id: str, before: str, after: str) -> None:
    """Everything of the channel `before` is `after`'s, the id that Slack gave it; what that has already counts."""
    for table in (Channel, ChannelUpdates, Mute, Subscription):
        taken = select(table.id).where(table.tenant_id == tenant_id, table.channel_id == after).limit(1)
        old = (col(table.tenant_id) == tenant_id, col(table.channel_id) == before)
        if (await db.exec(taken)).first() is None:
            await db.exec(update(table).where(*old).values(channel_id=after))
        else:
            await db.exec(delete(table).where(*old))
    for waiting in (ProjectUpdate, Schedule):
        old = (col(waiting.tenant_id) == tenant_id, col(waiting.channel_id) == before)
        await db.exec(update(waiting).where(*old).values(channel_id=after))


async def forget(db: Session, *, tenant_id: str, channel_id: str) -> None:
    """Forget what was set for a channel that is gone."""
    await db.exec(delete(Channel).where(col(Channel.tenant_id) == tenant_id, col(Channel.channel_id) == channel_id))


async def set_default_project(
    db: Session,
    *,
    tenant_id: str,
    channel_id: str,
    project_id: int | None,
    project_name: str | None,
    user_id: str,
    now: datetime,
) -> None:
    """Make a Toggl project the channel's default, as `user_id` wished; None for no default."""
    values = {
        "default_project_id": project_id,
        "default_project_name": project_name,
        "set_by_user_id": user_id,
        "updated_at": now,
    }
    new = insert(db, Channel).values(tenant_id=tenant_id, channel_id=channel_id, **values)
    await db.exec(new.on_conflict_do_update(index_elements=["tenant_id", "channel_id"], set_=values))
