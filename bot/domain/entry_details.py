"""An entry with everything Toggl keeps of it: what lists filter by, forms show, and a change must not lose."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bot.domain.entry_extras import Extras
from bot.domain.projects import NUMBER, Named
from bot.domain.tracking import Entry, EntryType, Task
from bot.toggl import models


class Details(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry. `seconds` is its length, None while it runs; `extras` is None at a Toggl that knows none.

    `tags` are those of the extras with their names, `task_tags` the names of its task's, as far as Toggl tells them.
    """

    id: int
    start: datetime
    seconds: int | None = None
    type: EntryType = "activity"
    task_id: int | None = None
    task: str | None = None
    project: str | None = None
    client: str | None = None
    status: str | None = None
    status_type: str | None = None
    archived: bool = False
    time_block_id: int | None = None
    extras: Extras | None = None
    tags: tuple[Named, ...] = ()
    task_tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: models.TimeEntry, task: Task | None = None) -> Details | None:
        """The entry in Toggl's answer, on `task` where the answer names none; None where id or start are missing."""
        entry = Entry.of(answer, task)
        if entry is None:
            return None
        named = entry.task if entry.task and entry.task.id == entry.task_id else None
        status = answer.task.status if answer.task else None
        return cls(
            id=entry.id,
            start=entry.started_at,
            seconds=None if entry.length is None else int(entry.length.total_seconds()),
            type=entry.type,
            task_id=entry.task_id,
            task=named.name if named else None,
            project=named.project if named else None,
            client=named.client if named else None,
            status=status.name if status else None,
            status_type=status.type if status else None,
            archived=answer.archived_at is not None,
            time_block_id=entry.time_block_id,
            extras=entry.extras,
            tags=_tags(answer),
            task_tags=names_of((answer.task and answer.task.tags) or ()),
        )

    @property
    def entry(self) -> Entry:
        """The few fields that messages show."""
        known = self.task_id is not None and self.task is not None
        return Entry(
            id=self.id,
            started_at=self.start,
            length=self.length,
            task_id=self.task_id,
            task=Task(self.task_id, self.task, None, self.project, self.client) if known else None,  # type: ignore[arg-type]  # both are not None where known
            type=self.type,
            time_block_id=self.time_block_id,
            extras=self.extras,
        )

    @property
    def length(self) -> timedelta | None:
        """How long it took; None while it runs."""
        return None if self.seconds is None else timedelta(seconds=self.seconds)

    @property
    def end(self) -> datetime | None:
        """When it ended; None while it runs."""
        return None if self.length is None else self.start + self.length

    def on(self, task: Task | None) -> Details:
        """The same entry, its task named as `task` where the ids agree."""
        if task is None or task.id != self.task_id:
            return self
        return msgspec.structs.replace(self, task=task.name, project=task.project, client=task.client)

    def moved_to(self, task: Task) -> Details:
        """The same entry on another task."""
        there = msgspec.structs.replace(self, task_id=task.id, status=None, status_type=None, task_tags=())
        if there.extras and task.project_id:
            there = msgspec.structs.replace(
                there, extras=msgspec.structs.replace(there.extras, project_id=task.project_id)
            )
        return there.on(task)

    def tagged(self, tags: tuple[Named, ...]) -> Details:
        """The same entry with these tags and no others, where Toggl knows of any."""
        if self.extras is None:
            return self
        extras = msgspec.structs.replace(self.extras, tag_ids=tuple(sorted(tag.id for tag in tags)))
        return msgspec.structs.replace(self, extras=extras, tags=tags)

    def whole(self) -> dict[str, Any]:
        """All of it as it is saved in one piece; what it does not have is left out."""
        body: dict[str, Any] = {"type": self.type, "start": self.start}
        if self.seconds is not None:
            body["duration"] = self.seconds
        if self.time_block_id is not None:
            body["time_block_id"] = self.time_block_id
        return {**body, **(self.extras.sent() if self.extras else {})}

    def change_to(self, after: Details) -> dict[str, Any]:
        """What has to be changed of it to make it `after`."""
        then, wanted = ({"task_id": each.task_id, **each.whole()} for each in (self, after))
        return {name: value for name, value in wanted.items() if value != then.get(name)}

    @property
    def mark(self) -> str:
        """Eight characters that change when anything of the entry does; names and the task's project aside."""
        extras = self.extras and msgspec.structs.replace(self.extras, project_id=None)
        bare = msgspec.structs.replace(
            self,
            task=None,
            project=None,
            client=None,
            status=None,
            status_type=None,
            extras=extras,
            tags=(),
            task_tags=(),
        )
        return f"{zlib.crc32(msgspec.json.encode(bare)):08x}"


def names_of(tags: Iterable[models.Tag]) -> tuple[str, ...]:
    """What the tags are called."""
    return tuple(tag.name for tag in tags if tag.name)


def _tags(answer: models.TimeEntry) -> tuple[Named, ...]:
    """None is lost that has only a number."""
    names = {tag.id: tag.name for tag in answer.tags or ()}
    return tuple(Named(number, names.get(number) or NUMBER.format(id=number)) for number in answer.tag_ids or ())
