"""Change an entry: by its form, by a verb, or by a button or menu that carries it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Reply, Request, UpdateModal
from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.not_understood import NotUnderstood
from bot.domain.quotes import unquote
from bot.errors import UserError
from bot.handlers import entry_fields, entry_list, lists, timer
from bot.i18n import Translator
from bot.services import entry_access, entry_changes, entry_choice, tags, tasks
from bot.services.entry_changes import ChangedElsewhere
from bot.services.entry_choice import Found
from bot.services.timer import moment
from bot.views import entry_changes as views
from bot.views import entry_form
from bot.views.choices import read_task
from bot.views.entry_pieces import Deed, read_deed
from bot.views.ids import Blocks
from bot.views.project_inputs import named_options

_EARLIER = {Deed.EARLIER_5: timedelta(minutes=5), Deed.EARLIER_15: timedelta(minutes=15)}
_BESIDE: Mapping[type[UserError], Blocks] = {
    entry_changes.StartsLater: Blocks.START,
    entry_changes.EndsBeforeItStarts: Blocks.END,
    entry_changes.TooLong: Blocks.END,
    entry_changes.EndAndLengthDisagree: Blocks.LENGTH,
    NotUnderstood: Blocks.LENGTH,
}


async def edit(request: Request, *, which: str | None) -> Answer:
    """`/track edit [last]`: the form of the entry that is meant."""
    return await _do(request, Deed.EDIT, await entry_choice.find(request.context, which), which)


async def delete(request: Request, *, which: str | None) -> Answer:
    """`/track delete 9:15`: asks first."""
    return await _do(request, Deed.ASK_DELETE, await entry_choice.find(request.context, which), which)


async def archive(request: Request, *, which: str | None) -> Answer:
    """`/track archive last`."""
    found = await entry_choice.find(request.context, which, among=lambda entry: not entry.archived and bool(entry.end))
    return await _do(request, Deed.ARCHIVE, found, which)


async def unarchive(request: Request, *, which: str | None) -> Answer:
    """`/track unarchive last`: the newest archived one."""
    found = await entry_choice.find(request.context, which, among=lambda entry: entry.archived)
    return await _do(request, Deed.UNARCHIVE, found, which)


async def restore(request: Request, *, which: str | None) -> Answer:
    """`/track restore`: what was deleted last."""
    return await _do(request, Deed.RESTORE, await entry_choice.find_deleted(request.context, which), which)


async def press(request: Request) -> Answer:
    """A button or menu entry that says what to do with which entry."""
    deed, reference = read_deed(request.value)
    return await _perform(request, deed, reference)


async def press_edit(request: Request) -> Answer:
    """*Edit…* under any message about an entry."""
    return _open(request, Reference.read(request.value), entry_form.edit)


async def submit(request: Request) -> Answer:
    """The entry's form was sent."""
    reference, seen = Reference.read(request.data["entry"]), entry_list.behind(request)
    try:
        filled = await entry_fields.filled(request, reference)
        saved = await entry_changes.save(request.context, reference, filled, seen=request.data["seen"])
    except ChangedElsewhere as changed:
        mine = entry_changes.as_wanted(changed.now, filled, now=request.now)
        return UpdateModal(
            entry_form.edit(request.t, mine, there=changed.now),
            data={**entry_fields.remembered(changed.now), **lists.remembered(request)},
        )
    except tuple(_BESIDE) as error:
        return FieldErrors({_beside(request, error): error})
    except entry_changes.NothingToSave as nothing:
        return Reply(views.nothing(request.t, nothing.sentence))
    reply = Reply(views.changed(request.t, saved.before, saved.after, undo_id=saved.undo_id))
    return entry_list.shown_again(request, seen, reply, saved.after)


async def submit_move(request: Request) -> Answer:
    """The task to move to was chosen."""
    reference, seen = Reference.read(request.data["entry"]), entry_list.behind(request)
    task = await tasks.recognize(request.context, read_task(request.values[Blocks.TASK]))
    try:
        moved = await entry_changes.move(request.context, reference, task)
    except ChangedElsewhere as changed:
        return Reply(views.changed_elsewhere(request.t, Deed.MOVE, changed.now))
    reply = Reply(views.changed(request.t, moved.before, moved.after, undo_id=moved.undo_id))
    return entry_list.shown_again(request, seen, reply, moved.after)


async def suggest_tasks(request: Request) -> Answer:
    """The typeahead of tasks that an entry can belong to."""
    return Choices(entry_form.task_options(await tasks.suggest(request.context, request.text)))


async def suggest_tags(request: Request) -> Answer:
    """The typeahead of tags, as far as any are seen."""
    return Choices(named_options(await tags.suggest(request.context, request.text)))


async def _do(request: Request, deed: Deed, found: Found, text: str | None) -> Answer:
    """Do `deed` with the entry that was found, or ask which of several."""
    if found.clear is None:
        return Reply(views.which(request.t, deed, found.several, text=unquote(text or "")))
    return await _perform(request, deed, Reference.of(found.clear.entry))


async def _perform(request: Request, deed: Deed, reference: Reference) -> Answer:
    try:
        return await _act(request, deed, reference)
    except ChangedElsewhere as changed:
        return Reply(views.changed_elsewhere(request.t, deed, changed.now), replace=_asked(request))


async def _act(request: Request, deed: Deed, reference: Reference) -> Answer:  # noqa: PLR0911 (one answer a deed)
    context, t, in_place, seen = request.context, request.t, _asked(request), entry_list.behind(request)
    match deed:
        case Deed.EDIT:
            return _open(request, reference, entry_form.edit)
        case Deed.MOVE:
            return _open(request, reference, entry_form.move)
        case Deed.CONTINUE:
            return await _continue(request, reference)
        case Deed.EARLIER_5 | Deed.EARLIER_15:
            done = await entry_changes.start_earlier(context, reference, _EARLIER[deed])
            reply = Reply(views.changed(t, done.before, done.after, undo_id=done.undo_id), replace=in_place)
            return entry_list.shown_again(request, seen, reply, done.after)
        case Deed.ARCHIVE | Deed.UNARCHIVE:
            done = await entry_changes.archive(context, reference, archived=deed is Deed.ARCHIVE)
            reply = Reply(views.archived(t, done.after, undo_id=done.undo_id), replace=in_place)
            return entry_list.shown_again(request, seen, reply, done.after)
        case Deed.ASK_DELETE:
            return Reply(views.ask_delete(t, await entry_access.look(context, reference)))
        case Deed.DELETE:
            done = await entry_changes.delete(context, reference)
            return Reply(views.deleted(t, done.after, undo_id=done.undo_id), replace=in_place)
        case Deed.RESTORE:
            gone = await entry_choice.get_deleted(context, reference.entry_id)
            done = await entry_changes.restore(context, gone)
            return Reply(views.restored(t, done.after, undo_id=done.undo_id), replace=in_place)
        case Deed.KEEP:
            return Reply(views.kept(t), replace=True)


async def _continue(request: Request, reference: Reference) -> Answer:
    """Start a timer on the entry's task; the list stays."""
    task = await entry_access.task_of(request.context, reference)
    answer = await timer.begin(request, task, await moment(request.context, None))
    return replace(answer, replace=False) if isinstance(answer, Reply) else answer


def _open(request: Request, reference: Reference, form: Callable[[Translator, Details], View]) -> Answer:
    """The form, at once where the entry is kept; else a loading view stands there while Toggl is asked."""
    kept = entry_access.kept(request.context, reference.entry_id)
    if kept is not None:
        return OpenModal(form(request.t, kept), data={**entry_fields.remembered(kept), **lists.remembered(request)})

    async def fill() -> tuple[View, Mapping[str, Any]]:
        entry = await entry_access.read(request.context, reference)
        return form(request.t, entry), {**entry_fields.remembered(entry), **lists.remembered(request)}

    return OpenModal(entry_form.loading(request.t), fill=fill)


def _beside(request: Request, error: UserError) -> str:
    """The block of the field that `error` is about."""
    field = next(block for kind, block in _BESIDE.items() if isinstance(error, kind))
    return next((block for block in request.values if block.partition(":")[0] == field), field)


def _asked(request: Request) -> bool:
    """Whether the pressed button stood in a question or a form, whose place the answer takes; a list stays."""
    actions = request.payload.get("actions") or [{}]
    return bool(actions[0].get("type") == "button")
