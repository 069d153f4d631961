"""Time entries in bulk: created, changed, deleted, restored; all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET

from bot.local.toggl import rules
from bot.local.toggl.call import NO_CONTENT, Answer
from bot.local.toggl.entry_bodies import BulkEntryPatch, NewBulkEntry
from bot.local.toggl.errors import invalid
from bot.local.toggl.queries import moment_from
from bot.local.toggl.time_entries import bring_back, entry_to_change, keep, patched, remove

if TYPE_CHECKING:
    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Entry

T = TypeVar("T")

_MISSING = "bulk_required_fields_missing"


def create(call: Call) -> Answer:
    """Create every item of a bare array."""
    items = _some(call.body(list[NewBulkEntry]))
    entries = [_new(call, item) for item in items]
    rules.check_required_fields(call, entries, _MISSING)
    keep(call, entries)
    return Answer(NO_CONTENT)


def update(call: Call) -> Answer:
    """Change every item of a bare array, each by its `id`."""
    items = _some(call.body(list[BulkEntryPatch]))
    _refuse_doubles([item.id for item in items])
    changed = [patched(call, entry_to_change(call, item.id), item) for item in items]
    rules.check_required_fields(call, changed, _MISSING)
    keep(call, changed)
    return Answer(NO_CONTENT)


def delete(call: Call) -> Answer:
    """Delete all entries in `ids`."""
    remove(call, _chosen(call, deleted=False))
    return Answer(NO_CONTENT)


def restore(call: Call) -> Answer:
    """Undelete all entries in `ids`."""
    bring_back(call, _chosen(call, deleted=True))
    return Answer(NO_CONTENT)


def _some(items: list[T]) -> list[T]:
    if not items:
        raise invalid("At least one time entry is required")
    return items


def _new(call: Call, item: NewBulkEntry) -> Entry:
    if item.task_id is not UNSET:
        rules.task_to_track(call, item.task_id)
    elif not call.modern:
        raise invalid("task_id is required", field="task_id")
    return rules.new_entry(
        call,
        rules.owner_of_new_entry(call, None if item.user_id is UNSET else item.user_id),
        task_id=None if item.task_id is UNSET else item.task_id,
        type=item.type,
        start=moment_from(item.start, "start"),
        duration=item.duration,
        time_block_id=None if item.time_block_id is UNSET else item.time_block_id,
        extras=item,
    )


def _chosen(call: Call, *, deleted: bool) -> list[Entry]:
    ids = call.query.numbers("ids")
    if ids is None:
        raise invalid("ids is required", field="ids")
    _refuse_doubles(ids)
    return [entry_to_change(call, entry_id, deleted=deleted) for entry_id in ids]


def _refuse_doubles(ids: list[int]) -> None:
    if len(set(ids)) < len(ids):
        raise invalid("ids must be unique", field="ids")
