"""Why a schedule of statistics is not saved or changed."""

from __future__ import annotations

from bot.errors import UserError
from bot.i18n import N_


class NoHours(UserError):
    """Only Track is connected: a post would have no hours in it."""

    sentence = N_(
        "Hours come from Toggl Focus, and no API key of yours opens this workspace there. Add one with "
        "`{toggl} connect`. Nothing was saved."
    )


class TooMany(UserError):
    """Nobody reads so many."""

    sentence = N_(
        "There are {most} schedules already. Remove one with `{toggl} stats schedules`, then try again. Nothing was "
        "saved."
    )


class AlreadyPosted(UserError):
    """The same in the same channel at the same times."""

    sentence = N_("The same is posted there at the same times already. Nothing was saved.")


class ScheduleGone(UserError):
    """It was removed meanwhile."""

    sentence = N_("That schedule no longer exists. `{toggl} stats schedules` shows the current ones.")


class ScheduleChanged(UserError):
    """Somebody changed it while the form was open."""

    sentence = N_(
        "Somebody changed that schedule in the meantime. Nothing was saved. Open it again to see it as it is now."
    )


class NotYours(UserError):
    """Neither its maker nor an admin."""

    sentence = N_(
        "Only the person who set it up, or an admin of your Toggl workspace, may change it. Nothing was changed."
    )


class TakenOver(UserError):
    """Somebody was faster, or it never needed to be."""

    sentence = N_("Somebody is already looking after it. Nothing was changed.")
