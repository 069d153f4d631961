"""List the person's entries by day, and turn the pages."""

from __future__ import annotations

from bot.dispatcher import Answer, Message, Reply, Request
from bot.domain.entry_filters import parse_looking
from bot.services import entry_list
from bot.views import entry_list as views
from bot.views.entry_list import Turn


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


async def _page(request: Request, turn: Turn) -> Message:
    found = await entry_list.list_entries(request.context, turn.query, page=turn.page, afresh=turn.afresh)
    return views.listing(request.t, found.query, found.page, whole=found.whole, now=request.now)
