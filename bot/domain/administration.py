"""One administrative change as plain data: what it is about, how it was shown, how it shall be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

Fields = Mapping[str, Any]
"""Names and plain values (text, numbers, true and false, None, lists of them), as JSON knows them."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one subject of a Toggl workspace, such as a member or a status.

    `kind` says which, for example `member.edit`; what comes before the dot is what kind of thing it is about.
    `before` is what the person's form showed of it, None where it was not there yet. `after` is how it shall be, None
    for gone; a field that `after` does not have stays as it is. `subject_id` is empty for what is not there yet.
    """

    kind: str
    subject_id: str = ""
    name: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None

    @property
    def subject(self) -> str:
        """What kind of thing it is about: `member`, `status`, `workspace`, `rate`, `alert`, `reminder`."""
        return self.kind.partition(".")[0]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that shall have another value, with that value; all of them for something new."""
        before = self.before or {}
        return {
            name: value for name, value in (self.after or {}).items() if name not in before or before[name] != value
        }

    def opposite(self, kind: str) -> Change:
        """What takes it back, by `kind`: the fields that it changed have their old values again."""
        if self.before is None or self.after is None:
            return msgspec.structs.replace(self, kind=kind, before=self.after, after=self.before)
        old = {name: self.before.get(name) for name in self.fields}
        return msgspec.structs.replace(self, kind=kind, before=dict(self.fields), after=old)

    def is_so(self, now: Fields) -> bool:
        """Whether everything that shall have another value has it already."""
        return self.after is not None and all(now.get(name) == value for name, value in self.fields.items())

    def differences(self, now: Fields) -> dict[str, tuple[Any, Any]]:
        """What is other than the form showed, by field: (shown, now)."""
        return {name: (shown, now.get(name)) for name, shown in (self.before or {}).items() if now.get(name) != shown}


class AdministrationStep(msgspec.Struct, frozen=True, tag="administration"):
    """A change to be done later: to take one back, or because somebody asked for it.

    `workspace_id` is the store's number of the person's workspace that it is done in; None for the chosen one.
    """

    change: Change
    workspace_id: int | None = None


class AdministrationSteps(msgspec.Struct, frozen=True, tag="administrations"):
    """Changes of one kind, by `administration.change_all`, because somebody asked for them; `name` is all of them's."""

    name: str
    changes: tuple[Change, ...]
