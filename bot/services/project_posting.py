"""What a channel is to be told of projects now, by what waits for it and what it chose since. No calls to Toggl."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.project_snapshots import EVENTS, Snapshot, Update
from bot.domain.project_updates import Told, folded, quiet_until
from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused
from bot.services import project_rounds
from bot.services.following import following_of, settings_of
from bot.services.project_routing import HIDDEN, card_key, visible
from bot.store import Session, Store, accounts, project_updates, subscriptions
from bot.store.subscriptions import Followed
from bot.store.tables import ProjectUpdate

ENGLISH = "en-US"


@dataclass(slots=True)
class Item:
    """What is told of one project. `snapshot` is None where the subscriber does not see it any more.

    `carded`: it has a card in the channel. `card`: that has to be posted or brought up to date. `last` is the number of
    the newest thing that is told: it names the posts. `rests` is why the subscription rests from now on, if it does.
    `wanted`: the channel wants some of it at once, and not only because it was done through the bot.
    """

    following: Following
    project_id: int
    snapshot: Snapshot | None
    carded: bool
    told: tuple[Told, ...] = ()
    card: bool = False
    last: int = 0
    rests: Paused | None = None
    wanted: bool = False

    @property
    def withheld(self) -> bool:
        """Whether the channel may not see the project now."""
        return self.snapshot is None or not visible(self.snapshot, self.following)


@dataclass(slots=True)
class Telling:
    """Everything a channel is told at one time: `ids` are what it settles. `locale` is whose language the channel has.

    `waits_until` is when the quiet hours end that the rest waits for.
    """

    settings: ChannelSettings
    locale: str
    items: list[Item] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    waits_until: datetime | None = None
    active: bool = False
    """Whether the channel follows anything that does not rest."""
    followed: dict[int, Snapshot] = field(default_factory=dict)
    """In a digest: everything that the channel follows and may see, by the projects' numbers."""


@dataclass(slots=True)
class _Waiting:
    """What waits about one project, read."""

    following: Following
    updates: list[tuple[ProjectUpdate, Update]] = field(default_factory=list)
    cards: list[ProjectUpdate] = field(default_factory=list)
    notices: list[ProjectUpdate] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether it was found that the channel may not see the project."""
        return bool(self.notices) or any(row.content == HIDDEN for row in self.cards)

    @property
    def ids(self) -> list[int]:
        """Everything's numbers."""
        return [row.id for row in (*(row for row, _ in self.updates), *self.cards, *self.notices)]


async def at_once(store: Store, *, tenant_id: str, channel_id: str, now: datetime) -> Telling:
    """What the channel is told now: what it wants at once, outside its quiet hours; its cards in any case."""
    async with store.reading() as db:
        telling, waiting, seen, cards = await _read(db, tenant_id, channel_id)
    quiet = quiet_until(telling.settings, now)
    for (_, project_id), about in waiting.items():
        item = Item(about.following, project_id, seen.get((about.following.account_id, project_id)), False)
        if item.snapshot is None and not about.hidden:
            continue  # somebody else's credential looks now, and has not seen it yet
        item.carded = card_key(channel_id, project_id) in cards
        _settle_silent(telling, item, about)
        if quiet and (about.notices or _of_mode(telling, about, Mode.AT_ONCE)):
            telling.waits_until = quiet
        elif not quiet:
            rows = _of_mode(telling, about, Mode.AT_ONCE)
            item.wanted = any(_chosen(telling, about, update) is Mode.AT_ONCE for _, update in rows)
            _settle(telling, item, rows)
            item.rests = Paused(about.notices[-1].content) if about.notices else None
            telling.ids += [row.id for row in about.notices]
        item.card = not _silenced(about) and (bool(about.cards) or bool(item.told)) and _has_card(item)
        item.last = max(about.ids)
        if item.card or item.told or item.rests:
            telling.items.append(item)
    return telling


async def digest(store: Store, *, tenant_id: str, channel_id: str) -> Telling:
    """What happened since the last digest that belongs into one, and how far everything is that is followed."""
    async with store.reading() as db:
        telling, waiting, seen, _ = await _read(db, tenant_id, channel_id)
        telling.followed = await _everything(db, tenant_id, channel_id)
    for (_, project_id), about in waiting.items():
        item = Item(about.following, project_id, seen.get((about.following.account_id, project_id)), False)
        if item.snapshot is None:
            continue
        _settle(telling, item, _of_mode(telling, about, Mode.DIGEST))
        item.last = max(about.ids)
        if item.told and not item.withheld:
            telling.items.append(item)
    telling.items.sort(key=lambda item: item.snapshot.project.name.casefold() if item.snapshot else "")
    return telling


async def told(db: Session, telling: Telling) -> bool:
    """Settle what is told. False where somebody else told some of it meanwhile: then nothing may be posted."""
    return await project_updates.told(db, telling.ids)


def _settle_silent(telling: Telling, item: Item, about: _Waiting) -> None:
    """What needs no word: cards, and what the channel does not want to hear of any more."""
    telling.ids += [row.id for row in about.cards]
    if _silenced(about) or item.withheld:
        telling.ids += [row.id for row, _ in about.updates]
        about.updates.clear()
    telling.ids += [row.id for row, _ in _of_mode(telling, about, Mode.OFF)]


def _settle(telling: Telling, item: Item, rows: Sequence[tuple[ProjectUpdate, Update]]) -> None:
    telling.ids += [row.id for row, _ in rows]
    item.told = folded(Told(update, row.by_user_id) for row, update in rows)


def _of_mode(telling: Telling, about: _Waiting, mode: Mode) -> list[tuple[ProjectUpdate, Update]]:
    """What is told so now. What was done through the bot is told at once even where the channel has a digest for it."""
    found = []
    for row, update in about.updates:
        chosen = _chosen(telling, about, update)
        if chosen is Mode.DIGEST and row.by_user_id is not None:
            chosen = Mode.AT_ONCE
        if chosen is mode:
            found.append((row, update))
    return found


def _chosen(telling: Telling, about: _Waiting, update: Update) -> Mode:
    return about.following.mode(EVENTS[type(update)], telling.settings)


def _silenced(about: _Waiting) -> bool:
    return about.following.paused is Paused.BY_PERSON


def _has_card(item: Item) -> bool:
    """A project that may not be shown has no new card; the card of one that was shown is emptied.

    A channel that follows everything has cards of those projects of which something was told.
    """
    return item.carded or (not item.withheld and (bool(item.told) or not item.following.everything))


async def _read(
    db: Session, tenant_id: str, channel_id: str
) -> tuple[Telling, Mapping[tuple[int, int], _Waiting], Mapping[tuple[int | None, int], Snapshot], Collection[str]]:
    """What waits by (subscription, project), what was seen by (account, project), and which cards there are."""
    rows = await project_updates.to_tell(db, tenant_id=tenant_id, channel_id=channel_id)
    followed = await subscriptions.of_channel(db, tenant_id=tenant_id, channel_id=channel_id)
    telling = await _telling(db, tenant_id, channel_id, followed)
    by_id = {row.id: following_of((row, account)) for row, account in followed}
    muted = {mute.project_id for mute in await subscriptions.mutes(db, tenant_id=tenant_id, channel_id=channel_id)}
    waiting: dict[tuple[int, int], _Waiting] = {}
    for row in rows:
        following = by_id.get(row.subscription_id)
        if following is None or row.project_id in muted:
            telling.ids.append(row.id)
            continue
        about = waiting.setdefault((following.id, row.project_id), _Waiting(following))
        _sort_in(telling, about, row)
    numbers = {(one.following.account_id, one.following.workspace_id, number) for (_, number), one in waiting.items()}
    seen = await _seen(db, numbers)
    keys = [card_key(channel_id, number) for _, _, number in numbers]
    return telling, waiting, seen, await project_updates.posted_keys(db, tenant_id=tenant_id, keys=keys)


def _sort_in(telling: Telling, about: _Waiting, row: ProjectUpdate) -> None:
    if row.how == project_updates.CARD:
        about.cards.append(row)
    elif row.how == project_updates.NOTICE:
        about.notices.append(row)
    else:
        try:
            about.updates.append((row, msgspec.json.decode(row.content, type=Update)))
        except msgspec.DecodeError:  # of a version that knew another one
            telling.ids.append(row.id)


async def _telling(db: Session, tenant_id: str, channel_id: str, followed: Sequence[Followed]) -> Telling:
    row = await subscriptions.find_settings(db, tenant_id=tenant_id, channel_id=channel_id)
    people = [account for _, account in followed if account]
    settings = settings_of(row, ZoneInfo(people[0].zone if people else "UTC"))
    chose = None if row is None or row.account_id is None else await accounts.find_by_id(db, row.account_id)
    locale = next((account.locale for account in (chose, *people) if account), ENGLISH)
    return Telling(settings, locale, active=any(row.paused_at is None for row, _ in followed))


async def _seen(
    db: Session, wanted: Iterable[tuple[int | None, int, int]]
) -> Mapping[tuple[int | None, int], Snapshot]:
    found: dict[tuple[int | None, int], Snapshot] = {}
    places: dict[tuple[int, int], set[int]] = {}
    for account_id, workspace_id, number in wanted:
        if account_id is not None:
            places.setdefault((account_id, workspace_id), set()).add(number)
    for (account_id, workspace_id), numbers in places.items():
        seen = await project_updates.snapshots(
            db, account_id=account_id, workspace_id=workspace_id, project_ids=numbers
        )
        found |= {(account_id, number): snapshot for number, snapshot in project_rounds.read(seen).items()}
    return found


async def _everything(db: Session, tenant_id: str, channel_id: str) -> dict[int, Snapshot]:
    """Every project that the channel follows, may see, and that is neither archived nor gone."""
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
