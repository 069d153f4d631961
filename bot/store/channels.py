"""What was set for a Slack channel."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import select

from bot.store.store import Session
from bot.store.tables import Channel
from bot.store.upserts import insert


async def get(db: Session, *, tenant_id: str, channel_id: str) -> Channel:
    """The channel's settings: empty ones where nothing was ever set."""
    row = (
        await db.exec(select(Channel).where(Channel.tenant_id == tenant_id, Channel.channel_id == channel_id))
    ).first()
    return row or Channel(tenant_id=tenant_id, channel_id=channel_id)


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
