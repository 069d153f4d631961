"""A project: what can be changed of it, what Toggl adds, and how far the work on it has come."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from bot.toggl import models

NUMBER = "#{id}"


class Named(msgspec.Struct, frozen=True):
    """A client, a parent project, a tag: an id with the name people know it by."""

    id: int
    name: str


class Fee(msgspec.Struct, frozen=True):
    """The price of the whole project; `currency` has three letters."""

    amount: float
    currency: str


class Fields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What people may set: the fourteen fields that Toggl documents. `estimate` is in minutes, `color` is hex."""

    name: str
    client: Named | None = None
    parent: Named | None = None
    description: str = ""
    start: date | None = None
    end: date | None = None
    estimate: int | None = None
    color: str | None = None
    fee: Fee | None = None
    tags: tuple[Named, ...] = ()
    estimated_by_tasks: bool = False
    billable: bool = False
    private: bool = False
    pinned: bool = False

    def whole(self) -> dict[str, Any]:
        """All of it as it is saved in one piece; what it does not have is left out."""
        return {name: value for name, value in self.sent().items() if value is not None}

    def change_to(self, after: Fields) -> dict[str, Any]:
        """What has to be sent to make it `after`; None empties."""
        now = self.sent()
        return {name: value for name, value in after.sent().items() if value != now[name]}

    def sent(self) -> dict[str, Any]:
        """Every field under Toggl's name for it; None where it is empty."""
        return {
            "name": self.name,
            "client_id": self.client.id if self.client else None,
            "parent_project_id": self.parent.id if self.parent else None,
            "description": self.description or None,
            "start_date": self.start,
            "end_date": self.end,
            "estimated_mins": self.estimate,
            "color": self.color,
            "fixed_fee": msgspec.structs.asdict(self.fee) if self.fee else None,
            "tag_ids": sorted(tag.id for tag in self.tags),
            "auto_compute_estimates": self.estimated_by_tasks,
            "billable": self.billable,
            "private": self.private,
            "pinned": self.pinned,
        }


class Project(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A project. `task_estimate` is in minutes; `tracked_secs` is None where Toggl gives no known unit."""

    id: int
    fields: Fields
    archived: bool = False
    task_estimate: int | None = None
    tracked_secs: int | None = None
    rate: float | None = None
    rate_currency: str | None = None

    @classmethod
    def of(cls, answer: models.Project) -> Project | None:
        """The project in Toggl's answer; None where the answer lacks its id."""
        if answer.id is None:
            return None
        tracked, rate = answer.tracked, answer.rate
        return cls(
            id=answer.id,
            fields=_fields(answer),
            archived=answer.archived,
            task_estimate=answer.task_estimated_mins,
            tracked_secs=None if tracked is None else int(tracked.total_seconds()),
            rate=rate.hourly_rate if rate else None,
            rate_currency=rate.currency if rate else None,
        )

    @property
    def name(self) -> str:
        """What people call it."""
        return self.fields.name

    @property
    def estimate(self) -> timedelta | None:
        """How long it is to take: what its tasks add up to where it is set so; None where nothing is estimated."""
        minutes = self.task_estimate if self.fields.estimated_by_tasks else self.fields.estimate
        return timedelta(minutes=min(minutes, _LONGEST)) if minutes and minutes > 0 else None

    @property
    def tracked(self) -> timedelta | None:
        """How long was worked on it; None where that is not known."""
        return None if self.tracked_secs is None else timedelta(seconds=self.tracked_secs)

    @property
    def percent(self) -> int | None:
        """How much of the estimate is used up, rounded down: 100 is never said too early. None where not known."""
        if self.estimate is None or self.tracked is None:
            return None
        return int(self.tracked * 100 / self.estimate)

    @property
    def mark(self) -> str:
        """Eight characters that change when what a card shows of it does; tracked time aside."""
        shown = msgspec.structs.replace(self.fields, description="", fee=None, tags=(), color=None)
        return f"{zlib.crc32(msgspec.json.encode((shown.sent(), self.archived))):08x}"

    def with_parent(self, name: str) -> Project:
        """The same project, its parent called by its name: Toggl only tells its number."""
        if self.fields.parent is None:
            return self
        parent = Named(self.fields.parent.id, name)
        return msgspec.structs.replace(self, fields=msgspec.structs.replace(self.fields, parent=parent))


class Change(StrEnum):
    """What can be done to a project as a whole, each with its opposite."""

    PIN = "pin"
    UNPIN = "unpin"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    DELETE = "delete"
    RESTORE = "restore"

    @property
    def opposite(self) -> Change:
        """What takes it back."""
        return _OPPOSITES[self]


_OPPOSITES = {
    Change.PIN: Change.UNPIN,
    Change.UNPIN: Change.PIN,
    Change.ARCHIVE: Change.UNARCHIVE,
    Change.UNARCHIVE: Change.ARCHIVE,
    Change.DELETE: Change.RESTORE,
    Change.RESTORE: Change.DELETE,
}

_LONGEST = 10**11  # minutes; a `timedelta` holds it


def _fields(answer: models.Project) -> Fields:
    client_id = answer.client_id or (answer.client.id if answer.client else None)
    fee = answer.fixed_fee
    return Fields(
        name=answer.name or NUMBER.format(id=answer.id),
        client=_named(client_id, answer.client.name if answer.client else None),
        parent=_named(answer.parent_project_id, None),
        description=answer.description or "",
        start=answer.start_date,
        end=answer.end_date,
        estimate=answer.estimated_mins or None,
        color=answer.color.lower() if answer.color else None,
        fee=Fee(fee.amount, fee.currency or "") if fee and fee.amount is not None else None,
        tags=_tags(answer),
        estimated_by_tasks=bool(answer.auto_compute_estimates),
        billable=bool(answer.billable),
        private=bool(answer.private),
        pinned=bool(answer.pinned),
    )


def _named(number: int | None, name: str | None) -> Named | None:
    return None if number is None else Named(number, name or NUMBER.format(id=number))


def _tags(answer: models.Project) -> tuple[Named, ...]:
    """The tags with their names as far as the answer tells them; none is lost that has only a number."""
    names = {tag.id: tag.name for tag in answer.tags or () if tag.id is not None}
    numbers = answer.tag_ids if answer.tag_ids is not None else tuple(names)
    return tuple(Named(number, names.get(number) or NUMBER.format(id=number)) for number in numbers)
