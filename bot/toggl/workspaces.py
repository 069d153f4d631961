"""The workspace itself, in Track: settings, figures and rules."""

from __future__ import annotations

from typing import NamedTuple, Unpack

from bot.toggl.cache import RULES
from bot.toggl.errors import Forbidden, NotFound, PaidFeature, Refused
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


class Basics(NamedTuple):
    """The few settings that are kept: the workspace itself holds secrets that are not to be.

    `rounding` of each entry in reports: 0 nearest, 1 up, -1 down; to `rounding_minutes`. `working_minutes` are a day's.
    """

    rounding: int | None
    rounding_minutes: int | None
    working_minutes: int | None


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

    async def cached_basics(self) -> Basics:
        """The settings that everybody's commands need, kept for an hour."""

        async def load() -> Basics:
            workspace = await self.get()
            return Basics(workspace.rounding, workspace.rounding_minutes, workspace.working_hours_in_minutes)

        return await self._scope.cached(GET_WORKSPACE, RULES, load)

    async def statistics(self) -> Statistics:
        """Admins, and how many members and groups."""
        return (await self._scope.call(GET_WORKSPACE_STATISTICS)).object(Statistics)

    async def constraints(self) -> Constraints:
        """What a time entry must have, as it is now."""
        return (await self._scope.call(GET_TIME_ENTRY_CONSTRAINTS)).object(Constraints)

    async def cached_constraints(self, *, afresh: bool = False) -> Constraints:
        """What a time entry must have, kept for an hour; nothing known where Toggl does not tell this person.

        `afresh` as it is now, and where Toggl does not tell, that is raised.
        """
        if afresh:
            self._scope.drop(GET_TIME_ENTRY_CONSTRAINTS)

        async def load() -> Constraints:
            try:
                return await self.constraints()
            except (Forbidden, NotFound, PaidFeature, Refused):
                if afresh:
                    raise
                return Constraints()  # asked again in an hour, not with every timer

        return await self._scope.cached(GET_TIME_ENTRY_CONSTRAINTS, RULES, load)
