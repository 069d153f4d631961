"""What is to be logged: the tasks and times that were meant, and what has to be asked before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.days import day_bounds
from bot.domain.drafts import Draft, DraftEntry
from bot.domain.folding import fold
from bot.domain.log_lines import Line, Misread, read_lines
from bot.domain.log_slots import Note, Now, Slot, Span, day_of, placed, told
from bot.domain.not_understood import NotUnderstood
from bot.domain.tracking import Entry, Task, recent_tasks
from bot.i18n import N_
from bot.services import entries, tasks, timer
from bot.services.colleagues import find_colleague
from bot.services.context import Context
from bot.services.log_problems import NotAllUnderstood, NoTaskBefore, NothingToLog
from bot.toggl import TogglError

_NAME = 255
_LAST_TASK = Note(N_("Toggl requires a task for every entry, even a break: I took your last one."))


@dataclass(frozen=True, slots=True)
class Overlap:
    """An entry to log, and what is there at the same time: tracked already, or another entry to log."""

    entry: Entry
    other: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be logged, and what has to be asked first.

    `entries` are the draft's as they will be in Toggl. `options` are the tasks that the first undecided one may mean.
    `remarks` are said without asking, `known` are the person's entries of these days.
    """

    draft: Draft
    entries: tuple[Entry, ...]
    options: tuple[Task, ...] = ()
    doubts: tuple[Note, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    remarks: tuple[Note, ...] = ()
    known: tuple[Entry, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether it can be logged without a question."""
        return self.draft.undecided is None and not self.doubts and not self.overlaps


async def read(context: Context, text: str, *, person: str = "") -> Plan:
    """What `text` means for oneself or for `person` (an id in Slack), beside what is tracked.

    Raises NotAllUnderstood where there are several entries, otherwise why the only one was not understood.
    """
    lines = read_lines(text, now=context.now, zone=context.person.zone)
    return await propose(context, lines, person=person)


async def propose(
    context: Context, lines: Sequence[Line | Misread], *, person: str = "", on: Task | str | None = None
) -> Plan:
    """What `lines` mean, as `read`: on the task `on`, on a new one of that name, or on those that they name."""
    understood = await _understood(context, lines)
    colleague = await find_colleague(context, person)
    now = await _now(context, understood)
    known = () if colleague else await _known(context, _days(understood, now))
    slots = placed(understood, now, [_span(entry, context.now) for entry in known])
    drafted = [await _draft(context, line, slot, on) for line, slot in zip(understood, slots, strict=True)]
    remarks = [slot.remark for slot in slots if slot.remark]
    if on is None and any(not line.task for line in understood):
        remarks.append(_LAST_TASK)
    plan = await _reviewed(context, Draft(tuple(drafted), colleague.user_id if colleague else ""), known)
    return replace(plan, doubts=_distinct(note for slot in slots for note in slot.doubts), remarks=_distinct(remarks))


async def review(context: Context, draft: Draft) -> Plan:
    """What is still to be asked of a draft whose doubts were shown already. Raises TogglError."""
    known = () if draft.person else await _known(context, [entry.span for entry in draft.entries])
    return await _reviewed(context, draft, known)


async def _reviewed(context: Context, draft: Draft, known: tuple[Entry, ...]) -> Plan:
    shown = [await _named(context, entry.entry()) for entry in draft.entries]
    overlaps = [
        Overlap(entry, await _named(context, other)) for entry, other in _overlapping(shown, known, context.now)
    ]
    options: tuple[Task, ...] = ()
    if draft.undecided is not None:
        found = await tasks.find(context, draft.entries[draft.undecided].name)
        options = (found.clear,) if found.clear else found.several
    return Plan(draft, tuple(shown), options, overlaps=tuple(overlaps), known=known)


async def _understood(context: Context, lines: Sequence[Line | Misread]) -> list[Line]:
    """The lines, if all of them say something and tell times that have passed. Raises NotAllUnderstood and others."""
    now = Now(context.now, context.person.zone, last_end=context.now)
    checked = [line if isinstance(line, Misread) else _told(line, now) for line in lines]
    if not checked:
        raise NothingToLog
    understood = [line for line in checked if isinstance(line, Line)]
    if len(understood) == len(checked):
        return understood
    if len(checked) == 1 and isinstance(checked[0], Misread):
        raise checked[0].reason
    raise NotAllUnderstood(checked)


def _told(line: Line, now: Now) -> Line | Misread:
    try:
        if line.start is None or line.start.at:
            told(line, now)
    except NotUnderstood as reason:
        return Misread(line.said, reason)
    return line


async def _now(context: Context, lines: Iterable[Line]) -> Now:
    """The present, with the end of the last entry where a line begins there. Raises NoEntryBefore."""
    since_last = next((line.start for line in lines if line.start and line.start.since_last), None)
    last_end = await timer.moment(context, since_last) if since_last else None
    return Now(context.now, context.person.zone, last_end)


def _days(lines: Iterable[Line], now: Now) -> list[Span]:
    """When the lines are, as far as it is known before they are placed."""
    spans = []
    for line in lines:
        slot, day = told(line, now), day_of(line, now)
        if slot:
            spans.append(slot.span)
        elif day:
            spans.append(Span(*day_bounds(day, now.zone)))
    return spans


async def _known(context: Context, spans: Sequence[Span]) -> tuple[Entry, ...]:
    """The person's entries of the days that `spans` touch."""
    zone = context.person.zone
    first = min(span.start for span in spans).astimezone(zone).date()
    last = max(span.end for span in spans).astimezone(zone).date()
    return await entries.between(context, day_bounds(first, zone)[0], day_bounds(last, zone)[1])


async def _draft(context: Context, line: Line, slot: Slot, on: Task | str | None) -> DraftEntry:
    """The entry with its task, where that is clear; words that are a task's whole name mean that task."""
    if on is not None:
        task = on if isinstance(on, Task) else None
        return DraftEntry.of(task.name if task else str(on), slot.span, task=task, kind=line.type)
    if line.whole and line.whole != line.task:
        exact = (await tasks.find(context, line.whole)).clear
        if exact and fold(exact.name) == fold(line.whole):
            return DraftEntry.of(exact.name, slot.span, task=exact)
    task = await _last_task(context) if not line.task else (await tasks.find(context, line.task)).clear
    return DraftEntry.of(task.name if task else line.task[:_NAME], slot.span, task=task, kind=line.type)


async def _last_task(context: Context) -> Task:
    found = recent_tasks(await entries.read(context))
    if not found:
        raise NoTaskBefore
    return found[0]


async def _named(context: Context, entry: Entry) -> Entry:
    """The entry with all that is kept of its task: only a nicety."""
    if not entry.task_id or (entry.task and entry.task.project):
        return entry
    try:
        task = await tasks.recognize(context, entry.task or Task(entry.task_id, f"#{entry.task_id}"))
    except TogglError:
        return entry
    return replace(entry, task=task)


def _overlapping(planned: Sequence[Entry], known: Sequence[Entry], now: datetime) -> Iterable[tuple[Entry, Entry]]:
    """Each planned entry with each that is there at the same time: tracked, or planned before it."""
    for place, entry in enumerate(planned):
        for other in (*sorted(known, key=lambda entry: entry.started_at), *planned[:place]):
            if _span(entry, now).overlaps(_span(other, now)):
                yield entry, other


def _span(entry: Entry, now: datetime) -> Span:
    return Span(entry.started_at, entry.ended_at or max(now, entry.started_at + timedelta(seconds=1)))


def _distinct(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({(note.sentence, str(note.values)): note for note in notes}.values())
