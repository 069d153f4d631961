"""An edited project against what somebody else did meanwhile: whose value counts, field by field."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.projects import Fields


class Field(StrEnum):
    """A part of a project's form that is compared as one."""

    NAME = "name"
    CLIENT = "client"
    PARENT = "parent"
    DESCRIPTION = "description"
    START = "start"
    END = "end"
    ESTIMATE = "estimate"
    COLOR = "color"
    FEE = "fee"
    TAGS = "tags"
    SETTINGS = "settings"


ALL = tuple(Field)

ATTRIBUTES: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        **{field: (field.value,) for field in Field if field is not Field.SETTINGS},
        Field.SETTINGS: ("estimated_by_tasks", "billable", "private", "pinned"),
    }
)
"""Which attributes of `Fields` each part of the form holds."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A form whose project was changed meanwhile.

    `fields` are what the form shows now: the new value where the person had left a field alone (`taken`), their own
    where both changed it (`kept`).
    """

    fields: Fields
    taken: tuple[Field, ...] = ()
    kept: tuple[Field, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether somebody else changed something that the form shows."""
        return bool(self.taken or self.kept)


def marks(fields: Fields, shown: Iterable[Field] = ALL) -> dict[str, str]:
    """Eight characters for each field that a form shows, to notice later that it was changed."""
    return {field.value: _mark(fields, field) for field in shown}


def merge(seen: Mapping[str, str], entered: Mapping[str, Any], now: Fields) -> Merged:
    """What the person `entered` into a form filled from the marks `seen`, over the project as it is `now`."""
    typed = msgspec.structs.replace(now, **entered)
    taken: list[Field] = []
    kept: list[Field] = []
    for name, then in seen.items():
        field = Field(name)
        current, wanted = _mark(now, field), _mark(typed, field)
        if current in (then, wanted):
            continue
        if wanted == then:
            taken.append(field)
        else:
            kept.append(field)
    theirs = {attribute: getattr(now, attribute) for field in taken for attribute in ATTRIBUTES[field]}
    return Merged(msgspec.structs.replace(typed, **theirs), tuple(taken), tuple(kept))


def _mark(fields: Fields, field: Field) -> str:
    values = [_plain(getattr(fields, attribute)) for attribute in ATTRIBUTES[field]]
    return f"{zlib.crc32(msgspec.json.encode(values)):08x}"


def _plain(value: Any) -> Any:
    """Names of clients, parents and tags do not count, their numbers do."""
    if isinstance(value, tuple):
        return sorted(item.id for item in value)
    return getattr(value, "id", value)
