"""Alerts on projects, in one modal: listed, made, changed, deleted, and colleagues invited to be reached."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Request, UpdateModal
from bot.domain.administration import Fields
from bot.domain.alerts import Alert, Known, NobodyToTell, NoMarks, TooManyMarks, parse_marks
from bot.domain.projects import Named
from bot.handlers import invitations
from bot.handlers.receiver_lists import ReceiverList, page_left
from bot.i18n import N_
from bot.services import alerts, project_search
from bot.services.administration import ChangedSince, SubjectGone
from bot.services.alert_changes import AlertThereAlready
from bot.services.alerts import Alerts
from bot.services.entry_changes import NothingToSave
from bot.toggl import Refused
from bot.views import administration
from bot.views import alerts as views
from bot.views import receiver_pieces as pieces
from bot.views.forms import FieldProblem, block_id
from bot.views.ids import Blocks
from bot.views.project_answers import read_named
from bot.views.project_inputs import named_options
from bot.views.receiver_pieces import Deed, Pressed

GONE = N_("That alert no longer exists: somebody deleted it.")
TOGGL_SAYS = N_("Toggl says: “{words}”")
CREATED = N_("Created: an alert on *{name}*.")
SAVED = N_("Saved: the alert on *{name}*.")
DELETED = N_("Deleted: the alert on *{name}*.")
_REFUSED: Mapping[str, Blocks] = MappingProxyType(
    {
        "project": Blocks.ALERT_PROJECT,
        "source kind": Blocks.ALERT_KIND,
        "threshold type": Blocks.ALERT_UNIT,
        "threshold": Blocks.ALERT_MARKS,
        "receiver": Blocks.RECEIVER_PEOPLE,
    }
)
"""What Toggl's refusals speak of, and where that is in the form."""
_PICKERS = 2  # one that is not there has more in it than a form can hold
LIST = ReceiverList(alerts.look, alerts.look_again, views.listing, views.unread)


async def show(request: Request) -> Answer:
    """`/toggl alerts`: the modal."""

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
    """The form was sent, of a new alert or a changed one."""
    try:
        entered, project = _entered(request, request.data["turn"])
        return await _save(request, request.data["id"], entered, project)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    except Refused as refusal:
        return _beside(request, refusal)
    except (NothingToSave, AlertThereAlready) as same:
        return await LIST.show(request, problem=[request.t.md(same.sentence, **same.values)])
    except SubjectGone:
        return await LIST.show(request, problem=[request.t.md(GONE)])
    except ChangedSince as since:
        return await _edit_again(request, entered, project, since)


async def suggest_projects(request: Request) -> Answer:
    """The typeahead of projects."""
    found = await project_search.suggest(request.context, request.text)
    return Choices(named_options([Named(project.id, project.name) for project in found]))


async def _new(request: Request, pressed: Pressed) -> Answer:
    del pressed
    found = await alerts.look(request.context)
    return UpdateModal(
        views.form(request.t, None, found.known, found.directory), data=_data(request, None, found.known, 0)
    )


async def _edit(request: Request, pressed: Pressed) -> Answer:
    alert, found = await _found(request, pressed.id)
    return UpdateModal(
        views.form(request.t, alert, found.known, found.directory), data=_data(request, alert, found.known, 0)
    )


async def _ask_delete(request: Request, pressed: Pressed) -> Answer:
    alert, found = await _found(request, pressed.id)
    return UpdateModal(views.ask_delete(request.t, alert, found.directory), data=_data(request, alert, found.known, 0))


async def _delete(request: Request, pressed: Pressed) -> Answer:
    shown, t = request.data["before"], request.t
    try:
        done = await alerts.delete(request.context, pressed.id, shown, name=request.data["name"])
    except ChangedSince as since:
        alert, found = await _found(request, pressed.id)
        again = administration.DELETE_AGAIN
        problem = administration.conflict(t, since.change, since.differences, again=again)
        view = views.ask_delete(t, alert, found.directory, problem=problem)
        return UpdateModal(view, data=_data(request, alert, found.known, 0))
    return await LIST.show_done(request, done, DELETED)


async def _invite(request: Request, pressed: Pressed) -> Answer:
    alert, found = await _found(request, pressed.id)
    return invitations.ask(request, found.directory.reach(alert.user_ids, alert.group_ids).others)


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


async def _save(request: Request, number: int, entered: Fields, project: Named) -> Answer:
    if number:
        shown = request.data["before"]
        done = await alerts.save(request.context, number, shown, entered, name=project.name)
        return await LIST.show_done(request, done, SAVED)
    new = Alert.read({"receiver_users": [], "receiver_groups": [], **entered}, project=project.name)
    return await LIST.show_done(request, await alerts.create(request.context, new), CREATED)


async def _found(request: Request, number: int) -> tuple[Alert, Alerts]:
    """The alert as it is now, and all of them. Raises SubjectGone."""
    found = await alerts.look(request.context)
    alert = found.find(number)
    if alert is None:
        raise SubjectGone(name=f"#{number}")
    return alert, found


async def _edit_again(request: Request, entered: Fields, project: Named, since: ChangedSince) -> Answer:
    """The form with what was entered over what is there now, and what somebody else changed."""
    turn, before = request.data["turn"] + 1, request.data["before"]
    alert, found = await _found(request, request.data["id"])
    own = {name: value for name, value in entered.items() if value != before.get(name)}
    name = project.name if "project_id" in own else alert.project
    filled = Alert.read({**alert.fields, **own}, number=alert.id, project=name)
    problem = administration.conflict(request.t, since.change, since.differences, again=administration.SAVE_AGAIN)
    view = views.form(request.t, filled, found.known, found.directory, turn=turn, problem=problem)
    return UpdateModal(view, data=_data(request, alert, found.known, turn))


def _beside(request: Request, refusal: Refused) -> Answer:
    """Toggl's words under the field that they speak of. Raises the refusal where they speak of none."""
    said = refusal.words.casefold()
    for words, block in _REFUSED.items():
        place = block_id(block, request.data["turn"])
        if said.startswith(words) and place in request.values:
            return FieldErrors({place: request.t(TOGGL_SAYS, words=refusal.words)})
    raise refusal


def _entered(request: Request, turn: int) -> tuple[dict[str, Any], Named]:
    """What the form says, under Toggl's names, and the project. Raises FieldProblem."""
    values = request.values

    def entered(block: Blocks) -> str:
        return values.get(block_id(block, turn)) or ""

    project = read_named(entered(Blocks.ALERT_PROJECT))
    try:
        marks = parse_marks(entered(Blocks.ALERT_MARKS))
    except (NoMarks, TooManyMarks) as reason:
        raise FieldProblem(block_id(Blocks.ALERT_MARKS, turn), reason) from None
    told_to = pieces.read(values, turn, "receiver_users", "receiver_groups")
    code, named = entered(Blocks.ALERT_CODE), request.data["named"]
    if any(told_to.values()) or len(told_to) < _PICKERS:
        receivers = named
    elif code:
        receivers = int(code) if code.isdecimal() else code
    else:
        raise FieldProblem(block_id(Blocks.RECEIVER_PEOPLE, turn), NobodyToTell())
    fields = {
        "project_id": project.id,
        "source_kind": entered(Blocks.ALERT_KIND),
        "threshold_type": entered(Blocks.ALERT_UNIT),
        "thresholds": [int(mark) for mark in marks],
        "receivers": receivers,
        **told_to,
    }
    return fields, project


def _data(request: Request, shown: Alert | None, known: Known, turn: int) -> dict[str, Any]:
    """What the form needs back: its alert as it is shown, and the code that goes with named receivers."""
    if shown is None:
        return {"page": page_left(request), "id": 0, "turn": turn, "named": known.with_names}
    named = shown.receivers if shown.named and shown.receivers is not None else known.with_names
    before = pieces.fitting(shown.fields)
    about = {"id": shown.id, "name": shown.project, "before": before}
    return {"page": page_left(request), "turn": turn, "named": named, **about}
