"""Listing and looking at projects, with as few calls as possible."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.project_filters import PAGE, ProjectFilters
from bot.domain.projects import Named, Project
from bot.errors import UserError
from bot.i18n import N_
from bot.services import project_people, project_search
from bot.services.context import Context
from bot.services.project_people import Member
from bot.services.project_search import FULL, read_all
from bot.toggl import Forbidden, Trouble, UnreadableAnswer, models
from bot.toggl.models.page import Page
from bot.toggl.models.requests import ProjectPage


class NothingCalledSo(UserError):
    """A filter names something that no project has."""


class NoSuchClient(NothingCalledSo):
    """A filter names a client that no project has."""

    sentence = N_("No project that you can see has a client called “{said}”.")


class NoSuchTag(NothingCalledSo):
    """A filter names a tag that no project has."""

    sentence = N_("No project that you can see has a tag called “{said}”.")


@dataclass(frozen=True, slots=True)
class Listing:
    """Page `page` (from 1) of what the filters find; `total` is None where Toggl does not say it."""

    filters: ProjectFilters
    projects: tuple[Project, ...]
    page: int
    more: bool
    total: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """A project with its family and its people; `members` is None where the person may not see them."""

    project: Project
    parents: tuple[Project, ...]
    children: tuple[Project, ...]
    members: tuple[Member, ...] | None


async def list_projects(context: Context, filters: ProjectFilters, *, page: int = 1) -> Listing:
    """Page `page` of what `filters` find. One call for ten pages, none for ten minutes afterwards.

    Raises NothingCalledSo, NobodyCalledSo, TogglError.
    """
    query = await _query(context, filters)
    query["page"] = (page - 1) // (FULL // PAGE) + 1
    return _listing(filters, await context.toggl.projects.cached(**query), page)


def kept_listing(context: Context, filters: ProjectFilters, *, page: int = 1) -> Listing | None:
    """The same as far as it is kept; None where a call would be needed, or a name has to become a number."""
    if filters.client or filters.tag or filters.person:
        return None
    query = _narrowed(filters)
    query["page"] = (page - 1) // (FULL // PAGE) + 1
    answer = context.toggl.projects.known(**query)
    return _listing(filters, answer, page) if answer else None


async def get(context: Context, project_id: int) -> Project:
    """The project as it is now, its parent by its name where that is kept. One call. Raises NotFound."""
    project = read(await context.toggl.projects.get(project_id))
    if project.fields.parent is None:
        return project
    kept = read_all((await context.toggl.projects.cached()).data)
    name = next((other.name for other in kept if other.id == project.fields.parent.id), None)
    return project.with_parent(name) if name else project


async def card(context: Context, project_id: int) -> Card:
    """The project with parents, children and people: three calls at once, a fourth where it has a parent."""
    projects = context.toggl.projects
    answer, below, members = await asyncio.gather(
        projects.get(project_id),
        projects.list_children(project_id, per_page=FULL),
        _visible_members(context, project_id),
    )
    project = read(answer)
    parents: tuple[Project, ...] = ()
    if project.fields.parent:
        above = await projects.list_parents(project_id, per_page=FULL)
        parents = _others(above.data, project_id)
        project = project.with_parent(parents[0].name) if parents else project
    return Card(project, parents, _others(below.data, project_id), members)


async def with_children(context: Context, project_id: int) -> tuple[Project, tuple[Project, ...]]:
    """The project and those below it, which Toggl lists together. One call. Raises NotFound."""
    page = await context.toggl.projects.list_children(project_id, per_page=FULL)
    itself = next((project for project in read_all(page.data) if project.id == project_id), None)
    return itself or await get(context, project_id), _others(page.data, project_id)


def read(answer: models.Project) -> Project:
    """The project in an answer about one. Raises UnreadableAnswer."""
    project = Project.of(answer)
    if project is None:
        raise UnreadableAnswer(Trouble("get_project"))
    return project


async def _visible_members(context: Context, project_id: int) -> tuple[Member, ...] | None:
    try:
        return await project_people.members(context, project_id)
    except Forbidden:
        return None


def _listing(filters: ProjectFilters, answer: Page[models.Project], page: int) -> Listing:
    """Page `page` of ours in a page of Toggl's."""
    at = (page - 1) % (FULL // PAGE) * PAGE
    last = at + PAGE >= len(answer.data)
    more = not last or (len(answer.data) == FULL and (answer.total is None or answer.total > page * PAGE))
    return Listing(filters, read_all(answer.data[at : at + PAGE]), page, more, answer.total)


def _narrowed(filters: ProjectFilters) -> ProjectPage:
    """The filters as Toggl takes them, those by names aside."""
    query: ProjectPage = {"name": filters.words, "start_date": filters.first, "end_date": filters.last}
    match filters.which:
        case "archived":
            query["archived"] = True
        case "all":
            query["archived"] = "all"
        case "pinned":
            query["pinned"] = True
        case "private":
            query["private"] = True
    return query


async def _query(context: Context, filters: ProjectFilters) -> ProjectPage:
    """The filters as Toggl takes them; names become numbers by what is kept."""
    query = _narrowed(filters)
    if filters.client:
        found = await project_search.suggest_clients(context, filters.client)
        query["client_id"] = _numbers(found, NoSuchClient, filters.client)
    if filters.tag:
        found = await project_search.suggest_tags(context, filters.tag)
        query["tag_id"] = _numbers(found, NoSuchTag, filters.tag)
    if filters.person:
        query["user_id"] = [(await project_people.get_person(context, filters.person)).id]
    return query


def _numbers(found: Sequence[Named], otherwise: type[NothingCalledSo], said: str) -> list[int]:
    if not found:
        raise otherwise(said=said)
    return [named.id for named in found]


def _others(answers: Iterable[models.Project], project_id: int) -> tuple[Project, ...]:
    return tuple(project for project in read_all(answers) if project.id != project_id)
