"""Many entries at once: which are chosen, what shall become of them, and what each will be then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.domain.entry_details import Details
from bot.domain.tracking import Task
from bot.errors import UserError
from bot.i18n import N_

MOST = 100
"""Entries at once."""

ROOM = 1700
"""Characters of tokens that a modal remembers, beside what was asked for and where it was opened."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class BulkDeed(StrEnum):
    """What can be done with all of them in one call."""

    MOVE = "move"
    BREAK = "break"
    ACTIVITY = "activity"
    SHIFT = "shift"
    DELETE = "delete"


class TooManyChosen(UserError):
    """More than a modal can remember."""

    sentence = N_("At most {most} entries can be changed at once, and {count} are selected.")


class WouldStartLater(UserError):
    """A running entry would start in the future."""

    sentence = N_(
        "*{task}* is running and cannot start in the future. Nothing was changed: shift by less, or leave this "
        "entry out."
    )


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What shall be done: `task` is where entries move to, `shift` how far their times go."""

    deed: BulkDeed
    task: Task | None = None
    shift: timedelta = timedelta()


def token(entry: Details) -> str:
    """The entry in few characters: its number, and how it was."""
    return f"{_to_36(entry.id)}.{_to_36(int(entry.mark, 16))}"


def entry_id(chosen: str) -> int:
    """The entry's number in a token. Raises ValueError."""
    return int(chosen.partition(".")[0], 36)


def merged(before: Iterable[str], on_page: Iterable[Details], ticked: Iterable[str]) -> tuple[str, ...]:
    """What is chosen after one page was ticked: what was chosen on others stays. Raises TooManyChosen."""
    here = {token(entry) for entry in on_page}
    chosen = tuple(dict.fromkeys([*(each for each in before if each not in here), *ticked]))
    room = ROOM // max(map(len, chosen), default=1)
    if len(chosen) > min(MOST, room):
        raise TooManyChosen(most=min(MOST, room), count=len(chosen))
    return chosen


def outcome(entries: Sequence[Details], wanted: BulkChange, *, now: datetime) -> tuple[tuple[Details, Details], ...]:
    """Each entry that changes, as it is and as it will be. Raises WouldStartLater."""
    pairs = ((entry, _made(entry, wanted)) for entry in entries)
    changed = tuple((before, after) for before, after in pairs if before.change_to(after))
    for before, after in changed:
        if after.seconds is None and after.start > now:
            raise WouldStartLater(task=before.task or f"#{before.task_id}")
    return changed


def _made(entry: Details, wanted: BulkChange) -> Details:
    match wanted.deed:
        case BulkDeed.MOVE if wanted.task and wanted.task.id != entry.task_id:
            return entry.moved_to(wanted.task)
        case BulkDeed.SHIFT:
            return msgspec.structs.replace(entry, start=entry.start + wanted.shift)
        case BulkDeed.BREAK:
            return msgspec.structs.replace(entry, type="break")
        case BulkDeed.ACTIVITY:
            return msgspec.structs.replace(entry, type="activity")
    return entry


def _to_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
