"""Projects: twelve operations on the project itself, and its place among the others."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any, Unpack

from bot.toggl import writing
from bot.toggl.cache import LISTS
from bot.toggl.lookup import created, surely_new
from bot.toggl.models.page import Page
from bot.toggl.models.projects import Project
from bot.toggl.models.requests import NewProject, Paged, ProjectFields, ProjectPage
from bot.toggl.operations import (
    ARCHIVE_PROJECT,
    CREATE_PROJECT,
    DELETE_PROJECT,
    GET_PROJECT,
    LIST_PROJECT_CHILDREN,
    LIST_PROJECT_PARENTS,
    LIST_PROJECTS,
    LIST_TASKS,
    PIN_PROJECT,
    REPLACE_PROJECT,
    RESTORE_PROJECT,
    UNARCHIVE_PROJECT,
    UNPIN_PROJECT,
    UPDATE_PROJECT,
    Operation,
)
from bot.toggl.paging import LARGEST_PAGE, every
from bot.toggl.project_members import ProjectMemberships
from bot.toggl.scope import Scope


class Projects:
    """`ws.projects`. A change gives nothing back: the pages show no body for it."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.members = ProjectMemberships(scope)

    async def list(self, **page: Unpack[ProjectPage]) -> Page[Project]:
        """One page of the projects that fit; `total` says how many fit."""
        return await self._fetch(page)

    def iterate(self, **filters: Unpack[ProjectPage]) -> AsyncGenerator[Project, None]:
        """All projects that fit, one page of calls after the other."""
        size = filters.get("per_page") or LARGEST_PAGE

        async def fetch(page: int) -> Page[Project]:
            return await self._fetch({**filters, "page": page, "per_page": size})

        return every(fetch, per_page=size, first=filters.get("page") or 1)

    async def cached(self, **filters: Unpack[ProjectPage]) -> Page[Project]:
        """A page of up to 100 projects that fit, the first active ones unless said otherwise; kept for ten minutes."""
        query = _plain(filters)

        async def load() -> Page[Project]:
            return await self._fetch({"per_page": LARGEST_PAGE, **query})

        return await self._scope.cached(LIST_PROJECTS, LISTS, load, *_details(query))

    def known(self, **filters: Unpack[ProjectPage]) -> Page[Project] | None:
        """What `cached` would give without a call; None where nothing is kept."""
        return self._scope.cache.peek((*self._scope.key(LIST_PROJECTS), *_details(_plain(filters))))

    async def get(self, project_id: int) -> Project:
        """One project. Raises NotFound."""
        return (await self._scope.call(GET_PROJECT, project_id=project_id)).object(Project)

    async def create(self, **project: Unpack[NewProject]) -> Project | None:
        """Make a project.

        Toggl may answer without a body: the new project of that name is then looked up, for one more call; None if it
        cannot be found, though made. If the answer is lost the same look-up is made; raises Unavailable where it was
        not made, AnswerLost where that is unknown.
        """
        asked_at = self._scope.now

        async def find() -> Project | None:
            page = await self._fetch({"name": project["name"], "archived": "all", "per_page": LARGEST_PAGE})
            made = (found for found in page.data if found.name == project["name"])
            return next((found for found in made if surely_new(found.created_at, asked_at)), None)

        try:
            return await created(self._scope.call(CREATE_PROJECT, body=project), Project, find)
        finally:
            self._scope.drop(LIST_PROJECTS)

    async def update(self, project_id: int, /, **changes: Unpack[ProjectFields]) -> None:
        """Change what is given and leave the rest; None empties."""
        await self._change(UPDATE_PROJECT, project_id, body=changes)

    async def replace(self, project_id: int, /, **project: Unpack[ProjectFields]) -> None:
        """Save the project as a whole: what is left out is emptied."""
        await self._change(REPLACE_PROJECT, project_id, body=project)

    async def delete(self, project_id: int) -> None:
        """Delete softly: `restore` brings it back."""
        await self._change(DELETE_PROJECT, project_id)

    async def restore(self, project_id: int) -> None:
        """Bring a deleted project back; an archived one stays archived."""
        await self._change(RESTORE_PROJECT, project_id)

    async def archive(self, project_id: int) -> None:
        """Put a project aside."""
        await self._change(ARCHIVE_PROJECT, project_id)

    async def unarchive(self, project_id: int) -> None:
        """Take a project back from the archive."""
        await self._change(UNARCHIVE_PROJECT, project_id)

    async def pin(self, project_id: int) -> None:
        """Put a project on top of one's list."""
        await self._change(PIN_PROJECT, project_id)

    async def unpin(self, project_id: int) -> None:
        """Take a project from the top of one's list."""
        await self._change(UNPIN_PROJECT, project_id)

    async def list_children(self, project_id: int, **page: Unpack[Paged]) -> Page[Project]:
        """One page of a project with its sub-projects."""
        return (await self._scope.call(LIST_PROJECT_CHILDREN, query=page, project_id=project_id)).page(Project)

    async def list_parents(self, project_id: int, **page: Unpack[Paged]) -> Page[Project]:
        """One page of a project with those above it."""
        return (await self._scope.call(LIST_PROJECT_PARENTS, query=page, project_id=project_id)).page(Project)

    async def _fetch(self, query: Mapping[str, Any]) -> Page[Project]:
        """`archived=` with nothing behind it means all of them."""
        archived = {"archived": ""} if query.get("archived") == "all" else {}
        return (await self._scope.call(LIST_PROJECTS, query={**query, **archived})).page(Project)

    async def _change(self, operation: Operation, project_id: int, *, body: Mapping[str, Any] | None = None) -> None:
        try:
            await self._scope.call(operation, body=body, project_id=project_id)
        finally:
            self._scope.drop(LIST_PROJECTS, LIST_TASKS)


def _plain(filters: ProjectPage) -> dict[str, Any]:
    """What narrows a list: the first page of all is the same as no page."""
    return {name: value for name, value in filters.items() if value is not None and (name, value) != ("page", 1)}


def _details(query: Mapping[str, Any]) -> tuple[str | int | None, ...]:
    """The end of the cache key of a list."""
    return tuple(part for item in sorted(writing.query(query).items()) for part in item)
