"""Which of many named things a person means by a few words."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz, process

from bot.domain.folding import fold

_READ = 200
"""Characters of a name or query that are compared; more tells no two tasks apart."""

_LIKE = 70
"""From this RapidFuzz score (0 to 100) on a name is worth offering for a query that it does not contain."""

_SURE = 85
"""From this likeness of all their letters on, in whatever order the words are, a query is one name misspelt."""


class Named(Protocol):
    """Something that is found by its name."""

    @property
    def id(self) -> int:
        """What tells it from another of the same name."""

    @property
    def name(self) -> str:
        """What people call it."""


T_co = TypeVar("T_co", bound=Named, covariant=True)
T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Matches(Generic[T_co]):
    """What a query may mean: one thing beyond doubt (`clear`), or `several`, the likeliest first, or nothing."""

    clear: T_co | None = None
    several: tuple[T_co, ...] = ()


class _Fit(IntEnum):
    """How well a name fits a query, best first."""

    EXACT = 0
    PREFIX = 1
    WORDS = 2
    """Every word of the query starts a word of the name."""
    CONTEXT = 3
    """The same, with the words of project and client."""
    WITHIN = 4
    """In the middle of a word: worth offering, never clear."""


def match(
    query: str,
    candidates: Iterable[T],
    *,
    context: Callable[[T], str] | None = None,
    recent_ids: Sequence[int] = (),
    limit: int = 10,
) -> Matches[T]:
    """The candidates that `query` may mean; at most `limit`, those of `recent_ids` (newest first) first.

    Upper case and accents do not count. The whole name is `clear`, and so is the only one with these words; a
    misspelling counts only where nothing else fits. Two of the same name are never `clear`. An empty query gives
    the recent ones. `context` gives a candidate's further words, such as project and client.
    """
    recency = {recent_id: place for place, recent_id in enumerate(recent_ids)}
    items = list(candidates)
    wanted = fold(query[:_READ])
    if not wanted:
        recents = sorted((item for item in items if item.id in recency), key=lambda item: recency[item.id])
        return Matches(several=tuple(recents[:limit]))
    names = [fold(item.name[:_READ]) for item in items]
    fits = _fits(wanted, items, names, context)
    if not fits:
        return _misspelt(wanted, items, names, recency, limit)
    exact = [item for fit, item in fits if fit is _Fit.EXACT]
    if len(exact) == 1:
        return Matches(clear=exact[0])
    if len(fits) == 1 and fits[0][0] is not _Fit.WITHIN:
        return Matches(clear=fits[0][1])

    def order(found: tuple[_Fit, T]) -> tuple[bool, int, _Fit]:
        fit, item = found
        return fit is not _Fit.EXACT, recency.get(item.id, len(recency)), fit

    return Matches(several=tuple(item for _, item in heapq.nsmallest(limit, fits, key=order)))


def _fits(
    wanted: str, items: Sequence[T], names: Sequence[str], context: Callable[[T], str] | None
) -> list[tuple[_Fit, T]]:
    words = wanted.split()
    found = []
    for item, name in zip(items, names, strict=True):
        fit = _fit(wanted, words, name) if words[0] in name else None
        if context is not None and (fit is None or fit is _Fit.WITHIN):
            named = fold(f"{name} {context(item)[:_READ]}")
            fit = _Fit.CONTEXT if _starts_words(words, named) else fit
        if fit is not None:
            found.append((fit, item))
    return found


def _fit(wanted: str, words: Sequence[str], name: str) -> _Fit | None:
    if name.startswith(wanted):
        return _Fit.EXACT if name == wanted else _Fit.PREFIX
    if _starts_words(words, name):
        return _Fit.WORDS
    return _Fit.WITHIN if wanted in name else None


def _starts_words(words: Sequence[str], text: str) -> bool:
    spaced = f" {text}"
    return all(f" {word}" in spaced for word in words)


def _misspelt(wanted: str, items: Sequence[T], names: Sequence[str], recency: dict[int, int], limit: int) -> Matches[T]:
    """The names most like `wanted`, which none contains."""
    alike = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=limit)
    if not alike:
        return Matches()
    sure = [index for name, _, index in alike if fuzz.token_sort_ratio(wanted, name) >= _SURE]
    if len(sure) == 1:
        return Matches(clear=items[sure[0]])
    alike.sort(key=lambda found: (recency.get(items[found[2]].id, len(recency)), -found[1]))
    return Matches(several=tuple(items[index] for _, _, index in alike))
