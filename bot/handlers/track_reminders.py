"""Toggl's own track reminders, in one modal: listed, made, changed, deleted, and colleagues invited to be reached."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Request, UpdateModal
from bot.domain.administration import Fields
from bot.domain.receivers import Directory
from bot.domain.track_reminders import Every, NobodyToRemind, NoHours, TooManyHours, TrackReminder, parse_hours
from bot.handlers import invitations
from bot.handlers.receiver_lists import ReceiverList, page_left
from bot.i18n import N_
from bot.services import receivers, track_reminders
from bot.services.administration import ChangedSince, SubjectGone
from bot.services.entry_changes import NothingToSave
from bot.services.track_reminder_changes import ThereAlready
from bot.views import administration
from bot.views import receiver_pieces as pieces
from bot.views import track_reminders as views
from bot.views.forms import block_id
from bot.views.ids import Blocks
from bot.views.receiver_pieces import Deed, Pressed

GONE = N_("That reminder no longer exists: somebody deleted it.")
CREATED = N_("Created: *{name}*.")
SAVED = N_("Saved: *{name}*.")
DELETED = N_("Deleted: *{name}*.")
LIST = ReceiverList(track_reminders.look, track_reminders.look_again, views.listing, views.unread)


async def show(request: Request) -> Answer:
    """`/toggl reminders`: the modal."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        listing = await LIST.show(request)
        return listing.view, listing.data

    return OpenModal(views.loading(request.t), fill=fill)


async def press(request: Request) -> Answer:
    """A button or menu entry of the modal."""
    pressed = Pressed.read(request.value)
    try:
        return await DEEDS[pressed.deed](request, pressed)
    except SubjectGone:
        return await LIST.show(request, problem=[request.t.md(GONE)])


async def submit(request: Request) -> Answer:
    """The form was sent, of a new reminder or a changed one."""
    turn = request.data["turn"]
    try:
        entered = _entered(request, turn)
    except (NoHours, TooManyHours) as problem:
        return FieldErrors({block_id(Blocks.TRACK_REMINDER_HOURS, turn): problem})
    except NobodyToRemind as problem:
        place = next(block for block in _PLACES if block_id(block, turn) in request.values)
        return FieldErrors({block_id(place, turn): problem})
    try:
        return await _save(request, request.data["id"], entered)
    except (NothingToSave, ThereAlready) as same:
        return await LIST.show(request, problem=[request.t.md(same.sentence)])
    except SubjectGone:
        return await LIST.show(request, problem=[request.t.md(GONE)])
    except ChangedSince as since:
        return await _edit_again(request, entered, since)


async def suggest_people(request: Request) -> Answer:
    """The typeahead of people."""
    return Choices(pieces.people_options(await receivers.suggest_people(request.context, request.text)))


async def suggest_groups(request: Request) -> Answer:
    """The typeahead of groups."""
    return Choices(pieces.group_options(request.t, await receivers.suggest_groups(request.context, request.text)))


async def _save(request: Request, number: int, entered: Fields) -> Answer:
    name, shown = _name(request, entered), request.data["before"]
    if not number:
        new = TrackReminder.read({**shown, **entered})
        return await LIST.show_done(request, await track_reminders.create(request.context, new, name=name), CREATED)
    return await LIST.show_done(
        request, await track_reminders.save(request.context, number, shown, entered, name=name), SAVED
    )


async def _new(request: Request, pressed: Pressed) -> Answer:
    del pressed
    found = await track_reminders.look(request.context)
    new = TrackReminder(every=Every.DAY, hours=0)
    if found.switches:
        new = msgspec.structs.replace(new, email=True, slack=False)
    return _form(request, new, found.directory)


async def _edit(request: Request, pressed: Pressed) -> Answer:
    reminder, directory = await _found(request, pressed.id)
    return _form(request, reminder, directory)


async def _ask_delete(request: Request, pressed: Pressed) -> Answer:
    reminder, directory = await _found(request, pressed.id)
    return UpdateModal(views.ask_delete(request.t, reminder, directory), data=_data(request, reminder, 0))


async def _delete(request: Request, pressed: Pressed) -> Answer:
    shown, t = request.data["before"], request.t
    try:
        name = _name(request, shown)
        return await LIST.show_done(
            request, await track_reminders.delete(request.context, pressed.id, shown, name=name), DELETED
        )
    except ChangedSince as since:
        reminder, directory = await _found(request, pressed.id)
        again = administration.DELETE_AGAIN
        problem = administration.conflict(t, since.change, since.differences, again=again)
        view = views.ask_delete(t, reminder, directory, problem=problem)
        return UpdateModal(view, data=_data(request, reminder, 0))


async def _invite(request: Request, pressed: Pressed) -> Answer:
    reminder, directory = await _found(request, pressed.id)
    return invitations.ask(request, directory.reach(reminder.user_ids, reminder.group_ids).others)


async def _to_list(request: Request, pressed: Pressed) -> Answer:
    del pressed
    return await LIST.show(request)


async def _turn(request: Request, pressed: Pressed) -> Answer:
    return await LIST.show(request, page=pressed.id)


DEEDS: Mapping[Deed, Callable[[Request, Pressed], Awaitable[Answer]]] = MappingProxyType(
    {
        Deed.NEW: _new,
        Deed.EDIT: _edit,
        Deed.ASK_DELETE: _ask_delete,
        Deed.DELETE: _delete,
        Deed.INVITE: _invite,
        Deed.BACK: _to_list,
        Deed.PAGE: _turn,
    }
)
_PEOPLE = ("user_ids", "group_ids")
_PLACES = (Blocks.RECEIVER_PEOPLE, Blocks.RECEIVER_GROUPS, Blocks.TRACK_REMINDER_HOURS)
"""Where it is told that nobody is chosen: the first of these that is there."""


async def _found(request: Request, number: int) -> tuple[TrackReminder, Directory]:
    """The reminder as it is now. Raises SubjectGone."""
    found = await track_reminders.look(request.context)
    reminder = found.find(number)
    if reminder is None:
        raise SubjectGone(name=f"#{number}")
    return reminder, found.directory


def _form(request: Request, reminder: TrackReminder, directory: Directory) -> Answer:
    return UpdateModal(views.form(request.t, reminder, directory), data=_data(request, reminder, 0))


async def _edit_again(request: Request, entered: Fields, since: ChangedSince) -> Answer:
    """The form with what was entered over what is there now, and what somebody else changed."""
    turn, before = request.data["turn"] + 1, request.data["before"]
    reminder, directory = await _found(request, request.data["id"])
    own = {name: value for name, value in entered.items() if value != before.get(name)}
    filled = TrackReminder.read({**reminder.fields, **own}, reminder.id)
    problem = administration.conflict(request.t, since.change, since.differences, again=administration.SAVE_AGAIN)
    view = views.form(request.t, filled, directory, turn=turn, problem=problem)
    return UpdateModal(view, data=_data(request, reminder, turn))


def _entered(request: Request, turn: int) -> dict[str, Any]:
    """What the form says, under Toggl's names. Raises NoHours, TooManyHours, NobodyToRemind."""
    values = request.values
    every = int(values[block_id(Blocks.TRACK_REMINDER_EVERY, turn)])
    hours = parse_hours(values.get(block_id(Blocks.TRACK_REMINDER_HOURS, turn)) or "", every)
    entered = {"frequency": every, "threshold": hours, **pieces.read(values, turn, *_PEOPLE)}
    switches = block_id(Blocks.TRACK_REMINDER_SWITCHES, turn)
    if switches in values:
        chosen = values[switches] or ()
        entered |= {"email_reminder_enabled": "email" in chosen, "slack_reminder_enabled": "slack" in chosen}
    if not any(entered.get(name, True) for name in _PEOPLE):
        raise NobodyToRemind
    return entered


def _name(request: Request, fields: Fields) -> str:
    return views.name(request.t, TrackReminder(every=fields["frequency"], hours=fields["threshold"]))


def _data(request: Request, shown: TrackReminder, turn: int) -> dict[str, Any]:
    """What the form needs back: its reminder as it is shown, without what is too much for a form."""
    return {"page": page_left(request), "id": shown.id, "turn": turn, "before": pieces.fitting(shown.fields)}
