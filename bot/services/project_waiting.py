"""What waits to be told to a channel, read with all that decides how: settings, mutes, snapshots, cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.project_snapshots import Snapshot, Update
from bot.domain.subscriptions import ChannelSettings, Following, Paused
from bot.services import project_rounds
from bot.services.following import following_of, settings_of
from bot.services.project_routing import HIDDEN, card_key, visible
from bot.store import Session, accounts, project_updates, subscriptions
from bot.store.subscriptions import Followed
from bot.store.tables import ProjectUpdate

ENGLISH = "en-US"

Row = tuple[ProjectUpdate, Update]
"""Something that happened, as it is kept, and read."""


@dataclass(slots=True)
class About:
    """What waits about one project of a subscription. `snapshot` is None where its credential has not seen it.

    `carded`: the project has a card in the channel.
    """

    following: Following
    project_id: int
    snapshot: Snapshot | None = None
    carded: bool = False
    updates: list[Row] = field(default_factory=list)
    cards: list[ProjectUpdate] = field(default_factory=list)
    notices: list[ProjectUpdate] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether it was found that the channel may not see the project."""
        return bool(self.notices) or any(row.content == HIDDEN for row in self.cards)

    @property
    def silenced(self) -> bool:
        """Whether somebody let the subscription rest."""
        return self.following.paused is Paused.BY_PERSON

    @property
    def held(self) -> bool:
        """Whether nothing may be said before somebody agrees: people of another organization read there by now."""
        return self.following.paused is Paused.SHARED

    @property
    def last(self) -> int:
        """The number of the newest thing that waits."""
        return max(row.id for row in (*(row for row, _ in self.updates), *self.cards, *self.notices))


@dataclass(slots=True)
class Waiting:
    """Everything that waits for a channel. `void` are the numbers of what is not told any more.

    `locale` is whose language the channel has; `active` tells whether it follows anything that does not rest.
    """

    settings: ChannelSettings
    locale: str
    active: bool
    about: list[About] = field(default_factory=list)
    void: list[int] = field(default_factory=list)


async def read(db: Session, *, tenant_id: str, channel_id: str) -> Waiting:
    """What waits for the channel, by project, the oldest first."""
    followed = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    waiting = await _begun(db, tenant_id, channel_id, followed)
    by_id = {row.id: following_of((row, account)) for row, account in followed}
    muted = {mute.project_id for mute in await subscriptions.mutes(db, tenant_id=tenant_id, channel_id=channel_id)}
    found: dict[tuple[int, int], About] = {}
    for row in await project_updates.to_tell(db, tenant_id=tenant_id, channel_id=channel_id):
        following = by_id.get(row.subscription_id)
        if following is None or row.project_id in muted:
            waiting.void.append(row.id)
            continue
        about = found.setdefault((following.id, row.project_id), About(following, row.project_id))
        _sort_in(waiting, about, row)
    waiting.about = [one for one in found.values() if one.updates or one.cards or one.notices]
    seen = await _seen(db, waiting.about)
    keys = [card_key(channel_id, one.project_id) for one in waiting.about]
    cards = await project_updates.posted_keys(db, tenant_id=tenant_id, keys=keys)
    for one in waiting.about:
        one.snapshot = seen.get((one.following.account_id, one.project_id))
        one.carded = card_key(channel_id, one.project_id) in cards
    return waiting


async def everything(db: Session, *, tenant_id: str, channel_id: str) -> dict[int, Snapshot]:
    """Every project that the channel follows, may see, and that is neither archived nor gone, by its number."""
    found: dict[int, Snapshot] = {}
    followed = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    for one in map(following_of, followed):
        if one.paused is None and one.account_id is not None:
            seen = await project_updates.snapshots(
                db,
                account_id=one.account_id,
                workspace_id=one.workspace_id,
                project_ids=None if one.everything else [one.project_id],
            )
            found |= {
                number: snapshot
                for number, snapshot in project_rounds.read(seen).items()
                if visible(snapshot, one) and not snapshot.gone and not snapshot.project.archived
            }
    return found


async def _begun(db: Session, tenant_id: str, channel_id: str, followed: Sequence[Followed]) -> Waiting:
    row = await subscriptions.find_settings(db, tenant_id=tenant_id, channel_id=channel_id)
    people = [account for _, account in followed if account]
    settings = settings_of(row, ZoneInfo(people[0].zone if people else "UTC"))
    chose = None if row is None or row.account_id is None else await accounts.find_by_id(db, row.account_id)
    locale = next((account.locale for account in (chose, *people) if account), ENGLISH)
    return Waiting(settings, locale, active=any(row.paused_at is None for row, _ in followed))


def _sort_in(waiting: Waiting, about: About, row: ProjectUpdate) -> None:
    if row.how == project_updates.CARD:
        about.cards.append(row)
    elif row.how == project_updates.NOTICE:
        about.notices.append(row)
    else:
        try:
            about.updates.append((row, msgspec.json.decode(row.content, type=Update)))
        except msgspec.DecodeError:  # of a version that knew another one
            waiting.void.append(row.id)


async def _seen(db: Session, found: Iterable[About]) -> Mapping[tuple[int | None, int], Snapshot]:
    """What was seen of these projects, by account and project."""
    places: dict[tuple[int, int], set[int]] = {}
    for one in found:
        if one.following.account_id is not None:
            place = (one.following.account_id, one.following.workspace_id)
            places.setdefault(place, set()).add(one.project_id)
    seen: dict[tuple[int | None, int], Snapshot] = {}
    for (account_id, workspace_id), numbers in places.items():
        kept = await project_updates.snapshots(
            db, account_id=account_id, workspace_id=workspace_id, project_ids=numbers
        )
        seen |= {(account_id, number): snapshot for number, snapshot in project_rounds.read(kept).items()}
    return seen
