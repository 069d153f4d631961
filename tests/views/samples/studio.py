"""Nordlicht Studio as the samples need it: its tasks, projects and hours, their names as told or twisted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.entry_details import Details
from bot.domain.entry_extras import Extras
from bot.domain.tracking import Entry, EntryType, Project, Task
from bot.i18n import Translator
from bot.views.choices import NAME_LENGTH

NOW = datetime(2026, 11, 12, 13, 24, tzinfo=UTC)
"""A Thursday afternoon, in Berlin 14:24."""

LANGUAGES = {"en": "en-US", "de": "de-DE", "es": "es-ES", "ja": "ja-JP"}


def translator(language: str = "en") -> Translator:
    """Somebody in Berlin who is answered in `language`."""
    return Translator(locale=LANGUAGES[language], zone=ZoneInfo("Europe/Berlin"), now=NOW)


@dataclass(frozen=True, slots=True)
class Studio:
    """What is in Toggl, told to the person of `t`. `say` makes of each name what Toggl is to say in its place."""

    t: Translator
    say: Callable[[str], str] = str

    @property
    def today(self) -> date:
        """The day it is."""
        return NOW.astimezone(self.t.zone).date()

    def at(self, clock: str, *, days_ago: int = 0) -> datetime:
        """`9:15` of today, or of some days ago."""
        hour, _, minute = clock.partition(":")
        day = self.today - timedelta(days=days_ago)
        return datetime.combine(day, time(int(hour), int(minute)), self.t.zone).astimezone(UTC)

    def typed(self, words: str) -> str:
        """What somebody typed as a name: what is longer is refused before any view sees it."""
        return self.say(words)[:NAME_LENGTH]

    def task(self, name: str = "Write report", project: str = "Monthly reporting", client: str = "Bergmann AG") -> Task:
        """A task; without project or client where these are empty."""
        return Task(
            _number(name),
            self.say(name),
            _number(project) if project else None,
            self.say(project) if project else None,
            self.say(client) if client else None,
        )

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What people there work on, the latest first."""
        return (
            self.task(),
            self.task("Repair login flow", "Website relaunch", "Hafenkontor"),
            self.task("Review copy for the about page", "Website relaunch", "Hafenkontor"),
            self.task("Winter illustrations", "Harbour calendar", ""),
            self.task("Stand-up", "", ""),
            self.task("Answer tenders", "Sales", ""),
            self.task("Prepare workshop on type and colour", "Website relaunch", "Hafenkontor"),
            self.task("Invoices for October", "Office", ""),
            self.task("Write report on accessibility", "Website relaunch", "Hafenkontor"),
        )

    def project(self, name: str = "Website relaunch", client: str = "Hafenkontor") -> Project:
        """A project as pickers show it."""
        return Project(_number(name), self.say(name), self.say(client) if client else None)

    def entry(
        self,
        task: Task | None,
        clock: str = "13:00",
        minutes: int | None = None,
        *,
        days_ago: int = 0,
        kind: EntryType = "activity",
    ) -> Entry:
        """An entry from `clock` on; one that runs without `minutes`, one whose task has gone without `task`."""
        start = self.at(clock, days_ago=days_ago)
        length = None if minutes is None else timedelta(minutes=minutes)
        return Entry(int(start.timestamp()), start, length, task.id if task else 7012345, task, kind)

    def details(self, entry: Entry, *, description: str = "", billable: bool = False, **more: Any) -> Details:
        """The entry with all that Toggl keeps of it."""
        task = entry.task
        given: dict[str, Any] = {
            "id": entry.id,
            "start": entry.started_at,
            "seconds": None if entry.length is None else int(entry.length.total_seconds()),
            "type": entry.type,
            "task_id": entry.task_id,
            "task": task.name if task else None,
            "project": task.project if task else None,
            "client": task.client if task else None,
            "extras": Extras(description=self.say(description) if description else "", billable=billable),
        }
        return Details(**given | more)

    def days(self, count: int) -> list[Details]:
        """`count` entries of the last days, the newest first, three a day."""
        tasks = self.tasks
        return [
            self.details(
                self.entry(
                    tasks[number % len(tasks)], ("12:30", "10:15", "9:00")[number % 3], 75, days_ago=number // 3
                ),
                description="Second round, with Jonas" if number % 4 == 1 else "",
            )
            for number in range(count)
        ]


def _number(name: str) -> int:
    """A number of seven digits that is always the same for a name."""
    return 7_000_000 + crc32(name.encode()) % 999_999
