"""Whether Toggl Track tells at once that a project changed, in words, and the button for the opposite."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import N_, Translator
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, section
from bot.views.messages import Message

ON, OFF = "on", "off"
POLLED = N_("I check for changes made in Toggl every few minutes, using at most a tenth of an hour’s calls.")


def state(t: Translator, *, there: bool, validated: bool, heard_at: datetime | None) -> Message:
    """How it is now. `heard_at` is when Toggl last said something, None for never."""
    if not there:
        said = t.md("Toggl does not tell me when a project changes. {polled}", polled=t.md(POLLED))
        hint = t.md("With a webhook I check as soon as something changes. It uses one of the webhooks in your plan.")
        switch = button(t("Set up a webhook"), Actions.UPDATES_WEBHOOK, value=ON)
    elif validated:
        said = t.md("Toggl Track tells me when a project changes, and I check right then.")
        hint = t.md("Last heard from Toggl: {at}.", at=heard_at) if heard_at else t.md("Nothing has changed since.")
        switch = button(t("End the webhook"), Actions.UPDATES_WEBHOOK, value=OFF)
    else:
        said = t.md("A webhook is set up, but Toggl has not reached me through it yet. {polled}", polled=t.md(POLLED))
        hint = t.md(
            "Can my address be reached from the internet? To make Toggl try again, end the webhook and set it up again."
        )
        switch = button(t("End the webhook"), Actions.UPDATES_WEBHOOK, value=OFF)
    return Message(said, (section(said), context(hint), actions(switch)))
