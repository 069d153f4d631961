"""What a button or form says which entry it means, and how that entry was when it was shown."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from bot.domain.tracking import Entry

LONGEST = 130
"""Characters of a reference: beside a verb it still fits into the value of an option, which holds 150."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry: its ids, a mark of how it was, and what it was called as far as that fits."""

    entry_id: int
    task_id: int | None
    mark: str
    name: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Reference:
        """The reference to `entry` as it is now."""
        return cls(entry.id, entry.task_id, mark(entry), entry.task.name if entry.task else "")

    @classmethod
    def read(cls, value: str) -> Reference:
        """The reference in the value of a button or option. Raises ValueError where it is none."""
        task_id, entry_id, seen, name = value.split(":", 3)
        return cls(int(entry_id), int(task_id) if task_id else None, seen, name)

    def value(self) -> str:
        """The reference as the value of a button or option."""
        return f"{self.task_id or ''}:{self.entry_id}:{self.mark}:{self.name}"[:LONGEST]

    def shows(self, entry: Entry) -> bool:
        """Whether `entry` still is as it was when it was shown."""
        return self.entry_id == entry.id and self.mark == mark(entry)


def mark(entry: Entry) -> str:
    """Eight characters that change when the entry's task, start, length or type does."""
    length = None if entry.length is None else int(entry.length.total_seconds())
    told = f"{entry.task_id}|{int(entry.started_at.timestamp())}|{length}|{entry.type}"
    return f"{zlib.crc32(told.encode()):08x}"
