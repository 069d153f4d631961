"""Find where in a text a phrase about time stands, and leave quoted words alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.domain.reader import Reader
from bot.domain.scanning import FIRST_UNSPACED, LONGEST, scan

T = TypeVar("T")

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}


def read(
    phrase: str, production: Callable[[Reader], T | None], *, strict: bool = False, alone: bool = True
) -> T | None:
    """What `production` reads from the whole of `phrase`.

    Words that are ordinary ones in a name count only where the phrase stands `alone`, lone numbers unless `strict`.
    """
    tokens = scan(phrase, alone=alone)
    return Reader(tokens, strict=strict).whole(production) if tokens else None


def split_tail(text: str, production: Callable[[Reader], T | None]) -> tuple[str, str, T] | None:
    """The longest phrase at the end of `text` that `production` reads: (text before it, the phrase, what it means)."""
    for place in _beginnings(text):
        phrase = text[place:].strip()
        found = read(phrase, production, strict=True, alone=not text[:place].strip())
        if found is not None:
            return text[:place].rstrip(" ,;"), phrase, found
    return None


def split_head(text: str, production: Callable[[Reader], T | None]) -> tuple[str, str, T] | None:
    """The longest phrase at the head of `text` that `production` reads: (text after it, the phrase, what it means)."""
    for place in _ends(text):
        phrase = text[:place].strip()
        found = read(phrase, production, strict=True, alone=not text[place:].strip())
        if found is not None:
            return text[place:].lstrip(" ,;:"), phrase, found
    return None


def _beginnings(text: str) -> Iterator[int]:
    """Where a phrase at the end may begin, the longest first."""
    text = text.rstrip()
    first = max(_after_quotes(text), len(text) - LONGEST)
    return (place for place in range(first, len(text)) if _borders(text, place))


def _ends(text: str) -> Iterator[int]:
    """Where a phrase at the head may end, the longest first."""
    last = min([len(text), LONGEST, *(place for place in map(text.find, _QUOTES) if place >= 0)])
    return (place for place in range(last, 0, -1) if _borders(text, place))


def _borders(text: str, place: int) -> bool:
    """Whether one word ends and another begins at `place`; in scripts without spaces, anywhere."""
    if place in {0, len(text)}:
        return True
    before, after = text[place - 1], text[place]
    return before.isspace() != after.isspace() or max(before, after) >= FIRST_UNSPACED


def _after_quotes(text: str) -> int:
    """The place after the last closing quotation mark that has its opening one."""
    place = end = 0
    while place < len(text):
        closing = text.find(_QUOTES[text[place]], place + 1) if text[place] in _QUOTES else -1
        place = closing + 1 if closing > 0 else place + 1
        end = place if closing > 0 else end
    return end
