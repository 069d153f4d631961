"""What people type after `subscribe`: a project or all of them, and perhaps the events they want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.subscriptions import ProjectEvent

ALL_WORDS = frozenset({"all", "everything", "*", "alle", "alles", "todo", "todos", "すべて", "全部"})
_FILLERS = frozenset({"and", "und", "y", "&", "events", "only", "for"})
_EVENTS: Mapping[str, ProjectEvent] = MappingProxyType(
    {
        "created": ProjectEvent.CREATED,
        "new": ProjectEvent.CREATED,
        "renamed": ProjectEvent.RENAMED,
        "name": ProjectEvent.RENAMED,
        "names": ProjectEvent.RENAMED,
        "dates": ProjectEvent.DATES,
        "date": ProjectEvent.DATES,
        "estimate": ProjectEvent.ESTIMATE,
        "estimates": ProjectEvent.ESTIMATE,
        "archived": ProjectEvent.ARCHIVED,
        "unarchived": ProjectEvent.ARCHIVED,
        "deleted": ProjectEvent.DELETED,
        "restored": ProjectEvent.DELETED,
        "pinned": ProjectEvent.PINNED,
        "unpinned": ProjectEvent.PINNED,
        "members": ProjectEvent.MEMBERS,
        "people": ProjectEvent.MEMBERS,
        "hours": ProjectEvent.HOURS,
        "milestones": ProjectEvent.HOURS,
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """`project` is empty where none was named, None for all of them. `events` is empty where none were named."""

    project: str | None
    events: tuple[ProjectEvent, ...] = ()


def parse_subscribe(text: str) -> Asked:
    """`website relaunch dates, members`: events are read from the end, as far as there are any.

    A project that is called like an event is found, too: something has to be left to be the project.
    """
    words = text.replace(",", " ").split()
    events: list[ProjectEvent] = []
    while len(words) > 1 and (event := _EVENTS.get(words[-1].casefold())):
        events.append(event)
        words.pop()
        while len(words) > 1 and words[-1].casefold() in _FILLERS:
            words.pop()
    chosen = tuple(event for event in ProjectEvent if event in events)
    rest = " ".join(words) if chosen else text.strip()
    return Asked(None if rest.casefold() in ALL_WORDS else rest, chosen)
