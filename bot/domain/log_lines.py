"""What people log in words: `1h30m Write report yesterday`, `9-10:30 review`, one or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import phrases
from bot.domain.calendar_days import calendar_day
from bot.domain.dates import split_day
from bot.domain.durations import split_duration
from bot.domain.not_understood import NotUnderstood
from bot.domain.quotes import unquote
from bot.domain.ranges import ClockRange, split_range
from bot.domain.tracking import EntryType
from bot.domain.when import When, split_when
from bot.errors import UserError
from bot.i18n import N_

MOST = 20
"""Entries in one go: more are read back by nobody, and their names no longer fit a button."""

# A colon means a time of day more often than a length once it is as long as a morning.
_LONG = timedelta(hours=6)
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_BREAK = r"break|pause|descanso|pausa|休憩"
_BREAK_FIRST = re.compile(rf"^(?:{_BREAK})(?:[\s:,]+|$)", re.IGNORECASE)
_BREAK_LAST = re.compile(rf"(?:^|[\s,]+)(?:{_BREAK})$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:on|for|auf|für|en|para)\s+(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」")
# A comma within a number (1,5h) parts nothing.
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|[、;]")


class LengthMissing(NotUnderstood):
    """A line says no length and no range."""

    sentence = N_("How long for “{said}”? Try `1h30m Write report` or `9-10:30 Write report`.")


class TaskMissing(NotUnderstood):
    """A line says how long, but not on what."""

    sentence = N_("Which task is “{said}” for? Try `1h30m Write report`.")


class TooManyLines(UserError):
    """More entries than one command takes."""

    sentence = N_("That is more than {most} entries at once. Nothing was logged: send them in smaller batches.")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it was written. Exactly one of `length`, `range`, and a `start` that is “since last”, says how long.

    `task` is empty where none was named. `whole` are the task's words before `break` or `on` was taken off, in case
    they are a task's name.
    """

    said: str
    task: str
    whole: str
    type: EntryType = "activity"
    length: timedelta | None = None
    range: ClockRange | None = None
    start: When | None = None
    day: date | None = None
    like_a_clock: bool = False
    """Whether its length, as in `9:15`, could be meant as a time of day."""
    day_of_another: bool = False
    """Whether the day was named for another entry of the same line and is taken for this one too."""


@dataclass(frozen=True, slots=True)
class Misread:
    """One entry that could not be understood, and why."""

    said: str
    reason: UserError


def read_lines(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[Line | Misread, ...]:
    """Every entry in `text`, parted by lines, semicolons or commas, in order. Raises TooManyLines.

    A comma parts entries only where what follows it says how long it took: others belong to a task's name.
    """
    found: list[Line | Misread] = []
    for line in text.splitlines():
        pieces = _entries(_BULLET.sub("", line))
        if len(found) + len(pieces) > MOST:
            raise TooManyLines(most=MOST)
        found += _with_common_day([_read(piece, now=now, zone=zone) for piece in pieces])
    return tuple(found)


def read_line(text: str, *, now: datetime, zone: ZoneInfo, named: bool = True) -> Line:
    """The one entry in `text`; unless `named` its task may be missing.

    Raises LengthMissing, TaskMissing, InTheFuture and other kinds of NotUnderstood.
    """
    said = " ".join(text.split())
    read = _take_tail(_take_head(Line(said, task=said, whole="")), now=now, zone=zone)
    if read.length is None and read.range is None and not (read.start and read.start.since_last):
        raise LengthMissing(said)
    line = _with_task(read)
    if named and not line.task and line.type == "activity":
        raise TaskMissing(said)
    return line


def _read(text: str, *, now: datetime, zone: ZoneInfo) -> Line | Misread:
    try:
        return read_line(text, now=now, zone=zone)
    except NotUnderstood as reason:
        return Misread(" ".join(text.split()), reason)


def _take_head(line: Line) -> Line:
    """A range or a length at the head, perhaps behind a day: `yesterday 9-10 …`."""
    day = phrases.split_head(line.task, calendar_day)
    behind = _take_time(replace(line, task=day[0]), head=True) if day else None
    if day and behind and behind != replace(line, task=day[0]):
        return replace(behind, task=f"{behind.task} {day[1]}")  # read with the days at the end
    return _take_time(line, head=True)


def _take_time(line: Line, *, head: bool) -> Line:
    """A range or else a length taken off, at the head or the end."""
    rest, span = split_range(line.task)
    if span and _at_head(line.task, rest) is head:
        return replace(line, task=rest, range=span)
    rest, length = split_duration(line.task)
    if length is None or _at_head(line.task, rest) is not head:
        return line
    said = line.task.removesuffix(rest) if head else line.task.removeprefix(rest)
    clock = bool(_CLOCK.fullmatch(said.strip(" ,;:"))) and length >= _LONG
    return replace(line, task=rest, length=length, like_a_clock=clock)


def _at_head(text: str, rest: str) -> bool:
    return not rest or text.strip().endswith(rest)


def _take_tail(line: Line, *, now: datetime, zone: ZoneInfo) -> Line:
    """What stands at the end, in any order: a range or length if there is none yet, a start, a day."""
    while True:
        before = line
        if line.length is None and line.range is None:
            line = _take_time(line, head=False)
        if line == before and line.range is None and line.start is None:
            rest, start = split_when(line.task, now=now, zone=zone)
            if start and (line.length or start.since_last or _holds_length(rest)):
                line = replace(line, task=rest, start=start)
        if line == before and line.day is None:
            rest, day = split_day(line.task, now=now, zone=zone)
            line = replace(line, task=rest, day=day)
        if line == before:
            return line


def _holds_length(text: str) -> bool:
    return split_duration(text)[1] is not None


def _with_task(line: Line) -> Line:
    words = line.task.strip(" ,;:-–")
    if unquote(words) != words:
        return replace(line, task=unquote(words), whole=unquote(words))
    task, kind = words, line.type
    for pattern in (_BREAK_FIRST, _BREAK_LAST):
        if kind == "activity" and pattern.search(task):
            task, kind = pattern.sub("", task).strip(), "break"
    return replace(line, task=unquote(_LEAD.sub("", task)), whole=words, type=kind)


def _entries(line: str) -> list[str]:
    """The entries of one line: a new one begins behind a comma where the next words say how long they took.

    Where the first entry begins with its time, so do the others: the end of a name may look like one.
    """
    entries: list[str] = []
    at_head = True
    for piece, comma in _pieces(line):
        if entries and not _says_how_long(piece, at_head=at_head):
            entries[-1] += comma + piece
        elif piece.strip():
            at_head = at_head if entries else _says_how_long(piece, at_head=True)
            entries.append(piece)
        if len(entries) > MOST:
            raise TooManyLines(most=MOST)
    return entries


def _pieces(line: str) -> list[tuple[str, str]]:
    """The pieces between commas that are not in quotation marks, each with the comma before it."""
    hidden = _QUOTED.sub(lambda found: "_" * len(found[0]), line)
    commas = list(_COMMA.finditer(hidden))
    starts = [0, *(found.end() for found in commas)]
    ends = [*(found.start() for found in commas), len(line)]
    signs = ["", *(found[0] for found in commas)]
    return [(line[start:end], sign) for start, end, sign in zip(starts, ends, signs, strict=True)]


def _says_how_long(piece: str, *, at_head: bool) -> bool:
    blank = Line("", task=piece.strip(), whole="")
    try:
        return _take_head(blank) != blank or (not at_head and _take_time(blank, head=False) != blank)
    except NotUnderstood:
        return True  # a length that is too long is one


def _with_common_day(found: Sequence[Line | Misread]) -> list[Line | Misread]:
    """A day that only the first or the last entry of a line names is taken for all of them, and said so."""
    lines = [line for line in found if isinstance(line, Line)]
    dated = [line for line in lines if line.day or (line.start and line.start.at)]
    if len(lines) < 2 or len(dated) != 1 or not dated[0].day or dated[0] not in {lines[0], lines[-1]}:  # noqa: PLR2004 (one is not several)
        return list(found)
    day = dated[0].day
    return [
        replace(line, day=day, day_of_another=True) if isinstance(line, Line) and line is not dated[0] else line
        for line in found
    ]
