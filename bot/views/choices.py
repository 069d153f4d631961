"""What a button or option says it starts, and what people call it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.tracking import Entry, Project, Task
from bot.views.kit import cut

NEW = "new:"
"""What the value of a typeahead's *Create “…”* option starts with; the wanted name follows."""

NAME_LENGTH = 255
OPTION_VALUE = 150
_CONTROLS = dict.fromkeys(range(32), " ")


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a start button starts: enough to do it with one call, a day later too."""

    name: str
    task_id: int | None = None
    """None: the task is to be created."""
    project: str | None = None
    project_id: int | None = None
    client: str | None = None
    at: datetime | None = None

    @classmethod
    def of(cls, task: Task, *, at: datetime | None = None) -> Choice:
        """The button for `task`, started at `at` or, if that is None, when it is pressed."""
        return cls(
            name=carried(task.name, NAME_LENGTH),
            task_id=task.id,
            project=carried(task.project, NAME_LENGTH) if task.project else None,
            project_id=task.project_id,
            client=carried(task.client, NAME_LENGTH) if task.client else None,
            at=at,
        )

    @classmethod
    def read(cls, value: str) -> Choice:
        """The choice in a button's value. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    @property
    def task(self) -> Task | None:
        """The task to start; None where it is to be created."""
        if self.task_id is None:
            return None
        return Task(self.task_id, self.name, self.project_id, self.project, self.client)

    def value(self) -> str:
        """The choice as a button's value."""
        return msgspec.json.encode(self).decode()


def carried(name: str, limit: int) -> str:
    """`name` as a button carries it: in JSON, where each control character would take the room of six others."""
    return cut(name.translate(_CONTROLS), limit)


def entry_name(entry: Entry) -> str:
    """What the entry is called."""
    return entry.name


def place(task: Task) -> str:
    """Where a task belongs, for example `Website relaunch · Bergmann AG`; empty for a task on its own."""
    return " · ".join(part for part in (task.project, task.client) if part)


def task_value(task: Task) -> str:
    """A task as an option's value: its id, and its name as far as that fits."""
    return f"{task.id}:{task.name}"[:OPTION_VALUE]


def read_task(value: str) -> Task:
    """The task in an option's value. Raises ValueError where it is none."""
    task_id, _, name = value.partition(":")
    return Task(int(task_id), name)


def project_value(project: Project) -> str:
    """A project as an option's value: its id, and its name as far as that fits."""
    return f"{project.id}:{project.name}"[:OPTION_VALUE]


def read_project(value: str) -> Project:
    """The project in an option's value. Raises ValueError where it is none."""
    project_id, _, name = value.partition(":")
    return Project(int(project_id), name)
