"""What stands in the form of a schedule of statistics, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.recurrence import MOST_WEEKS, Monthly, MonthlyWeekday, Recurrence, Weekly, parse, weekly
from bot.domain.recurrence_phrases import Rhythm
from bot.domain.statistics_plans import Span
from bot.domain.zones import zones
from bot.i18n import Translator
from bot.views.ids import Blocks

OWN_ZONE = "mine"
"""The value of the zone that is the maker's own, wherever they are."""
LONGEST_MONTH = 31
_AT = time(9)


class Repeats(StrEnum):
    """The three ways in which something may come again; each has inputs of its own."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    MONTHLY_WEEKDAY = "monthly.weekday"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form. `zone` is None for the maker's own, wherever they are; `kept` is the pattern so far."""

    channel_id: str | None = None
    span: Span = Span.LAST_WEEK
    repeats: Repeats = Repeats.WEEKLY
    weekdays: tuple[int, ...] = (0,)
    weeks: int = 1
    day: int = 1
    nth: int = 1
    weekday: int = 0
    at: time = _AT
    zone: str | None = None
    kept: str = ""

    @classmethod
    def of(cls, rhythm: Rhythm | None, channel_id: str | None) -> Draft:
        """What somebody typed, as far as they did."""
        draft = cls(channel_id=channel_id)
        if rhythm is None:
            return draft
        draft = replace(draft, at=rhythm.at or _AT, weeks=rhythm.weeks)
        if rhythm.nth is not None:
            draft = replace(draft, repeats=Repeats.MONTHLY_WEEKDAY, nth=rhythm.nth, weekday=rhythm.weekdays[0])
        elif rhythm.day is not None:
            draft = replace(draft, repeats=Repeats.MONTHLY, day=rhythm.day)
        elif rhythm.weekdays:
            draft = replace(draft, weekdays=rhythm.weekdays)
        return replace(draft, span=Span.fitting(draft.recurrence()))

    @classmethod
    def existing(cls, channel_id: str, span: Span, pattern: str, zone: str | None) -> Draft:
        """A schedule as it is. Raises BadPattern."""
        draft = cls(channel_id=channel_id, span=span, zone=zone, kept=pattern)
        match parse(pattern):
            case Weekly(at, weekdays, every):
                return replace(draft, at=at, weekdays=weekdays, weeks=every)
            case Monthly(at, day):
                return replace(draft, repeats=Repeats.MONTHLY, at=at, day=day)
            case MonthlyWeekday(at, nth, weekday):
                return replace(draft, repeats=Repeats.MONTHLY_WEEKDAY, at=at, nth=nth, weekday=weekday)

    def recurrence(
        self, *, zone: ZoneInfo | None = None, now: datetime | None = None, first_weekday: int = 0
    ) -> Recurrence:
        """When it comes; weeks are counted as they were, or else from the next time after `now` in `zone`."""
        if self.repeats is Repeats.MONTHLY:
            return Monthly(self.at, self.day)
        if self.repeats is Repeats.MONTHLY_WEEKDAY:
            return MonthlyWeekday(self.at, self.nth, self.weekday)
        kept = parse(self.kept) if self.kept else None
        if isinstance(kept, Weekly) and kept.every == self.weeks and kept.since is not None:
            return replace(kept, at=self.at, weekdays=self.weekdays)
        if zone is None or now is None:
            return Weekly(self.at, self.weekdays)
        return weekly(self.at, self.weekdays, self.weeks, zone=zone, now=now, first_weekday=first_weekday)


def entered(sent: Mapping[str, Any], before: Draft) -> Draft:
    """The form as it stands now, also while some of it is empty: what is not there is as it was."""
    values = {block_id.partition(":")[0]: value for block_id, value in sent.items()}
    zone = values.get(Blocks.STATISTICS_ZONE)
    at = values.get(Blocks.STATISTICS_AT)
    return replace(
        before,
        channel_id=values.get(Blocks.CHANNEL) or before.channel_id,
        span=Span(values.get(Blocks.STATISTICS_PERIOD) or before.span),
        repeats=Repeats(values.get(Blocks.STATISTICS_REPEATS) or before.repeats),
        weekdays=_chosen(values.get(Blocks.STATISTICS_WEEKDAYS)) or before.weekdays,
        weeks=_number(values.get(Blocks.STATISTICS_EVERY), MOST_WEEKS) or before.weeks,
        day=_number(values.get(Blocks.STATISTICS_DAY), LONGEST_MONTH) or before.day,
        nth=int(values.get(Blocks.STATISTICS_NTH) or before.nth),
        weekday=int(values.get(Blocks.STATISTICS_WEEKDAY) or before.weekday),
        at=time.fromisoformat(at) if at else before.at,
        zone=before.zone if not zone else None if zone == OWN_ZONE else zone,
    )


def repeating(draft: Draft, before: Draft) -> Draft:
    """The form once it was chosen how often it comes: the period goes along, unless it was chosen by itself."""
    if draft.repeats is before.repeats or draft.span is not Span.fitting(before.recurrence()):
        return draft
    return replace(draft, span=Span.fitting(draft.recurrence()))


def problems(t: Translator, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with which input of a form that was sent."""
    found: dict[str, str] = {}
    if not values.get(Blocks.CHANNEL):
        found[Blocks.CHANNEL] = t("Choose a channel.")
    if Blocks.STATISTICS_WEEKDAYS in values and not values[Blocks.STATISTICS_WEEKDAYS]:
        found[Blocks.STATISTICS_WEEKDAYS] = t("Choose at least one day.")
    if Blocks.STATISTICS_EVERY in values and not _number(values[Blocks.STATISTICS_EVERY], MOST_WEEKS):
        found[Blocks.STATISTICS_EVERY] = t("Write a number from 1 to {most}.", most=MOST_WEEKS)
    if Blocks.STATISTICS_DAY in values and not _number(values[Blocks.STATISTICS_DAY], LONGEST_MONTH):
        found[Blocks.STATISTICS_DAY] = t("Write a number from 1 to {most}.", most=LONGEST_MONTH)
    if not values.get(Blocks.STATISTICS_AT):
        found[Blocks.STATISTICS_AT] = t("Choose a time.")
    zone = values.get(Blocks.STATISTICS_ZONE)
    if zone not in {None, OWN_ZONE} and zone not in zones():
        found[Blocks.STATISTICS_ZONE] = t("Choose a time zone from the list.")
    return found


def _chosen(values: list[str] | None) -> tuple[int, ...]:
    return tuple(sorted(int(value) for value in values or ()))


def _number(value: Any, most: int) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= most else None
