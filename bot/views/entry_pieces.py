"""What every message about entries is made of: an entry in a line, and the buttons that change it."""

from __future__ import annotations

from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.entry_reference import Reference
from bot.domain.tracking import Entry
from bot.i18n import Translator
from bot.views.choices import entry_name
from bot.views.ids import Actions
from bot.views.kit import button


def edit_button(t: Translator, entry: Entry, *, index: int | None = None) -> ButtonElement:
    """*Edit…*: opens the form with every field of `entry`."""
    label = t("Edit: {task}", task=entry_name(entry))
    return button(t("Edit…"), Actions.EDIT_ENTRY, value=Reference.of(entry).value(), label=label, index=index)
