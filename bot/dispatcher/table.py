"""The routes as dictionaries, built once: whose a request is, and which verbs come near an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import DamerauLevenshtein

from bot.dispatcher.request import Kind
from bot.dispatcher.routes import Action, Closing, Command, Event, Notice, Route, Shortcut, Submission, Typeahead

HELP = ("help", "?", "hilfe", "ayuda", "ヘルプ")
Key = TypeVar("Key")
Held = TypeVar("Held")
SIMILAR = 0.6  # below it a suggestion would be a guess
VERY_SIMILAR = 0.75  # what another command's verb must be
SUGGESTIONS = 3
KINDS = {
    Action: (Kind.ACTION, "action_id"),
    Submission: (Kind.SUBMISSION, "callback_id"),
    Closing: (Kind.CLOSING, "callback_id"),
    Typeahead: (Kind.OPTIONS, "action_id"),
    Shortcut: (Kind.SHORTCUT, "callback_id"),
    Event: (Kind.EVENT, "event_type"),
    Notice: (Kind.EVENT, "event_type"),
}


class DoubleRouteError(ValueError):
    """Two routes claim the same words or the same id."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command's words after the longest verb was taken off: `command` is None where no verb matches."""

    command: Command | None
    rest: str


class Table:
    """Every route, found in constant time. `names` are the slash commands by their part in the routes."""

    def __init__(self, routes: Iterable[Route], names: Mapping[str, str]) -> None:
        self.commands: dict[str, list[Command]] = {}
        self._verbs: dict[str, dict[str, Command]] = {}
        self._others: dict[tuple[Kind, str], Route] = {}
        for route in routes:
            if isinstance(route, Command):
                self._add_command(route)
            else:
                kind, key = KINDS[type(route)]
                self._claim(self._others, (kind, str(getattr(route, key))), route)
        self.names = {name: slash for name, slash in names.items() if name in self.commands}
        self._by_slash = {slash: name for name, slash in self.names.items()}
        self._longest = max((len(verb.split()) for verbs in self._verbs.values() for verb in verbs), default=1)

    def command_name(self, slash: str) -> str | None:
        """The part in the routes of the slash command `slash`, for example `track`."""
        return self._by_slash.get(slash.lower())

    def find(self, kind: Kind, key: str) -> Route | None:
        """The route of anything but a command, by its id."""
        return self._others.get((kind, key))

    def typed(self, name: str, text: str) -> Typed:
        """The verb that `text` begins with, the longest that matches; alone, the command's own view."""
        verbs = self._verbs[name]
        words = text.split(None, self._longest)
        for length in range(min(self._longest, len(words)), 0, -1):
            command = verbs.get(" ".join(words[:length]).lower())
            if command is not None:
                after = text.split(None, length)
                return Typed(command, after[length] if len(after) > length else "")
        return Typed(None, text.strip()) if words else Typed(verbs.get(""), "")

    def nearest(self, name: str, text: str) -> list[Command]:
        """The verbs that look most like the first words of `text`: of the command itself first, then of the others."""
        first = " ".join(text.lower().split()[:1])
        own = self._similar(self._verbs[name], first)
        others = [
            command
            for other, verbs in self._verbs.items()
            if other != name
            for command in self._similar(verbs, first, least=VERY_SIMILAR)
        ]
        return _distinct([*own, *others])[:SUGGESTIONS]

    @staticmethod
    def _similar(verbs: Mapping[str, Command], word: str, least: float = SIMILAR) -> list[Command]:
        scores = {verb: _similarity(word, verb) for verb in verbs if verb}
        near = sorted((verb for verb, score in scores.items() if score >= least), key=lambda verb: -scores[verb])
        return [verbs[verb] for verb in near]

    def _add_command(self, command: Command) -> None:
        self.commands.setdefault(command.name, []).append(command)
        verbs = self._verbs.setdefault(command.name, {})
        for verb in (command.verb, *command.synonyms):
            if verb in HELP:
                raise DoubleRouteError(f"/{command.name} {verb} belongs to the dispatcher")
            self._claim(verbs, verb, command)

    @staticmethod
    def _claim(claimed: dict[Key, Held], key: Key, route: Held) -> None:
        if key in claimed:
            raise DoubleRouteError(f"{key} has two routes")
        claimed[key] = route


def help_words(text: str) -> str | None:
    """The verb that help is asked for (empty for all of them); None where it is not asked for."""
    words = text.lower().split()
    if words and words[0] in HELP:
        return " ".join(words[1:])
    return None


def _similarity(word: str, verb: str) -> float:
    """Between 0 and 1: how little has to be changed, or swapped, to make the verb of the word; a beginning counts."""
    if len(word) > 1 and verb.startswith(word):
        return VERY_SIMILAR
    return DamerauLevenshtein.normalized_similarity(word, verb)


def _distinct(commands: Sequence[Command]) -> list[Command]:
    return list({(command.name, command.verb): command for command in commands}.values())
