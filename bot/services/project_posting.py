"""What a channel is told of projects now, by what waits for it and what it chose since. No calls to Toggl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.project_snapshots import EVENTS, Snapshot, Update
from bot.domain.project_updates import Told, folded, quiet_until
from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused
from bot.services import project_waiting
from bot.services.project_routing import visible
from bot.services.project_waiting import About, Row, Waiting
from bot.store import Session, Store, project_updates


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
    last: int
    told: tuple[Told, ...] = ()
    card: bool = False
    rests: Paused | None = None
    wanted: bool = False

    @classmethod
    def of(cls, about: About) -> Item:
        """Nothing yet of what waits."""
        return cls(about.following, about.project_id, about.snapshot, about.carded, about.last)

    @property
    def withheld(self) -> bool:
        """Whether the channel may not see the project now."""
        return self.snapshot is None or not visible(self.snapshot, self.following)


@dataclass(slots=True)
class Telling:
    """Everything a channel is told at one time: `ids` are what it settles. `locale` is whose language the channel has.

    `waits_until` is when the quiet hours end that the rest waits for; `active` tells whether the channel follows
    anything that does not rest; `followed` is, for a digest, all that it follows and may see.
    """

    settings: ChannelSettings
    locale: str
    active: bool
    ids: list[int]
    items: list[Item] = field(default_factory=list)
    waits_until: datetime | None = None
    followed: dict[int, Snapshot] = field(default_factory=dict)

    @classmethod
    def of(cls, waiting: Waiting) -> Telling:
        """Nothing yet of what waits."""
        return cls(waiting.settings, waiting.locale, waiting.active, list(waiting.void))


async def at_once(store: Store, *, tenant_id: str, channel_id: str, now: datetime) -> Telling:
    """What the channel is told now: what it wants at once, outside its quiet hours; its cards in any case."""
    async with store.reading() as db:
        waiting = await project_waiting.read(db, tenant_id=tenant_id, channel_id=channel_id)
    telling, quiet = Telling.of(waiting), quiet_until(waiting.settings, now)
    for about in waiting.about:
        if about.held:
            about.updates.clear()
            about.cards.clear()
        if (about.snapshot is None or about.held) and not about.hidden:
            continue  # somebody else's credential looks now, and has not seen it yet; or it waits for somebody to agree
        item = Item.of(about)
        _settle_silent(telling, item, about)
        rows = _of_mode(telling, about, Mode.AT_ONCE)
        if quiet and (rows or about.notices):
            telling.waits_until = quiet
        elif not quiet:
            _settle(telling, item, about, rows)
            item.rests = Paused(about.notices[-1].content) if about.notices else None
            telling.ids += [row.id for row in about.notices]
        item.card = not about.silenced and (bool(about.cards) or bool(item.told)) and _has_card(item)
        if item.card or item.told or item.rests:
            telling.items.append(item)
    return telling


async def digest(store: Store, *, tenant_id: str, channel_id: str) -> Telling:
    """What happened since the last digest that belongs into one, and how far everything is that is followed."""
    async with store.reading() as db:
        waiting = await project_waiting.read(db, tenant_id=tenant_id, channel_id=channel_id)
        followed = await project_waiting.everything(db, tenant_id=tenant_id, channel_id=channel_id)
    telling = Telling.of(waiting)
    telling.followed = followed
    for about in waiting.about:
        if about.silenced:
            telling.ids += [row.id for row, _ in about.updates]
        elif about.snapshot is not None and not about.held:
            item = Item.of(about)
            _settle(telling, item, about, _of_mode(telling, about, Mode.DIGEST))
            if item.told and not item.withheld:
                telling.items.append(item)
    telling.items.sort(key=lambda item: item.snapshot.project.name.casefold() if item.snapshot else "")
    return telling


async def told(db: Session, telling: Telling) -> bool:
    """Settle what is told. False where somebody else told some of it meanwhile: then nothing may be posted."""
    return await project_updates.told(db, telling.ids)


def _settle_silent(telling: Telling, item: Item, about: About) -> None:
    """What needs no word: cards, and what the channel does not want to hear of any more."""
    telling.ids += [row.id for row in about.cards]
    if about.silenced or item.withheld:
        telling.ids += [row.id for row, _ in about.updates]
        about.updates.clear()
    telling.ids += [row.id for row, _ in _of_mode(telling, about, Mode.OFF)]


def _settle(telling: Telling, item: Item, about: About, rows: Sequence[Row]) -> None:
    telling.ids += [row.id for row, _ in rows]
    item.told = folded(Told(update, row.by_user_id) for row, update in rows)
    item.wanted = any(_chosen(telling, about, update) is Mode.AT_ONCE for _, update in rows)


def _of_mode(telling: Telling, about: About, mode: Mode) -> list[Row]:
    """What is told so now. What was done through the bot is told at once even where the channel has a digest for it."""
    found = []
    for row, update in about.updates:
        chosen = _chosen(telling, about, update)
        if chosen is Mode.DIGEST and row.by_user_id is not None:
            chosen = Mode.AT_ONCE
        if chosen is mode:
            found.append((row, update))
    return found


def _chosen(telling: Telling, about: About, update: Update) -> Mode:
    return about.following.mode(EVENTS[type(update)], telling.settings)


def _has_card(item: Item) -> bool:
    """A project that may not be shown has no new card; the card of one that was shown is emptied.

    A channel that follows everything has cards of those projects of which something was told.
    """
    return item.carded or (not item.withheld and (bool(item.told) or not item.following.everything))
