"""Which projects people mean by `archived client:bergmann tag:urgent person:ann during:2026 relaunch`."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.entry_filters import FilterEmpty
from bot.domain.periods import parse_period
from bot.domain.quotes import unquote
from bot.errors import UserError
from bot.i18n import N_

WHICH = ("active", "archived", "pinned", "private", "all")
PAGE = 10
"""Projects shown at once; a page of Toggl's hundred is a whole number of them."""

LONGEST = 100
"""Characters of one filter: all of them have to fit into a button."""

_QUOTED = r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」"
_FILTER = re.compile(rf"(?<!\S)(client|tag|person|during|from|until):(?:({_QUOTED})|(\S*))", re.IGNORECASE)
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


class FilterTwice(UserError):
    """The same filter twice."""

    sentence = N_("`{name}:` appears twice. Keep one of them.")


class DatesBackwards(UserError):
    """`from:` is after `until:`."""

    sentence = N_("These dates end before they begin. Swap `from:` and `until:`.")


class ProjectFilters(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a project must be like; None is not asked for. With `first` and `last` it overlaps the days between."""

    which: str = "active"
    words: str | None = None
    client: str | None = None
    tag: str | None = None
    person: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing narrows the list of active projects."""
        return self == ProjectFilters()


def parse_project_filters(
    which: str | None, text: str | None, *, now: datetime, zone: ZoneInfo, first_weekday: int
) -> ProjectFilters:
    """The filters in `text`; words that are none are looked for in names. `now` is aware.

    Raises FilterEmpty, FilterTwice, DatesBackwards, and what `parse_period` raises.
    """
    found: dict[str, str] = {}
    for match in _FILTER.finditer(text or ""):
        name, said = match.group(1).lower(), _clean(unquote(match.group(2) or match.group(3)))
        if not said:
            raise FilterEmpty(name=name)
        if name in found:
            raise FilterTwice(name=name)
        found[name] = said
    words = _clean(unquote(_FILTER.sub(" ", text or "")))

    def days(name: str) -> tuple[date | None, date | None]:
        return _days(found[name], now=now, zone=zone, first_weekday=first_weekday) if name in found else (None, None)

    during = days("during")
    first = days("from")[0] or during[0]
    last = days("until")[1] or during[1]
    if first and last and first > last:
        raise DatesBackwards
    return ProjectFilters(
        which=which or "active",
        words=words or None,
        client=found.get("client"),
        tag=found.get("tag"),
        person=found["person"].removeprefix("@") if "person" in found else None,
        # Toggl takes the two together only: the one that was left out lies far away.
        first=first or (_FIRST if last else None),
        last=last or (_LAST if first else None),
    )


def open_days(filters: ProjectFilters) -> tuple[date | None, date | None]:
    """The days as they were asked for: None where a side was left open."""
    return (None if filters.first == _FIRST else filters.first, None if filters.last == _LAST else filters.last)


def _days(said: str, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> tuple[date, date]:
    """A day as `2026-12-01`, which may be to come, or a period in words."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        period = parse_period(said, now=now, zone=zone, first_weekday=first_weekday)
        return period.first, period.last
    return day, day


def _clean(said: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:LONGEST].strip()
