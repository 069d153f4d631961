"""Cut a phrase about time into its numbers and known words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.folding import fold
from bot.domain.vocabulary import LANGUAGES, Lexicon, Role

LONGEST = 80
"""Characters: no phrase about time is longer, and nothing longer is looked at."""

FIRST_YEAR, LAST_YEAR = 1970, 2099

FIRST_UNSPACED = "\u2e80"
"""From here on come the scripts that put no spaces between words (Chinese, Japanese)."""

_SIXTY = 60

# Every alternative begins where the one before ended and none repeats within another: the time is linear.
_DIGITS = re.compile(
    r"(?P<clock>(\d{1,3}):(\d\d)(?::(\d\d))?(?!\d))"
    r"|(?P<ymd>(\d{4})([-/])(\d{1,2})\7(\d{1,2})(?!\d))"
    r"|(?P<dmy>(\d{1,2})\.(\d{1,2})\.(\d{4}(?!\d))?(?!\d))"
    r"|(?P<decimal>\d{1,3}[.,]\d{1,2}(?!\d))"
    r"|(?P<number>\d{1,6}(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number or word: `text` as folded, what it can be with which value, and whether no space precedes."""

    text: str
    meanings: Mapping[Role, int]
    glued: bool


def scan(phrase: str, *, alone: bool) -> tuple[Token, ...] | None:
    """The tokens of `phrase`; None where it holds anything that no phrase about time holds.

    Words that are ordinary ones in a task's name count only where the phrase stands `alone`.
    """
    if len(phrase) > LONGEST:
        return None
    text, lexicon = fold(phrase), _lexicon(alone=alone)
    tokens: list[Token] = []
    place, glued = 0, False
    while place < len(text):
        if text[place] == " ":
            place, glued = place + 1, False
            continue
        if text[place] == "," and not text[place + 1 : place + 2].strip():
            place += 1
            continue
        token = _token(text, place, lexicon, glued=glued)
        if token is None:
            return None
        tokens.append(token)
        place, glued = place + len(token.text), True
        if token.text[-1].isalpha() and text[place : place + 1] == ".":
            place += 1  # an abbreviation's
        elif text[place : place + 1] == "t" and Role.DATE in token.meanings:
            place, glued = place + 1, False  # as in 2026-11-12T09:15
    return tuple(tokens)


@functools.cache
def _lexicon(*, alone: bool) -> Lexicon:
    return Lexicon.of(LANGUAGES, alone=alone)


def _token(text: str, place: int, lexicon: Lexicon, *, glued: bool) -> Token | None:
    """The token at `place`: the longest known phrase, or a number."""
    for phrase in lexicon.by_first.get(text[place], ()):
        if text.startswith(phrase, place) and not _goes_on(text, place + len(phrase)):
            return Token(phrase, lexicon.meanings[phrase], glued)
    if text[place] in "-\N{EN DASH}\N{EM DASH}~\N{WAVE DASH}":
        return Token(text[place], {Role.DASH: 0}, glued)
    found = _DIGITS.match(text, place)
    meanings = _meanings(found) if found else None
    return Token(found[0], meanings, glued) if found and meanings else None


def _goes_on(text: str, end: int) -> bool:
    """Whether a word of letters with spaces around them goes on at `end`: `min` is not in `mine`."""
    return text[end - 1].isalpha() and text[end - 1] < FIRST_UNSPACED and text[end : end + 1].isalpha()


def _meanings(found: re.Match[str]) -> Mapping[Role, int] | None:
    numbers = [int(group) for group in found.groups() if group and group.isdecimal()]
    match found.lastgroup:
        case "clock":
            hours, minutes, seconds = (*numbers, 0)[:3]
            return {Role.CLOCK: hours * 3600 + minutes * 60 + seconds} if max(minutes, seconds) < _SIXTY else None
        case "ymd":
            return _date(*numbers)
        case "dmy" if len(numbers) == len(("day", "month", "year")):
            return _date(*reversed(numbers))
        case "dmy":
            return {Role.MONTH_DAY: numbers[1] * 100 + numbers[0]}
        case "decimal":
            return {Role.DECIMAL: 0}
    return {Role.NUMBER: numbers[0]}


def _date(year: int, month: int, day: int) -> Mapping[Role, int] | None:
    try:
        return {Role.DATE: date(year, month, day).toordinal()} if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
