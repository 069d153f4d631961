"""Statuses of tasks: six operations. The one topic of Focus whose paths name no organization."""

from __future__ import annotations

from typing import Any, Unpack

from bot.toggl.cache import LISTS
from bot.toggl.calls import Received
from bot.toggl.lookup import created, surely_new
from bot.toggl.models.page import Page
from bot.toggl.models.requests import StatusPage
from bot.toggl.models.statuses import Status
from bot.toggl.operations import (
    CREATE_STATUS,
    DELETE_STATUS,
    GET_STATUS,
    LIST_STATUSES,
    LIST_TASKS,
    RESTORE_STATUS,
    UPDATE_STATUS,
    Operation,
)
from bot.toggl.paging import LARGEST_PAGE
from bot.toggl.scope import Scope


class Statuses:
    """`ws.statuses`. Default statuses cannot be deleted and, in the profile `pages`, not be changed: Forbidden."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self, **page: Unpack[StatusPage]) -> Page[Status]:
        """One page of the statuses that fit."""
        return (await self._scope.call(LIST_STATUSES, query=page)).page(Status)

    async def cached(self, *, afresh: bool = False) -> Page[Status]:
        """The first 100 statuses, kept for ten minutes; `afresh` as they are now."""
        if afresh:
            self._scope.drop(LIST_STATUSES)

        async def load() -> Page[Status]:
            return await self.list(per_page=LARGEST_PAGE)

        return await self._scope.cached(LIST_STATUSES, LISTS, load)

    async def get(self, status_id: int) -> Status:
        """One status. Raises NotFound."""
        return (await self._scope.call(GET_STATUS, status_id=status_id)).object(Status)

    async def create(self, *, name: str, emoji: str, position: int) -> Status | None:
        """Make a status at `position` (from 1); the page offers no way to say its type.

        Toggl may answer without a body: the new status of that name is then looked up; None if it is not found, though
        made. If the answer is lost the same look-up is made; raises Unavailable where it was not made, AnswerLost where
        that is unknown.
        """
        asked_at = self._scope.now

        async def find() -> Status | None:
            page = await self.list(name=name, per_page=LARGEST_PAGE)
            made = (status for status in page.data if status.name == name)
            return next((status for status in made if surely_new(status.created_at, asked_at)), None)

        body = {"name": name, "emoji": emoji, "position": position}
        return await created(self._change(CREATE_STATUS, body=body), Status, find)

    async def update(self, status_id: int, *, name: str, emoji: str, position: int) -> None:
        """Save a status as a whole."""
        body = {"name": name, "emoji": emoji, "position": position}
        await self._change(UPDATE_STATUS, body=body, status_id=status_id)

    async def delete(self, status_id: int) -> None:
        """Delete softly: `restore` brings it back."""
        await self._change(DELETE_STATUS, status_id=status_id)

    async def restore(self, status_id: int) -> None:
        """Bring a deleted status back."""
        await self._change(RESTORE_STATUS, status_id=status_id)

    async def _change(self, operation: Operation, *, body: Any = None, **places: Any) -> Received:
        try:
            return await self._scope.call(operation, body=body, **places)
        finally:
            self._scope.drop(LIST_STATUSES, LIST_TASKS)
