"""Which channels are told of a change: by whom each follows the project, what it chose, and who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.project_snapshots import EVENTS, Deleted, Snapshot
from bot.domain.project_updates import Told, governing
from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused
from bot.i18n import N_
from bot.services.following import following_of, settings_of
from bot.services.project_watching import post_soon, update
from bot.store import Session, deliveries, project_updates, subscriptions

CARD = "card:{channel_id}:{project_id}"
"""The key of a project's card in a channel."""
UPDATE = "update:{channel_id}:{project_id}:"
"""How the keys begin under which it is posted what happened to a project."""
NOT_SEEN = N_("The channel may no longer see it.")
"""Why nothing was posted, in the history."""
HIDDEN = "hidden"
"""What is said of a card whose project the channel may not see any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """A project that is not as it was kept. `before` and `kept` are what was, read and as it is stored.

    `after` is None where the person lost sight of it. `told` is what happened, for people.
    """

    project_id: int
    before: Snapshot | None
    kept: str | None
    after: Snapshot | None
    told: tuple[Told, ...] = ()
    members_at: datetime | None = None

    @property
    def shows(self) -> bool:
        """Whether a card of it looks another way now."""
        return self.before is None or self.after is None or self.before.shown != self.after.shown


@dataclass(slots=True)
class _Channel:
    """A channel: what it follows of the workspace, and how it is told."""

    followings: list[Following]
    settings: ChannelSettings


def card_key(channel_id: str, project_id: int) -> str:
    """Under which key the project's card in the channel is posted."""
    return CARD.format(channel_id=channel_id, project_id=project_id)


def update_key(channel_id: str, project_id: int, number: int) -> str:
    """Under which key it is posted what happened to the project; `number` is that of the newest thing that is told."""
    return f"{UPDATE.format(channel_id=channel_id, project_id=project_id)}{number}"


def visible(snapshot: Snapshot, following: Following) -> bool:
    """Whether the channel may see the project: private ones only where somebody agreed to it."""
    return following.private or not snapshot.project.fields.private


async def tell(
    db: Session, tenant_id: str, account_id: int, workspace_id: int, changes: Sequence[Change], *, now: datetime
) -> None:
    """Put into line what each channel is told of these changes, which the account's credential saw."""
    back = {change.project_id for change in changes if _is_back(change)}
    channels = await channels_of(db, tenant_id, workspace_id, account_id, back=back, now=now)
    named = {one.project_id for channel in channels.values() for one in channel.followings}
    changes = [change for change in changes if change.told or change.before or change.project_id in named]
    numbers = {change.project_id for change in changes}
    muted = await project_updates.muted(db, tenant_id=tenant_id, project_ids=numbers)
    cards = await project_updates.posted_keys(
        db, tenant_id=tenant_id, keys=[card_key(channel_id, number) for channel_id in channels for number in numbers]
    )
    for channel_id, channel in channels.items():
        for change in changes:
            following = governing(channel.followings, change.project_id)
            if following is None or following.account_id != account_id:
                continue
            if (channel_id, change.project_id) not in muted:
                carded = card_key(channel_id, change.project_id) in cards
                await _tell(db, channel.settings, following, change, carded=carded, now=now)


async def channels_of(
    db: Session,
    tenant_id: str,
    workspace_id: int,
    account_id: int,
    *,
    back: Iterable[int] = (),
    now: datetime,
) -> Mapping[str, _Channel]:
    """The channels for which the account looks in the workspace, each with everything that it follows there.

    Subscriptions to projects that are `back` go on.
    """
    rows = await project_updates.followers(db, tenant_id=tenant_id, workspace_id=workspace_id)
    known = [following_of(row) for row in rows]
    ours = {one.channel_id for one in known if one.account_id == account_id}
    known = [one for one in known if one.channel_id in ours]
    known = await _taken_up(db, known, account_id, set(back), now)
    settings = await project_updates.settings_of_channels(db, tenant_id=tenant_id, channel_ids=ours)
    zones = {row.channel_id: account.zone for row, account in rows if account}
    grouped: dict[str, list[Following]] = defaultdict(list)
    for one in known:
        grouped[one.channel_id].append(one)
    return {
        channel_id: _Channel(followings, settings_of(settings.get(channel_id), ZoneInfo(zones.get(channel_id, "UTC"))))
        for channel_id, followings in grouped.items()
        if any(one.account_id == account_id and one.paused is None for one in followings)
    }


async def rest(db: Session, followings: Sequence[Following], reason: Paused, *, now: datetime) -> None:
    """Let subscriptions rest for a reason that was found, and let their channels be told of it once."""
    for following in followings:
        if await subscriptions.pause(db, [following.id], reason=reason, now=now):
            notice = update(following, following.project_id, project_updates.NOTICE, now=now, content=reason)
            await project_updates.tell(db, [notice])
            await post_soon(db, following, now=now)


async def _tell(
    db: Session, settings: ChannelSettings, following: Following, change: Change, *, carded: bool, now: datetime
) -> None:
    if change.after is None or not visible(change.after, following):
        await _withhold(db, following, change, carded=carded, now=now)
        return
    rows, at_once = [], False
    for told in change.told:
        mode = following.mode(EVENTS[type(told.update)], settings)
        if mode is not Mode.OFF:
            content = msgspec.json.encode(told.update).decode()
            row = update(following, change.project_id, project_updates.UPDATE, now=now, content=content)
            row.by_user_id = told.by
            rows.append(row)
            at_once = at_once or told.by is not None or mode is Mode.AT_ONCE
    card = change.shows and (carded or not following.everything)
    if card:
        rows.append(update(following, change.project_id, project_updates.CARD, now=now))
    await project_updates.tell(db, rows)
    if at_once or card:
        await post_soon(db, following, now=now)
    if change.after.gone and not following.everything:
        await rest(db, [following], Paused.GONE, now=now)


async def _withhold(db: Session, following: Following, change: Change, *, carded: bool, now: datetime) -> None:
    """Tell nothing more of a project that the channel may not see, also nothing that waited; empty its card.

    What waits for Slack is not posted either; a card that waits is posted, and emptied at once.
    """
    await project_updates.withdraw(
        db,
        tenant_id=following.tenant_id,
        workspace_id=following.workspace_id,
        project_id=change.project_id,
        channel_ids=[following.channel_id],
    )
    prefix = UPDATE.format(channel_id=following.channel_id, project_id=change.project_id)
    await deliveries.withdraw(db, tenant_id=following.tenant_id, prefix=prefix, error=NOT_SEEN, now=now)
    if carded:
        row = update(following, change.project_id, project_updates.CARD, now=now, content=HIDDEN)
        await project_updates.tell(db, [row])
        await post_soon(db, following, now=now)
    if not following.everything:
        reason = Paused.LOST_SIGHT if change.after is None else Paused.PRIVATE
        await rest(db, [following], reason, now=now)


async def _taken_up(
    db: Session, known: Sequence[Following], account_id: int, back: set[int], now: datetime
) -> list[Following]:
    gone = [
        one.id for one in known if one.account_id == account_id and one.project_id in back and one.paused is Paused.GONE
    ]
    if gone:
        await subscriptions.resume(db, gone, now=now)
    return [msgspec.structs.replace(one, paused=None) if one.id in gone else one for one in known]


def _is_back(change: Change) -> bool:
    return any(isinstance(told.update, Deleted) and not told.update.after for told in change.told)
