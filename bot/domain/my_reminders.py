"""What a person sees of their reminders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.reminders import Preferences, Rule
from bot.domain.track_reminders import Every


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that the person made. `next_at` is None for a running timer, and where it rests."""

    id: int
    rule: Rule
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What Toggl's own reminders ask of the person within a day or a week; `next_at` is when they are reminded."""

    every: Every
    hours: timedelta
    workspace: str
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything about a person's reminders. `resting`: they are paused until the person connects again."""

    reminders: tuple[Reminder, ...] = ()
    asked: tuple[Asked, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    resting: bool = False
