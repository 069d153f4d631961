"""What people write for a recurrence: `weekly`, `every 2 weeks on fri`, `monthly last friday at 16:00`, `weekdays`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from bot.domain import phrases
from bot.domain.folding import fold
from bot.domain.recurrence import LAST, MOST_WEEKS, WORKDAYS
from bot.domain.times_of_day import clock_time
from bot.domain.weekday_phrases import GROUPS, parse_days

LONGEST_TEXT = 100
"""Characters: nothing longer is looked at."""

_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something shall come, as far as it was said; `at` is None where no time was.

    `weekdays` (0 is Monday, ascending) every `weeks` weeks; or in each month on `day`, or on the `nth` of one weekday.
    """

    at: time | None = None
    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    day: int | None = None
    nth: int | None = None

    @property
    def monthly(self) -> bool:
        """Whether it comes once a month."""
        return self.day is not None or self.nth is not None


_WEEKLY = re.compile(
    r"(?:(?P<one>weekly|every week|each week|wochentlich|jede woche|semanal|semanalmente|cada semana|毎週)"
    r"|(?P<two>biweekly|fortnightly|every other week|every second week|jede zweite woche)"
    r"|(?:every|alle|cada)\s+(?P<weeks>\d{1,2})\s+(?:weeks?|wochen?|semanas?))(?=\s|$)"
)
_MONTHLY = re.compile(
    r"(?:monthly|every month|each month|monatlich|jeden monat|mensual|mensualmente|cada mes|毎月)(?=\s|$)"
)
_OF_THE_MONTH = re.compile(r"\s*(?:of (?:the|each|every) month|im monat|des monats|del mes)$")
_LEAD = re.compile(r"^(?:on|the|every|each|am|an|jeden|jedem|el|los|cada|dia|day|tag)\s+")
_DAY = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?")
_NTHS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("first", "1st", "erster", "ersten", "erste", "primer", "primero"), 1),
        **dict.fromkeys(("second", "2nd", "zweiter", "zweiten", "zweite", "segundo"), 2),
        **dict.fromkeys(("third", "3rd", "dritter", "dritten", "dritte", "tercer", "tercero"), 3),
        **dict.fromkeys(("fourth", "4th", "vierter", "vierten", "vierte", "cuarto"), 4),
        **dict.fromkeys(("last", "letzter", "letzten", "letzte", "ultimo"), LAST),
    }
)
_LAST_DAY = frozenset({"last day", "letzter tag", "letzten tag", "ultimo dia"})


def parse_rhythm(text: str) -> Rhythm | None:
    """What all of `text` means; None where it means no recurrence."""
    said = fold(text) if len(text) <= LONGEST_TEXT else ""
    timed = phrases.split_tail(said, clock_time)
    rest, at = (timed[0], timed[2]) if timed else (said, None)
    found = _rhythm(rest)
    if found is None and timed:
        found, at = _rhythm(said), None  # what looked like a time was the day: `monthly on the 15th`
    return found and Rhythm(at, found.weekdays, found.weeks, found.day, found.nth)


def _rhythm(said: str) -> Rhythm | None:
    if said in GROUPS:
        return Rhythm(weekdays=GROUPS[said] or WORKDAYS)
    if found := _WEEKLY.match(said):
        weeks = 1 if found["one"] else 2 if found["two"] else int(found["weeks"])
        rest = _bare(said[found.end() :])
        weekdays = _weekdays(rest) if rest else ()
        return None if weekdays is None or not 1 <= weeks <= MOST_WEEKS else Rhythm(weekdays=weekdays, weeks=weeks)
    if found := _MONTHLY.match(said):
        rest = _bare(said[found.end() :])
        return _in_month(rest) if rest else Rhythm(day=1)
    if _OF_THE_MONTH.search(said):
        return _in_month(_bare(_OF_THE_MONTH.sub("", said)))
    if _LEAD.match(said):  # `every friday`; a weekday alone is a day that was
        weekdays = _weekdays(_bare(said))
        return Rhythm(weekdays=weekdays) if weekdays else None
    return None


def _in_month(said: str) -> Rhythm | None:
    """`15`, `the 15th`, `last day`, `last friday`."""
    if said in _LAST_DAY:
        return Rhythm(day=_LONGEST_MONTH)
    if found := _DAY.fullmatch(said):
        day = int(found["day"])
        return Rhythm(day=day) if 1 <= day <= _LONGEST_MONTH else None
    nth, _, weekday = said.partition(" ")
    weekdays = _weekdays(weekday)
    if nth in _NTHS and weekdays and len(weekdays) == 1:
        return Rhythm(weekdays=weekdays, nth=_NTHS[nth])
    return None


def _bare(said: str) -> str:
    """`said` without the little words before what counts."""
    rest = said.strip()
    while found := _LEAD.match(rest):
        rest = rest[found.end() :]
    return rest


def _weekdays(said: str) -> tuple[int, ...] | None:
    """Weekdays by their names, ascending; None where they are none."""
    found = parse_days(said)
    return (WORKDAYS if found is None else found) or None
