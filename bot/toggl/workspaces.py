"""The workspace itself, in Track: settings, figures and rules."""

from __future__ import annotations

from typing import Unpack

from bot.toggl.cache import RULES
from bot.toggl.models.admin_requests import WorkspaceFields
from bot.toggl.models.workspaces import Constraints, Statistics, TrackWorkspace
from bot.toggl.operations import (
    GET_TIME_ENTRY_CONSTRAINTS,
    GET_WORKSPACE,
    GET_WORKSPACE_STATISTICS,
    LIST_WORKSPACE_USERS,
    UPDATE_WORKSPACE,
)
from bot.toggl.scope import Scope


class WorkspaceSettings:
    """`ws.settings`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def get(self) -> TrackWorkspace:
        """The workspace as it is, with the asker's role. Raises NotFound."""
        return (await self._scope.call(GET_WORKSPACE)).object(TrackWorkspace)

    async def update(self, **changes: Unpack[WorkspaceFields]) -> TrackWorkspace:
        """Change what is given; gives the workspace as it is then."""
        try:
            return (await self._scope.call(UPDATE_WORKSPACE, body=changes)).object(TrackWorkspace)
        finally:
            self._scope.drop(GET_WORKSPACE, *((LIST_WORKSPACE_USERS,) if "admins" in changes else ()))

    async def cached_rounding(self) -> tuple[int | None, int | None]:
        """How reports round each entry: (0 nearest, 1 up, -1 down; to how many minutes), kept for an hour.

        Only these two: the workspace itself holds secrets that are not to be kept.
        """

        async def load() -> tuple[int | None, int | None]:
            workspace = await self.get()
            return workspace.rounding, workspace.rounding_minutes

        return await self._scope.cached(GET_WORKSPACE, RULES, load)

    async def statistics(self) -> Statistics:
        """Admins, and how many members and groups."""
        return (await self._scope.call(GET_WORKSPACE_STATISTICS)).object(Statistics)

    async def constraints(self) -> Constraints:
        """What a time entry must have, as it is now."""
        return (await self._scope.call(GET_TIME_ENTRY_CONSTRAINTS)).object(Constraints)

    async def cached_constraints(self, *, afresh: bool = False) -> Constraints:
        """What a time entry must have, kept for an hour; `afresh` as it is now."""
        if afresh:
            self._scope.drop(GET_TIME_ENTRY_CONSTRAINTS)
        return await self._scope.cached(GET_TIME_ENTRY_CONSTRAINTS, RULES, self.constraints)
