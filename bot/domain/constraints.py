"""What a workspace demands of every time entry, and what somebody gave because of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from bot.domain.tracking import Task
from bot.toggl import models
from bot.toggl.models.requests import EntryExtras

PARTS = ("description", "project", "task", "tag")
"""All that Toggl's page knows to demand."""


class Field(StrEnum):
    """A part of an entry that may be demanded. A task may be as well: the bot tracks nothing without one."""

    DESCRIPTION = "description"
    PROJECT = "project"
    TAG = "tag"


class Rules(msgspec.Struct, frozen=True):
    """What a workspace demands of every entry: those of `PARTS` that it wants, and whether it does so now."""

    parts: tuple[str, ...]
    enabled: bool

    @classmethod
    def of(cls, constraints: models.Constraints) -> Rules:
        """The rules in Toggl's answer."""
        wanted = tuple(part for part in PARTS if getattr(constraints, f"{part}_present"))
        return cls(wanted, enabled=bool(constraints.time_entry_constraints_enabled))


class Given(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was filled in for the entry, or the entries, that are to be saved."""

    description: str = ""
    project_id: int | None = None
    tag_ids: tuple[int, ...] = ()

    @property
    def fields(self) -> EntryExtras:
        """The fields as Toggl takes them; none that was not asked for."""
        fields: EntryExtras = {}
        if self.description:
            fields["description"] = self.description
        if self.project_id is not None:
            fields["project_id"] = self.project_id
        if self.tag_ids:
            fields["tag_ids"] = self.tag_ids
        return fields


_WORDS = re.compile(r"\b(description|project|tag)s?\b", re.IGNORECASE)


def demanded(constraints: models.Constraints) -> frozenset[Field]:
    """What the workspace demands, by its constraints; they count only while they are switched on."""
    if not constraints.time_entry_constraints_enabled:
        return frozenset()
    present = {
        Field.DESCRIPTION: constraints.description_present,
        Field.PROJECT: constraints.project_present,
        Field.TAG: constraints.tag_present,
    }
    return frozenset(field for field, wanted in present.items() if wanted)


def named(words: str) -> frozenset[Field]:
    """The fields that Toggl's refusal names."""
    return frozenset(Field(found[1].lower()) for found in _WORDS.finditer(words))


def lacking(fields: Iterable[Field], tasks: Iterable[Task | None]) -> frozenset[Field]:
    """What has to be asked for entries on `tasks`: a project comes with a task that has one."""
    alone = any(task is None or task.project_id is None for task in tasks)
    return frozenset(field for field in fields if field is not Field.PROJECT or alone)
