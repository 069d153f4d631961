"""Log past time: in words, in a form, one entry or several, asking first where there is a doubt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import msgspec

from bot.dispatcher import Answer, FieldErrors, Kind, OpenModal, Reply, Request, UpdateModal
from bot.domain.colleagues import split_colleague
from bot.domain.constraints import Field, named
from bot.domain.days import today
from bot.domain.drafts import Draft
from bot.domain.log_lines import Line, TaskMissing, TooManyLines, read_line
from bot.domain.not_understood import NotUnderstood
from bot.handlers import required
from bot.services import constraints, log, tasks
from bot.services.timer_problems import NoEntryBefore
from bot.views import log as views
from bot.views import log_modal, start_modal
from bot.views.choices import NEW, read_project, read_task
from bot.views.ids import Blocks, Callbacks


async def log_time(request: Request, *, entries: str | None) -> Answer:
    """`/track log 1h30m Write report yesterday`: log what is clear, ask what is not; alone, the form."""
    if entries is None:
        return _form(request)
    people = request.pending.people if request.pending else {}
    text, person = split_colleague(entries, people)
    try:
        return await _answer(request, await log.read(request.context, text, person=person or ""))
    except TaskMissing:
        return OpenModal(log_modal.form(request.t, day=_today(request), words=text.strip()[:100], person=person or ""))
    except log.NotAllUnderstood as unclear:
        return Reply(views.not_understood(request.t, unclear.lines, views.Written(text, person or "")))


async def open_form(request: Request) -> Answer:
    """*Log time…*: the form; beside a project, its typeahead begins with the project's tasks."""
    return _form(request)


async def press_task(request: Request) -> Answer:
    """One of the tasks that an entry may be on."""
    return await _go_on(request, Draft.load(request.value))


async def press_anyway(request: Request) -> Answer:
    """*Log*, or *Log anyway* beside what is there."""
    plan = await log.review(request.context, Draft.load(request.value))
    return await _save(request, plan)


async def press_create(request: Request) -> Answer:
    """*Create “…” and log*: at once where the channel has a default project, else its project is asked."""
    return await _create(request, Draft.load(request.value))


async def press_change(request: Request) -> Answer:
    """*Change…*: the form with what was understood."""
    return OpenModal(log_modal.changing(request.t, Draft.load(request.value)))


async def press_change_lines(request: Request) -> Answer:
    """*Change…* under lines that were not all understood."""
    written = views.Written.read(request.value)
    return OpenModal(log_modal.lines_form(request.t, written.text, person=written.person))


async def submit_form(request: Request) -> Answer:
    """The form of one entry was sent."""
    values, person = request.values, request.values.get(Blocks.PERSON) or ""
    chosen = values.get(Blocks.TASK) or ""
    new = chosen.removeprefix(NEW) if chosen.startswith(NEW) else None
    try:
        task = new or await tasks.recognize(request.context, read_task(chosen))
        plan = await log.propose(request.context, [_line(request)], person=person, on=task)
    except (NotUnderstood, NoEntryBefore) as error:
        return FieldErrors({Blocks.LENGTH: error})
    return await (_create(request, plan.draft) if new else _answer(request, plan))


async def submit_lines(request: Request) -> Answer:
    """The form of several entries was sent."""
    text, person = request.values[Blocks.LINES] or "", request.values.get(Blocks.PERSON) or ""
    try:
        return await _answer(request, await log.read(request.context, text, person=person))
    except log.NotAllUnderstood as unclear:
        return FieldErrors({Blocks.LINES: views.problems(request.t, unclear.lines)})
    except (NotUnderstood, NoEntryBefore, TooManyLines, log.NothingToLog) as error:
        return FieldErrors({Blocks.LINES: error})


async def submit_new_task(request: Request) -> Answer:
    """The new task's form was sent: create it, remember its project for the channel if wanted, and go on."""
    chosen = request.values.get(Blocks.PROJECT)
    project = read_project(chosen) if chosen else None
    if project and start_modal.REMEMBER in (request.values.get(Blocks.REMEMBER) or ()):
        await tasks.remember_project(request.context, project)
    draft = Draft.load(request.data["draft"])
    task = await tasks.create(request.context, request.values[Blocks.NAME], project=project)
    with tasks.then(task):
        return await _go_on(request, draft.decide(draft.undecided or 0, task))


def _line(request: Request) -> Line:
    """What the form says of one entry; a day within the words wins over the one that was picked."""
    line = read_line(request.values[Blocks.LENGTH] or "", now=request.now, zone=request.t.zone, named=False)
    picked = date.fromisoformat(request.values[Blocks.DAY])
    told = line.day or (line.start.at.astimezone(request.t.zone).date() if line.start and line.start.at else None)
    if told is None or (line.start and not line.day and told == _today(request)):
        line = replace(line, day=picked)
    return replace(line, type=request.values[Blocks.TYPE])


async def _go_on(request: Request, draft: Draft) -> Answer:
    """Ask what is left to be asked; its doubts were shown beside the question before."""
    return await _answer(request, await log.review(request.context, draft))


async def _answer(request: Request, plan: log.Plan) -> Answer:
    """Ask, or save what is settled."""
    if plan.settled:
        return await _save(request, plan)
    t, draft, notes = request.t, plan.draft, (*plan.doubts, *plan.remarks)
    if draft.undecided is not None:
        return Reply(views.pick(t, draft, plan.entries, plan.options, notes=notes), replace=True)
    overlaps = [(overlap.entry, overlap.other) for overlap in plan.overlaps]
    return Reply(views.confirm(t, draft, plan.entries, overlaps=overlaps, notes=notes), replace=True)


async def _save(request: Request, plan: log.Plan) -> Answer:
    t = request.t
    try:
        if plan.draft.given is None:
            await constraints.check(request.context, [entry.task for entry in plan.entries if entry.type != "break"])
        saved = await log.save(request.context, plan)
    except constraints.Lacking as lacking:
        return await _ask_required(request, plan, lacking.fields)
    except log.NotTaken as refused:
        fields = named(" ".join(field for lacks in refused.lacks for field in lacks))
        if fields and plan.draft.given is None:
            return await _ask_required(request, plan, fields)
        problem = t.md(refused.sentence, **refused.values)
        return Reply(views.not_taken(t, problem, refused.entries, refused.lacks), replace=True)
    message = views.logged(
        t, saved.entries, totals=saved.totals, undo_id=saved.undo_id, person=saved.person, remarks=plan.remarks
    )
    return Reply(message, replace=True)


async def submit_required(request: Request) -> Answer:
    """What the workspace demands of the entries was given: log them."""
    draft = Draft.load(request.data["draft"])
    draft = msgspec.structs.replace(draft, given=required.given(request))
    return await _save(request, await log.review(request.context, draft))


async def _ask_required(request: Request, plan: log.Plan, fields: Collection[Field]) -> Answer:
    kept = {"draft": plan.draft.dump()}
    return await required.ask(request, fields, Callbacks.REQUIRED_LOG, kept)


async def _create(request: Request, draft: Draft) -> Answer:
    """Make the task of the first undecided entry, and go on."""
    number = draft.undecided or 0
    name = draft.entries[number].name
    project = await tasks.default_project(request.context)
    if project is None:
        form = start_modal.new_task(request.t, name, then=Callbacks.CREATE_AND_LOG)
        kind = UpdateModal if request.kind is Kind.SUBMISSION else OpenModal
        return kind(form, data={"draft": draft.dump()})
    task = await tasks.create(request.context, name, project=project)
    with tasks.then(task):
        return await _go_on(request, draft.decide(number, task))


def _form(request: Request) -> Answer:
    project = {"project": read_project(request.value).id} if request.value else {}
    return OpenModal(log_modal.form(request.t, day=_today(request)), project)


def _today(request: Request) -> date:
    return today(request.now, request.t.zone)
