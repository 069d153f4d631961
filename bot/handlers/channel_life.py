"""What Slack tells of channels: archived, deleted, left, shared, another id; and who comes and goes there."""

from __future__ import annotations

from bot.dispatcher import Occurrence
from bot.services import channel_life
from bot.services.channel_life import News


async def archived(seen: Occurrence) -> None:
    """`channel_archive`, `group_archive`."""
    await _ended(seen, News.ARCHIVED)


async def deleted(seen: Occurrence) -> None:
    """`channel_deleted`, `group_deleted`."""
    await _ended(seen, News.DELETED)


async def left(seen: Occurrence) -> None:
    """`channel_left`, `group_left`: the bot was removed."""
    await _ended(seen, News.REMOVED)


async def unarchived(seen: Occurrence) -> None:
    """`channel_unarchive`, `group_unarchive`."""
    await _back(seen)


async def joined(seen: Occurrence) -> None:
    """`member_joined_channel`: only the bot's own coming matters."""
    if seen.to_the_bot:
        await _back(seen)


async def member_left(seen: Occurrence) -> None:
    """`member_left_channel`: somebody who subscribed the channel may have gone, or the bot.

    Slack says that it does not always send `channel_left`.
    """
    channel_id, user_id = _channel(seen), seen.event.get("user")
    if seen.to_the_bot:
        await _ended(seen, News.REMOVED)
    elif channel_id and isinstance(user_id, str):
        await channel_life.person_left(
            seen.store, tenant_id=seen.tenant_id, channel_id=channel_id, user_id=user_id, now=seen.now
        )


async def shared(seen: Occurrence) -> None:
    """`channel_shared`: people of another organization read there from now on."""
    if channel_id := _channel(seen):
        await channel_life.shared(seen.store, tenant_id=seen.tenant_id, channel_id=channel_id, now=seen.now)


async def renumbered(seen: Occurrence) -> None:
    """`channel_id_changed`."""
    before, after = seen.event.get("old_channel_id"), seen.event.get("new_channel_id")
    if isinstance(before, str) and isinstance(after, str):
        await channel_life.renumbered(seen.store, tenant_id=seen.tenant_id, before=before, after=after, now=seen.now)


async def _ended(seen: Occurrence, what: News) -> None:
    if channel_id := _channel(seen):
        await channel_life.ended(seen.store, tenant_id=seen.tenant_id, channel_id=channel_id, what=what, now=seen.now)


async def _back(seen: Occurrence) -> None:
    if channel_id := _channel(seen):
        await channel_life.back(seen.store, tenant_id=seen.tenant_id, channel_id=channel_id, now=seen.now)


def _channel(seen: Occurrence) -> str | None:
    channel = seen.event.get("channel")
    return channel if isinstance(channel, str) else None
