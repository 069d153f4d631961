"""Tasks: companions, on none of Toggl's pages, without which no timer can be started."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import Any, Unpack

from bot.toggl.cache import LISTS
from bot.toggl.calls import Received, unreadable
from bot.toggl.lookup import LOST, look_up, surely_new
from bot.toggl.models.page import Page
from bot.toggl.models.requests import TaskFields, TaskPage
from bot.toggl.models.tasks import Task
from bot.toggl.operations import CREATE_TASK, LIST_TASKS
from bot.toggl.paging import LARGEST_PAGE, every
from bot.toggl.scope import Scope


class Tasks:
    """`ws.tasks`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self, **page: Unpack[TaskPage]) -> Page[Task]:
        """One page of the tasks that fit."""
        return await self._fetch(page)

    def iterate(self, **filters: Unpack[TaskPage]) -> AsyncGenerator[Task, None]:
        """All tasks that fit, one page of calls after the other."""
        size = filters.get("per_page") or LARGEST_PAGE

        async def fetch(page: int) -> Page[Task]:
            return await self._fetch({**filters, "page": page, "per_page": size})

        return every(fetch, per_page=size, first=filters.get("page") or 1)

    async def cached(self, *, name: str | None = None, project_id: int | None = None) -> Page[Task]:
        """The first 100 tasks that fit, kept for ten minutes. `total` tells whether a narrower `name` may find more."""

        async def load() -> Page[Task]:
            return await self.list(name=name, project_id=project_id, per_page=LARGEST_PAGE)

        return await self._scope.cached(LIST_TASKS, LISTS, load, name, project_id)

    async def create(self, *, name: str, **task: Unpack[TaskFields]) -> Task:
        """Make a task. If the answer is lost or empty, the new task of that name is looked up.

        Raises Unavailable where it was not made, AnswerLost where that is unknown.
        """
        asked_at = self._scope.now
        project_id = task.get("project_id") or None  # UNSET is false, and no id is 0.

        async def find() -> Task | None:
            return await self._find_created(name, project_id, asked_at)

        try:
            return _told(await self._scope.call(CREATE_TASK, body={"name": name, **task}))
        except LOST as lost:
            return await look_up(lost, find)
        finally:
            self._scope.drop(LIST_TASKS)

    async def _fetch(self, query: Mapping[str, Any]) -> Page[Task]:
        return (await self._scope.call(LIST_TASKS, query=query)).page(Task)

    async def _find_created(self, name: str, project_id: int | None, asked_at: datetime) -> Task | None:
        page = await self.list(name=name, project_id=project_id, per_page=LARGEST_PAGE)
        named = (task for task in page.data if task.name == name)
        fitting = (task for task in named if project_id is None or task.project_id in {None, project_id})
        return next((task for task in fitting if surely_new(task.created_at, asked_at)), None)


def _told(received: Received) -> Task:
    """The task in an answer. Raises UnreadableReceipt where it does not say which one."""
    task = received.object(Task)
    if task.id is None:
        raise unreadable(received.operation, "a task without id", received.status)
    return task
