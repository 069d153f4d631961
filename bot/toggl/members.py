"""People in a workspace: six operations of Track, and the companions that give them names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from bot.toggl.cache import LISTS
from bot.toggl.errors import TogglError
from bot.toggl.models.admin_requests import MemberFields
from bot.toggl.models.members import OrganizationUser, Role, User, WorkspaceUser
from bot.toggl.models.page import Page
from bot.toggl.operations import (
    DELETE_WORKSPACE_USER,
    DELETE_WORKSPACE_USERS,
    LIST_ORGANIZATION_USERS,
    LIST_ROLES,
    LIST_USERS,
    LIST_WORKSPACE_USERS,
    UPDATE_USER,
    UPDATE_WORKSPACE_USER,
    Operation,
)
from bot.toggl.paging import LARGEST_PAGE, every
from bot.toggl.scope import Scope


class Members:
    """`ws.members`. A `workspace_user_id` is the membership's id, a `user_id` the person's."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self, *, name: str | None = None) -> tuple[WorkspaceUser, ...]:
        """The members, directly or through a group, with role, groups and hours; `name` narrows."""
        return (await self._scope.call(LIST_WORKSPACE_USERS, query={"name": name})).array(WorkspaceUser)

    async def cached(self) -> tuple[WorkspaceUser, ...]:
        """All members, kept for ten minutes."""
        return await self._scope.cached(LIST_WORKSPACE_USERS, LISTS, self.list)

    async def afresh(self) -> tuple[WorkspaceUser, ...]:
        """All members as they are now, kept for ten minutes from now on."""
        self._scope.drop(LIST_WORKSPACE_USERS)
        return await self.cached()

    async def list_users(self, *, exclude_deleted: bool | None = None) -> tuple[User, ...]:
        """The same people as Track's other list shows them."""
        return (await self._scope.call(LIST_USERS, query={"exclude_deleted": exclude_deleted})).array(User)

    async def cached_users(self) -> tuple[User, ...]:
        """Those of the other list who were not removed, kept for ten minutes."""

        async def load() -> tuple[User, ...]:
            return await self.list_users(exclude_deleted=True)

        return await self._scope.cached(LIST_USERS, LISTS, load)

    async def update(self, workspace_user_id: int, **member: Unpack[MemberFields]) -> None:
        """Change role, groups, hours, rates or whether active."""
        await self._change(UPDATE_WORKSPACE_USER, body=member, workspace_user_id=workspace_user_id)

    async def update_user(self, user_id: int, fields: Mapping[str, Any]) -> None:
        """Change a person's data by `user_id`. The page names no field; `list_users` shows which exist."""
        try:
            await self._change(UPDATE_USER, body=fields, user_id=user_id)
        finally:
            self._scope.drop(LIST_USERS)

    async def remove(self, workspace_user_id: int) -> None:
        """Take a person out of the workspace."""
        await self._change(DELETE_WORKSPACE_USER, workspace_user_id=workspace_user_id)

    async def remove_many(self, workspace_user_ids: Sequence[int]) -> None:
        """Take several people out of the workspace in one call."""
        await self._change(DELETE_WORKSPACE_USERS, body={"delete": workspace_user_ids})

    async def remember(self, members: Sequence[WorkspaceUser]) -> None:
        """Keep all members as they are after a change, for ten minutes: it spares asking again."""

        async def known() -> tuple[WorkspaceUser, ...]:
            return tuple(members)

        self._scope.drop(LIST_WORKSPACE_USERS)
        await self._scope.cached(LIST_WORKSPACE_USERS, LISTS, known)

    async def list_organization_users(self) -> tuple[OrganizationUser, ...]:
        """Companion: the organization's people in Focus, kept for ten minutes. A call for every hundred of them."""

        async def fetch(page: int) -> Page[OrganizationUser]:
            query = {"page": page, "per_page": LARGEST_PAGE}
            return (await self._scope.call(LIST_ORGANIZATION_USERS, query=query)).page(OrganizationUser)

        async def load() -> tuple[OrganizationUser, ...]:
            return tuple([user async for user in every(fetch)])

        return await self._scope.cached(LIST_ORGANIZATION_USERS, LISTS, load)

    async def list_roles(self) -> tuple[Role, ...]:
        """Companion: the organization's roles in Focus, kept for ten minutes."""

        async def load() -> tuple[Role, ...]:
            return (await self._scope.call(LIST_ROLES)).page(Role).data

        return await self._scope.cached(LIST_ROLES, LISTS, load)

    async def _change(self, operation: Operation, *, body: Mapping[str, Any] | None = None, **places: Any) -> None:
        try:
            await self._scope.call(operation, body=body, **places)
        except TogglError as error:
            if error.may_have_had_effect:
                self._scope.drop(LIST_WORKSPACE_USERS)
            raise
        self._scope.drop(LIST_WORKSPACE_USERS)
