"""Change one entry: save its form, start it earlier, move, archive, delete and restore it, each to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.tracking import EntryType, Task
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entry_access, undo
from bot.services.context import Context


class ChangedElsewhere(UserError):
    """The entry is not as it was when it was shown; `now` is how it is."""

    sentence = N_("*{task}* was changed in Toggl since this was shown. Nothing was changed here.")

    def __init__(self, now: Details) -> None:
        """Keep the entry as it is `now`, to be shown."""
        super().__init__(task=now.task or f"#{now.task_id}")
        self.now = now


class NothingToSave(UserError):
    """The form was sent as it had been filled."""

    sentence = N_("There was nothing to save: all is as it was.")


class StartsLater(UserError):
    """A running entry cannot start after now."""

    sentence = N_("A running timer cannot start in the future.")


class EndsBeforeItStarts(UserError):
    """The wanted end is not later than the wanted start."""

    sentence = N_("The end has to be later than the start.")


class TooLong(UserError):
    """Longer than Toggl lets an entry be."""

    sentence = N_("That would be {length}. An entry is at most 24 hours long.")


class EndAndLengthDisagree(UserError):
    """Both were changed, and they mean different ends."""

    sentence = N_("The end and the length say different things. Change one of them only.")


LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Filled:
    """An entry's form as it was sent. `end` and `length` are None where they were left empty or are not asked."""

    task: Task | None
    start: datetime
    end: datetime | None
    length: timedelta | None
    type: EntryType
    description: str | None = None
    billable: bool | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry as it was and as it is now."""

    before: Details
    after: Details
    undo_id: str


async def save(context: Context, reference: Reference, filled: Filled, *, seen: str) -> Changed:
    """Save the form, that was filled from an entry of the mark `seen`, as a whole. Two calls.

    Raises ChangedElsewhere, EntryGone, NothingToSave, StartsLater, EndsBeforeItStarts, TooLong, EndAndLengthDisagree,
    RequiredFields, TogglError.
    """
    before = await entry_access.read(context, reference)
    if before.mark != seen:
        raise ChangedElsewhere(before)
    after = as_wanted(before, filled, now=context.now)
    if not before.change_to(after):
        raise NothingToSave
    if before.task_id == after.task_id:
        await entry_access.replace(context, after)
    else:
        await entry_access.change(context, before, after)  # an entry is replaced on its task, and only moved by a patch
    return await _changed(context, before, after)


async def start_earlier(context: Context, reference: Reference, by: timedelta) -> Changed:
    """Let the entry have started earlier and end when it did. Two calls. Raises ChangedElsewhere, TooLong."""
    before = await _unchanged(context, reference)
    start = before.start - by
    length = None if before.end is None else before.end - start
    if length is not None and length > LONGEST:
        raise TooLong(length=length)
    seconds = None if length is None else int(length.total_seconds())
    after = msgspec.structs.replace(before, start=start, seconds=seconds)
    await entry_access.change(context, before, after)
    return await _changed(context, before, after)


async def move(context: Context, reference: Reference, task: Task) -> Changed:
    """Put the entry on another task. Two calls. Raises ChangedElsewhere, NothingToSave."""
    before = await _unchanged(context, reference)
    if before.task_id == task.id:
        raise NothingToSave
    after = before.moved_to(task)
    await entry_access.change(context, before, after)
    return await _changed(context, before, after)


async def archive(context: Context, reference: Reference, *, archived: bool) -> Changed:
    """Put the entry aside, or take it back. One call where it is kept, which overwrites nothing."""
    before = await entry_access.look(context, reference)
    after = msgspec.structs.replace(before, archived=archived)
    await entry_access.archive(context, before, archived=archived)
    return Changed(before, after, await undo.record(context, undo.ArchiveUndo(after, archived)))


async def delete(context: Context, reference: Reference) -> Changed:
    """Delete the entry as it was shown. Two calls. Raises ChangedElsewhere, EntryGone."""
    gone = await _unchanged(context, reference)
    await entry_access.delete(context, [gone])
    return Changed(gone, gone, await undo.record(context, undo.DeleteUndo((gone,))))


async def restore(context: Context, gone: Details) -> Changed:
    """Bring a deleted entry back. One call."""
    await entry_access.restore(context, [gone])
    return Changed(gone, gone, await undo.record(context, undo.RestoreUndo((gone,))))


async def _unchanged(context: Context, reference: Reference) -> Details:
    """The entry now, if it is as it was shown. Raises ChangedElsewhere, EntryGone."""
    now = await entry_access.read(context, reference)
    if not reference.shows(now.entry):
        raise ChangedElsewhere(now)
    return now


async def _changed(context: Context, before: Details, after: Details) -> Changed:
    return Changed(before, after, await undo.record(context, undo.ChangeUndo(((before, after),))))


def as_wanted(before: Details, filled: Filled, *, now: datetime) -> Details:
    """`before` as the form wants it; seconds that no picker shows stay where their minute was left alone.

    Raises StartsLater, EndsBeforeItStarts, TooLong, EndAndLengthDisagree.
    """
    start = before.start if _same_minute(filled.start, before.start) else filled.start
    after = before if filled.task is None or filled.task.id == before.task_id else before.moved_to(filled.task)
    if before.end is None:
        if start > now:
            raise StartsLater
        seconds = None
    else:
        length = _end(before.end, filled, start) - start
        if length <= timedelta():
            raise EndsBeforeItStarts
        if length > LONGEST and length > (before.length or LONGEST):
            raise TooLong(length=length)
        seconds = int(length.total_seconds())
    extras = after.extras
    if extras and filled.description is not None:
        extras = msgspec.structs.replace(extras, description=filled.description.strip())
    if extras and filled.billable is not None:
        extras = msgspec.structs.replace(extras, billable=filled.billable)
    return msgspec.structs.replace(after, start=start, seconds=seconds, type=filled.type, extras=extras)


def _end(before: datetime, filled: Filled, start: datetime) -> datetime:
    moved = filled.end is not None and not _same_minute(filled.end, before)
    end = filled.end if filled.end is not None and moved else before
    if filled.length is None:
        return end
    if moved and not _same_minute(start + filled.length, end):
        raise EndAndLengthDisagree
    return start + filled.length


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.timestamp() // 60 == other.timestamp() // 60
