"""People and groups whom alerts and reminders are for: in a line, in a form, and who of them is reached in Slack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import Block, ExternalDataMultiSelectElement, InputBlock, Option
from slack_sdk.models.blocks.block_elements import ButtonElement, OverflowMenuElement

from bot.domain.projects import NUMBER
from bot.domain.receivers import Circle, Directory, Reach, Receiver
from bot.i18n import Mrkdwn, Translator
from bot.views.forms import block_id, input_block
from bot.views.ids import Actions, Blocks
from bot.views.kit import button, called, context, option, overflow, section
from bot.views.timer import undo


class Deed(StrEnum):
    """What a button or menu entry of the two modals does."""

    NEW = "new"
    EDIT = "edit"
    ASK_DELETE = "delete?"
    DELETE = "delete"
    INVITE = "invite"
    BACK = "back"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A deed, and the number of its alert or reminder, or of the page to show, which count from 0."""

    deed: Deed
    id: int = 0

    @classmethod
    def read(cls, value: str) -> Pressed:
        """The deed in a value. Raises ValueError where it is none."""
        deed, _, number = value.partition(":")
        return cls(Deed(deed), int(number))

    @property
    def value(self) -> str:
        """The deed as a button's or option's value."""
        return f"{self.deed}:{self.id}"


SHOWN = 40  # what Slack takes in one view, whatever things are called
MOST_PEOPLE, MOST_GROUPS = 80, 50
"""So many a form can hold; with more, who is meant is left as it is."""
_NAMED, _IN_GROUP = 8, 3
_NAME = 40


def deed_button(
    text: str, action_id: Actions, pressed: Pressed, *, style: str | None = None, index: int = 0
) -> ButtonElement:
    """A button that does it; several in one block are told apart by `index`."""
    return button(text, action_id, value=pressed.value, style=style, index=index)


def menu(t: Translator, action_id: Actions, number: int, reach: Reach) -> OverflowMenuElement:
    """What can be done with one alert or reminder, and with those whom it does not reach."""
    deeds = {Deed.EDIT: t("Change…"), Deed.ASK_DELETE: t("Delete…")}
    if reach.others:
        deeds[Deed.INVITE] = t("Invite the others…")
    return overflow(action_id, [option(text, Pressed(deed, number).value) for deed, text in deeds.items()])


def listing(
    t: Translator,
    rows: Sequence[Block],
    *,
    empty: Mrkdwn,
    page: int,
    did: Mrkdwn | None,
    undo_id: str | None,
    problem: Sequence[Mrkdwn],
) -> list[Block]:
    """What was not and what was just done, then the rows of a page; `empty` where there are none at all."""
    blocks: list[Block] = [section(text) for text in problem]
    if did:
        blocks.append(done(t, did, undo_id))
    return blocks + list(rows[page * SHOWN : (page + 1) * SHOWN] if rows else [section(empty)])


def page_of(count: int, page: int) -> int:
    """The page `page` of so many rows, or the last there is."""
    return max(0, min(page, max(0, count - 1) // SHOWN))


def turning(t: Translator, action_id: Actions, count: int, page: int) -> list[ButtonElement]:
    """The buttons to the page before and the one after, of so many rows."""
    turns = []
    if page:
        turns.append(deed_button(t("Previous"), action_id, Pressed(Deed.PAGE, page - 1), index=1))
    if (page + 1) * SHOWN < count:
        turns.append(deed_button(t("Next"), action_id, Pressed(Deed.PAGE, page + 1), index=2))
    return turns


def done(t: Translator, did: Mrkdwn, undo_id: str | None) -> Block:
    """What was done, with its Undo."""
    return section(f":white_check_mark: {did}", accessory=undo(t, undo_id) if undo_id else None)


def listed(t: Translator, directory: Directory, user_ids: Collection[int], group_ids: Collection[int]) -> Mrkdwn:
    """Who is meant, in a line: the first names, the groups, and how many more."""
    people = [called(person.name, _NAME) for person in directory.named(user_ids)]
    groups = [group(t, circle) for circle in directory.grouped(sorted(group_ids))]
    shown = [*groups[:_NAMED], *people[: max(1, _NAMED - len(groups[:_NAMED]))]]
    left = len(groups) + len(people) - len(shown)
    more = f" {t('and {n} more', n=left)}" if left else ""
    return Mrkdwn(", ".join(shown) + more)


def group(t: Translator, circle: Circle) -> Mrkdwn:
    """A group among others: its number and the first who are in it, for Toggl tells no names of groups."""
    if not circle.people:
        return t.md("group {number}", number=circle.name)
    names = ", ".join(called(person.name, _NAME) for person in circle.people[:_IN_GROUP])
    left = len(circle.people) - _IN_GROUP
    people = Mrkdwn(names + (f" {t('and {n} more', n=left)}" if left > 0 else ""))
    return t.md("group {number} ({people})", number=circle.name, people=people)


def reached(t: Translator, reach: Reach) -> Mrkdwn:
    """How many of those who are meant the bot reaches in Slack; empty where nobody is known."""
    if not reach.total:
        return Mrkdwn()
    if not reach.others:
        return Mrkdwn(t.plural("{n} person, reached in Slack", "{n} people, all reached in Slack", reach.total))
    return Mrkdwn(
        t.plural(
            "{n} person, not reached in Slack yet",
            "{linked} of {n} people reached in Slack",
            reach.total,
            linked=len(reach.linked),
        )
    )


def inputs(
    t: Translator, directory: Directory, user_ids: Collection[int], group_ids: Collection[int], *, turn: int
) -> list[Block]:
    """The pickers of people and groups, filled with these; a note in their place where they are too many."""
    blocks: list[Block] = []
    if len(user_ids) <= MOST_PEOPLE:
        chosen = people_options(directory.named(user_ids))
        blocks.append(_picker(Blocks.RECEIVER_PEOPLE, t("People"), t("Search people"), chosen, turn))
    else:
        blocks.append(context(t.md("It is for {n} people: too many for this form, so they stay.", n=len(user_ids))))
    if len(group_ids) <= MOST_GROUPS:
        circles = group_options(t, directory.grouped(sorted(group_ids)))
        search = t("Search groups by their people")
        blocks.append(_picker(Blocks.RECEIVER_GROUPS, t("Groups"), search, circles, turn))
    else:
        blocks.append(context(t.md("It is for {n} groups: too many for this form, so they stay.", n=len(group_ids))))
    return blocks


def people_options(found: Sequence[Receiver]) -> list[Option]:
    """The entries of the picker of people."""
    return [option(person.name, str(person.id), description=person.email or None) for person in found]


def group_options(t: Translator, found: Sequence[Circle]) -> list[Option]:
    """The entries of the picker of groups: their people tell them apart."""
    return [
        option(
            t("Group {number}", number=circle.name),
            str(circle.id),
            description=", ".join(person.name for person in circle.people) or None,
        )
        for circle in found
    ]


def read(values: Mapping[str, Any], turn: int, people: str, groups: str) -> dict[str, list[int]]:
    """Who was entered, under the names `people` and `groups`; nothing under one whose picker was not there."""
    places = {people: Blocks.RECEIVER_PEOPLE, groups: Blocks.RECEIVER_GROUPS}
    return {
        name: sorted(map(int, values[block_id(block, turn)] or ()))
        for name, block in places.items()
        if block_id(block, turn) in values
    }


def fitting(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a form can keep them: without lists that it does not show, for they are too long."""
    most = {"user_ids": MOST_PEOPLE, "receiver_users": MOST_PEOPLE}
    return {
        name: value
        for name, value in fields.items()
        if not isinstance(value, list) or len(value) <= most.get(name, MOST_GROUPS)
    }


def _picker(block: Blocks, label: str, search: str, chosen: list[Option], turn: int) -> InputBlock:
    actions = {Blocks.RECEIVER_PEOPLE: Actions.RECEIVER_PEOPLE, Blocks.RECEIVER_GROUPS: Actions.RECEIVER_GROUPS}
    return input_block(
        label,
        block_id(block, turn),
        ExternalDataMultiSelectElement(
            action_id=actions[block], placeholder=search, min_query_length=0, initial_options=chosen or None
        ),
        optional=True,
    )


def _people(t: Translator, said: Sequence[int]) -> str:
    return t.plural("{n} person", "{n} people", len(said))


def _groups(t: Translator, said: Sequence[int]) -> str:
    return ", ".join(t("group {number}", number=NUMBER.format(id=number)) for number in said)


VALUES: Mapping[str, Callable[[Translator, Sequence[int]], str]] = MappingProxyType(
    {
        "alert.receiver_users": _people,
        "alert.receiver_groups": _groups,
        "reminder.user_ids": _people,
        "reminder.group_ids": _groups,
    }
)
"""How the receivers of alerts and reminders are said; more than a few names are too many for a line."""
