"""An entry as reports look at it, and how much of it counts within a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.days import Bounds
from bot.domain.rounding import Rounding
from bot.domain.tracking import Entry, Project
from bot.toggl import models

_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with what only reports look at. `status` is its task's, with its emoji; `private` is its project's.

    `own_project` is that of an entry whose task, if there is one, belongs to none.
    """

    entry: Entry
    status_id: int | None = None
    status: str | None = None
    time_block_id: int | None = None
    description: str | None = None
    private: bool = False
    own_project: Project | None = None

    @classmethod
    def of(cls, answer: models.TimeEntry) -> Line | None:
        """The line of an entry in Toggl's answer; None where it is deleted, or lacks what an entry needs."""
        entry = Entry.of(answer) if answer.deleted_at is None else None
        if entry is None:
            return None
        task = answer.task
        status = task.status if task else None
        return cls(
            replace(entry, extras=None),  # a report keeps thousands, and shows none of it but the description
            status_id=status.id if status else None,
            status=(" ".join(filter(None, (status.emoji, status.name))) if status else "") or None,
            time_block_id=answer.time_block_id,
            description=answer.description,
            private=bool(task and task.project and task.project.private),
            own_project=_own_project(answer) if entry.task is None or entry.task.project_id is None else None,
        )

    @property
    def project(self) -> Project | None:
        """The task's project, or else the entry's own."""
        task = self.entry.task
        if task is None or task.project_id is None:
            return self.own_project
        return Project(task.project_id, task.project or f"#{task.project_id}", task.client)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an entry counts within bounds: clipped to them, running until `now` (aware), then rounded."""

    now: datetime
    rounding: Rounding | None = None

    def __call__(self, line: Line, bounds: Bounds) -> timedelta:
        """The time that counts."""
        exact = self._exact(line, bounds)
        return self.rounding(exact) if self.rounding else exact

    def whole(self, line: Line) -> timedelta:
        """All of the entry's time."""
        length = line.entry.elapsed(self.now)
        return self.rounding(length) if self.rounding else length

    def by_day(self, line: Line, days: Sequence[tuple[date, Bounds]]) -> Iterator[tuple[date, timedelta]]:
        """What counts on each of these consecutive days: together what counts on all of them, rounded once."""
        exact = counted = _NOTHING
        for day, bounds in days:
            exact += self._exact(line, bounds)
            so_far = self.rounding(exact) if self.rounding else exact
            yield day, so_far - counted
            counted = so_far

    def _exact(self, line: Line, bounds: Bounds) -> timedelta:
        entry = line.entry
        began = entry.started_at.astimezone(UTC)
        ended = self.now.astimezone(UTC) if entry.length is None else began + entry.length
        return max(_NOTHING, min(ended, bounds[1]) - max(began, bounds[0]))


def _own_project(answer: models.TimeEntry) -> Project | None:
    return None if answer.project_id is None else Project(answer.project_id, f"#{answer.project_id}")
