"""The running timer: what runs, start, stop."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Unpack

import msgspec

from bot.toggl.calls import Received, unreadable
from bot.toggl.errors import AnswerLost, Trouble
from bot.toggl.lookup import LOST, look_up, same_second
from bot.toggl.models.requests import EntryExtras
from bot.toggl.models.tasks import Task
from bot.toggl.models.time_entries import StartedFromDescription, TimeEntry
from bot.toggl.operations import (
    GET_CURRENT_TRACKING,
    LIST_TASKS,
    LIST_TIME_ENTRIES,
    START_FROM_DESCRIPTION,
    START_TRACKING,
    STOP_TRACKING,
)
from bot.toggl.recent import forget, remember, settling
from bot.toggl.scope import Scope

EntryType = Literal["activity", "break"]
Resolution = Literal["uri", "name", "name_project", "name_project_tags"]
_LONGEST_TIMER = timedelta(days=7)


class Tracking:
    """`ws.tracking`. Every change of the timer is seen at once in `ws.time_entries.recent()`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def current(self) -> TimeEntry | None:
        """The running entry; None while no timer runs (Toggl: 204)."""
        received = await self._scope.call(GET_CURRENT_TRACKING)
        return None if received.empty else received.object(TimeEntry)

    async def start(
        self,
        *,
        task_id: int | None = None,
        type: EntryType = "activity",  # noqa: A002 (Toggl's word)
        start: datetime | None = None,
        time_block_id: int | None = None,
        task: Task | None = None,
        **extras: Unpack[EntryExtras],
    ) -> TimeEntry:
        """Start a timer at `start` (aware; now if not given), with what an entry gained in 2026-08.

        Toggl names no task in its answer: `task`, as far as the caller knows it, is kept with the entry.

        Raises TimerRunning where this Toggl does not stop the running entry by itself. If the answer is lost, the
        running timer is looked up: this entry is given if it is there, otherwise Unavailable (nothing was saved) or,
        where Toggl may still be at it, AnswerLost.
        """
        begin = start or self._scope.now.replace(microsecond=0)
        body = {
            "task_id": msgspec.UNSET if task_id is None else task_id,
            "type": type,
            "start": begin,
            "time_block_id": msgspec.UNSET if time_block_id is None else time_block_id,
            **extras,
        }
        with settling(self._scope):
            try:
                entry = _told(await self._scope.call(START_TRACKING, body=body))
            except LOST as lost:
                entry = await look_up(lost, lambda: self._find_started(begin, task_id))
        if entry.task is None and task is not None:
            entry = msgspec.structs.replace(entry, task=task)
        remember(self._scope, entry)
        return entry

    async def stop(self, *, end: datetime | None = None) -> TimeEntry:
        """Stop the timer at `end` (aware, later than its start; now if not given).

        Raises NothingRunning. If the answer is lost, the entry that ends then is looked up: it is given if it is
        there; Unavailable if the timer still runs, AnswerLost where neither can be told.
        """
        until = end or self._scope.now.replace(microsecond=0)
        with settling(self._scope):
            try:
                entry = _told(await self._scope.call(STOP_TRACKING, body={"end": until}))
            except LOST as lost:
                entry = await look_up(lost, lambda: self._find_stopped(until))
        remember(self._scope, entry)
        return entry

    async def start_from_description(
        self,
        name: str,
        *,
        type: EntryType = "activity",  # noqa: A002 (Toggl's word)
        start: datetime | None = None,
        project_name: str | None = None,
        create_task_if_not_found: bool = False,
        resolution_strategy: Resolution | None = None,
        extension_source: str = "slack",
    ) -> StartedFromDescription:
        """Companion: start on the task that `name` fits, made first if `create_task_if_not_found`.

        Raises TimerRunning while a timer runs (409). If the answer is lost, the running timer is looked up as by
        `start`; it is then given without its task.
        """
        begin = start or self._scope.now.replace(microsecond=0)
        optional = {
            "project_name": project_name,
            "create_task_if_not_found": create_task_if_not_found or None,
            "resolution_strategy": resolution_strategy,
        }
        given = {key: value for key, value in optional.items() if value is not None}
        body = {"name": name, "type": type, "start": begin, "extension_source": extension_source, **given}
        with settling(self._scope):
            try:
                started = (await self._scope.call(START_FROM_DESCRIPTION, body=body)).object(StartedFromDescription)
            except LOST as lost:
                entry = await look_up(lost, lambda: self._find_started(begin))
                started = StartedFromDescription(time_entry=entry)
        if started.task_created is not False:
            self._scope.drop(LIST_TASKS)
        if started.time_entry is None:
            forget(self._scope)
        else:
            remember(self._scope, started.time_entry)
        return started

    async def _find_started(self, begin: datetime, task_id: int | None = None) -> TimeEntry | None:
        running = await self.current()
        if running is None or not same_second(running.start, begin):
            return None
        return running if task_id in {None, running.task_id} else None

    async def _find_stopped(self, end: datetime) -> TimeEntry | None:
        """The entry that ends at `end`, if the timer stopped. Raises AnswerLost where it stopped and is not listed."""
        running = await self.current()
        if running is not None and running.start is not None and running.start < end:
            return None
        received = await self._scope.call(
            LIST_TIME_ENTRIES,
            query={
                "date_from": end - _LONGEST_TIMER,
                "date_to": end + timedelta(seconds=1),
                "order_by": ["-start"],
                "per_page": 20,
            },
        )
        stopped = (entry for entry in received.page(TimeEntry).data if same_second(entry.ended_at, end))
        found = next(stopped, None)
        if found is None:
            raise AnswerLost(Trouble(STOP_TRACKING.name), ended=False)
        return found


def _told(received: Received) -> TimeEntry:
    """The entry in an answer. Raises UnreadableReceipt where it does not say which entry, or when it began."""
    entry = received.object(TimeEntry)
    if entry.id is None or entry.start is None:
        raise unreadable(received.operation, "an entry without id or start", received.status)
    return entry
