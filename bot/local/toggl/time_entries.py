"""Time entries: listed and streamed, their own only; created, changed, archived, deleted and restored one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from bot.local.toggl import rules
from bot.local.toggl.call import NO_CONTENT, Answer
from bot.local.toggl.entry_bodies import EntryPatch, NewEntry, WholeEntry
from bot.local.toggl.entry_shapes import entry_shape, with_tasks
from bot.local.toggl.errors import forbidden, invalid, not_found
from bot.local.toggl.paging import ordered, page
from bot.local.toggl.queries import moment_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Entry

TYPES = ("activity", "break")
_ORDER = ("id", "start", "duration", "type", "task_id", "time_block_id", "created_at", "updated_at", "archived_at")


def list_of_task(call: Call) -> Answer:
    """The caller's entries of one task, latest first."""
    task = rules.task_to_track(call, call.ids["task_id"])
    mine = (entry for entry in _filtered(call) if entry.task_id == task.id)
    return Answer(200, page(ordered(mine, call.query, _ORDER, "-start"), call.query, _plain(call)))


def list_of_workspace(call: Call) -> Answer:
    """The caller's entries that start from `date_from` until before `date_to`, latest first, tasks embedded."""
    return Answer(200, page(_in_period(call), call.query, with_tasks(call.world, call.profile)))


def stream_of_workspace(call: Call) -> Answer:
    """The same as one stream, without pages."""
    return Answer(200, stream=map(with_tasks(call.world, call.profile), _in_period(call)))


def stream_of_time_blocks(call: Call) -> Answer:
    """The caller's entries in the time blocks asked for."""
    blocks = call.query.numbers("time_block_id")
    if blocks is None:
        raise invalid("time_block_id is required", field="time_block_id")
    mine = call.world.entries(call.workspace.id, call.person.focus_id)
    return Answer(200, stream=map(_plain(call), [entry for entry in mine if entry.time_block_id in blocks]))


def get(call: Call) -> Answer:
    """One entry."""
    return Answer(200, _plain(call)(_addressed(call)))


def create(call: Call) -> Answer:
    """Log past time on a task, for oneself or (with the permission) for another."""
    task = rules.task_to_track(call, call.ids["task_id"])
    body = call.body(NewEntry)
    entry = rules.new_entry(
        call,
        rules.owner_of_new_entry(call, None if body.user_id is UNSET else body.user_id),
        task_id=task.id,
        type=body.type,
        start=moment_from(body.start, "start"),
        duration=body.duration,
        time_block_id=None if body.time_block_id is UNSET else body.time_block_id,
        extras=body,
    )
    rules.check_required_fields(call, [entry], "required_fields_missing")
    call.world.add_entry(entry)
    call.tell("created", "time_entry", _plain(call)(entry))
    return call.created(_plain(call)(entry))


def replace(call: Call) -> Answer:
    """Put the whole entry: what is left out is cleared, but the length, which only a running one can be without.

    In 2026-08 its project is then that of its task.
    """
    entry = _addressed(call)
    body = call.body(WholeEntry)
    if body.duration is UNSET and entry.duration is not None:
        raise invalid("duration is required", field="duration")
    whole = msgspec.structs.replace(
        entry,
        type=body.type,
        start=moment_from(body.start, "start"),
        duration=entry.duration if body.duration is UNSET else body.duration,
        time_block_id=None if body.time_block_id is UNSET else body.time_block_id,
        updated_at=call.now,
        **(rules.cleared_extras(call, entry) | rules.extra_changes(call, body)),
    )
    rules.check_required_fields(call, [whole], "required_fields_deletion")
    keep(call, [whole])
    return Answer(NO_CONTENT)


def update(call: Call) -> Answer:
    """Change what was sent, and nothing else; `task_id` moves the entry."""
    changed = patched(call, _addressed(call), call.body(EntryPatch))
    rules.check_required_fields(call, [changed], "required_fields_deletion")
    keep(call, [changed])
    return Answer(NO_CONTENT)


def archive(call: Call) -> Answer:
    """Archive; a second time changes nothing."""
    entry = _addressed(call)
    keep(call, [msgspec.structs.replace(entry, archived_at=entry.archived_at or call.now, updated_at=call.now)])
    return Answer(NO_CONTENT)


def unarchive(call: Call) -> Answer:
    """Take out of the archive."""
    keep(call, [msgspec.structs.replace(_addressed(call), archived_at=None, updated_at=call.now)])
    return Answer(NO_CONTENT)


def delete(call: Call) -> Answer:
    """Delete softly; a running entry no longer runs then."""
    remove(call, [_addressed(call)])
    return Answer(NO_CONTENT)


def restore(call: Call) -> Answer:
    """Undelete, leaving `archived_at` alone."""
    bring_back(call, [_addressed(call, deleted=True)])
    return Answer(NO_CONTENT)


def patched(call: Call, entry: Entry, patch: EntryPatch) -> Entry:
    """`entry` as `patch` makes it, not kept yet. Raises `Refusal`."""
    changes: dict[str, Any] = {
        name: value
        for name in ("type", "start", "duration", "task_id", "time_block_id")
        if (value := getattr(patch, name)) is not UNSET
    }
    if "start" in changes:
        if changes["start"] is None:
            raise invalid("start must not be null", field="start")
        changes["start"] = moment_from(changes["start"], "start")
    if "task_id" in changes:
        changes["project_id"] = rules.task_to_track(call, changes["task_id"]).project_id
    changes |= rules.extra_changes(call, patch)
    return msgspec.structs.replace(entry, **changes, updated_at=call.now)


def keep(call: Call, changed: Iterable[Entry]) -> None:
    """Put the changed entries in place of the old ones."""
    for entry in changed:
        call.world.add_entry(entry)
        call.tell("updated", "time_entry", _plain(call)(entry))


def remove(call: Call, entries: Iterable[Entry]) -> None:
    """Delete softly."""
    for entry in entries:
        call.world.add_entry(msgspec.structs.replace(entry, deleted_at=call.now, updated_at=call.now))
        call.tell("deleted", "time_entry", _plain(call)(entry))


def bring_back(call: Call, entries: Iterable[Entry]) -> None:
    """Undelete. Raises `Refusal` (400) where two entries of one person would run."""
    back = list(entries)
    running = [entry for entry in back if entry.duration is None and entry.deleted_at is not None]
    owners = [entry.toggl_user_id for entry in running]
    if len(set(owners)) < len(owners) or any(call.world.find_running(call.workspace.id, owner) for owner in owners):
        raise invalid("Cannot track multiple time entries at the same time")
    keep(call, [msgspec.structs.replace(entry, deleted_at=None, updated_at=call.now) for entry in back])


def entry_to_change(call: Call, entry_id: int, *, deleted: bool = False) -> Entry:
    """The entry with this number, open to the caller. Raises `Refusal`: 404, and 403 for another's."""
    entry = call.world.state.entries.get(entry_id)
    if entry is None or entry.workspace_id != call.workspace.id or (entry.deleted_at is not None and not deleted):
        raise not_found("Time entry does not exist")
    if entry.toggl_user_id != call.person.focus_id and not rules.may_manage_entries(call):
        raise forbidden()
    return entry


def _addressed(call: Call, *, deleted: bool = False) -> Entry:
    entry = entry_to_change(call, call.ids["time_entry_id"], deleted=deleted)
    if entry.task_id != call.ids["task_id"]:
        raise not_found("Time entry does not exist")
    return entry


def _filtered(call: Call) -> Iterable[Entry]:
    """The caller's entries that pass the filters `type`, `archived` and `time_block_id`."""
    kind = call.query.choice("type", TYPES)
    archived = call.query.flag("archived")
    block = call.query.number("time_block_id")
    return (
        entry
        for entry in call.world.entries(call.workspace.id, call.person.focus_id)
        if (kind is None or entry.type == kind)
        and (archived is None or (entry.archived_at is not None) == archived)
        and (block is None or entry.time_block_id == block)
    )


def _in_period(call: Call) -> list[Entry]:
    since, until = call.query.moment("date_from"), call.query.moment("date_to")
    if since > until:
        raise invalid("Invalid date_to: must not be before date_from", field="date_to")
    task, status = call.query.number("task_id"), call.query.number("status_id")
    tasks = call.world.state.tasks
    mine = (
        entry
        for entry in _filtered(call)
        if since <= entry.start < until
        and (task is None or entry.task_id == task)
        and (status is None or (entry.task_id in tasks and tasks[entry.task_id].status_id == status))
    )
    return ordered(mine, call.query, _ORDER, "-start")


def _plain(call: Call) -> Callable[[Entry], dict[str, Any]]:
    return lambda entry: entry_shape(entry, call.world, call.profile)
