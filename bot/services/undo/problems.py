"""Why a change was not taken back, or only in part."""

from __future__ import annotations

from bot.errors import UserError
from bot.i18n import N_


class NothingToUndo(UserError):
    """No change of the last half hour is left to take back."""

    sentence = N_("There is nothing to undo. Changes can be undone once, within 30 minutes.")


class AlreadyUndone(UserError):
    """The button was pressed before, or too late."""

    sentence = N_("That was already undone, or is more than 30 minutes old. Nothing was changed.")


class ChangedMeanwhile(UserError):
    """What was to be undone is no longer as the bot left it."""

    sentence = N_("*{task}* has changed in Toggl since then, so it was left as it is.")


class UndoneHalfway(UserError):
    """Some of it was taken back, and trying again would not help; the subclasses say what is left to do."""
