"""Projects in Slack: the list with its pages, the card of one, and the choice where several are meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.project_filters import PAGE, ProjectFilters, open_days
from bot.domain.projects import Project
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, cut, cut_mrkdwn, lines, list_block, section
from bot.views.messages import Message
from bot.views.project_pieces import (
    Deed,
    Subject,
    archive_deed,
    days,
    deed_button,
    in_lines,
    menu,
    money,
    pin_deed,
    progress,
    title,
)

_CHILDREN = 15
_PEOPLE = 25
_DESCRIPTION = 600
_LINE = 400
_HEADINGS = {
    "active": N_("*Active projects*"),
    "archived": N_("*Archived projects*"),
    "pinned": N_("*Pinned projects*"),
    "private": N_("*Private projects*"),
    "all": N_("*All projects*"),
}


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which page of which list a button shows."""

    filters: ProjectFilters
    page: int = 1

    @classmethod
    def read(cls, value: str) -> Turn:
        """The page in a button's value. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """The page as a button's value."""
        return msgspec.json.encode(self).decode()


def listing(t: Translator, turn: Turn, found: Sequence[Project], *, more: bool, total: int | None) -> Message:
    """A page of projects, each with its progress and a menu."""
    heading = t.md(_HEADINGS[turn.filters.which])
    if not found:
        return _nothing(t, turn, heading)
    counted = " · ".join(filter(None, (heading, _count(t, total), _where(t, turn, more=more, total=total))))
    blocks: list[Block] = [section(lines([counted, narrowed(t, turn.filters)]))]
    for place, project in enumerate(found):
        text = lines(cut_mrkdwn(told, _LINE) for told in in_lines(t, project))
        deeds = (Deed.SHOW, Deed.EDIT, Deed.MEMBERS, pin_deed(project), archive_deed(project))
        here = list_block(place, turn.value())
        blocks.append(section(text, accessory=menu(t, project, *deeds), block_id=here))
    blocks.append(actions(*_pages(t, turn, more=more), button(t("New project…"), Actions.NEW_PROJECT)))
    said = Mrkdwn(f"{heading}: {', '.join(escape(cut(project.name, 60)) for project in found)}")
    return Message(said, tuple(blocks))


def narrowed(t: Translator, filters: ProjectFilters) -> Mrkdwn:
    """In words what narrows the list; empty where nothing does."""
    since, until = open_days(filters)
    told = [
        t.md("“{words}” in the name", words=filters.words) if filters.words else "",
        t.md("client “{client}”", client=filters.client) if filters.client else "",
        t.md("tag “{tag}”", tag=filters.tag) if filters.tag else "",
        t.md("open to “{person}”", person=filters.person) if filters.person else "",
        escape(days(t, since, until)),
    ]
    return Mrkdwn(" · ".join(filter(None, told)))


def card(
    t: Translator,
    project: Project,
    *,
    parents: Sequence[Project] = (),
    children: Sequence[Project] = (),
    members: Sequence[str] | None = None,
) -> Message:
    """Everything about one project, and what can be done with it. `members` are mrkdwn, None where they are hidden."""
    fields = project.fields
    facts = [
        _fact(t, N_("*Client:* {value}"), fields.client.name if fields.client else ""),
        _fact(t, N_("*Dates:* {value}"), days(t, fields.start, fields.end)),
        _fact(t, N_("*Progress:* {value}"), progress(t, project) if project.percent is not None else ""),
        _fact(t, N_("*Estimate:* {value}"), project.estimate if project.percent is None else None),
        _fact(t, N_("*Tracked:* {value}"), project.tracked if project.percent is None else None),
        _fact(t, N_("*Rate:* {value} an hour"), _rate(t, project)),
        _fact(t, N_("*Fixed fee:* {value}"), money(t, fields.fee.amount, fields.fee.currency) if fields.fee else ""),
        _fact(t, N_("*Tags:* {value}"), cut(", ".join(tag.name for tag in fields.tags), _LINE)),
        _fact(t, N_("*Part of:* {value}"), cut(" › ".join(parent.name for parent in reversed(parents)), _LINE)),
        _fact(t, N_("*Sub-projects:* {value}"), _names(t, [escape(child.name) for child in children], _CHILDREN)),
        _fact(t, N_("*Members:* {value}"), _names(t, members or (), _PEOPLE)),
        t.md("*Members:* not shown to you by Toggl") if members is None else "",
        t.md("Billable") if fields.billable else t.md("Not billable"),
    ]
    said = title(t, project)
    about = [section(escape(cut(fields.description, _DESCRIPTION)))] if fields.description else []
    return Message(said, (section(said), *about, section(lines(facts)), *_card_buttons(t, project)))


def changed_meanwhile(t: Translator, sentence: str, project: Project) -> Message:
    """`sentence` (mrkdwn), and the project as it is now."""
    shown = card(t, project, members=())
    return Message(sentence, (section(sentence), *shown.blocks))


def pick(t: Translator, deed: Deed, text: str, found: Sequence[Subject]) -> Message:
    """Several projects are meant, or none: each with its button."""
    if not found:
        return _no_match(t, deed, text)
    said = t.md("Which project? These match “{text}”.", text=text) if text else t.md("Which project?")
    blocks: list[Block] = [section(said)]
    blocks += [
        section(t.md("*{name}*", name=called(subject.name)), accessory=deed_button(t, deed, subject))
        for subject in found
    ]
    if not text:
        blocks.append(context(t.md("Add part of the name to the command to find others.")))
    return Message(said, tuple(blocks))


def _no_match(t: Translator, deed: Deed, text: str) -> Message:
    if deed is Deed.RESTORE:
        said = t.md("I only know the projects that you deleted here lately, and none of them matches.")
        hint = t.md("Any deleted project can be restored by its number: `{project} restore 7012345`.")
        return Message(said, (section(said), context(hint)))
    said = t.md("No project matches “{text}”. Nothing was changed.", text=text) if text else t.md("No project matches.")
    new = button(t("New project…"), Actions.NEW_PROJECT, value=cut(text, 255))
    return Message(said, (section(said), actions(_list_button(t), new)))


def _count(t: Translator, total: int | None) -> str:
    return "" if total is None else t.plural("{n} project", "{n} projects", total)


def _where(t: Translator, turn: Turn, *, more: bool, total: int | None) -> str:
    if not more and turn.page == 1:
        return ""
    if total is None:
        return t("page {n}", n=turn.page)
    return t("page {n} of {last}", n=turn.page, last=max(turn.page, -(-total // PAGE)))


def _nothing(t: Translator, turn: Turn, heading: Mrkdwn) -> Message:
    said = Mrkdwn(f"{heading}: {t.md('there are none.')}")
    small = narrowed(t, turn.filters)
    row = [button(t("New project…"), Actions.NEW_PROJECT)]
    if not turn.filters.plain:
        row.insert(0, _list_button(t))
    return Message(said, (section(said), *([context(small)] if small else []), actions(*row)))


def _list_button(t: Translator) -> ButtonElement:
    return button(t("Active projects"), Actions.PROJECT_PAGE, value=Turn(ProjectFilters()).value())


def _pages(t: Translator, turn: Turn, *, more: bool) -> list[ButtonElement]:
    row = []
    if turn.page > 1:
        before = Turn(turn.filters, turn.page - 1)
        row.append(button(t("Previous"), Actions.PROJECT_PAGE, value=before.value(), index=0))
    if more:
        after = Turn(turn.filters, turn.page + 1)
        row.append(button(t("Next"), Actions.PROJECT_PAGE, value=after.value(), index=1))
    return row


def _card_buttons(t: Translator, project: Project) -> tuple[Block, ...]:
    subject = Subject.of(project)
    row = [Deed.EDIT, Deed.MEMBERS, pin_deed(project), archive_deed(project)]
    if not project.archived:
        row.append(Deed.USE)
    buttons = [deed_button(t, deed, subject, index=place) for place, deed in enumerate(row)]
    changes = menu(t, project, Deed.RENAME, Deed.DATES, Deed.ESTIMATE, Deed.SETTINGS, Deed.ASK_DELETE)
    return (actions(*buttons, changes),)


def _rate(t: Translator, project: Project) -> str:
    return money(t, project.rate, project.rate_currency) if project.rate is not None else ""


def _fact(t: Translator, sentence: str, value: str | timedelta | None) -> str:
    return t.md(sentence, value=value) if value else ""


def _names(t: Translator, names: Sequence[str], most: int) -> Mrkdwn:
    """Mrkdwn names in a row; how many more there are."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    return Mrkdwn(f"{shown} {t('and {n} more', n=rest)}" if rest > 0 else shown)
