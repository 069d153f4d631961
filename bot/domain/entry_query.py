"""What a list of entries shows, in so few characters that a button can carry it."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.entry_filters import EntryFilters
from bot.domain.tracking import Task


class Query(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is listed: the days from `first` to `last`, both included, or else all entries of one task."""

    first: date | None = None
    last: date | None = None
    task_id: int | None = None
    task: str = ""
    project: str | None = None
    client: str | None = None
    filters: EntryFilters = EntryFilters()

    @property
    def whole_task(self) -> Task | None:
        """The task all of whose entries are meant."""
        return None if self.task_id is None else Task(self.task_id, self.task, None, self.project, self.client)
