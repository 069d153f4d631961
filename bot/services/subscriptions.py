"""What a channel follows: subscribe it to a project or to all of them, change that, and end it; each to be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.folding import fold
from bot.domain.projects import Named
from bot.domain.subscriptions import ALL_PROJECTS, ChannelSettings, Did, Following, Mode, ProjectEvent, Wish
from bot.errors import UserError
from bot.i18n import N_
from bot.services import undo
from bot.services.context import Context
from bot.services.following import following_of, settings_of
from bot.services.project_watching import arrange
from bot.services.subscription_wishes import name_of_workspace
from bot.store import Session, subscriptions
from bot.store.tables import Subscription


class NotFollowed(UserError):
    """The subscription was removed meanwhile."""

    sentence = N_(
        "That subscription has been removed in the meantime. `{project} subscriptions` shows what is followed now."
    )


@dataclass(frozen=True, slots=True)
class Channel:
    """What a channel follows and how it is told; `muted` are the projects that it does not want to hear of."""

    followings: tuple[Following, ...]
    settings: ChannelSettings
    muted: tuple[Named, ...] = ()
    set_by: str | None = None
    """Who changed the settings last, by their id in Slack."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a subscription, as it is now (or was, where it is gone), and what takes it back."""

    did: Did
    following: Following
    settings: ChannelSettings
    undo_id: str | None = None


async def channel(context: Context, channel_id: str) -> Channel:
    """Everything about a channel's updates. No call."""
    tenant_id = context.person.tenant_id
    async with context.store.reading() as db:
        rows = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
        kept = await subscriptions.find_settings(db, tenant_id=tenant_id, channel_id=channel_id)
        mutes = await subscriptions.mutes(db, tenant_id=tenant_id, channel_id=channel_id)
        set_by = await subscriptions.set_by(db, kept) if kept else None
    return Channel(
        tuple(map(following_of, rows)),
        settings_of(kept, context.person.zone),
        tuple(Named(mute.project_id, mute.project_name) for mute in mutes),
        set_by,
    )


async def mine(context: Context) -> tuple[Following, ...]:
    """What the person subscribed channels to, by channel. No call."""
    async with context.store.reading() as db:
        rows = await subscriptions.of_subscriber(db, account_id=context.person.account_id)
    return tuple(map(following_of, rows))


async def find(context: Context, following_id: int) -> Following:
    """The subscription as it is now. Raises NotFollowed."""
    async with context.store.reading() as db:
        return await get(db, context, following_id)


async def subscribe(context: Context, wish: Wish) -> Done:
    """Let the channel follow what is wished; what it follows already is changed to it, and goes on if it rested.

    The person's credential looks, unless somebody else's does so already and can go on; who wants private projects to
    be shown agrees to those that they see themselves. No call. Raises NotConnected.
    """
    toggl, person = context.toggl, context.person
    number = wish.project.id if wish.project else ALL_PROJECTS
    async with context.store.writing() as db:
        settings = await settings_for(db, context, wish.channel_id)
        row, new = await subscriptions.get_or_add(
            db,
            Subscription(
                tenant_id=person.tenant_id,
                team_id=person.team_id,
                channel_id=wish.channel_id,
                account_id=person.account_id,
                organization_id=toggl.organization_id or 0,
                workspace_id=toggl.workspace_id or 0,
                project_id=number,
                created_at=context.now,
                updated_at=context.now,
            ),
        )
        before = None if new else await get(db, context, row.id)
        row.project_name = wish.project.name if wish.project else await name_of_workspace(db, context)
        if wish.events or before is None:
            row.modes = _dump(chosen(wish.events, settings))
        taken = before is not None and before.passes_on(person.account_id, private=wish.private)
        if taken:
            row.account_id = person.account_id
        row.private = wish.private or (row.private and not (taken and row.project_id == ALL_PROJECTS))
        row.paused_at = row.pause_reason = None
        row.updated_at = context.now
        after = await keep(db, context, row, begun=taken or before is None or before.paused is not None)
    return await finish(context, _what(before, after), before, after, settings)


async def change(context: Context, following_id: int, modes: Mapping[ProjectEvent, Mode]) -> Done:
    """Give one subscription choices of its own; what `modes` lacks is as the channel has it. Raises NotFollowed."""
    async with context.store.writing() as db:
        before, row = await row_of(db, context, following_id)
        settings = await settings_for(db, context, before.channel_id)
        row.modes, row.updated_at = _dump(modes), context.now
        after = await keep(db, context, row, begun=False)
    return await finish(context, _what(before, after), before, after, settings)


async def unsubscribe(context: Context, following_id: int) -> Done:
    """End the subscription. No call. Raises NotFollowed."""
    async with context.store.writing() as db:
        before = await get(db, context, following_id)
        settings = await settings_for(db, context, before.channel_id)
        await subscriptions.remove(db, [before.id])
        await keep_in_step(db, context, before, begun=False)
    return await finish(context, Did.UNSUBSCRIBED, before, None, settings)


async def get(db: Session, context: Context, following_id: int) -> Following:
    """The subscription, if it is of the person's Slack workspace. Raises NotFollowed."""
    found = await subscriptions.find(db, following_id)
    if found is None or found[0].tenant_id != context.person.tenant_id:
        raise NotFollowed
    return following_of(found)


async def keep_in_step(db: Session, context: Context, following: Following, *, begun: bool) -> None:
    """Let the clock's work fit what the subscription's channel follows now; with `begun` it is new, or goes on."""
    await arrange(
        db,
        tenant_id=following.tenant_id,
        team_id=following.team_id,
        channel_id=following.channel_id,
        now=context.now,
        begun=[following.id] if begun else [],
    )


def chosen(events: Collection[ProjectEvent], settings: ChannelSettings) -> dict[ProjectEvent, Mode]:
    """The choices of a subscription to just these events, as the channel is told of them; empty for no choice."""
    if not events:
        return {}
    modes = {}
    for event in ProjectEvent:
        usual = settings.modes.get(event, Mode.OFF)
        wanted = usual if usual is not Mode.OFF else Mode.AT_ONCE
        modes[event] = wanted if event in events else Mode.OFF
    return modes


def matching(followings: Sequence[Following], text: str | None) -> tuple[Following, ...]:
    """Those that `text` names: by the project's name or a part of it; None for the subscription to all."""
    if text is None:
        return tuple(following for following in followings if following.everything)
    wanted = fold(text)
    named = [following for following in followings if not following.everything]
    exact = tuple(following for following in named if fold(following.project_name) == wanted)
    return exact or tuple(following for following in named if wanted in fold(following.project_name))


async def row_of(db: Session, context: Context, following_id: int) -> tuple[Following, Subscription]:
    """The subscription, and its row to be changed. Raises NotFollowed."""
    before = await get(db, context, following_id)
    found = await subscriptions.find(db, following_id)
    assert found is not None  # noqa: S101 (read in the same unit of work; says so to the type checker)
    return before, found[0]


async def keep(db: Session, context: Context, row: Subscription, *, begun: bool) -> Following:
    """Store the subscription, and let the clock's work fit it; with `begun` it is new, or goes on."""
    await subscriptions.save(db, row)
    after = await get(db, context, row.id)
    await keep_in_step(db, context, after, begun=begun)
    return after


async def settings_for(db: Session, context: Context, channel_id: str) -> ChannelSettings:
    """How the channel is told. Stored from the first time on: what channels begin with may change, not what one has."""
    person = context.person
    row = await subscriptions.find_settings(db, tenant_id=person.tenant_id, channel_id=channel_id)
    settings = settings_of(row, ZoneInfo(person.zone.key))
    if row is None:
        await subscriptions.save_settings(
            db,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            channel_id=channel_id,
            settings=msgspec.json.encode(settings).decode(),
            account_id=person.account_id,
            now=context.now,
        )
    return settings


async def finish(
    context: Context, did: Did, before: Following | None, after: Following | None, settings: ChannelSettings
) -> Done:
    """What was done, with what takes it back; nothing where all is as it was."""
    following = after or before
    assert following is not None  # noqa: S101 (something was done with one; says so to the type checker)
    if did is Did.SAME:
        return Done(did, following, settings)
    recorded = undo.SubscriptionUndo(did=did, before=before, after=after)
    return Done(did, following, settings, await undo.record(context, recorded))


def _what(before: Following | None, after: Following) -> Did:
    if before is None:
        return Did.SUBSCRIBED
    if before.paused is not None:
        return Did.RESUMED if before.account_id == after.account_id else Did.TAKEN_OVER
    same = (before.modes, before.private, before.account_id) == (after.modes, after.private, after.account_id)
    return Did.SAME if same else Did.CHANGED


def _dump(modes: Mapping[ProjectEvent, Mode]) -> str:
    return msgspec.json.encode(dict(modes)).decode()
