"""Who is in a project: a modal that shows, adds, gives another role, and removes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, OpenModal, Request, UpdateModal
from bot.domain.projects import NUMBER, Named
from bot.i18n import N_
from bot.services import project_members, project_people
from bot.services.project_people import Member
from bot.views import project_members as views
from bot.views.forms import block_id
from bot.views.ids import Blocks
from bot.views.kit import called
from bot.views.project_answers import read_named
from bot.views.project_inputs import named_options
from bot.views.project_members import Deed
from bot.views.project_pieces import Subject

ADDED = N_("Added {names}.")
REMOVED = N_("Removed {names}.")
CHANGED = N_("New role for {names}.")


async def show(request: Request, subject: Subject) -> Answer:
    """The modal with a project's people and groups."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        team = await project_members.team(request.context, Named(subject.id, subject.name))
        return views.team(request.t, subject.name, team.members, team.roles), _data(team.project, 0)

    return OpenModal(views.loading(request.t), fill=fill)


async def press(request: Request) -> Answer:
    """A member's menu: another role, or out."""
    deed, project, turn = Deed.read(request.value), _project(request), request.data["turn"]
    shown = Member(deed.id, await _name(request, deed), group=deed.group, manager=deed.manager)
    if deed.role_id is None:
        return _shown(request, await project_members.remove(request.context, project, shown), REMOVED, turn=turn)
    changed = await project_members.change_role(request.context, project, shown, deed.role_id)
    return _shown(request, changed, CHANGED, turn=turn)


async def submit(request: Request) -> Answer:
    """*Add*: the chosen people and groups, with the chosen role."""
    turn = request.data["turn"]
    people: Sequence[str] = request.values.get(block_id(Blocks.PROJECT_PEOPLE, turn)) or ()
    groups: Sequence[str] = request.values.get(block_id(Blocks.PROJECT_GROUPS, turn)) or ()
    role: str | None = request.values.get(block_id(Blocks.PROJECT_ROLE, turn))
    added = await project_members.add(
        request.context,
        _project(request),
        user_ids=[read_named(person).id for person in people],
        group_ids=[int(group) for group in groups],
        role_id=int(role) if role else None,
    )
    return _shown(request, added, ADDED, turn=turn + 1)


async def suggest_people(request: Request) -> Answer:
    """The typeahead of the workspace's people."""
    return Choices(named_options(await project_people.suggest_people(request.context, request.text)))


async def suggest_groups(request: Request) -> Answer:
    """The typeahead of groups."""
    return Choices(views.group_options(request.t, await project_people.suggest_groups(request.context, request.text)))


def _shown(request: Request, changed: project_members.Changed, sentence: str, *, turn: int) -> Answer:
    """The modal as it is now, with what was done and its Undo on top; the form is empty on a new `turn`."""
    team = changed.team
    did = request.t.md(sentence, names=", ".join(changed.names))
    view = views.team(
        request.t, team.project.name, team.members, team.roles, did=did, undo_id=changed.undo_id, turn=turn
    )
    return UpdateModal(view, data=_data(team.project, turn), did=f"*{called(team.project.name)}*: {did}")


async def _name(request: Request, deed: Deed) -> str:
    if deed.group:
        return NUMBER.format(id=deed.id)
    known = await project_people.people(request.context)
    return next((person.name for person in known if person.id == deed.id), NUMBER.format(id=deed.id))


def _project(request: Request) -> Named:
    return Named(request.data["id"], request.data["name"])


def _data(project: Named, turn: int) -> Mapping[str, Any]:
    return {"id": project.id, "name": project.name, "turn": turn}
