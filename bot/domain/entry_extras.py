"""What time entries gained in 2026-08: kept with an entry, so that no change loses it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import msgspec

from bot.toggl import models
from bot.toggl.models.requests import EntryExtras


class Extras(msgspec.Struct, frozen=True, omit_defaults=True):
    """The newer fields. `planned_duration` is in seconds."""

    description: str = ""
    project_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    billable: bool = False
    timezone: str | None = None
    planned_start: datetime | None = None
    planned_duration: int | None = None

    @classmethod
    def of(cls, answer: models.TimeEntry) -> Extras | None:
        """Those in Toggl's answer; None where it has not one of them, as in the profile `pages`."""
        found = {name: getattr(answer, name) for name in cls.__struct_fields__}
        there = {name: value for name, value in found.items() if value is not None}
        return cls(**there) if there else None

    def sent(self) -> dict[str, Any]:
        """All of them, as an entry is saved in one piece."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    def given(self) -> EntryExtras:
        """Those that hold something, as another entry is begun with them."""
        there = {name: value for name, value in self.sent().items() if value not in {None, "", ()}}
        return cast("EntryExtras", there)
