"""Toggl's own track reminders: which there are, whom they reach in Slack; making, changing and deleting them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.administration import Change, Fields
from bot.domain.receivers import Directory
from bot.domain.track_reminders import TrackReminder
from bot.services import receivers, track_reminder_changes
from bot.services.administered import Changed, make
from bot.services.context import Context
from bot.services.entry_changes import NothingToSave
from bot.toggl import TogglError


@dataclass(frozen=True, slots=True)
class TrackReminders:
    """All reminders, and the people whom they may be for."""

    all: tuple[TrackReminder, ...]
    directory: Directory

    @property
    def switches(self) -> bool:
        """Whether this Toggl says where it reminds itself, and lets it be chosen."""
        return any(reminder.email is not None or reminder.slack is not None for reminder in self.all)

    def find(self, number: int) -> TrackReminder | None:
        """The reminder of this number."""
        return next((reminder for reminder in self.all if reminder.id == number), None)


async def look(context: Context) -> TrackReminders:
    """The reminders as they are now. Two calls, one where the people are kept. Raises Forbidden, TogglError."""
    return TrackReminders(await track_reminder_changes.read(context), await receivers.known(context))


async def look_again(context: Context) -> TrackReminders | None:
    """The same after a change; None where Toggl does not show them just then."""
    try:
        return await look(context)
    except TogglError:
        return None


async def create(context: Context, new: TrackReminder, *, name: str) -> Changed:
    """Make a reminder, called `name` in the log. Raises what `administration.change` raises, ThereAlready."""
    return await make(context, Change(kind=track_reminder_changes.CREATE, name=name, after=new.fields))


async def save(context: Context, number: int, shown: Fields, entered: Fields, *, name: str) -> Changed:
    """Change the fields `entered` of a reminder of which these were `shown`; what is not among them stays.

    Raises NothingToSave and what `administration.change` raises.
    """
    if all(shown.get(field) == value for field, value in entered.items()):
        raise NothingToSave
    wanted = Change(
        kind=track_reminder_changes.EDIT, subject_id=str(number), name=name, before=dict(shown), after=dict(entered)
    )
    return await make(context, wanted)


async def delete(context: Context, number: int, shown: Fields, *, name: str) -> Changed:
    """Delete a reminder of which these fields were `shown`. Raises what `administration.change` raises."""
    wanted = Change(kind=track_reminder_changes.DELETE, subject_id=str(number), name=name, before=dict(shown))
    return await make(context, wanted)
