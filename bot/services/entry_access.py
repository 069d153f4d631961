"""One's entries read and changed one by one or together, also those without a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.tracking import Task
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entries
from bot.services.context import Context
from bot.toggl import NotFound, Refused, models

_REQUIRED = frozenset({"required_fields_missing", "required_fields_deletion", "bulk_required_fields_missing"})
_MOST = 2000


class EntryGone(UserError):
    """The entry was deleted, or never was."""

    sentence = N_("That entry no longer exists: it was deleted. Nothing was changed.")


class NoTask(UserError):
    """What is wanted needs the entry's task: archiving it has no other address, and a timer starts on one."""

    sentence = N_("This entry has no task, and this needs one. Nothing was changed. *Edit…* lets you choose a task.")


class RequiredFields(UserError):
    """The workspace demands something of every entry that this one would lack; `words` are Toggl's."""

    sentence = N_("Your workspace requires more for this entry: {words} Nothing was saved. *Edit…* has all its fields.")


def kept(context: Context, entry_id: int) -> Details | None:
    """The entry as it is kept among the recent ones, without a call."""
    page = context.toggl.time_entries.known_recent()
    return _found(page.data, entry_id) if page else None


async def look(context: Context, reference: Reference) -> Details:
    """The entry, as it is kept or else from Toggl. At most two calls. Raises EntryGone."""
    found = kept(context, reference.entry_id)
    if found is None:
        return await read(context, reference)
    return found if found.task else found.on(_task(context, reference))


async def read(context: Context, reference: Reference) -> Details:
    """The entry as Toggl has it now: one call, a second where it is on another task than before. Raises EntryGone."""
    task = _task(context, reference)
    if reference.task_id is not None:
        try:
            answer = await context.toggl.time_entries.get(reference.task_id, reference.entry_id)
        except NotFound:
            pass
        else:
            found = Details.of(answer, task) if answer.deleted_at is None else None
            if found:
                return found
            raise EntryGone
    found = _found((await context.toggl.time_entries.recent(afresh=True)).data, reference.entry_id)
    if found is None:
        raise EntryGone
    return found.on(task)


async def task_of(context: Context, reference: Reference) -> Task:
    """The entry's task, with its names where they are known. At most two calls. Raises EntryGone, NoTask."""
    named = _task(context, reference)
    if named is not None:
        return named
    entry = (await look(context, reference)).entry
    if entry.task_id is None:
        raise NoTask
    return entry.task or Task(entry.task_id, f"#{entry.task_id}")


async def read_many(context: Context, since: datetime, until: datetime) -> dict[int, Details]:
    """The entries that start from `since` to `until` as Toggl has them now, by id. At most two calls."""
    entries = context.toggl.time_entries
    page = await entries.whole(date_from=since, date_to=until + timedelta(seconds=1), most=_MOST, afresh=True)
    found = (Details.of(answer) for answer in page.data if answer.deleted_at is None)
    return {entry.id: entry for entry in found if entry}


async def change(context: Context, before: Details, after: Details) -> None:
    """Make `before` what `after` is: the changed fields and nothing else, in one call."""
    try:
        await patch(context, before.task_id, before.id, before.change_to(after))
    except Refused as refusal:
        raise explained(refusal) from refusal


async def patch(context: Context, task_id: int | None, entry_id: int, changes: Mapping[str, Any]) -> None:
    """Change fields of an entry, which has the one address or, without a task, only the other. One call."""
    if task_id:
        await context.toggl.time_entries.update(task_id, entry_id, **changes)
    else:
        one: Any = {"id": entry_id, **changes}
        await context.toggl.time_entries.update_many([one])


async def remove(context: Context, task_id: int | None, entry_id: int) -> None:
    """Delete an entry softly, by the one address or the other. One call."""
    if task_id:
        await context.toggl.time_entries.delete(task_id, entry_id)
    else:
        await context.toggl.time_entries.delete_many([entry_id])


async def change_many(context: Context, pairs: Sequence[tuple[Details, Details]]) -> None:
    """The same for several entries in one call: all of them or none."""
    changes: list[Any] = [{"id": before.id, **before.change_to(after)} for before, after in pairs]
    try:
        await context.toggl.time_entries.update_many(changes)
    except Refused as refusal:
        raise explained(refusal) from refusal


async def replace(context: Context, entry: Details) -> None:
    """Save `entry` as a whole, in one call."""
    if entry.task_id is None:
        whole: Any = {"id": entry.id, **entry.whole()}
        await context.toggl.time_entries.update_many([whole])
        return
    try:
        await context.toggl.time_entries.replace(entry.task_id, entry.id, **entry.whole())
    except Refused as refusal:
        raise explained(refusal) from refusal


async def delete(context: Context, gone: Sequence[Details]) -> None:
    """Delete softly, in one call: all of them or none."""
    if len(gone) == 1:
        await remove(context, gone[0].task_id, gone[0].id)
    else:
        await context.toggl.time_entries.delete_many([entry.id for entry in gone])


async def restore(context: Context, gone: Sequence[Details]) -> None:
    """Bring deleted entries back, in one call: all of them or none."""
    only = gone[0]
    if len(gone) == 1 and only.task_id is not None:
        await context.toggl.time_entries.restore(only.task_id, only.id)
    else:
        await context.toggl.time_entries.restore_many([entry.id for entry in gone])


async def archive(context: Context, entry: Details, *, archived: bool) -> None:
    """Put an entry aside, or take it back, in one call. Raises NoTask, EntryGone."""
    if entry.task_id is None:
        raise NoTask
    put = context.toggl.time_entries.archive if archived else context.toggl.time_entries.unarchive
    try:
        await put(entry.task_id, entry.id)
    except NotFound:
        raise EntryGone from None


def explained(refusal: Refused) -> UserError:
    """`refusal`, said more exactly where the workspace's demands are the reason."""
    if refusal.code in _REQUIRED:
        return RequiredFields(words=refusal.values["words"])
    return refusal


def _task(context: Context, reference: Reference) -> Task | None:
    """The task of the reference, with all its names where they are kept."""
    known = (entry.task for entry in entries.known(context) or ())
    named = Task(reference.task_id, reference.name) if reference.task_id and reference.name else None
    return next((task for task in known if task and task.id == reference.task_id), named)


def _found(answers: Sequence[models.TimeEntry], entry_id: int) -> Details | None:
    there = (answer for answer in answers if answer.id == entry_id and answer.deleted_at is None)
    return next((found for found in map(Details.of, there) if found), None)
