"""Toggl's own track reminders: how many hours are to be tracked in a day or a week, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import Any

import msgspec

from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import models


class Every(IntEnum):
    """How often Toggl looks, in days."""

    DAY = 1
    WEEK = 7


HOURS = {Every.DAY: 24, Every.WEEK: 168}
"""How many hours there are."""


class NoHours(UserError):
    """What was written is no number of hours."""

    sentence = N_("Enter the hours as a number, for example 6 or 7.5.")


class TooManyHours(UserError):
    """More than there are."""

    sentence = N_("That is too many hours: a day has 24, a week 168.")


class NobodyToRemind(UserError):
    """A reminder for nobody, which Toggl does not take."""

    sentence = N_("Choose at least one person or group to remind.")


class TrackReminder(msgspec.Struct, frozen=True, kw_only=True):
    """Those who tracked less than `hours` within `every` days are reminded.

    `user_ids` are Track's numbers of persons. `email` and `slack` say where Toggl itself reminds; None where this
    Toggl does not have the switch.
    """

    id: int = 0
    every: int
    hours: float
    user_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    email: bool | None = None
    slack: bool | None = None

    @classmethod
    def of(cls, answer: models.TrackReminder) -> TrackReminder | None:
        """The reminder in Toggl's answer; None where the answer lacks what makes it one."""
        if answer.reminder_id is None or answer.frequency is None or answer.threshold is None:
            return None
        return cls(
            id=answer.reminder_id,
            every=answer.frequency,
            hours=answer.threshold,
            user_ids=answer.user_ids or (),
            group_ids=answer.group_ids or (),
            email=answer.email_reminder_enabled,
            slack=answer.slack_reminder_enabled,
        )

    @property
    def fields(self) -> dict[str, Any]:
        """Everything but its number under Toggl's names, in an order that compares."""
        return {
            "frequency": self.every,
            "threshold": self.hours,
            "user_ids": sorted(self.user_ids),
            "group_ids": sorted(self.group_ids),
            "email_reminder_enabled": self.email,
            "slack_reminder_enabled": self.slack,
        }

    @property
    def sent(self) -> dict[str, Any]:
        """The fields as Toggl takes them: without switches that it does not have."""
        return {name: value for name, value in self.fields.items() if value is not None}

    def like(self, other: TrackReminder) -> bool:
        """Whether `other` does the same; a switch that this one does not set counts for nothing."""
        return self.sent.items() <= other.fields.items()

    @classmethod
    def read(cls, fields: dict[str, Any], number: int = 0) -> TrackReminder:
        """The reminder that `fields` wrote down. Raises KeyError."""
        return cls(
            id=number,
            every=fields["frequency"],
            hours=fields["threshold"],
            user_ids=tuple(fields["user_ids"]),
            group_ids=tuple(fields["group_ids"]),
            email=fields.get("email_reminder_enabled"),
            slack=fields.get("slack_reminder_enabled"),
        )


def reminders_of(answers: Iterable[models.TrackReminder]) -> tuple[TrackReminder, ...]:
    """The reminders in Toggl's answer, daily ones first, then by hours."""
    found = filter(None, map(TrackReminder.of, answers))
    return tuple(sorted(found, key=lambda reminder: (reminder.every, reminder.hours, reminder.id)))


def parse_hours(text: str, every: int) -> float:
    """Hours of a day or week as a number: `6`, `7.5`, `7,5`. Raises NoHours, TooManyHours."""
    said = text.strip().replace(",", ".")
    try:
        hours = Decimal(said) if said.isascii() and said.replace(".", "", 1).isdecimal() else Decimal()
    except InvalidOperation:
        raise NoHours from None
    if hours <= 0:
        raise NoHours
    if hours > HOURS[Every(every)]:
        raise TooManyHours
    return float(hours)
