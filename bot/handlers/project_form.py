"""Make a project, or edit one: all of it, or the few fields that a single change is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Reply, Request, UpdateModal
from bot.domain.project_edits import ALL, Field, marks
from bot.domain.projects import Fields, Named
from bot.handlers import lists, project_list
from bot.services import project_changes, project_search, projects
from bot.views import project_changes as changes
from bot.views import project_form as views
from bot.views.forms import FieldProblem
from bot.views.project_answers import read
from bot.views.project_inputs import named_options
from bot.views.project_pieces import Subject


async def new(request: Request, *, name: str | None = None) -> Answer:
    """`/project new Relaunch`: the form of a new project."""
    return OpenModal(views.new(request.t, name=name or request.value))


async def submit_new(request: Request) -> Answer:
    """The new project's form was sent."""
    try:
        entered = read(request.values, ALL)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    made = await project_changes.create(request.context, Fields(**entered))
    return Reply(changes.created(request.t, Subject(made.project_id, made.name), undo_id=made.undo_id))


def opening(*shown: Field) -> Callable[[Request, Subject], Awaitable[Answer]]:
    """The handler that opens the form with these fields of a project; with all that fit where none is given."""

    async def handle(request: Request, subject: Subject) -> Answer:
        async def fill() -> tuple[View, Mapping[str, Any]]:
            project = await projects.get(request.context, subject.id)
            asked = shown or views.fitting(project.fields)
            data = {"id": project.id, "marks": marks(project.fields, asked), "turn": 0, **lists.remembered(request)}
            return views.edit(request.t, project.fields, asked), data

        return OpenModal(views.loading(request.t), fill=fill)

    return handle


async def submit_edit(request: Request) -> Answer:
    """The edited form was sent; where somebody else changed the project meanwhile it comes back with both."""
    seen, turn, listed = request.data["marks"], request.data["turn"], project_list.behind(request)
    shown = tuple(Field(name) for name in seen)
    try:
        entered = read(request.values, shown, turn)
        saved = await project_changes.save(request.context, request.data["id"], entered, seen=seen)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    except project_changes.EditedElsewhere as edited:
        data = {"id": edited.now.id, "marks": marks(edited.now.fields, shown), "turn": turn + 1}
        data |= lists.remembered(request)
        return UpdateModal(views.edit_again(request.t, edited.merged, shown, turn + 1), data=data)
    reply = Reply(changes.saved(request.t, saved.before, saved.after, undo_id=saved.undo_id))
    return project_list.shown_again(request, listed, reply, saved.after.id, lambda _: saved.after)


async def suggest_clients(request: Request) -> Answer:
    """The typeahead of clients."""
    return Choices(named_options(await project_search.suggest_clients(request.context, request.text)))


async def suggest_parents(request: Request) -> Answer:
    """The typeahead of projects that may be the parent: any but the one that is edited."""
    found = await project_search.suggest(request.context, request.text)
    others = [Named(project.id, project.name) for project in found if project.id != request.data.get("id")]
    return Choices(named_options(others))


async def suggest_tags(request: Request) -> Answer:
    """The typeahead of tags."""
    return Choices(named_options(await project_search.suggest_tags(request.context, request.text)))
