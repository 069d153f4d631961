"""Keep the clock's work in step with what a channel follows: looking for changes, and the daily digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.project_updates import governing
from bot.domain.recurrence import EVERY_DAY, Weekly, next_after
from bot.domain.subscriptions import ChannelSettings, Following
from bot.services.following import following_of, settings_of
from bot.store import Session, project_updates, schedules, subscriptions
from bot.store.tables import ProjectUpdate

POLL = "projects.poll"
POST = "projects.post"
DIGEST = "projects.digest"
CHANGED = "projects.changed"

NET = str(Weekly(time(3), EVERY_DAY))
"""When a poll comes that no earlier one has set a time for."""
_UTC = ZoneInfo("UTC")


async def arrange(
    db: Session,
    *,
    tenant_id: str,
    team_id: str,
    channel_id: str,
    now: datetime,
    begun: Collection[int] | None = None,
) -> None:
    """After any change of what the channel follows, or of how it is told: the same unit of work calls this once.

    Somebody's credential that has to look does so from now on, the digest comes when the channel wants it, and posts
    that rested because the channel could not be reached are tried again. What nobody needs any more ends by itself.
    The subscriptions that `begun` names (None: all) are new, or go on: they are looked for at once, and their cards
    are brought up to date.
    """
    followed = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    active = [following for following in map(following_of, followed) if following.paused is None]
    zones = [account.zone for _, account in followed if account]
    row = await subscriptions.find_settings(db, tenant_id=tenant_id, channel_id=channel_id)
    for following in active:
        if begun is None or following.id in begun:
            await look(db, following, now=now)
    await _arrange_digest(
        db,
        settings_of(row, ZoneInfo(zones[0]) if zones else _UTC),
        active,
        tenant_id=tenant_id,
        team_id=team_id,
        channel_id=channel_id,
        now=now,
    )
    post = await schedules.find(db, tenant_id=tenant_id, kind=POST, key=channel_id)
    if post is not None and active:
        await schedules.resume(db, post.id, due_at=now, now=now)
    if active and await project_updates.to_tell(db, tenant_id=tenant_id, channel_id=channel_id):
        await post_soon(db, active[0], now=now)  # what waits may be wanted at once now


async def refresh(db: Session, *, tenant_id: str, channel_id: str, project_id: int, now: datetime) -> None:
    """Bring the project's card in the channel up to date, as when it was muted for a while."""
    followed = [
        following_of(each) for each in await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    ]
    for workspace_id in {one.workspace_id for one in followed}:
        following = governing((one for one in followed if one.workspace_id == workspace_id), project_id)
        if following is not None:
            await _show(db, following, project_id, now=now)


async def look(db: Session, following: Following, *, now: datetime) -> None:
    """Let the subscriber's credential look for changes now, and from now on; show a followed project's card."""
    if following.account_id is None:
        return
    await schedules.ensure(
        db,
        kind=POLL,
        key=f"{following.account_id}:{following.workspace_id}",
        tenant_id=following.tenant_id,
        team_id=following.team_id,
        owner_id=following.account_id,
        due_at=now,
        now=now,
        pattern=NET,
        payload={
            "account": following.account_id,
            "organization": following.organization_id,
            "workspace": following.workspace_id,
        },
    )
    await _show(db, following, following.project_id, now=now)


async def _show(db: Session, following: Following, project_id: int, *, now: datetime) -> None:
    """Bring the project's card up to date, where the subscriber's credential has seen the project."""
    if following.account_id is None:
        return
    seen = await project_updates.snapshots(
        db, account_id=following.account_id, workspace_id=following.workspace_id, project_ids=[project_id]
    )
    if seen:
        await project_updates.tell(db, [update(following, project_id, project_updates.CARD, now=now)])
        await post_soon(db, following, now=now)


async def post_soon(db: Session, following: Following, *, now: datetime, due_at: datetime | None = None) -> None:
    """Let the channel be told of what waits for it, at `due_at` at the latest; now where it is not given."""
    await schedules.ensure(
        db,
        kind=POST,
        key=following.channel_id,
        tenant_id=following.tenant_id,
        team_id=following.team_id,
        owner_id=following.account_id,
        channel_id=following.channel_id,
        due_at=due_at or now,
        now=now,
    )


def update(following: Following, project_id: int, how: str, *, now: datetime, content: str = "") -> ProjectUpdate:
    """Something that the subscription's channel is to be told of the project."""
    return ProjectUpdate(
        tenant_id=following.tenant_id,
        channel_id=following.channel_id,
        subscription_id=following.id,
        account_id=following.account_id,
        workspace_id=following.workspace_id,
        project_id=project_id,
        how=how,
        content=content,
        found_at=now,
    )


async def _arrange_digest(
    db: Session,
    settings: ChannelSettings,
    active: list[Following],
    *,
    tenant_id: str,
    team_id: str,
    channel_id: str,
    now: datetime,
) -> None:
    """A digest has one schedule for each channel; none where nothing goes into it."""
    known = await schedules.find(db, tenant_id=tenant_id, kind=DIGEST, key=channel_id)
    chosen = any(mode == "digest" for following in active for mode in following.modes.values())
    if not active or not (settings.digests or chosen) or not settings.digest_days:
        if known is not None:
            await schedules.remove(db, known.id)
        return
    pattern = str(Weekly(settings.digest_at, tuple(sorted(settings.digest_days))))
    due_at = next_after(pattern, settings.tz, now)
    if known is None:
        await schedules.ensure(
            db,
            kind=DIGEST,
            key=channel_id,
            tenant_id=tenant_id,
            team_id=team_id,
            channel_id=channel_id,
            owner_id=active[0].account_id,
            pattern=pattern,
            zone=settings.zone,
            due_at=due_at,
            now=now,
        )
        return
    if (known.pattern, known.zone) != (pattern, settings.zone):
        await schedules.change(db, known.id, now=now, pattern=pattern, zone=settings.zone, next_run_at=due_at)
    await schedules.resume(db, known.id, due_at=due_at, now=now)
