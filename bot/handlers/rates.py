"""What an hour is billed at and costs: the rates of a workspace, a member, a project or a task, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Request, UpdateModal
from bot.domain.amounts import WrongAmount, parse_amount
from bot.domain.rates import Level, NewRate, Outlook, Pay, Since, Subject
from bot.i18n import N_, Mrkdwn
from bot.services import rates
from bot.services.administration import ChangedSince
from bot.views import rate_form
from bot.views import rates as views
from bot.views.ids import Blocks
from bot.views.rate_pieces import Deed, said

DAY_MISSING = N_("Choose the day from which the rate applies.")
WORDS = {"member": Level.MEMBER, "project": Level.PROJECT, "task": Level.TASK, "workspace": Level.WORKSPACE}
"""How the levels are called in the command."""


async def show(request: Request, *, level: str | None = None, name: str | None = None) -> Answer:
    """`/toggl rates`, `/toggl rates lena`, `/toggl rates project booking app`: the modal with them."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        wanted = WORDS[level] if level else Level.MEMBER if name else Level.WORKSPACE
        return await _looked(request, wanted, Pay.BILLABLE, words=name or "")

    return OpenModal(views.loading(request.t), fill=fill)


async def show_member(request: Request, membership: int, name: str) -> Answer:
    """One member's, on top of the modal that their menu is in."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        return await _sheet(request, Subject(Level.MEMBER, membership, name), Pay.BILLABLE)

    return OpenModal(views.loading(request.t), fill=fill)


async def choose_level(request: Request) -> Answer:
    """Rates of something else: whose is chosen next."""
    view, data = await _looked(request, Level(request.value), _pay(request), turn=_turn(request) + 1)
    return UpdateModal(view, data=data)


async def choose_subject(request: Request) -> Answer:
    """A member, a project or a task was chosen."""
    subject = views.read_subject(Level(request.data["level"]), request.value)
    view, data = await _sheet(request, subject, _pay(request), turn=_turn(request))
    return UpdateModal(view, data=data)


async def choose_pay(request: Request) -> Answer:
    """What is billed, or what it costs."""
    pay, shown = Pay(request.value), request.data.get("shown")
    if shown is None and Level(request.data["level"]) is not Level.WORKSPACE:
        view = views.choose(request.t, Level(request.data["level"]), pay, turn=_turn(request))
        return UpdateModal(view, data={**request.data, "pay": pay.value})
    view, data = await _sheet(request, _outlook(request).subject if shown else None, pay, turn=_turn(request))
    return UpdateModal(view, data=data)


async def suggest(request: Request) -> Answer:
    """The typeahead of members, projects or tasks."""
    found = await rates.suggest(request.context, Level(request.data["level"]), request.text)
    return Choices(views.subject_options(found))


async def press(request: Request) -> Answer:
    """*New rate…*, *Back*, and *Back to the form*."""
    match Deed(request.value):
        case Deed.NEW:
            return _form(request, Since.TODAY)
        case Deed.CHANGE:
            new = msgspec.convert(request.data["new"], NewRate)
            return _form(request, new.since, day=new.day, amount=str(new.amount))
    outlook = _outlook(request)
    view, data = await _sheet(request, outlook.subject, outlook.pay, turn=_turn(request) + 1)
    return UpdateModal(view, data=data)


async def choose_since(request: Request) -> Answer:
    """From when on: a day is asked for where the rate begins on one."""
    return _form(request, Since(request.value))


async def submit(request: Request) -> Answer:
    """The form was sent: what it will do is said before it does."""
    outlook = _outlook(request)
    since, day = Since(request.values[Blocks.RATE_SINCE]), request.values.get(Blocks.RATE_DAY)
    try:
        amount = parse_amount(
            request.values.get(Blocks.RATE_AMOUNT) or "", currency=outlook.currency, places=outlook.places
        )
    except WrongAmount as problem:
        return FieldErrors({Blocks.RATE_AMOUNT: problem})
    if since is Since.DAY and not day:
        return FieldErrors({Blocks.RATE_DAY: request.t(DAY_MISSING)})
    new = NewRate(amount, since, date.fromisoformat(day) if day else None)
    return _ask(request, outlook, new)


async def save(request: Request) -> Answer:
    """*Save*: the rate is set, and all of them are shown as they are now."""
    outlook, new = _outlook(request), msgspec.convert(request.data["new"], NewRate)
    try:
        saved = await rates.save(request.context, outlook, new)
    except ChangedSince as changed:
        sheet = await rates.sheet(request.context, outlook.subject, outlook.pay, currency=outlook.currency)
        problem = request.t.md(
            "{changed} This is what saving would do now.", changed=request.t.md(changed.sentence, **changed.values)
        )
        return _ask(request, Outlook.of(sheet, request.now), new, problem=problem)
    turn = _turn(request) + 1
    did = said(request.t, outlook, new)
    view = views.sheet(request.t, saved.sheet, did=did, unread=saved.unread, turn=turn)
    return UpdateModal(view, data=_data(Outlook.of(saved.sheet, request.now), turn), did=did)


async def _looked(
    request: Request, level: Level, pay: Pay, *, words: str = "", turn: int = 0
) -> tuple[View, dict[str, Any]]:
    """The rates of the one thing of a level that `words` mean, or the question which."""
    if level is Level.WORKSPACE:
        return await _sheet(request, None, pay, turn=turn)
    found = await rates.find(request.context, level, words) if words else ()
    if len(found) == 1:
        return await _sheet(request, found[0], pay, turn=turn)
    view = views.choose(request.t, level, pay, words=words, found=found, turn=turn)
    return view, {"level": level.value, "pay": pay.value, "turn": turn, "currency": request.data.get("currency")}


async def _sheet(request: Request, subject: Subject | None, pay: Pay, *, turn: int = 0) -> tuple[View, dict[str, Any]]:
    sheet = await rates.sheet(request.context, subject, pay, currency=request.data.get("currency"))
    return views.sheet(request.t, sheet, turn=turn), _data(Outlook.of(sheet, request.now), turn)


def _form(request: Request, since: Since, *, day: date | None = None, amount: str = "") -> Answer:
    outlook = _outlook(request)
    amount = amount or request.values.get(Blocks.RATE_AMOUNT) or ""
    return UpdateModal(
        rate_form.form(request.t, outlook, since, day=day, amount=amount), data=_data(outlook, _turn(request))
    )


def _ask(request: Request, outlook: Outlook, new: NewRate, *, problem: Mrkdwn | None = None) -> Answer:
    data = {**_data(outlook, _turn(request)), "new": msgspec.to_builtins(new)}
    return UpdateModal(rate_form.ask(request.t, outlook, new, problem=problem), data=data)


def _data(outlook: Outlook, turn: int) -> dict[str, Any]:
    return {
        "level": outlook.subject.level.value,
        "pay": outlook.pay.value,
        "currency": outlook.currency,
        "turn": turn,
        "shown": msgspec.to_builtins(outlook),
    }


def _outlook(request: Request) -> Outlook:
    return msgspec.convert(request.data["shown"], Outlook)


def _pay(request: Request) -> Pay:
    return Pay(request.data["pay"])


def _turn(request: Request) -> int:
    turn: int = request.data["turn"]
    return turn
