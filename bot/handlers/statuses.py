"""The statuses of tasks, in one modal: made, changed, moved, deleted and brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from slack_sdk.models.views import View

from bot.dispatcher import Answer, FieldErrors, OpenModal, Reply, Request, UpdateModal
from bot.domain.statuses import Deleted, before
from bot.errors import UserError
from bot.i18n import Mrkdwn
from bot.services import statuses
from bot.services.administration import AlreadySo, ChangedSince, SubjectGone
from bot.services.status_changes import DefaultKept, DefaultUnchanged
from bot.services.statuses import AtTheEnd, Done, Listing, Seen, StatusGone
from bot.views import administration, status_form
from bot.views import statuses as views
from bot.views.forms import FieldProblem
from bot.views.kit import lines
from bot.views.status_pieces import Deed, Pressed

_TOLD_ABOVE = (ChangedSince, SubjectGone, StatusGone, AtTheEnd, DefaultKept, DefaultUnchanged)
"""What is told above the statuses as they are now: nothing was changed."""


async def show(request: Request) -> Answer:
    """`/toggl statuses`: the modal."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        listing = await statuses.list_statuses(request.context)
        return views.listing(request.t, listing.statuses, more=listing.more), {"page": 0}

    return OpenModal(views.loading(request.t), fill=fill)


async def restore(request: Request, *, words: str | None) -> Answer:
    """`/toggl statuses restore launch`: the deleted status that is clearly meant, or those that may be."""
    found = await statuses.find_deleted(request.context, words or "")
    if found.clear:
        return await _restored(request, found.clear)
    return Reply(views.pick_deleted(request.t, words or "", found.several))


async def press(request: Request) -> Answer:
    """A button or menu entry of the modal."""
    pressed = Pressed.read(request.value)
    try:
        return await DEEDS[pressed.deed](request, pressed)
    except _TOLD_ABOVE as error:
        if request.view_id is None:
            raise
        return await _problem(request, error)


async def submit_new(request: Request) -> Answer:
    """The form of a new status was sent."""
    try:
        name, emoji, after = status_form.read(request.values)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    return _done(request, await statuses.create(request.context, name=name, emoji=emoji, after=after))


async def submit_edit(request: Request) -> Answer:
    """The form of a status was sent; where somebody else changed it meanwhile it comes back with what is there now."""
    seen, turn = msgspec.convert(request.data["seen"], Seen), request.data["turn"]
    try:
        name, emoji, after = status_form.read(request.values, turn, kept=seen.emoji)
        saved = await statuses.save(request.context, request.data["id"], seen, name=name, emoji=emoji, after=after)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    except (AlreadySo, SubjectGone, StatusGone) as error:
        return await _problem(request, error)
    except ChangedSince as changed:
        entered = {"name": name, "emoji": emoji}
        own = {field: value for field, value in entered.items() if value != seen.fields[field]}
        return await _edit(request, request.data["id"], changed=changed, entered=own, turn=turn + 1)
    return _done(request, saved)


async def _new(request: Request, pressed: Pressed) -> Answer:
    del pressed
    listing = await statuses.list_statuses(request.context, afresh=False)
    return UpdateModal(status_form.new(request.t, listing.statuses), data=_data(request))


async def _open_edit(request: Request, pressed: Pressed) -> Answer:
    return await _edit(request, pressed.id)


async def _edit(
    request: Request,
    status_id: int,
    *,
    changed: ChangedSince | None = None,
    entered: Mapping[str, str] | None = None,
    turn: int = 0,
) -> Answer:
    """The form over the status as it is now."""
    status = await statuses.get(request.context, status_id)
    listing = await statuses.list_statuses(request.context, afresh=changed is not None)
    view = status_form.edit(
        request.t,
        status,
        listing.statuses,
        entered=entered,
        problem=_told(request, changed) if changed else None,
        turn=turn,
    )
    front = before(listing.statuses, status)
    seen = Seen(status.name, status.emoji, status.position, front.id if front else None)
    return UpdateModal(view, data={**_data(request), "id": status.id, "seen": msgspec.to_builtins(seen), "turn": turn})


def _moving(*, up: bool) -> Callable[[Request, Pressed], Awaitable[Answer]]:
    async def move(request: Request, pressed: Pressed) -> Answer:
        return _done(request, await statuses.move(request.context, pressed.id, seen=pressed.position, up=up))

    return move


async def _ask_delete(request: Request, pressed: Pressed) -> Answer:
    status = await statuses.get(request.context, pressed.id)
    tasks = await statuses.count_tasks(request.context, status.id)
    seen = Seen(status.name, status.emoji, status.position)
    view = views.ask_delete(request.t, status, tasks)
    return UpdateModal(view, data={**_data(request), "seen": msgspec.to_builtins(seen)})


async def _delete(request: Request, pressed: Pressed) -> Answer:
    seen = msgspec.convert(request.data["seen"], Seen)
    return _done(request, await statuses.delete(request.context, pressed.id, seen))


async def _show_deleted(request: Request, pressed: Pressed) -> Answer:
    del pressed
    listing = await statuses.list_statuses(request.context, afresh=False)
    gone = await statuses.deleted(request.context, listing)
    return UpdateModal(views.restoring(request.t, gone), data=_data(request))


async def _restore(request: Request, pressed: Pressed) -> Answer:
    found = await statuses.find_deleted(request.context, str(pressed.id))
    return await _restored(request, found.clear or Deleted(pressed.id, f"#{pressed.id}"))


async def _restored(request: Request, deleted: Deleted) -> Answer:
    return _done(request, await statuses.restore(request.context, deleted))


async def _back(request: Request, pressed: Pressed) -> Answer:
    del pressed
    return _listed(request, await statuses.list_statuses(request.context, afresh=False))


async def _turn(request: Request, pressed: Pressed) -> Answer:
    return _listed(request, await statuses.list_statuses(request.context, afresh=False), page=pressed.id)


def _done(request: Request, done: Done) -> Answer:
    """The statuses as they are now under what was done; in a message, or where they cannot be seen, that alone."""
    did = views.did(request.t, done.change, done.status, in_vain=done.in_vain)
    if request.view_id is None or done.listing is None:
        return Reply(views.done(request.t, did, undo_id=done.undo_id), replace=True)
    return _listed(request, done.listing, did=did, undo_id=done.undo_id)


async def _problem(request: Request, error: UserError) -> Answer:
    return _listed(request, await statuses.list_statuses(request.context), problem=_told(request, error))


def _told(request: Request, error: UserError) -> Mrkdwn:
    """The error's sentence, and what is other than it was shown."""
    t = request.t
    told = [t.md(error.sentence, **error.values)]
    if isinstance(error, ChangedSince):
        told.append(administration.others(t, error.change, error.differences))
    return Mrkdwn(lines(told))


def _listed(
    request: Request,
    listing: Listing,
    *,
    page: int | None = None,
    did: Mrkdwn | None = None,
    undo_id: str | None = None,
    problem: Mrkdwn | None = None,
) -> Answer:
    last = max(0, len(listing.statuses) - 1) // views.PAGE
    shown = min(last, request.data.get("page", 0) if page is None else page)
    view = views.listing(
        request.t, listing.statuses, page=shown, more=listing.more, did=did, undo_id=undo_id, problem=problem
    )
    return UpdateModal(view, data={"page": shown}, did=did or "")


def _data(request: Request) -> dict[str, Any]:
    return {"page": request.data.get("page", 0)}


DEEDS: Mapping[Deed, Callable[[Request, Pressed], Awaitable[Answer]]] = MappingProxyType(
    {
        Deed.NEW: _new,
        Deed.EDIT: _open_edit,
        Deed.UP: _moving(up=True),
        Deed.DOWN: _moving(up=False),
        Deed.ASK_DELETE: _ask_delete,
        Deed.DELETE: _delete,
        Deed.SHOW_DELETED: _show_deleted,
        Deed.RESTORE: _restore,
        Deed.BACK: _back,
        Deed.PAGE: _turn,
    }
)
"""What each button and menu entry does."""
