"""The first message to the person who installed the app."""

from __future__ import annotations

from bot.i18n import Translator
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, section
from bot.views.messages import Message


def welcome(t: Translator) -> Message:
    """What works now, and what to do first."""
    said = t.md("*Toggl is here.* Thank you for installing me.")
    steps = t.md(
        "1. Connect your own Toggl account: everybody here does that for themselves.\n"
        "2. Type `{track} start write report` in any channel, or in this conversation.\n"
        "3. Invite me to a team's channel where I should post: `/invite`, then my name."
    )
    connect = button(t("Connect Toggl…"), Actions.SHOW_ACCOUNT, style="primary")
    note = t.md("`{toggl} help` lists what admins can do.")
    return Message(said, (section(said), section(steps), actions(connect), context(note)))
