"""Change, delete or restore many entries in one call: all of them or none, all to be undone together."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass

from bot.domain import bulk
from bot.domain.bulk import BulkChange, BulkDeed
from bot.domain.entry_details import Details
from bot.domain.entry_query import Query
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entry_access, entry_choice, entry_list, undo
from bot.services.context import Context
from bot.toggl import TogglError


class NoneChanged(UserError):
    """Toggl took none of them, as it does where it refuses one; `reason` says why."""

    sentence = N_("None of the {count} entries was changed, because Toggl changes all or none. {reason}")


class NothingToChange(UserError):
    """All of them are that way already."""

    sentence = N_("There was nothing to change: they are all like that already.")


class SomeChangedElsewhere(UserError):
    """Some are not as they were when they were chosen: `now` are those that are left, as they are."""

    sentence = N_("Some of the entries were changed or deleted in Toggl in the meantime. Nothing was changed here.")

    def __init__(self, now: Sequence[Details], *, changed: int, gone: int) -> None:
        """Keep the entries as they are `now`, and how many differ."""
        super().__init__()
        self.now = tuple(now)
        self.changed = changed
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with which entries: `after` has them as they are now, `before` as they were."""

    wanted: BulkChange
    before: tuple[Details, ...]
    after: tuple[Details, ...]
    undo_id: str


async def apply(context: Context, query: Query, chosen: Sequence[str], wanted: BulkChange) -> Done:
    """Do what is wanted with the chosen entries of `query`. Two calls, three for more than 100 in the period.

    Raises SomeChangedElsewhere, NothingToChange, NoneChanged, WouldStartLater, TogglError.
    """
    entries = await _unchanged(context, query, chosen)
    if wanted.deed is BulkDeed.DELETE:
        await _all_or_none(len(entries), entry_access.delete(context, entries))
        return Done(wanted, entries, entries, await undo.record(context, undo.DeleteUndo(entries)))
    pairs = bulk.outcome(entries, wanted, now=context.now)
    if not pairs:
        raise NothingToChange
    await _all_or_none(len(pairs), entry_access.change_many(context, pairs))
    before, after = (tuple(entries) for entries in zip(*pairs, strict=True))
    return Done(wanted, before, after, await undo.record(context, undo.ChangeUndo(pairs)))


async def restore(context: Context, ids: Iterable[int]) -> tuple[tuple[Details, ...], str]:
    """Bring entries back that were deleted here, and what takes that back. One call. Raises NoneChanged."""
    entries = tuple([await entry_choice.get_deleted(context, entry_id) for entry_id in ids])
    await _all_or_none(len(entries), entry_access.restore(context, entries))
    return entries, await undo.record(context, undo.RestoreUndo(entries))


async def find_chosen(context: Context, query: Query, chosen: Sequence[str]) -> tuple[Details, ...]:
    """The chosen entries as they are kept, newest first."""
    ids = {bulk.entry_id(each) for each in chosen}
    found, _ = await entry_list.find_all(context, query)
    return tuple(entry for entry in found if entry.id in ids)


async def _unchanged(context: Context, query: Query, chosen: Sequence[str]) -> tuple[Details, ...]:
    found, _ = await entry_list.find_all(context, query, afresh=True)
    ids, seen = {bulk.entry_id(each) for each in chosen}, set(chosen)
    now = tuple(entry for entry in found if entry.id in ids)
    changed = sum(bulk.token(entry) not in seen for entry in now)
    gone = len(ids) - len(now)
    if changed or gone:
        raise SomeChangedElsewhere(now, changed=changed, gone=gone)
    return now


async def _all_or_none(count: int, change: Awaitable[None]) -> None:
    """Await `change` of several entries, and say of a refusal that it counts for all of them."""
    try:
        await change
    except UserError as error:
        if isinstance(error, TogglError) and error.may_have_had_effect:
            raise
        raise NoneChanged(count=count, reason=error) from error
