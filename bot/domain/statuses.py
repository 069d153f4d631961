"""The statuses that tasks go through: their types, their order, and where one is to go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

import msgspec

from bot.domain.emoji import show_emoji
from bot.toggl import models

SAVED = ("name", "emoji", "position")
"""What Toggl saves of a status, always together."""


class Type(StrEnum):
    """What a status means for a task. `OTHER` stands for what Toggl may have added since."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    BLOCKED = "blocked"
    OTHER = "other"


class Status(msgspec.Struct, frozen=True):
    """A status. `position` counts from 1, over all types."""

    id: int
    name: str
    emoji: str = ""
    position: int = 1
    type: Type = Type.TODO

    @classmethod
    def of(cls, answer: models.Status) -> Status | None:
        """The status in Toggl's answer; None where the answer lacks its id."""
        if answer.id is None:
            return None
        kind = answer.type or Type.OTHER
        return cls(
            id=answer.id,
            name=answer.name or f"#{answer.id}",
            emoji=answer.emoji or "",
            position=max(1, answer.position or 1),
            type=Type(kind) if kind in set(Type) else Type.OTHER,
        )

    @property
    def drawn(self) -> str:
        """Its emoji, to be looked at."""
        return show_emoji(self.emoji)

    @property
    def saved(self) -> dict[str, Any]:
        """What Toggl saves together."""
        return {name: getattr(self, name) for name in SAVED}


@dataclass(frozen=True, slots=True)
class Deleted:
    """A status that was deleted through the bot."""

    id: int
    name: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Which status has to get which position, for the order to be as wished: its neighbour, where both have one."""

    status: Status
    position: int


def in_order(statuses: Iterable[Status]) -> tuple[Status, ...]:
    """Type by type, each in Toggl's order."""
    places = {kind: place for place, kind in enumerate(Type)}
    return tuple(sorted(statuses, key=lambda status: (places[status.type], status.position, status.id)))


def by_type(statuses: Iterable[Status]) -> tuple[tuple[Type, tuple[Status, ...]], ...]:
    """The types that have statuses, each with its own in order."""
    return tuple((kind, tuple(group)) for kind, group in groupby(in_order(statuses), key=lambda status: status.type))


def siblings(statuses: Iterable[Status], kind: Type) -> tuple[Status, ...]:
    """Those of one type, in order."""
    return tuple(status for status in in_order(statuses) if status.type is kind)


def step(statuses: Sequence[Status], status: Status, *, up: bool) -> Move | None:
    """One place up or down among those of its type; None at the end.

    Toggl puts a status in front of the one that has the position already, and moves that and those behind it on.
    """
    row = siblings(statuses, status.type)
    place = next(place for place, each in enumerate(row) if each.id == status.id)
    if not 0 <= place + (-1 if up else 1) < len(row):
        return None
    other = row[place + (-1 if up else 1)]
    if up and other.position == status.position:
        return Move(other, other.position + 1)
    return Move(status, other.position if up else other.position + 1)


def position_after(statuses: Iterable[Status], status_id: int | None, kind: Type) -> int:
    """The position behind the status `status_id`; without one, in front of all of type `kind`."""
    everything = tuple(statuses)
    if status_id is None:
        return min((status.position for status in siblings(everything, kind)), default=1)
    before = next((status for status in everything if status.id == status_id), None)
    return before.position + 1 if before else max((status.position for status in everything), default=0) + 1


def before(statuses: Iterable[Status], status: Status) -> Status | None:
    """The one in front of it, of its type."""
    row = siblings(statuses, status.type)
    place = next((place for place, each in enumerate(row) if each.id == status.id), 0)
    return row[place - 1] if place else None


def is_stepped(then: Iterable[Status], now: Iterable[Status], status: Status, *, up: bool) -> bool:
    """Whether a status that was one of `then` changed places with its neighbour."""
    order = [each.id for each in siblings(then, status.type)]
    place = order.index(status.id)
    other = place - 1 if up else place + 1
    order[place], order[other] = order[other], order[place]
    return order == [each.id for each in siblings(now, status.type)]
