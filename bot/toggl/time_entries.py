"""Time entries: the sixteen operations, one method each, and what is kept of the recent ones."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Unpack

import msgspec

from bot.toggl import recent, stream
from bot.toggl.cache import RECENT
from bot.toggl.entry_lookup import are_created, can_be_found, find_created, is_for_somebody_else
from bot.toggl.lookup import LOST, created, look_up
from bot.toggl.models.page import Page
from bot.toggl.models.requests import (
    EntryChange,
    EntryFields,
    EntryFilter,
    EntryPage,
    ListedEntryChange,
    NewEntry,
    NewTaskEntry,
    TaskEntryPage,
)
from bot.toggl.models.tasks import Task
from bot.toggl.models.time_entries import TimeEntry
from bot.toggl.operations import (
    ARCHIVE_TIME_ENTRY,
    CREATE_TIME_ENTRIES,
    CREATE_TIME_ENTRY,
    DELETE_TIME_ENTRIES,
    DELETE_TIME_ENTRY,
    GET_TIME_ENTRY,
    LIST_TASK_TIME_ENTRIES,
    LIST_TIME_ENTRIES,
    REPLACE_TIME_ENTRY,
    RESTORE_TIME_ENTRIES,
    RESTORE_TIME_ENTRY,
    STREAM_TIME_ENTRIES,
    STREAM_TIME_ENTRIES_BY_TIME_BLOCK,
    UNARCHIVE_TIME_ENTRY,
    UPDATE_TIME_ENTRIES,
    UPDATE_TIME_ENTRY,
    Operation,
)
from bot.toggl.paging import LARGEST_PAGE, every
from bot.toggl.scope import Scope

BEGINNING = datetime(2006, 1, 1, tzinfo=UTC)
"""Toggl's first year: nothing was tracked before."""


class TimeEntries:
    """`ws.time_entries`. Toggl gives only the credential owner's own entries. Times are aware, lengths in seconds."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self, *, date_from: datetime, date_to: datetime, **page: Unpack[EntryPage]) -> Page[TimeEntry]:
        """One page of the entries between two moments, each with its task."""
        return await self._fetch({"date_from": date_from, "date_to": date_to, **page})

    def iterate(
        self, *, date_from: datetime, date_to: datetime, **filters: Unpack[EntryPage]
    ) -> AsyncGenerator[TimeEntry, None]:
        """All entries between two moments, one page of calls after the other."""
        size = filters.get("per_page") or LARGEST_PAGE

        async def fetch(page: int) -> Page[TimeEntry]:
            whole = {"date_from": date_from, "date_to": date_to, **filters, "page": page, "per_page": size}
            return await self._fetch(whole)

        return every(fetch, per_page=size, first=filters.get("page") or 1)

    async def recent(self, *, afresh: bool = False) -> Page[TimeEntry]:
        """One's own newest 100 entries of two weeks, newest first, kept for a minute and true to one's own changes.

        `afresh` asks Toggl whatever is kept: before changing something that may have changed elsewhere.
        """
        if afresh:
            recent.forget(self._scope)

        async def load() -> Page[TimeEntry]:
            now = self._scope.now
            return await self.list(
                date_from=now - recent.DAYS, date_to=now + recent.AHEAD, order_by=["-start"], per_page=LARGEST_PAGE
            )

        return await self._scope.cache.get(recent.recent_key(self._scope), RECENT, load)

    def known_recent(self) -> Page[TimeEntry] | None:
        """What `recent` would give without a call; None where nothing is kept."""
        return self._scope.cache.peek(recent.recent_key(self._scope))

    async def whole(
        self, *, date_from: datetime, date_to: datetime, most: int, afresh: bool = False
    ) -> Page[TimeEntry]:
        """The newest `most` entries between two moments, kept for a minute: one call, a second for more than 100.

        `total` is None where there may be more. `afresh` asks Toggl whatever is kept.
        """
        first = partial(self.list, date_from=date_from, date_to=date_to, order_by=["-start"], per_page=LARGEST_PAGE)
        rest = partial(self.stream, date_from=date_from, date_to=date_to, order_by=["-start"])
        key = recent.period_key(self._scope, date_from.isoformat(), date_to.isoformat(), most)
        return await recent.whole(self._scope, key, first, rest, most=most, afresh=afresh)

    async def whole_task(self, task_id: int, *, date_to: datetime, most: int, afresh: bool = False) -> Page[TimeEntry]:
        """The newest `most` entries of a task before a moment, as `whole`; those of a short list name no task."""
        first = partial(self.list_of_task, task_id, order_by=["-start"], per_page=LARGEST_PAGE)
        rest = partial(self.stream, date_from=BEGINNING, date_to=date_to, task_id=task_id, order_by=["-start"])
        key = recent.period_key(self._scope, task_id, most)
        return await recent.whole(self._scope, key, first, rest, most=most, afresh=afresh)

    async def list_of_task(self, task_id: int, **page: Unpack[TaskEntryPage]) -> Page[TimeEntry]:
        """One page of a task's entries."""
        return (await self._scope.call(LIST_TASK_TIME_ENTRIES, query=page, task_id=task_id)).page(TimeEntry)

    async def get(self, task_id: int, time_entry_id: int) -> TimeEntry:
        """One entry. Raises NotFound."""
        received = await self._scope.call(GET_TIME_ENTRY, task_id=task_id, time_entry_id=time_entry_id)
        return received.object(TimeEntry)

    async def create(self, task_id: int, *, task: Task | None = None, **entry: Unpack[NewEntry]) -> TimeEntry | None:
        """Save a past entry, or a running one without a `duration`.

        Toggl may answer without a body: the entry is then looked up by task, start and length, for one more call. The
        look-up sees one's own entries alone: an entry made for somebody else (`user_id`) gives None. If the answer is
        lost the same look-up is made; raises Unavailable where nothing was saved, AnswerLost where that is unknown.

        Toggl names no task in its answer: `task`, as far as the caller knows it, is kept with the entry.
        """
        asked_at = self._scope.now

        async def find() -> TimeEntry | None:
            return await find_created(self._scope, task_id, entry, asked_at)

        with recent.settling(self._scope):
            answer = self._scope.call(CREATE_TIME_ENTRY, body=entry, task_id=task_id)
            made = await created(answer, TimeEntry, None if is_for_somebody_else(entry) else find)
        if made is None:
            recent.forget(self._scope)
            return None
        if made.task is None and task is not None:
            made = msgspec.structs.replace(made, task=task)
        recent.remember(self._scope, made)
        return made

    async def create_many(self, entries: Sequence[NewTaskEntry]) -> None:
        """Save several entries in one call: all of them or none. A lost answer is looked up as for one."""
        asked_at = self._scope.now

        async def find() -> bool | None:
            return await are_created(self._scope, entries, asked_at)

        try:
            await self._change(CREATE_TIME_ENTRIES, body=entries)
        except LOST as lost:
            await look_up(lost, find if can_be_found(entries) else None)

    async def update(self, task_id: int, time_entry_id: int, /, **change: Unpack[EntryChange]) -> None:
        """Change what is given and leave the rest; `task_id=` by name moves the entry to another task."""
        await self._change(UPDATE_TIME_ENTRY, body=change, task_id=task_id, time_entry_id=time_entry_id)

    async def replace(self, task_id: int, time_entry_id: int, **entry: Unpack[EntryFields]) -> None:
        """Save the entry as a whole: what is left out is emptied."""
        await self._change(REPLACE_TIME_ENTRY, body=entry, task_id=task_id, time_entry_id=time_entry_id)

    async def update_many(self, changes: Sequence[ListedEntryChange]) -> None:
        """Change several entries in one call: all of them or none."""
        await self._change(UPDATE_TIME_ENTRIES, body=changes)

    async def delete(self, task_id: int, time_entry_id: int) -> None:
        """Delete softly: `restore` brings it back."""
        await self._change(DELETE_TIME_ENTRY, task_id=task_id, time_entry_id=time_entry_id)

    async def delete_many(self, ids: Sequence[int]) -> None:
        """Delete several entries softly in one call: all of them or none."""
        await self._change(DELETE_TIME_ENTRIES, query={"ids": ids})

    async def restore(self, task_id: int, time_entry_id: int) -> None:
        """Bring a deleted entry back; an archived one stays archived."""
        await self._change(RESTORE_TIME_ENTRY, task_id=task_id, time_entry_id=time_entry_id)

    async def restore_many(self, ids: Sequence[int]) -> None:
        """Bring several deleted entries back in one call: all of them or none."""
        await self._change(RESTORE_TIME_ENTRIES, query={"ids": ids})

    async def archive(self, task_id: int, time_entry_id: int) -> None:
        """Put an entry aside."""
        await self._change(ARCHIVE_TIME_ENTRY, task_id=task_id, time_entry_id=time_entry_id)

    async def unarchive(self, task_id: int, time_entry_id: int) -> None:
        """Take an entry back from the archive."""
        await self._change(UNARCHIVE_TIME_ENTRY, task_id=task_id, time_entry_id=time_entry_id)

    def stream(
        self, *, date_from: datetime, date_to: datetime, **filters: Unpack[EntryFilter]
    ) -> AsyncGenerator[TimeEntry, None]:
        """All entries between two moments in one call, however many, in bounded memory.

        Close it (`contextlib.aclosing`) where it is not read to its end. Raises UnreadableAnswer where it breaks off.
        """
        query = {"date_from": date_from, "date_to": date_to, **filters}
        chunks = self._scope.stream(STREAM_TIME_ENTRIES, query=query)
        return stream.items(TimeEntry, chunks, STREAM_TIME_ENTRIES)

    def stream_by_time_block(self, time_block_ids: Sequence[int]) -> AsyncGenerator[TimeEntry, None]:
        """All entries of some time blocks in one call, in bounded memory; as `stream`, without tasks."""
        operation = STREAM_TIME_ENTRIES_BY_TIME_BLOCK
        chunks = self._scope.stream(operation, query={"time_block_id": time_block_ids})
        return stream.items(TimeEntry, chunks, operation)

    async def _change(
        self, operation: Operation, *, query: dict[str, Any] | None = None, body: Any = None, **places: int
    ) -> None:
        try:
            await self._scope.call(operation, query=query, body=body, **places)
        finally:
            recent.forget(self._scope)

    async def _fetch(self, query: Mapping[str, Any]) -> Page[TimeEntry]:
        return (await self._scope.call(LIST_TIME_ENTRIES, query=query)).page(TimeEntry)
