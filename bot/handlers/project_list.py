"""The list of projects with its pages, which shows what was changed from its own menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dispatcher import Answer, Message, Reply, Request
from bot.domain.project_filters import parse_project_filters
from bot.domain.projects import Project
from bot.handlers import lists
from bot.services import projects
from bot.services.projects import Listing
from bot.views import projects as views
from bot.views.projects import Turn


@dataclass(frozen=True, slots=True)
class Behind:
    """The page of the list from whose menu something is done, as it is kept before that."""

    turn: Turn
    listing: Listing


async def show(request: Request, *, which: str | None = None, words: str | None = None) -> Answer:
    """`/project list archived client:bergmann relaunch`: the first page."""
    filters = parse_project_filters(
        which, words, now=request.now, zone=request.t.zone, first_weekday=request.t.first_weekday
    )
    return Reply(await _page(request, Turn(filters)))


async def turn(request: Request) -> Answer:
    """*Previous*, *Next*: another page in the place of the one that is shown."""
    return Reply(await _page(request, Turn.read(request.value)), replace=True)


def behind(request: Request) -> Behind | None:
    """The list behind the menu or form, before its change: the change forgets what is kept. None where none is."""
    turn = lists.behind(request, Turn.read)
    listing = projects.kept_listing(request.context, turn.filters, page=turn.page) if turn else None
    return Behind(turn, listing) if turn and listing else None


def shown_again(
    request: Request, seen: Behind | None, answer: Answer, project_id: int, change: Callable[[Project], Project]
) -> Answer:
    """The answer to a change; the list shows it, too. What does not belong there any more stays until it is turned."""
    if seen is None or not isinstance(answer, Reply) or answer.replace:
        return answer
    now = [change(project) if project.id == project_id else project for project in seen.listing.projects]
    listed = views.listing(request.t, seen.turn, now, more=seen.listing.more, total=seen.listing.total)
    return replace(answer, original=listed)


async def _page(request: Request, asked: Turn) -> Message:
    found = await projects.list_projects(request.context, asked.filters, page=asked.page)
    return views.listing(request.t, asked, found.projects, more=found.more, total=found.total)
