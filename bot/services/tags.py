"""The workspace's tags, as far as they are seen: Toggl lists tags only with the things that have them."""

from __future__ import annotations

from contextlib import suppress

from bot.domain.matching import match
from bot.domain.projects import Named
from bot.services.context import Context
from bot.toggl import Forbidden, NotFound

MOST = 100
"""What a picker shows at once."""


async def seen(context: Context) -> tuple[Named, ...]:
    """The tags of the person's tasks and recent entries, by name. At most two calls, mostly none."""
    entries = (await context.toggl.time_entries.recent()).data
    found = [tag for entry in entries for tag in (*(entry.tags or ()), *((entry.task and entry.task.tags) or ()))]
    with suppress(Forbidden, NotFound):  # not among Toggl's documented operations: the entries' tags have to do
        found += [tag for task in (await context.toggl.tasks.cached()).data for tag in task.tags or ()]
    tags = {tag.id: Named(tag.id, tag.name) for tag in found if tag.id is not None and tag.name}
    return tuple(sorted(tags.values(), key=lambda tag: tag.name.casefold()))


async def suggest(context: Context, query: str) -> tuple[Named, ...]:
    """Those that fit `query`; all for an empty one."""
    tags = await seen(context)
    if not query.strip():
        return tags[:MOST]
    found = match(query, tags, limit=MOST)
    return (found.clear,) if found.clear else found.several
