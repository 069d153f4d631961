"""What every message about projects is made of: a project in a line, and the buttons that act on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import msgspec
from babel.dates import format_interval
from babel.numbers import format_currency, format_decimal
from slack_sdk.models.blocks.block_elements import ButtonElement, OverflowMenuElement

from bot.domain.projects import Project
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views.ids import Actions
from bot.views.kit import button, cut, option, overflow

_NAME = 100  # with deed, number and mark an option's value stays under its 150 characters
_BAR = 10


class Deed(StrEnum):
    """What a button or menu does with its project: the first part of its value."""

    SHOW = "show"
    EDIT = "edit"
    RENAME = "rename"
    DATES = "dates"
    ESTIMATE = "estimate"
    SETTINGS = "settings"
    MEMBERS = "members"
    PIN = "pin"
    UNPIN = "unpin"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    ASK_DELETE = "delete?"
    DELETE = "delete"
    KEEP = "keep"
    RESTORE = "restore"
    USE = "use"


_WORDS = MappingProxyType(
    {
        Deed.SHOW: N_("Show"),
        Deed.EDIT: N_("Edit…"),
        Deed.RENAME: N_("Rename…"),
        Deed.DATES: N_("Dates…"),
        Deed.ESTIMATE: N_("Estimate…"),
        Deed.SETTINGS: N_("Settings…"),
        Deed.MEMBERS: N_("Members…"),
        Deed.PIN: N_("Pin"),
        Deed.UNPIN: N_("Unpin"),
        Deed.ARCHIVE: N_("Archive"),
        Deed.UNARCHIVE: N_("Unarchive"),
        Deed.ASK_DELETE: N_("Delete…"),
        Deed.DELETE: N_("Delete"),
        Deed.KEEP: N_("Keep it"),
        Deed.RESTORE: N_("Restore"),
        Deed.USE: N_("Use in this channel"),
    }
)


class Subject(msgspec.Struct, frozen=True):
    """The project a button is about, as it was shown: `mark` tells that state, and is empty where it does not matter.

    `name` may be cut.
    """

    id: int
    name: str
    mark: str = ""

    @classmethod
    def of(cls, project: Project) -> Subject:
        """The project as it is shown now."""
        return cls(project.id, project.name, project.mark)


def deed_value(deed: Deed, subject: Subject) -> str:
    """What a button or option that does `deed` carries."""
    return f"{deed}:{subject.id}:{subject.mark}:{cut(subject.name, _NAME)}"


def read_deed(value: str) -> tuple[Deed, Subject]:
    """What it carries. Raises ValueError where it is none."""
    deed, number, mark, name = value.split(":", 3)
    return Deed(deed), Subject(int(number), name, mark)


def deed_button(
    t: Translator, deed: Deed, subject: Subject, *, style: str | None = None, index: int | None = None
) -> ButtonElement:
    """A button that does something with the project; several in one block are told apart by `index`."""
    word = deed_word(t, deed)
    label = f"{word.rstrip('…')}: {subject.name}"
    return button(word, Actions.PROJECT_DEED, value=deed_value(deed, subject), style=style, label=label, index=index)


def menu(t: Translator, project: Project, *deeds: Deed) -> OverflowMenuElement:
    """The … menu of up to five things to do with the project."""
    subject = Subject.of(project)
    return overflow(Actions.PROJECT_DEED, [option(deed_word(t, deed), deed_value(deed, subject)) for deed in deeds])


def pin_deed(project: Project) -> Deed:
    """Pinning, or the opposite where it is pinned."""
    return Deed.UNPIN if project.fields.pinned else Deed.PIN


def archive_deed(project: Project) -> Deed:
    """Archiving, or the opposite where it is archived."""
    return Deed.UNARCHIVE if project.archived else Deed.ARCHIVE


def deed_word(t: Translator, deed: Deed) -> str:
    """What a button or option for `deed` says."""
    return t(_WORDS[deed])


def title(t: Translator, project: Project) -> Mrkdwn:
    """The name in bold, and in words what is special about the project."""
    marks = [
        t.md(":pushpin: pinned") if project.fields.pinned else "",
        t.md(":lock: private") if project.fields.private else "",
        t.md(":file_cabinet: archived") if project.archived else "",
    ]
    return Mrkdwn("  ".join(filter(None, (t.md("*{name}*", name=project.name), *marks))))


def place(t: Translator, project: Project) -> str:
    """The client and the dates, as mrkdwn; empty where there are none."""
    client = escape(project.fields.client.name) if project.fields.client else ""
    return " · ".join(filter(None, (client, escape(days(t, project.fields.start, project.fields.end)))))


def progress(t: Translator, project: Project) -> Mrkdwn:
    """How far it is: a bar with its percentage and hours where both are known, else what is; empty for neither."""
    if project.percent is not None:
        return t.md(
            "`{bar}` {percent} · {tracked} of {estimate}",
            bar=bar(project.percent),
            percent=t.percent(project.percent / 100),
            tracked=project.tracked,
            estimate=project.estimate,
        )
    if project.estimate is not None:
        return t.md("Estimate {estimate}", estimate=project.estimate)
    return t.md("{tracked} tracked", tracked=project.tracked) if project.tracked else Mrkdwn()


def in_lines(t: Translator, project: Project) -> tuple[str, ...]:
    """The project in a list: its name, its place, and a line of its own for progress where there is a bar."""
    around, done = place(t, project), progress(t, project)
    if project.percent is not None:
        return title(t, project), around, done
    return title(t, project), " · ".join(filter(None, (around, done)))


def bar(percent: int) -> str:
    """A row of ten: full from 100 % on, never full before."""
    filled = min(_BAR, max(0, percent) * _BAR // 100)
    return "▰" * filled + "▱" * (_BAR - filled)


def days(t: Translator, first: date | None, last: date | None) -> str:
    """From when to when, either side perhaps open: `Sep 1 – Dec 31, 2026`; empty for neither."""
    if first and last:
        return str(format_interval(first, last, "yMMMd", locale=t.babel)).replace("\u2009", " ")
    if first:
        return t("from {day}", day=t.dated(first, "yMMMd"))
    return t("until {day}", day=t.dated(last, "yMMMd")) if last else ""


def money(t: Translator, amount: float | Decimal, currency: str | None) -> str:
    """An amount as people write it: `€6,000.00`."""
    if currency:
        return str(format_currency(amount, currency, locale=t.babel))
    return str(format_decimal(amount, locale=t.babel))
