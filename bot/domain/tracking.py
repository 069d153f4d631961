"""What a person tracks with: a task, its project, and an entry, with the few fields the bot shows and acts on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.entry_extras import Extras
from bot.toggl import models

EntryType = Literal["activity", "break"]


@dataclass(frozen=True, slots=True)
class Task:
    """A task by its id, with the names that tell it from others of the same name."""

    id: int
    name: str
    project_id: int | None = None
    project: str | None = None
    client: str | None = None

    @classmethod
    def of(cls, task: models.Task) -> Task | None:
        """The task in Toggl's answer; None where the answer lacks its id."""
        if task.id is None:
            return None
        project = task.project
        return cls(
            id=task.id,
            name=task.name or f"#{task.id}",
            project_id=task.project_id or (project.id if project else None),
            project=project.name if project else None,
            client=task.client.name if task.client else None,
        )

    def named(self) -> models.Task:
        """The same with Toggl's names; the inverse of `of`."""
        return models.Task(
            id=self.id,
            name=self.name,
            project_id=self.project_id,
            project=models.TaskProject(id=self.project_id, name=self.project) if self.project else None,
            client=models.Named(name=self.client) if self.client else None,
        )


@dataclass(frozen=True, slots=True)
class Project:
    """A project by its id, with the name people know it by."""

    id: int
    name: str
    client: str | None = None

    @classmethod
    def of(cls, project: models.Project) -> Project | None:
        """The project in Toggl's answer; None where the answer lacks its id."""
        if project.id is None:
            return None
        return cls(project.id, project.name or f"#{project.id}", project.client.name if project.client else None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A time entry. `length` is None while it runs; `task` is None where only its id is known.

    `time_block_id` and `extras` are for those who put an entry in another's place: nothing of it is lost.
    """

    id: int
    started_at: datetime
    length: timedelta | None
    task_id: int | None = None
    task: Task | None = None
    type: EntryType = "activity"
    time_block_id: int | None = None
    extras: Extras | None = None

    @classmethod
    def of(cls, entry: models.TimeEntry, task: Task | None = None) -> Entry | None:
        """The entry in Toggl's answer, on `task` where the answer names none; None where id or start are missing."""
        if entry.id is None or entry.start is None:
            return None
        embedded = Task.of(entry.task) if entry.task else None
        return cls(
            id=entry.id,
            started_at=entry.start,
            length=entry.length,
            task_id=entry.task_id or (embedded.id if embedded else None),
            task=embedded or task,
            type="break" if entry.type == "break" else "activity",
            time_block_id=entry.time_block_id,
            extras=Extras.of(entry),
        )

    @property
    def name(self) -> str:
        """What people know it by: its task, or the task's number; without a task what was written on it."""
        if self.task:
            return self.task.name
        if self.task_id is not None:
            return f"#{self.task_id}"
        return (self.extras and self.extras.description) or "–"

    @property
    def running(self) -> bool:
        """Whether the timer of this entry still runs."""
        return self.length is None

    @property
    def ended_at(self) -> datetime | None:
        """When it was stopped; None while it runs."""
        return None if self.length is None else self.started_at + self.length

    def elapsed(self, now: datetime) -> timedelta:
        """How long it took, or has taken until `now`; never negative."""
        return self.length if self.length is not None else max(timedelta(), now - self.started_at)

    def on(self, task: Task | None) -> Entry:
        """The same entry with its task named, where it was not and the ids agree."""
        return replace(self, task=task) if task and self.task is None and self.task_id == task.id else self


def recent_tasks(entries: Iterable[Entry]) -> tuple[Task, ...]:
    """The distinct tasks of `entries` (newest first), in that order."""
    return tuple({entry.task.id: entry.task for entry in entries if entry.task}.values())
