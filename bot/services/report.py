"""Reads what a report needs: all entries of the period and of the one before, in one call to Toggl."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import reports
from bot.domain.days import BREAK
from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.domain.report_lines import Line, Share
from bot.domain.reports import Asked, Report, reach
from bot.domain.rounding import Rounding
from bot.domain.tracking import Project
from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context
from bot.toggl import TogglError, Unavailable, UnreadableAnswer, models

KEPT = timedelta(minutes=10)
"""How long the buttons under a report show the same numbers, without asking Toggl again."""

_MOST_NAMED = 100
MOST_LINES = 50_000
"""Entries kept in memory at once: more than two people's two years."""

MOST_BLOCKS = 200
"""Time blocks asked for at once: an address has its limits, and no table shows more."""


class BrokenOff(UserError):
    """The stream of entries ended early."""

    sentence = N_(
        "Toggl’s answer broke off, so the report would be incomplete and is not shown. Nothing was changed. Try again."
    )
    retry = True


class TooMany(UserError):
    """The period holds more entries than are read at once."""

    sentence = N_("That period has more than {most} entries. Choose a shorter one.")


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a period and of the one before, as they were at `now`.

    `rounding_unknown`: the workspace's rounding could not be read, so nothing is rounded.
    """

    period: Period
    now: datetime
    lines: tuple[Line, ...]
    rounding: Rounding | None
    rounding_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and the entries behind it, the earliest first."""

    report: Report
    lines: tuple[Line, ...]


async def make(context: Context, asked: Asked) -> Made:
    """The report, from Toggl as it is now. One call, one more for time blocks, one an hour for the rounding.

    Raises BrokenOff where not everything came; TogglError.
    """
    context.connections.readings.drop(*_key(context, asked.period))
    return await make_kept(context, asked)


async def make_kept(context: Context, asked: Asked) -> Made:
    """The report from the entries that the one before it showed, where they are still kept; otherwise as `make`."""
    key = _key(context, asked.period)
    reading: Reading = await context.connections.readings.get(key, KEPT, lambda: _read(context, asked.period))
    wholes: Mapping[int, timedelta] = {}
    if asked.by is By.BLOCK:
        wholes = await context.connections.readings.get((*key, "blocks"), KEPT, lambda: _wholes(context, reading))
    made = reports.report(
        reading.lines,
        asked,
        now=reading.now,
        zone=context.person.zone,
        rounding=reading.rounding,
        rounding_unknown=reading.rounding_unknown,
        wholes=wholes,
    )
    return Made(made, reading.lines)


def is_kept(context: Context, period: Period) -> bool:
    """Whether the report on `period` can be shown again without a call."""
    return context.connections.readings.peek(_key(context, period)) is not None


async def _read(context: Context, period: Period) -> Reading:
    start, end = reach(period, context.person.zone)
    stream = context.toggl.time_entries.stream(date_from=start, date_to=end)
    lines, (rounded, unknown) = await asyncio.gather(_lines(stream), rounding(context))
    return Reading(period, context.now, await _with_projects(context, lines), rounded, unknown)


async def _with_projects(context: Context, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the names of projects that no task tells: one call where there are any, unless they are kept.

    They are asked for by number: a company has more projects, with those of former years, than fit on a page.
    """
    wanted = sorted({line.own_project.id for line in lines if line.own_project})[:_MOST_NAMED]
    if not wanted:
        return lines
    try:
        page = await context.toggl.projects.cached(project_id=wanted, archived="all")
    except TogglError:
        return lines  # their numbers have to do
    known = {project.id: project for project in map(Project.of, page.data) if project}
    return tuple(
        replace(line, own_project=known.get(line.own_project.id, line.own_project)) if line.own_project else line
        for line in lines
    )


async def _lines(stream: AsyncGenerator[models.TimeEntry, None], *, most: int = MOST_LINES) -> tuple[Line, ...]:
    """Every line of the stream, the earliest first."""
    lines: dict[int, Line] = {}
    try:
        async with aclosing(stream) as answers:
            async for answer in answers:
                line = Line.of(answer)
                if line is not None:
                    lines[line.entry.id] = line
                if len(lines) > most:
                    raise TooMany(most=most)
    except Unavailable as error:
        if not lines:
            raise  # nothing came at all: the error says so
        raise BrokenOff from error
    except UnreadableAnswer as error:
        raise BrokenOff from error
    return tuple(sorted(lines.values(), key=lambda line: (line.entry.started_at, line.entry.id)))


async def rounding(context: Context) -> tuple[Rounding | None, bool]:
    """How the workspace rounds, as far as a Track credential can tell, and whether it could not."""
    if context.track is None:
        return None, False
    try:
        basics = await context.track.settings.cached_basics()
    except TogglError:
        return None, True  # the report says so: exact times are worth more than none
    return Rounding.of(basics.rounding, basics.rounding_minutes), False


async def _wholes(context: Context, reading: Reading) -> Mapping[int, timedelta]:
    """What each time block of the period came to in all, within the period or not."""
    bounds = reading.period.bounds(context.person.zone)
    share = Share(reading.now, reading.rounding)
    inside = (line.time_block_id for line in reading.lines if line.time_block_id and share(line, bounds))
    ids = list(dict.fromkeys(inside))[:MOST_BLOCKS]
    if not ids:
        return {}
    wholes: defaultdict[int, timedelta] = defaultdict(timedelta)
    for line in await _lines(context.toggl.time_entries.stream_by_time_block(ids)):
        if line.time_block_id and line.entry.type != BREAK:
            wholes[line.time_block_id] += share.whole(line)
    return wholes


def _key(context: Context, period: Period) -> tuple[str | int | None, ...]:
    place = context.toggl.workspace_id
    return (context.person.account_id, place, period.first.isoformat(), period.last.isoformat())
