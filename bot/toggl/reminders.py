"""Toggl's own track reminders: who is to have tracked how much by when."""

from __future__ import annotations

from typing import Unpack

from bot.toggl.models.admin_requests import ReminderFields
from bot.toggl.models.rules import TrackReminder
from bot.toggl.operations import (
    CREATE_TRACK_REMINDER,
    DELETE_TRACK_REMINDER,
    LIST_TRACK_REMINDERS,
    UPDATE_TRACK_REMINDER,
)
from bot.toggl.scope import Scope


class Reminders:
    """`ws.reminders`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self) -> tuple[TrackReminder, ...]:
        """All reminders of the workspace."""
        return (await self._scope.call(LIST_TRACK_REMINDERS)).array(TrackReminder)

    async def create(self, **reminder: Unpack[ReminderFields]) -> TrackReminder:
        """Make a reminder."""
        return (await self._scope.call(CREATE_TRACK_REMINDER, body=reminder)).object(TrackReminder)

    async def update(self, reminder_id: int, **reminder: Unpack[ReminderFields]) -> TrackReminder:
        """Save a reminder as a whole."""
        received = await self._scope.call(UPDATE_TRACK_REMINDER, body=reminder, reminder_id=reminder_id)
        return received.object(TrackReminder)

    async def delete(self, reminder_id: int) -> None:
        """Take a reminder away for good."""
        await self._scope.call(DELETE_TRACK_REMINDER, reminder_id=reminder_id)
