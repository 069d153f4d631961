"""List the person's entries by day, and turn the pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dispatcher import Answer, Message, Reply, Request
from bot.domain.entry_details import Details
from bot.domain.entry_filters import parse_looking
from bot.handlers import lists
from bot.services import entry_list
from bot.views import entry_list as views
from bot.views.entry_list import Turn


@dataclass(frozen=True, slots=True)
class Behind:
    """The page of the list from whose menu something is done, and all entries of the list as kept before that."""

    turn: Turn
    entries: tuple[Details, ...]


async def show(request: Request, *, words: str | None) -> Answer:
    """`/track list last week type:break`: the newest page."""
    filters, period = parse_looking(
        words or "", now=request.now, zone=request.t.zone, first_weekday=request.t.first_weekday
    )
    query = await entry_list.read_query(request.context, filters, period)
    return Reply(await _page(request, Turn(query)))


async def turn(request: Request) -> Answer:
    """*Newer*, *Older* and *Refresh*: another page in the place of the one that is shown."""
    return Reply(await _page(request, Turn.read(request.value)), replace=True)


def behind(request: Request) -> Behind | None:
    """The list behind the menu or form, before its change: the change forgets what is kept. None where none is."""
    turn = lists.behind(request, Turn.read)
    found = entry_list.kept(request.context, turn.query) if turn else None
    return Behind(turn, found) if turn and found is not None else None


def shown_again(request: Request, seen: Behind | None, answer: Reply, after: Details) -> Reply:
    """The answer to a change that left the entry as `after`; the list behind it shows that, too."""
    if seen is None or answer.replace:
        return answer
    now = [after if entry.id == after.id else entry for entry in seen.entries]
    found = entry_list.listed(request.context, seen.turn.query, now, page=seen.turn.page)
    shown = views.listing(request.t, found.query, found.page, whole=found.whole, now=request.now)
    return replace(answer, original=shown)


async def _page(request: Request, turn: Turn) -> Message:
    found = await entry_list.list_entries(request.context, turn.query, page=turn.page, afresh=turn.afresh)
    return views.listing(request.t, found.query, found.page, whole=found.whole, now=request.now)
