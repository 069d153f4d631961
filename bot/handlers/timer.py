"""Start, stop, switch and continue the running timer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, Done, FieldErrors, Kind, OpenModal, Reply, Request, UpdateModal
from bot.domain.constraints import Field, Given, lacking
from bot.domain.tracking import Project, Task
from bot.domain.when import NotUnderstood, When, parse_when
from bot.errors import UserError
from bot.handlers import required
from bot.services import constraints, entries, tasks, timer, timer_problems
from bot.views import start_modal
from bot.views import timer as views
from bot.views.choices import NEW, Choice, read_project, read_task
from bot.views.ids import Blocks, Callbacks


async def now(request: Request) -> Answer:
    """`/track`: the card with what runs and what could be started."""
    card = await timer.now(request.context)
    elapsed = card.running.elapsed(request.now) if card.running else card.day_total
    shown = views.now(
        request.t, card.running, elapsed=elapsed, day_total=card.day_total, hours=card.hours, recents=card.recents
    )
    return Reply(shown)


async def start(request: Request, *, task: str | None, at: When | None) -> Answer:
    """`/track start rep 9:15`: start what it clearly means, offer several, or ask in a modal."""
    if task is None:
        return _ask(request, when=at.said if at else "")
    moment = await timer.moment(request.context, at)
    found = await tasks.find(request.context, task)
    if found.clear:
        return await begin(request, found.clear, moment, when=at)
    return Reply(start_modal.pick(request.t, Choice(name=task, at=moment if at else None), found.several))


async def continue_last(request: Request) -> Answer:
    """`/track continue`: the task that was tracked last starts again."""
    try:
        task = await timer.last_task(request.context)
    except timer_problems.AlreadyRunning as running:
        return _already(request, running)
    return await begin(request, task, await timer.moment(request.context, None))


async def stop(request: Request, *, at: When | None) -> Answer:
    """`/track stop 10m ago`."""
    return await end(request, await timer.moment(request.context, at), when=at)


async def press_stop(request: Request) -> Answer:
    """The *Stop* button: stops the timer it was shown for, no other."""
    at = await timer.moment(request.context, None)
    try:
        return await end(request, at, entry_id=int(request.value))
    except timer_problems.NotRunningAnyMore as over:
        running = timer.known_running(request.context)
        return Reply(views.gone(request.t, request.t.md(over.sentence), running=running), replace=True)


async def press_start(request: Request) -> Answer:
    """A task's *Start* or *Continue* button."""
    choice = Choice.read(request.value)
    at = choice.at or await timer.moment(request.context, None)
    return await begin(request, choice.task, at) if choice.task else await _create(request, choice.name, at)


async def press_create(request: Request) -> Answer:
    """*Create “…” and start*: at once where the channel has a default project, else its project is asked."""
    choice = Choice.read(request.value)
    return await _create(request, choice.name, choice.at or await timer.moment(request.context, None))


async def open_start_in_project(request: Request) -> Answer:
    """*Start…* beside a project: the modal, whose typeahead begins with its tasks."""
    return _ask(request, project=read_project(request.value))


async def open_start(request: Request) -> Answer:
    """*Start…* and *Switch…*: the modal with typeahead."""
    return _ask(request)


async def submit_start(request: Request) -> Answer:
    """The start modal was sent."""
    try:
        when, at = await typed(request)
    except (NotUnderstood, timer_problems.NoEntryBefore) as error:
        return FieldErrors({Blocks.WHEN: error})
    chosen = request.values.get(Blocks.TASK) or ""
    if chosen.startswith(NEW):
        return await _create(request, chosen.removeprefix(NEW), at)
    return await begin(request, await tasks.recognize(request.context, read_task(chosen)), at, when=when)


async def open_edit_start(request: Request) -> Answer:
    """*Edit start…*: since when the running timer counts."""
    entry_id, _, started = request.value.partition(":")
    at = datetime.fromtimestamp(int(started), UTC)
    return OpenModal(start_modal.edit_start(request.t, at=at), data=_shown_start(int(entry_id), at))


async def submit_edit_start(request: Request) -> Answer:
    """The edited start was sent."""
    try:
        _, at = await typed(request)
        seen = datetime.fromtimestamp(request.data["seen"], UTC)
        moved = await timer.move_start(request.context, entry_id=request.data["entry"], seen=seen, to=at)
    except (NotUnderstood, timer_problems.NoEntryBefore) as error:
        return FieldErrors({Blocks.WHEN: error})
    except timer_problems.StartChanged as changed:
        now = changed.entry
        form = start_modal.edit_start(request.t, at=at, there=now.started_at)
        return UpdateModal(form, data=_shown_start(now.id, now.started_at))
    return Reply(views.moved(request.t, moved.entry, undo_id=moved.undo_id), replace=True)


async def suggest_tasks(request: Request) -> Answer:
    """The typeahead of tasks: recent ones first, and creating what was typed last."""
    found = await tasks.suggest(request.context, request.text, project_id=request.data.get("project"))
    return Choices(start_modal.task_options(request.t, request.text, found))


async def suggest_projects(request: Request) -> Answer:
    """The typeahead of projects for a new task."""
    found = await tasks.suggest_projects(request.context, request.text)
    return Choices(start_modal.project_options(found))


async def submit_new_task(request: Request) -> Answer:
    """The new task's form was sent: create it, remember its project for the channel if wanted, and start."""
    chosen = request.values.get(Blocks.PROJECT)
    project = read_project(chosen) if chosen else None
    if project and start_modal.REMEMBER in (request.values.get(Blocks.REMEMBER) or ()):
        await tasks.remember_project(request.context, project)
    task = await tasks.create(request.context, request.values[Blocks.NAME], project=project)
    at = datetime.fromisoformat(request.data["at"])
    with tasks.then(task):
        return await begin(request, task, at)


async def begin(
    request: Request, task: Task, at: datetime, *, when: When | None = None, given: Given | None = None
) -> Answer:
    """Start `task`, and say so, or that it runs already; what the workspace demands besides is asked first."""
    context = request.context
    try:
        if given is None:
            await constraints.check(context, [task])
        with constraints.explained():
            begun = await timer.start(context, task, at=at, given=given)
    except timer_problems.AlreadyRunning as running:
        return _already(request, running)
    except constraints.RunningLacks as running:
        return await _complete_running(request, running.fields, at, task)
    except constraints.Lacking as entry:
        return await _complete_start(request, entry.fields, task, at)
    except timer_problems.SwitchFailedHalfway as halfway:
        fields = constraints.refused_for(halfway.values["reason"])
        if not fields:
            raise
        return await _complete_start(request, fields, task, at, stopped=halfway)
    message = views.started(request.t, begun.entry, previous=begun.previous, undo_id=begun.undo_id, when=when)
    return Reply(message, replace=True)


async def end(request: Request, at: datetime, *, entry_id: int | None = None, when: When | None = None) -> Answer:
    """Stop the timer, and say so; what its entry lacks of what the workspace demands is asked first."""
    try:
        with constraints.explained():
            stopped = await timer.stop(request.context, at=at, entry_id=entry_id)
    except constraints.RunningLacks as running:
        return await _complete_running(request, running.fields, at)
    message = views.stopped(request.t, stopped.entry, day_total=stopped.day_total, undo_id=stopped.undo_id, when=when)
    return Reply(message, replace=True)


async def submit_required_start(request: Request) -> Answer:
    """What the workspace demands of the entry was given: start it."""
    task = Choice.read(request.data["choice"]).task
    at = datetime.fromisoformat(request.data["at"])
    return await begin(request, task, at, given=required.given(request)) if task else Done()


async def submit_required_stop(request: Request) -> Answer:
    """What the running entry lacked was given: add it, and stop, or switch to the task that was wanted."""
    data = request.data
    given, at = required.given(request), datetime.fromisoformat(data["at"])
    await constraints.complete(request.context, task_id=data["task"], entry_id=data["entry"], given=given)
    task = Choice.read(data["choice"]).task if "choice" in data else None
    if task is None:
        return await end(request, at, entry_id=data["entry"])
    fields = lacking(map(Field, data["fields"]), [task])
    return await (_complete_start(request, fields, task, at) if fields else begin(request, task, at))


async def _complete_start(
    request: Request, fields: Collection[Field], task: Task, at: datetime, *, stopped: UserError | None = None
) -> Answer:
    """Ask for what an entry on `task` has to have; `stopped` tells what was done already."""
    kept = {"choice": Choice.of(task).value(), "at": at.isoformat()}
    return await required.ask(request, fields, Callbacks.REQUIRED_START, kept, done=stopped)


async def _complete_running(
    request: Request, fields: Collection[Field], at: datetime, then: Task | None = None
) -> Answer:
    """Ask for what the running entry lacks; with `then`, the timer is switched to that afterwards."""
    running = await timer.running(request.context)
    kept = {"entry": running.id, "task": running.task_id, "at": at.isoformat(), "fields": sorted(fields)}
    if then:
        kept["choice"] = Choice.of(then).value()
    return await required.ask(request, fields, Callbacks.REQUIRED_STOP, kept, running=running)


async def _create(request: Request, name: str, at: datetime) -> Answer:
    project = await tasks.default_project(request.context)
    if project is None:
        form = start_modal.new_task(request.t, name)
        kind = UpdateModal if request.kind is Kind.SUBMISSION else OpenModal
        return kind(form, data={"at": at.isoformat()})
    task = await tasks.create(request.context, name, project=project)
    with tasks.then(task):
        return await begin(request, task, at)


def _ask(request: Request, *, when: str = "", project: Project | None = None) -> Answer:
    """The start modal; it says what would stop, which Toggl is asked for while a loading view shows."""
    data = {"project": project.id} if project else {}
    if entries.known(request.context) is not None:
        return OpenModal(start_modal.start(request.t, running=timer.known_running(request.context), when=when), data)

    async def fill() -> tuple[View, Mapping[str, Any]]:
        running = entries.running(await entries.read(request.context))
        return start_modal.start(request.t, running=running, when=when), data

    return OpenModal(start_modal.loading(request.t), fill=fill)


def _already(request: Request, running: timer_problems.AlreadyRunning) -> Answer:
    elapsed = running.entry.elapsed(request.now)
    return Reply(views.already_running(request.t, running.entry, elapsed=elapsed), replace=True)


def _shown_start(entry_id: int, started_at: datetime) -> dict[str, int]:
    """What the form needs back: which timer it is about, and the start it was shown with."""
    return {"entry": entry_id, "seen": int(started_at.timestamp())}


async def typed(request: Request) -> tuple[When | None, datetime]:
    """The start that was typed into a form; now where it was left empty. Raises NotUnderstood, NoEntryBefore."""
    words = request.values.get(Blocks.WHEN)
    when = parse_when(words, now=request.now, zone=request.t.zone) if words else None
    return when, await timer.moment(request.context, when)
