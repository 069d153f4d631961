"""Change one entry: save its form, start it earlier, move, archive, delete and restore it, each to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.projects import Named
from bot.domain.tracking import EntryType, Task
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entry_access, undo
from bot.services.context import Context


class ChangedElsewhere(UserError):
    """The entry is not as it was when it was shown; `now` is how it is."""

    sentence = N_("*{task}* has changed in Toggl since this was shown. Nothing was changed here.")

    def __init__(self, now: Details) -> None:
        """Keep the entry as it is `now`, to be shown."""
        super().__init__(task=now.task or f"#{now.task_id}")
        self.now = now


class NothingToSave(UserError):
    """The form was sent as it had been filled."""

    sentence = N_("There was nothing to save: everything is as it was.")


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

    sentence = N_("The end and the duration do not match. Change only one of them.")


LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was changed in an entry's form; None is what was left as it had been filled."""

    task: Task | None = None
    start: datetime | None = None
    end: datetime | None = None
    length: timedelta | None = None
    type: EntryType | None = None
    description: str | None = None
    billable: bool | None = None
    tags: tuple[Named, ...] | None = None


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
    """`before` with what was changed in the form. A new start leaves the end where it is.

    Raises StartsLater, EndsBeforeItStarts, TooLong, EndAndLengthDisagree.
    """
    after = before.moved_to(filled.task) if filled.task and filled.task.id != before.task_id else before
    if filled.tags is not None:
        after = after.tagged(filled.tags)
    extras = after.extras
    if extras and filled.description is not None:
        extras = msgspec.structs.replace(extras, description=filled.description.strip())
    if extras and filled.billable is not None:
        extras = msgspec.structs.replace(extras, billable=filled.billable)
    start = filled.start or before.start
    return msgspec.structs.replace(
        after,
        start=start,
        seconds=_seconds(before, filled, start, now),
        type=filled.type or before.type,
        extras=extras,
    )


def _seconds(before: Details, filled: Filled, start: datetime, now: datetime) -> int | None:
    """How long it is from `start` on, as the form wants it; None while it runs."""
    if before.end is None:
        if start > now:
            raise StartsLater
        return None
    if filled.end and filled.length and filled.end.timestamp() // 60 != (start + filled.length).timestamp() // 60:
        raise EndAndLengthDisagree
    length = filled.length or (filled.end or before.end) - start
    if length <= timedelta():
        raise EndsBeforeItStarts
    if length > LONGEST and length != before.length:
        raise TooLong(length=length)
    return int(length.total_seconds())
