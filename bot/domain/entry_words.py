"""Which of their entries people mean by `last`, `9:15`, `yesterday 14:00` or the words of a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.entry_details import Details
from bot.domain.folding import fold
from bot.domain.matching import match
from bot.domain.quotes import unquote
from bot.domain.tracking import Task
from bot.domain.when import NotUnderstood, parse_when

_LAST = frozenset(map(fold, ("last", "latest", "current", "letzter", "letzten", "letzte", "último", "última", "最後")))
_MINUTE = timedelta(minutes=1)


def pick(text: str | None, entries: Sequence[Details], *, now: datetime, zone: ZoneInfo) -> tuple[Details, ...]:
    """Those of `entries` (newest first) that `text` may mean: one where there is no doubt, none where nothing fits.

    Nothing said, or `last`, is the newest. A time is the entry that ran then; words are their task's.
    """
    if not text or fold(text) in _LAST:
        return tuple(entries[:1])
    try:
        at = parse_when(text, now=now, zone=zone).at
    except NotUnderstood:
        at = None
    if at is not None:
        return _at(at, entries, now) or _named(text, entries)
    return _named(text, entries)


def _at(at: datetime, entries: Sequence[Details], now: datetime) -> tuple[Details, ...]:
    begun = tuple(entry for entry in entries if at <= entry.start < at + _MINUTE)
    return begun or tuple(entry for entry in entries if entry.start <= at < (entry.end or now + _MINUTE))


def _named(text: str, entries: Sequence[Details]) -> tuple[Details, ...]:
    tasks = {
        entry.task_id: Task(entry.task_id, entry.task, None, entry.project, entry.client)
        for entry in entries
        if entry.task_id is not None and entry.task is not None
    }
    found = match(unquote(text), tasks.values(), context=lambda task: f"{task.project or ''} {task.client or ''}")
    wanted = {found.clear.id} if found.clear else {task.id for task in found.several}
    return tuple(entry for entry in entries if entry.task_id in wanted)
