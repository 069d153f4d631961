"""The file with everything stored of a person, in words."""

from __future__ import annotations

from bot.i18n import Translator
from bot.views.kit import context, section
from bot.views.messages import Message


def sent(t: Translator, name: str, things: int) -> Message:
    """The file is on its way to the person's DM."""
    said = t.md("Everything stored here about you is in your messages with me, as *{name}*.", name=name)
    listed = t.plural("It has {n} item.", "It has {n} items.", things)
    note = t.md(
        "Your keys, tokens and passwords are not in it: they stay encrypted. `{toggl} disconnect` deletes it all."
    )
    return Message(said, (section(f"{said} {listed}"), context(note)))


def refused(t: Translator, name: str) -> Message:
    """Slack did not take the file."""
    said = t.md("Slack did not accept the file *{name}*. Nothing was changed; try again in a minute.", name=name)
    return Message(said, (section(said),))
