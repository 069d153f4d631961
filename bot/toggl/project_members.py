"""Who is in a project: people and groups."""

from __future__ import annotations

from collections.abc import Sequence

from bot.toggl.models.projects import ProjectMembers
from bot.toggl.operations import (
    ADD_PROJECT_MEMBERS,
    LIST_PROJECT_MEMBERS,
    REMOVE_PROJECT_MEMBER,
    UPDATE_PROJECT_MEMBER_ROLE,
)
from bot.toggl.scope import Scope


class ProjectMemberships:
    """`ws.projects.members`. Ids of people are Focus's `toggl_user_id`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self, project_id: int) -> ProjectMembers:
        """Everybody in the project, with who manages it."""
        return (await self._scope.call(LIST_PROJECT_MEMBERS, project_id=project_id)).object(ProjectMembers)

    async def add(
        self,
        project_id: int,
        *,
        user_ids: Sequence[int] = (),
        group_ids: Sequence[int] = (),
        role_id: int | None = None,
    ) -> None:
        """Take people and groups in, with the role of that number (`ws.members.list_roles` names them)."""
        role = {} if role_id is None else {"role_id": role_id}
        body = {"user_ids": user_ids, "group_ids": group_ids, **role}
        await self._scope.call(ADD_PROJECT_MEMBERS, body=body, project_id=project_id)

    async def update_role(
        self, project_id: int, *, role_id: int, user_id: int | None = None, group_id: int | None = None
    ) -> None:
        """Give one person or one group another role. Raises ValueError unless exactly one is named."""
        body = {"role_id": role_id, **_one(user_id, group_id)}
        await self._scope.call(UPDATE_PROJECT_MEMBER_ROLE, body=body, project_id=project_id)

    async def remove(self, project_id: int, *, user_id: int | None = None, group_id: int | None = None) -> None:
        """Take one person or one group out. Raises ValueError unless exactly one is named."""
        await self._scope.call(REMOVE_PROJECT_MEMBER, body=_one(user_id, group_id), project_id=project_id)


def _one(user_id: int | None, group_id: int | None) -> dict[str, int]:
    if user_id is not None and group_id is None:
        return {"user_id": user_id}
    if group_id is not None and user_id is None:
        return {"group_id": group_id}
    raise ValueError("name one person or one group")
