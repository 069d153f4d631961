"""Which weekdays people mean by `mon-fri`, `mon, wed and fri`, `weekdays` or `every day`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.folding import fold
from bot.domain.recurrence import EVERY_DAY, WORKDAYS
from bot.domain.vocabulary import LANGUAGES

GROUPS: Mapping[str, tuple[int, ...] | None] = MappingProxyType(
    {
        **dict.fromkeys(
            ("my working days", "working days", "workdays", "work days", "arbeitstage", "arbeitstagen"), None
        ),
        **dict.fromkeys(("dias laborables", "laborables", "勤務日"), None),
        **dict.fromkeys(("weekdays", "every weekday", "weekday", "werktags", "entre semana", "平日"), WORKDAYS),
        **dict.fromkeys(("weekends", "weekend", "the weekend", "wochenende", "fin de semana", "週末"), (5, 6)),
        **dict.fromkeys(("every day", "each day", "all days", "daily", "jeden tag", "taglich"), EVERY_DAY),
        **dict.fromkeys(("todos los dias", "cada dia", "diario", "diariamente", "毎日"), EVERY_DAY),
    }
)
"""Days by what they are called together, folded; None are the working days of whoever says it."""

_LEAD = r"(?:(?:on|only\s+on|every|each|an|am|jeden|los|el|cada)\s+)?"
_APART = r"\s*(?:,|&|\+|/|\band\b|\bund\b|\by\b|\s)\s*"
_UNTIL = r"\s*(?:-|–|—|~|\bto\b|\bthrough\b|\bbis\b|\ba\b)\s*"


def parse_days(text: str) -> tuple[int, ...] | None:
    """The weekdays (0 is Monday, ascending) that all of `text` means; empty where it means none.

    None are somebody's own working days, as in `GROUPS`.
    """
    found = _days_pattern().fullmatch(fold(text))
    return _days(found) if found else ()


def split_days(text: str) -> tuple[str, tuple[int, ...] | None] | None:
    """`text` (folded) without the weekdays at its end, and those; None where it ends with none."""
    found = _tail_pattern().search(text)
    return (text[: found.start()].rstrip(" ,"), _days(found)) if found else None


def _days(found: re.Match[str]) -> tuple[int, ...] | None:
    said = " ".join(found["days"].split())
    if said in GROUPS:
        return GROUPS[said]
    chosen: set[int] = set()
    for span in _span_pattern().finditer(said):
        first = _weekdays()[span["first"]]
        last = _weekdays()[span["last"]] if span["last"] else first
        chosen |= {(first + number) % len(EVERY_DAY) for number in range((last - first) % len(EVERY_DAY) + 1)}
    return tuple(sorted(chosen))


@functools.cache
def _weekdays() -> Mapping[str, int]:
    """Every name of a weekday in every language, folded; the plural of English and German too."""
    names: dict[str, int] = {}
    for row in LANGUAGES.values():
        for weekday, words in enumerate(row.weekdays):
            for word in words.split("|"):
                names.setdefault(fold(word), weekday)
                names.setdefault(f"{fold(word)}s", weekday)
    return names


@functools.cache
def _span_pattern() -> re.Pattern[str]:
    name = "|".join(re.escape(name) for name in sorted(_weekdays(), key=len, reverse=True))
    return re.compile(rf"(?P<first>{name})\.?(?![a-z])(?:{_UNTIL}(?P<last>{name})\.?(?![a-z]))?")


@functools.cache
def _list_pattern() -> str:
    name = "|".join(re.escape(name) for name in sorted(_weekdays(), key=len, reverse=True))
    known = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(GROUPS, key=len, reverse=True))
    span = rf"(?:{name})\.?(?![a-z])(?:{_UNTIL}(?:{name})\.?(?![a-z]))?"
    return rf"{_LEAD}(?P<days>{known}|{span}(?:{_APART}(?:{span}))*)"


@functools.cache
def _days_pattern() -> re.Pattern[str]:
    return re.compile(_list_pattern())


@functools.cache
def _tail_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s,])|(?<=[\u2e80-\uffff])){_list_pattern()}$")
