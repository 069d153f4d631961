"""What every message about entries is made of: an entry in a line, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from slack_sdk.models.blocks import ConfirmObject, Option
from slack_sdk.models.blocks.block_elements import ButtonElement, OverflowMenuElement

from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.projects import Named
from bot.domain.tracking import Entry
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views import spans
from bot.views.choices import entry_name, place
from bot.views.ids import Actions
from bot.views.kit import button, called, cut, cut_mrkdwn, option, overflow

NAME, NOTE = 150, 100
"""Characters of a name and of each note in a list: 20 entries have to stay within what Slack takes in one message."""


class Deed(StrEnum):
    """What a button or menu does with its entry: the first part of its value."""

    EDIT = "edit"
    EARLIER_5 = "earlier 5"
    EARLIER_15 = "earlier 15"
    CONTINUE = "continue"
    MOVE = "move"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    ASK_DELETE = "delete?"
    DELETE = "delete"
    KEEP = "keep"
    RESTORE = "restore"


def deed_value(deed: Deed, reference: Reference) -> str:
    """What a button or option that does `deed` carries."""
    return f"{deed}:{reference.value()}"


def read_deed(value: str) -> tuple[Deed, Reference]:
    """What it carries. Raises ValueError where it is none."""
    deed, _, reference = value.partition(":")
    return Deed(deed), Reference.read(reference)


def edit_button(t: Translator, entry: Entry, *, index: int | None = None) -> ButtonElement:
    """*Edit…*: opens the form with every field of `entry`."""
    label = t("Edit: {task}", task=entry_name(entry))
    return button(t("Edit…"), Actions.EDIT_ENTRY, value=Reference.of(entry).value(), label=label, index=index)


def deed_button(
    t: Translator,
    deed: Deed,
    entry: Entry,
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    index: int | None = None,
) -> ButtonElement:
    """A button that does something with `entry`."""
    word = t(DEED_WORDS[deed])
    label = f"{word.rstrip('…')}: {entry_name(entry)}"
    value = deed_value(deed, Reference.of(entry))
    return button(word, Actions.ENTRY_DEED, value=value, style=style, confirm=confirm, label=label, index=index)


def menu(t: Translator, entry: Details) -> OverflowMenuElement:
    """What can be done with an entry in a list; the form behind *Edit…* holds the rest."""
    if entry.seconds is None or entry.task_id is None:
        deeds = [Deed.EDIT, Deed.EARLIER_5, Deed.EARLIER_15, Deed.MOVE, Deed.ASK_DELETE]
    else:
        aside = Deed.UNARCHIVE if entry.archived else Deed.ARCHIVE
        deeds = [Deed.EDIT, Deed.CONTINUE, Deed.MOVE, aside, Deed.ASK_DELETE]
    return overflow(Actions.ENTRY_DEED, [_option(t, deed, entry) for deed in deeds])


DEED_WORDS: Mapping[Deed, str] = MappingProxyType(
    {
        Deed.EDIT: N_("Edit…"),
        Deed.EARLIER_5: N_("Start 5 min earlier"),
        Deed.EARLIER_15: N_("Start 15 min earlier"),
        Deed.CONTINUE: N_("Continue"),
        Deed.MOVE: N_("Move to task…"),
        Deed.ARCHIVE: N_("Archive"),
        Deed.UNARCHIVE: N_("Unarchive"),
        Deed.ASK_DELETE: N_("Delete…"),
        Deed.DELETE: N_("Delete"),
        Deed.KEEP: N_("Keep it"),
        Deed.RESTORE: N_("Restore"),
    }
)
"""What a button or option for each says."""


def name(entry: Details, limit: int = NAME) -> Mrkdwn:
    """What the entry is called, as mrkdwn: its task, or its description where it has none."""
    return called(entry_name(entry.entry), limit)


def span(t: Translator, entry: Details) -> Mrkdwn:
    """On which day, from when to when, and how long: `today, 9:00 AM – 10:30 AM (1 h 30 min)`."""
    if entry.end is None:
        return t.md("since {start}, running", start=entry.start)
    return t.md("{span} ({length})", span=spans.span(t, entry.entry), length=entry.length)


def notes(t: Translator, entry: Details) -> list[str]:
    """What else tells it from others, as mrkdwn: its place, that it is a break or archived, its description."""
    task = entry.entry.task
    told: list[str] = [cut_mrkdwn(escape(place(task)), NOTE)] if task and place(task) else []
    if entry.type == "break":
        told.append(t.md("break"))
    if entry.archived:
        told.append(t.md("archived"))
    if entry.extras and entry.extras.description and entry.task_id is not None:
        told.append(cut_mrkdwn(escape(entry.extras.description), NOTE))
    return told


def listed(tags: Sequence[Named]) -> str:
    """Tags in one short text."""
    return cut(", ".join(tag.name for tag in tags), NOTE)


def _option(t: Translator, deed: Deed, entry: Details) -> Option:
    return option(t(DEED_WORDS[deed]), deed_value(deed, Reference.of(entry.entry)))
