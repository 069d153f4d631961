"""What becomes of a channel's project updates when it is archived, deleted, left, shared, or gets another id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.subscriptions import Following, Paused
from bot.services.following import following_of
from bot.services.project_routing import rest
from bot.services.project_watching import DIGEST, POST, arrange
from bot.store import Session, Store, accounts, channels, schedules, subscriptions

NEWS = "projects.channel"
"""Tells a subscriber in their DM what happened to a channel: `account_id`, and the payload `channel`, `what`, `n`."""


class News(StrEnum):
    """What happened to a channel, or that the subscriber is not in it any more."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    REMOVED = "removed"
    LEFT = "left"


_RESTS = {News.ARCHIVED: Paused.ARCHIVED_CHANNEL, News.REMOVED: Paused.NOT_IN_CHANNEL}


async def ended(store: Store, *, tenant_id: str, channel_id: str, what: News, now: datetime) -> None:
    """Nothing can be posted in the channel any more: its subscriptions rest, or go with a deleted one.

    Each subscriber is told once, in their DM.
    """
    async with store.writing() as db:
        following = await _followings(db, tenant_id, channel_id)
        active = [one for one in following if one.paused is None]
        if what is News.DELETED:
            await _forget(db, tenant_id, channel_id, following)
            active = following
        else:
            await subscriptions.pause(db, [one.id for one in active], reason=_RESTS[what], now=now)
        await _tell(db, active, what, now=now)
        if active:
            await _arrange(db, active[0], now=now)


async def back(store: Store, *, tenant_id: str, channel_id: str, now: datetime) -> int:
    """The channel can be posted in again: what rested because it could not goes on; how many subscriptions."""
    async with store.writing() as db:
        rested = [one for one in await _followings(db, tenant_id, channel_id) if one.paused in set(_RESTS.values())]
        if rested:
            await subscriptions.resume(db, [one.id for one in rested], now=now)
            await _arrange(db, rested[0], now=now)
    return len(rested)


async def shared(store: Store, *, tenant_id: str, channel_id: str, now: datetime) -> None:
    """Another organization reads in the channel now: its subscriptions rest until somebody agrees to that."""
    async with store.writing() as db:
        await rest(db, await _followings(db, tenant_id, channel_id), Paused.SHARED, now=now)


async def person_left(store: Store, *, tenant_id: str, channel_id: str, user_id: str, now: datetime) -> None:
    """Somebody left the channel, or was removed: what they subscribed it to goes on, and they are told that."""
    async with store.writing() as db:
        account = await accounts.find(db, tenant_id=tenant_id, user_id=user_id)
        if account is not None:
            following = await _followings(db, tenant_id, channel_id)
            theirs = [one for one in following if one.account_id == account.id and one.paused is None]
            await _tell(db, theirs, News.LEFT, now=now)


async def renumbered(store: Store, *, tenant_id: str, before: str, after: str, now: datetime) -> None:
    """Slack gave the channel another id, as it does when it is shared with another organization."""
    async with store.writing() as db:
        following = await _followings(db, tenant_id, before)
        for kind in (POST, DIGEST):
            kept = await schedules.find(db, tenant_id=tenant_id, kind=kind, key=before)
            if kept is not None:
                await schedules.remove(db, kept.id)
        await channels.renumber(db, tenant_id=tenant_id, before=before, after=after)
        if following:
            moved = await _followings(db, tenant_id, after)
            await _arrange(db, moved[0], now=now)


async def _followings(db: Session, tenant_id: str, channel_id: str) -> list[Following]:
    rows = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    return [following_of(row) for row in rows]


async def _forget(db: Session, tenant_id: str, channel_id: str, following: Sequence[Following]) -> None:
    await subscriptions.remove(db, [one.id for one in following])
    await channels.forget(db, tenant_id=tenant_id, channel_id=channel_id)
    await subscriptions.forget_settings(db, tenant_id=tenant_id, channel_id=channel_id)
    muted = await subscriptions.mutes(db, tenant_id=tenant_id, channel_id=channel_id)
    await subscriptions.unmute(
        db, tenant_id=tenant_id, channel_id=channel_id, project_ids=[mute.project_id for mute in muted]
    )
    post = await schedules.find(db, tenant_id=tenant_id, kind=POST, key=channel_id)
    if post is not None:
        await schedules.remove(db, post.id)


async def _tell(db: Session, following: Sequence[Following], what: News, *, now: datetime) -> None:
    for account_id in sorted({one.account_id for one in following if one.account_id is not None}):
        theirs = [one for one in following if one.account_id == account_id]
        await schedules.ensure(
            db,
            kind=NEWS,
            key=f"{account_id}:{theirs[0].channel_id}:{what}",
            tenant_id=theirs[0].tenant_id,
            team_id=theirs[0].team_id,
            owner_id=account_id,
            account_id=account_id,
            due_at=now,
            now=now,
            payload={"channel": theirs[0].channel_id, "what": what, "n": len(theirs)},
        )


async def _arrange(db: Session, one: Following, *, now: datetime) -> None:
    await arrange(db, tenant_id=one.tenant_id, team_id=one.team_id, channel_id=one.channel_id, now=now)
