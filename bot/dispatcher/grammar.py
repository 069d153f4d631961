"""Typed arguments: how the words after a verb become the values a handler is called with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from bot.domain.periods import parse_period
from bot.domain.quotes import unquote
from bot.domain.when import parse_when, split_when
from bot.errors import UserError
from bot.i18n import N_
from bot.views.choices import NAME_LENGTH
from bot.views.kit import cut

SHOWN = 100
"""How much of what did not fit is said back."""


class BadArguments(UserError):
    """The words do not fit the verb; the pipeline adds the verb's usage."""

    sentence = N_("I could not make sense of “{words}” there.")


class MissingArgument(BadArguments):
    """A required argument was left out."""

    sentence = N_("Something is missing: {usage}.")


class NameTooLong(BadArguments):
    """A name longer than what asks back can carry: it would be cut without a word."""

    sentence = N_("A task’s name can have at most {most} characters; this one has {length}.")


class Takes(Enum):
    """Which part of the text an argument reads; the ends are read before the rest."""

    HEAD = "the first words"
    TAIL = "the last words"
    REST = "everything the others left"


@dataclass(frozen=True, slots=True)
class Clock:
    """What reading a time needs: `now` (aware), the person's zone, and the day their weeks begin on (0 is Monday)."""

    now: datetime
    zone: ZoneInfo
    first_weekday: int = 0


class Arg(Protocol):
    """One typed argument. `name` is the handler's keyword, `usage` what help shows in its place."""

    @property
    def name(self) -> str:
        """The keyword under which the handler receives the value."""

    @property
    def usage(self) -> str:
        """What stands for it in help, for example `[when]`."""

    @property
    def optional(self) -> bool:
        """Whether it may be left out; its value is then None."""

    @property
    def takes(self) -> Takes:
        """Which part of the text it reads."""

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:
        """The value read from `text` (None if there is none) and the text that is left. Raises UserError."""


@dataclass(frozen=True, slots=True)
class When:
    """A time at the end: `9:15`, `25m ago`, `since last`. The value is a `bot.domain.when.When`.

    `alone`: the verb takes nothing else, so that `stop 0915` can be nothing but a time, or is refused as one.
    """

    name: str
    optional: bool = True
    label: str = "when"
    alone: bool = False
    takes: ClassVar[Takes] = Takes.TAIL

    @property
    def usage(self) -> str:
        """For example `[when]`."""
        return _usage(self.label, optional=self.optional)

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:
        """Take a trailing time off `text`. Raises NotUnderstood."""
        if self.alone and text:
            return parse_when(text, now=clock.now, zone=clock.zone), ""
        rest, when = split_when(text, now=clock.now, zone=clock.zone)
        return when, rest


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the other arguments left, as it was written."""

    name: str
    optional: bool = True
    label: str = ""
    takes: ClassVar[Takes] = Takes.REST

    @property
    def usage(self) -> str:
        """For example `[name]`."""
        return _usage(self.label or self.name, optional=self.optional)

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:  # noqa: ARG002 (words need no clock)
        """All of `text`, or None where there is none."""
        return text or None, ""


@dataclass(frozen=True, slots=True)
class Period(Words):
    """`last week`, `november`, `12 nov - 20 nov`: a `bot.domain.periods.Period` from everything that is left."""

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:
        """The period that all of `text` means; None for no words. Raises NotUnderstood."""
        if not text:
            return None, ""
        return parse_period(text, now=clock.now, zone=clock.zone, first_weekday=clock.first_weekday), ""


@dataclass(frozen=True, slots=True)
class TaskText(Words):
    """What a person calls a task; quotation marks around it are taken off, so that `"review 9:15"` stays a name."""

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:  # noqa: ARG002 (words need no clock)
        """All of `text` without the quotation marks around it. Raises NameTooLong."""
        name = unquote(text)
        if len(name) > NAME_LENGTH:
            raise NameTooLong(most=NAME_LENGTH, length=len(name))
        return name or None, ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed words, first or anywhere the others leave it at the head."""

    name: str
    options: tuple[str, ...]
    optional: bool = True
    takes: ClassVar[Takes] = Takes.HEAD

    @property
    def usage(self) -> str:
        """For example `[active|archived]`."""
        return _usage("|".join(self.options), optional=self.optional)

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:  # noqa: ARG002 (words need no clock)
        """Take the first word off `text` if it is one of the options."""
        head, _, rest = text.partition(" ")
        return (head.lower(), rest.strip()) if head.lower() in self.options else (None, text)


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few fixed words wherever it stands, behind `lead` if that is given: `by task`, `csv`."""

    name: str
    options: tuple[str, ...]
    lead: str = ""
    optional: bool = True
    takes: ClassVar[Takes] = Takes.HEAD

    @property
    def usage(self) -> str:
        """For example `[by project|task]`."""
        return _usage(" ".join(filter(None, (self.lead, "|".join(self.options)))), optional=self.optional)

    def parse(self, text: str, clock: Clock) -> tuple[Any, str]:  # noqa: ARG002 (words need no clock)
        """Take the first that stands in `text` out of it."""
        words = text.split()
        lowered = [word.lower() for word in words]
        size = 2 if self.lead else 1
        for place in range(len(words) - size + 1):
            *lead, chosen = lowered[place : place + size]
            if chosen in self.options and lead == [self.lead][: size - 1]:
                return chosen, " ".join((*words[:place], *words[place + size :]))
        return None, text


def parse_args(args: Sequence[Arg], text: str, clock: Clock) -> dict[str, Any]:
    """Every argument's value by name. Raises BadArguments where words are left over or missing."""
    rest = " ".join(text.split(" ")).strip()
    values: dict[str, Any] = {}
    for arg in _reading_order(args):
        values[arg.name], rest = arg.parse(rest, clock)
        if values[arg.name] is None and not arg.optional:
            raise MissingArgument(usage=arg.usage) if not rest else BadArguments(words=cut(rest, SHOWN))
    if rest:
        raise BadArguments(words=cut(rest, SHOWN))
    return values


def _reading_order(args: Sequence[Arg]) -> list[Arg]:
    heads = [arg for arg in args if arg.takes is Takes.HEAD]
    tails = [arg for arg in reversed(args) if arg.takes is Takes.TAIL]
    return [*heads, *tails, *(arg for arg in args if arg.takes is Takes.REST)]


def _usage(label: str, *, optional: bool) -> str:
    return f"[{label}]" if optional else f"<{label}>"
