"""Entries that wait to be logged: plain data that travels in a button until every question is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from bot.domain.constraints import Given
from bot.domain.log_slots import Span
from bot.domain.tracking import Entry, EntryType, Task

BUTTON = 2000
"""Characters that a button carries."""
_NAME = 40


class DraftEntry(msgspec.Struct, frozen=True, array_like=True):
    """One entry: the name of its task as written, or of the task that was found for it. `start` and `end` are aware."""

    name: str
    begins: int
    """Seconds since 1970."""
    seconds: int
    task_id: int | None = None
    """None: which task is meant is not known yet."""
    type: EntryType = "activity"

    @classmethod
    def of(cls, name: str, span: Span, *, task: Task | None = None, kind: EntryType = "activity") -> DraftEntry:
        """An entry at `span`, on `task` where that is known."""
        seconds = (span.end - span.start) // timedelta(seconds=1)
        return cls(name, int(span.start.timestamp()), seconds, task.id if task else None, kind)

    @property
    def start(self) -> datetime:
        """When it began."""
        return datetime.fromtimestamp(self.begins, UTC)

    @property
    def length(self) -> timedelta:
        """How long it took."""
        return timedelta(seconds=self.seconds)

    @property
    def span(self) -> Span:
        """From when to when."""
        return Span(self.start, self.start + self.length)

    def on(self, task: Task) -> DraftEntry:
        """The same on `task`."""
        return msgspec.structs.replace(self, name=task.name, task_id=task.id)

    def entry(self, task: Task | None = None) -> Entry:
        """What it will be in Toggl, where it has no id yet."""
        return Entry(0, self.start, self.length, self.task_id, task or Task(self.task_id or 0, self.name), self.type)


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to be logged in one go, all or none; `person` is the id in Slack of whom it is for, if not oneself."""

    entries: tuple[DraftEntry, ...]
    person: str = ""
    given: Given | None = None
    """What the workspace demands of each, where it was asked."""

    @classmethod
    def load(cls, kept: str) -> Draft:
        """What `dump` wrote. Raises msgspec.DecodeError."""
        return msgspec.json.decode(kept, type=cls)

    def dump(self) -> str:
        """JSON. Where it is too long for a button or form, the names of known tasks are cut: their ids say enough."""
        whole = msgspec.json.encode(self).decode()
        return whole if len(whole) <= BUTTON else msgspec.json.encode(self._shortened()).decode()

    def _shortened(self) -> Draft:
        entries = (
            entry if entry.task_id is None else msgspec.structs.replace(entry, name=entry.name[:_NAME])
            for entry in self.entries
        )
        return msgspec.structs.replace(self, entries=tuple(entries))

    @property
    def undecided(self) -> int | None:
        """The place of the first entry whose task is not known; None where all are."""
        return next((place for place, entry in enumerate(self.entries) if entry.task_id is None), None)

    def decide(self, place: int, task: Task) -> Draft:
        """The same with the entry at `place`, and every other of the same words, on `task`."""
        words = self.entries[place].name
        return msgspec.structs.replace(
            self,
            entries=tuple(
                entry.on(task) if entry.task_id is None and entry.name == words else entry for entry in self.entries
            ),
        )
