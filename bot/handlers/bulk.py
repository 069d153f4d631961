"""Change many entries at once: tick them, say what to do, and do it in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from slack_sdk.models.views import View

from bot.dispatcher import Answer, FieldErrors, OpenModal, Reply, Request, UpdateModal
from bot.domain.bulk import BulkChange, BulkDeed, TooManyChosen, entry_id, merged, token
from bot.domain.entry_details import Details
from bot.domain.entry_filters import parse_looking
from bot.domain.entry_query import Query
from bot.domain.not_understood import NotUnderstood
from bot.domain.shifts import parse_shift
from bot.i18n import N_
from bot.services import bulk, entries, entry_choice, entry_list, tasks
from bot.views import bulk as views
from bot.views.choices import read_task
from bot.views.entry_list import short
from bot.views.ids import Blocks

NOTHING_CHOSEN = N_("Select at least one entry.")


async def open_choice(request: Request, *, words: str | None) -> Answer:
    """`/track bulk last week`: the entries to tick; a loading view stands there while Toggl is asked."""
    filters, period = parse_looking(
        words or "", now=request.now, zone=request.t.zone, first_weekday=request.t.first_weekday
    )

    async def fill() -> tuple[View, Mapping[str, Any]]:
        query = await entry_list.read_query(request.context, filters, period)
        found, _ = await entry_list.find_all(request.context, query)
        return views.choose(request.t, found, page=1, chosen=()), _kept(query, 1, ())

    if entries.known(request.context) is None:
        return OpenModal(views.loading(request.t), fill=fill)
    view, data = await fill()
    return OpenModal(view, data=data)


async def open_deleted(request: Request) -> Answer:
    """`/track bulk restore`: the entries that were deleted here."""
    gone = sorted(await entry_choice.list_deleted(request.context), key=lambda entry: entry.start, reverse=True)
    return OpenModal(views.choose(request.t, gone[: views.PER_PAGE], page=1, chosen=(), deleted=True))


async def turn(request: Request) -> Answer:
    """*Newer* and *Older* in the form: another page, what was ticked stays."""
    query, page, _ = _read(request)
    found, _ = await entry_list.find_all(request.context, query)
    chosen = _chosen(request, found, page)
    page = int(request.value)
    return UpdateModal(views.choose(request.t, found, page=page, chosen=chosen), data=_kept(query, page, chosen))


async def submit_choice(request: Request) -> Answer:
    """The entries are ticked: ask what to do with them."""
    query, page, _ = _read(request)
    found, _ = await entry_list.find_all(request.context, query)
    try:
        chosen = _chosen(request, found, page)
    except TooManyChosen as error:
        return FieldErrors({views.first_block(): error})
    if not chosen:
        return FieldErrors({views.first_block(): request.t(NOTHING_CHOSEN)})
    ids = set(map(entry_id, chosen))
    return _decide(request, query, tuple(entry for entry in found if entry.id in ids), BulkDeed.MOVE, chosen=chosen)


async def choose_deed(request: Request) -> Answer:
    """What to do was chosen: the form asks what else it needs to know."""
    query, _, chosen = _read(request)
    found = await bulk.find_chosen(request.context, query, chosen)
    return _decide(request, query, found, BulkDeed(request.value), chosen=chosen)


async def submit_deed(request: Request) -> Answer:
    """Do it."""
    query, _, chosen = _read(request)
    try:
        wanted = await _wanted(request)
        done = await bulk.apply(request.context, query, chosen, wanted)
    except NotUnderstood as error:
        return FieldErrors({Blocks.BULK_SHIFT: error})
    except bulk.SomeChangedElsewhere as changed:
        if not changed.now:
            return Reply(views.all_gone(request.t))
        problem = views.changed_elsewhere(request.t, changed=changed.changed, gone=changed.gone)
        return _decide(request, query, changed.now, wanted.deed, problem=problem)
    return Reply(views.done(request.t, done.wanted, done.after, undo_id=done.undo_id))


async def submit_restore(request: Request) -> Answer:
    """The deleted entries to bring back are ticked."""
    ticked = _ticked(request)
    if not ticked:
        return FieldErrors({views.first_block(): request.t(NOTHING_CHOSEN)})
    restored, undo_id = await bulk.restore(request.context, map(entry_id, ticked))
    return Reply(views.restored(request.t, restored, undo_id=undo_id))


def _decide(
    request: Request,
    query: Query,
    found: tuple[Details, ...],
    deed: BulkDeed,
    *,
    chosen: tuple[str, ...] | None = None,
    problem: str | None = None,
) -> Answer:
    seen = tuple(map(token, found)) if chosen is None else chosen
    return UpdateModal(views.decide(request.t, found, deed, problem=problem), data=_kept(query, 1, seen))


async def _wanted(request: Request) -> BulkChange:
    """What the form says to do. Raises NotUnderstood."""
    deed = BulkDeed(request.values[Blocks.BULK_DEED])
    if deed is BulkDeed.MOVE:
        return BulkChange(deed, task=await tasks.recognize(request.context, read_task(request.values[Blocks.TASK])))
    if deed is BulkDeed.SHIFT:
        return BulkChange(deed, shift=parse_shift(request.values[Blocks.BULK_SHIFT]))
    return BulkChange(deed)


def _ticked(request: Request) -> tuple[str, ...]:
    groups = (ticked for block, ticked in request.values.items() if block.startswith(f"{Blocks.BULK_DAY}:"))
    return tuple(each for group in groups for each in group or ())


def _chosen(request: Request, found: tuple[Details, ...], page: int) -> tuple[str, ...]:
    _, _, before = _read(request)
    return merged(before, views.on_page(found, page), _ticked(request))


def _kept(query: Query, page: int, chosen: tuple[str, ...]) -> dict[str, Any]:
    """What the form needs back."""
    return {"query": msgspec.to_builtins(short(query)), "page": page, "chosen": " ".join(chosen)}


def _read(request: Request) -> tuple[Query, int, tuple[str, ...]]:
    data = request.data
    return msgspec.convert(data["query"], Query), data["page"], tuple(data["chosen"].split())
