"""Alerts on a project's hours or money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.toggl.models.rules import Alert
from bot.toggl.operations import CREATE_ALERT, DELETE_ALERT, LIST_ALERTS
from bot.toggl.scope import Scope


class Alerts:
    """`ws.alerts`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self) -> tuple[Alert, ...]:
        """Companion: all alerts of the workspace."""
        return (await self._scope.call(LIST_ALERTS)).array(Alert)

    async def create(self, fields: Mapping[str, Any]) -> Alert:
        """Make an alert. The page names no field; those of `Alert` exist, what their values mean is open."""
        return (await self._scope.call(CREATE_ALERT, body=fields)).object(Alert)

    async def delete(self, alert_id: int) -> None:
        """Take an alert away for good. Raises Forbidden where there is none."""
        await self._scope.call(DELETE_ALERT, alert_id=alert_id)
