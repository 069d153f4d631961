"""The settings of the workspace, in a modal: looked at, changed, and more people made admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Reply, Request, UpdateModal
from bot.domain.administration import Change
from bot.domain.workspace_settings import is_final
from bot.i18n import N_
from bot.services import receivers, workspace_settings
from bot.services.administration import AlreadySo, ChangedSince
from bot.services.workspace_settings import NobodyChosen, Unpaid
from bot.views import administration, workspace_answers
from bot.views import workspace_forms as views
from bot.views.forms import FieldProblem, block_id
from bot.views.ids import Blocks
from bot.views.kit import option
from bot.views.messages import Message
from bot.views.workspace_inputs import BLOCKS
from bot.views.workspace_pieces import LABELS

CHANGED_SINCE = N_(":warning: Somebody else changed these settings in the meantime. *Nothing was saved yet:*")
NOT_IN_PLAN = N_(
    "“{setting}” is not part of your Toggl plan, so Toggl saved nothing. Change it back to save the rest; the "
    "owner of the organization can change the plan in Toggl."
)


async def show(request: Request) -> Answer:
    """`/toggl settings`: the form, filled with what is there."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        return await _form(request)

    return OpenModal(views.loading(request.t), fill=fill)


async def back(request: Request) -> Answer:
    """*Back to the settings*, as they are now; with what had been entered before the question."""
    view, data = await _form(request, entered=request.data.get("entered"))
    return UpdateModal(view, data=data)


async def submit(request: Request) -> Answer:
    """*Save*: at once, or after a question where it cannot be taken back."""
    before, turn = request.data["before"], request.data["turn"]
    try:
        entered = workspace_answers.read(request.values, turn)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    change = workspace_settings.wanted(request.data["id"], before, {**before, **entered})
    if is_final(change.fields):
        data = {**request.data, "entered": change.fields}
        return UpdateModal(views.confirm(request.t, change), data=data)
    try:
        return await _save(request, change)
    except Unpaid as unpaid:
        return beside_unpaid(request, unpaid, turn)


async def confirm(request: Request) -> Answer:
    """*Save* after the question."""
    before = request.data["before"]
    change = workspace_settings.wanted(request.data["id"], before, {**before, **request.data["entered"]})
    return await _save(request, change)


async def open_admins(request: Request) -> Answer:
    """*Make somebody an admin…*: who."""
    admins = await workspace_settings.admins(request.context)
    name = request.data["before"]["name"]
    return UpdateModal(views.make_admins(request.t, admins, name), data={**request.data, "entered": {}})


async def submit_admins(request: Request) -> Answer:
    """*Make admins*."""
    numbers = [int(number) for number in request.values.get(Blocks.WORKSPACE_PEOPLE) or ()]
    try:
        changed = await workspace_settings.make_admins(request.context, numbers)
    except NobodyChosen as nobody:
        return FieldErrors({Blocks.WORKSPACE_PEOPLE: nobody})
    return Reply(administration.done(request.t, changed.change, undo_id=changed.undo_id))


async def suggest_people(request: Request) -> Answer:
    """The typeahead of the workspace's people, by Track's numbers of them."""
    found = await receivers.suggest_people(request.context, request.text)
    return Choices([option(person.name, str(person.id), description=person.email or None) for person in found])


def beside_unpaid(request: Request, unpaid: Unpaid, turn: int = 0) -> FieldErrors:
    """What the plan does not include, under the input of it. Raises `unpaid` where Toggl does not name it."""
    if unpaid.setting is None:
        raise unpaid
    said = request.t(NOT_IN_PLAN, setting=request.t(LABELS[unpaid.setting]))
    return FieldErrors({block_id(BLOCKS[unpaid.setting], turn): said})


async def _form(request: Request, *, entered: Mapping[str, Any] | None = None) -> tuple[View, Mapping[str, Any]]:
    look = await workspace_settings.look(request.context)
    turn = request.data.get("turn", -1) + 1
    view = views.settings(request.t, {**look.fields, **(entered or {})}, paid=look.paid, admin=look.admin, turn=turn)
    return view, {"id": look.id, "before": dict(look.fields), "turn": turn}


async def _save(request: Request, change: Change) -> Answer:
    try:
        changed = await workspace_settings.save(request.context, change)
    except AlreadySo as so:
        return Reply(Message(request.t.md(so.sentence, **so.values)))
    except ChangedSince as since:
        return await _again(request, since)
    return Reply(administration.done(request.t, changed.change, undo_id=changed.undo_id))


async def _again(request: Request, since: ChangedSince) -> Answer:
    """The form once more: what somebody else changed on top, what was entered still in it."""
    t, turn = request.t, request.data["turn"] + 1
    problem = administration.conflict(
        t, since.change, since.differences, again=administration.SAVE_AGAIN, lead=CHANGED_SINCE
    )
    fields = {**since.now, **since.change.fields}
    view = views.settings(t, fields, paid=True, admin=True, problem=problem, turn=turn)
    return UpdateModal(view, data={"id": request.data["id"], "before": dict(since.now), "turn": turn})
