"""Why the timer was not started, stopped or moved as wished, each with its sentence for people."""

from __future__ import annotations

from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.i18n import N_


class NothingRunning(UserError):
    """There was no timer to stop or change."""

    sentence = N_("No timer is running, so nothing was changed. `{track} start` starts one.")


class StopsBeforeItStarts(UserError):
    """The wanted end is not later than the running entry's start."""

    sentence = N_("The running timer started at {started}, so it cannot stop at {at}. Nothing was changed.")


class NothingToContinue(UserError):
    """There is no recent entry whose task could be started again."""

    sentence = N_(
        "Nothing was tracked in the last 14 days, so there is nothing to continue. `{track} start` starts a timer."
    )


class NoEntryBefore(UserError):
    """`since last` needs an entry that ended."""

    sentence = N_(
        "No entry ended in the last 14 days, so “since last” has no time to start from. Give one, for example `9:15`."
    )


class AlreadyRunning(UserError):
    """The timer already runs on the task that was to be started."""

    sentence = N_("*{task}* is already running, since {since}. Nothing was changed.")

    def __init__(self, entry: Entry) -> None:
        """Keep the running `entry`, so that it can be shown with its buttons."""
        super().__init__(task=entry.name, since=entry.started_at)
        self.entry = entry


class RunsInAnotherWorkspace(UserError):
    """Toggl refuses a second timer, and none runs in this workspace."""

    sentence = N_(
        "Toggl says that you are already tracking time, but no timer is running in this workspace. Nothing was "
        "changed. Stop the one in your other workspace first: `{toggl} workspace` takes you there."
    )


class NotRunningAnyMore(UserError):
    """A button's timer was stopped or replaced since the button was shown."""

    sentence = N_("That timer is not running any more, so nothing was changed.")


class StartChanged(UserError):
    """The timer's start is not the one that was shown any more."""

    sentence = N_("*{task}* has changed in Toggl since this was shown. Nothing was changed here.")

    def __init__(self, entry: Entry) -> None:
        """Keep the running `entry` as it is now, so that it can be shown."""
        super().__init__(task=entry.name)
        self.entry = entry


class StoppedAnother(UserError):
    """A button's timer was replaced elsewhere; what runs in its place was stopped, and does not run again."""

    sentence = N_(
        "That timer is not running any more. *{task}*, which ran in its place, was stopped at {at} and could not be "
        "started again: {reason}"
    )


class SwitchFailedHalfway(UserError):
    """The old timer was stopped, the new one did not start, and the old one could not be started again."""

    sentence = N_("*{task}* was stopped at {at}, but the new timer did not start: {reason}")
