"""Why nothing was logged, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.log_lines import Line, Misread
from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import TogglError

_FIELDS = re.compile(r"\b(description|project|tags?|task)\b", re.IGNORECASE)
_REQUIRED = "required_fields_missing"


class NotAllUnderstood(UserError):
    """Some of several entries were not understood; `lines` are all of them in order."""

    sentence = N_("Nothing was logged: not every line is clear.")

    def __init__(self, lines: Sequence[Line | Misread]) -> None:
        """Keep the entries, so that each can be shown with what is wrong with it."""
        super().__init__()
        self.lines = tuple(lines)


class NothingToLog(UserError):
    """There is no entry in what was written."""

    sentence = N_("There is nothing to log in that. Try `1h30m Write report`.")


class NoTaskBefore(UserError):
    """A break without a task, where no entry tells which one to take."""

    sentence = N_(
        "Toggl requires a task for every entry, even a break: name one, for example `30m break Write report`."
    )


class NotTaken(UserError):
    """Toggl refused the entries. `lacks` are the demanded fields each of `entries` lacks, as far as Toggl tells."""

    sentence = N_("Nothing was logged: Toggl saves all {count} entries or none. {reason}")

    def __init__(self, refusal: TogglError, entries: Sequence[Entry], lacks: Sequence[tuple[str, ...]]) -> None:
        """Keep what is to be shown entry by entry."""
        super().__init__(count=len(entries), reason=refusal)
        self.entries = tuple(entries)
        self.lacks = tuple(lacks)


class FieldMissing(NotTaken):
    """The only entry lacks what the workspace demands."""

    sentence = N_("Your workspace requires more details than this entry has. {reason}")


def explained(refusal: TogglError, entries: Sequence[Entry]) -> UserError:
    """What to say of `refusal`, which came for `entries`: of several none was saved."""
    demanded: tuple[str, ...] = ()
    if refusal.code.endswith(_REQUIRED):
        demanded = tuple(dict.fromkeys(found[0].lower().rstrip("s") for found in _FIELDS.finditer(refusal.words)))
    lacks = [tuple(field for field in demanded if _lacks(entry, field)) for entry in entries]
    if len(entries) > 1:
        return NotTaken(refusal, entries, lacks)
    return FieldMissing(refusal, entries, lacks) if demanded else refusal


def _lacks(entry: Entry, field: str) -> bool:
    """Whether the entry lacks `field`: a project comes with the task, a log has no description or tags."""
    if entry.type == "break":
        return False  # Toggl demands nothing of a break
    if field == "project":
        return entry.task is None or entry.task.project_id is None
    return field != "task"
