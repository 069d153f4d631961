"""What the bot can do, as frozen data: help, unknown words, the manifest check and dispatching read the same tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from bot.dispatcher.answers import Answer
from bot.dispatcher.grammar import Arg
from bot.dispatcher.occurrence import Occurrence

Handler = Callable[..., Awaitable[Answer]]


class Needs(Enum):
    """What a route requires of the person before its handler runs."""

    NOTHING = "nothing"
    WHATEVER_IS_THERE = "nothing, but it uses what is connected"
    FOCUS = "a Toggl Focus credential and a chosen workspace"
    TRACK = "a Toggl Track credential and a chosen workspace"
    ADMIN = "the rights of a workspace admin"


@dataclass(frozen=True, slots=True)
class Command:
    """`/track stop 10m ago`: `name` is the command's part (`track`), `verb` may be several words or empty (alone)."""

    name: str
    verb: str
    handler: Handler
    summary: str
    """One line of help, marked with `N_`."""
    example: str
    """Without the slash command itself, for example `stop 10m ago`."""
    args: tuple[Arg, ...] = ()
    needs: Needs = Needs.FOCUS
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A button, menu or select, by the `action_id` that the view gave it."""

    action_id: str
    handler: Handler
    needs: Needs = Needs.FOCUS


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted modal, by its `callback_id`."""

    callback_id: str
    handler: Handler
    needs: Needs = Needs.FOCUS


@dataclass(frozen=True, slots=True)
class Typeahead:
    """The options of an external select, by its `action_id`."""

    action_id: str
    handler: Handler
    needs: Needs = Needs.FOCUS


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut, by its `callback_id`."""

    callback_id: str
    handler: Handler
    needs: Needs = Needs.FOCUS


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the Events API, by its `type`."""

    event_type: str
    handler: Handler
    needs: Needs = Needs.NOTHING


@dataclass(frozen=True, slots=True)
class Closing:
    """A modal closed with its ✕ or Cancel (sent only where the view has `notify_on_close`), by its `callback_id`."""

    callback_id: str
    handler: Handler
    needs: Needs = Needs.NOTHING


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that nobody waits on: the workspace itself, a channel or a person changed. By its `type`.

    Its handler is given an `Occurrence` and shows nothing.
    """

    event_type: str
    handler: Callable[[Occurrence], Awaitable[None]]


Answered = Command | Action | Submission | Closing | Typeahead | Shortcut | Event
Route = Answered | Notice
