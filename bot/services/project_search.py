"""Which project, client or tag is meant by a few words, with as few calls as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from bot.domain.folding import fold
from bot.domain.matching import Matches, match
from bot.domain.projects import Named, Project
from bot.services.context import Context
from bot.toggl import models

OFFERED = 8
FULL = 100
"""Projects in one call."""
_SUGGESTIONS = 100
_SEARCHED = 100
"""Characters of a name that Toggl is asked for."""


async def find(context: Context, text: str, *, archived: bool = False, certain: bool = True) -> Matches[Project]:
    """The projects that `text` may mean; of the archived ones only if `archived`. None or one call, seldom two.

    Toggl is asked for archived ones, and for those behind the first hundred, only where the kept list leaves a doubt:
    a part of a name may be the whole of another one that is not in it, which matters where it has to be `certain`.
    """
    page = await context.toggl.projects.cached(archived=archived or None)
    listed = read_all(page.data)
    found = match(text, listed, context=_client, limit=OFFERED)
    clear = found.clear is not None and (not certain or fold(found.clear.name) == fold(text))
    if clear or ((found.clear or found.several) and len(page.data) < FULL):
        return found
    words = _searchable(text)
    if not words:
        return found
    searched = await context.toggl.projects.cached(name=words, archived=True if archived else "all")
    everything = tuple({project.id: project for project in (*listed, *read_all(searched.data))}.values())
    return match(text, everything, context=_client, limit=OFFERED)


async def find_to_put_aside(context: Context, text: str, *, archived: bool) -> Matches[Project]:
    """The same for what is done at once, to active projects or to `archived` ones; one call more for a part of a name.

    Whoever types the name of a project that is put aside already does not mean another one whose name begins so.
    """
    found = await find(context, text, archived=archived)
    words = _searchable(text)
    if found.clear is None or not words or fold(found.clear.name) == fold(words):
        return found
    searched = await context.toggl.projects.cached(name=words, archived="all")
    exact = next((project for project in read_all(searched.data) if fold(project.name) == fold(words)), None)
    return Matches(exact) if exact else found


async def offer(context: Context, *, archived: bool = False, pinned: bool = False) -> tuple[Project, ...]:
    """A few projects to choose from where none was named, the pinned ones first. None or one call."""
    listed = read_all((await context.toggl.projects.cached(archived=archived or None)).data)
    usable = [project for project in listed if project.fields.pinned or not pinned]
    return tuple(sorted(usable, key=lambda project: not project.fields.pinned)[:OFFERED])


async def suggest(context: Context, query: str) -> tuple[Project, ...]:
    """What a typeahead of projects shows for `query`; the first ones for an empty one."""
    if not query.strip():
        return read_all((await context.toggl.projects.cached()).data)[:_SUGGESTIONS]
    found = await find(context, query, certain=False)
    return (found.clear,) if found.clear else found.several


async def suggest_clients(context: Context, query: str) -> tuple[Named, ...]:
    """The clients that fit `query`: those of the projects the person sees, for Toggl lists no others."""
    return await _suggest(context, query, lambda project: (project.fields.client,))


async def suggest_tags(context: Context, query: str) -> tuple[Named, ...]:
    """The tags that fit `query`: those of the projects the person sees."""
    return await _suggest(context, query, lambda project: project.fields.tags)


def read_all(answers: Iterable[models.Project]) -> tuple[Project, ...]:
    """The projects in Toggl's answers; those without an id are left out."""
    return tuple(project for project in map(Project.of, answers) if project)


async def _suggest(
    context: Context, query: str, part: Callable[[Project], Iterable[Named | None]]
) -> tuple[Named, ...]:
    """The parts of the active projects that fit `query`; of the archived ones too where none does."""
    reaches: tuple[Literal["all"] | None, ...] = (None, "all")
    for archived in reaches:
        listed = read_all((await context.toggl.projects.cached(archived=archived)).data)
        known = {named.id: named for project in listed for named in part(project) if named}
        everything = sorted(known.values(), key=lambda named: named.name.casefold())
        if not query.strip():
            return tuple(everything[:_SUGGESTIONS])
        found = match(query, everything, limit=_SUGGESTIONS)
        if found.clear or found.several:
            return (found.clear,) if found.clear else found.several
    return ()


def _searchable(text: str) -> str:
    """What Toggl can be asked to search for."""
    return "".join(character for character in text if character.isprintable()).strip()[:_SEARCHED]


def _client(project: Project) -> str:
    return project.fields.client.name if project.fields.client else ""
