"""What an App Home shows: the person's time, the last changes, the account."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.account import Account
from bot.domain.my_reminders import Mine
from bot.domain.tracking import Entry, Project, Task
from bot.errors import UserError


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was told of a change. `text` is mrkdwn; `undo_id` takes it back, None where nothing does any more."""

    text: str
    at: datetime
    undo_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A person's time: what runs, each day of this week (today among them), and what could be started next."""

    running: Entry | None
    days: tuple[tuple[date, timedelta], ...]
    today: timedelta
    recents: tuple[Task, ...] = ()
    pinned: tuple[Project, ...] = ()

    @property
    def week(self) -> timedelta:
        """What the days come to."""
        return sum((length for _, length in self.days), timedelta())


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on an App Home. `tracked` is None before connecting, and where `problem` says why."""

    account: Account
    receipts: tuple[Receipt, ...] = ()
    tracked: Tracked | None = None
    problem: UserError | None = None
    reminders: Mine = field(default_factory=Mine)
