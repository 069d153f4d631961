"""A project's people and groups in a modal: who is in it, as what, and taking more in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec
from slack_sdk.models.blocks import Block, ExternalDataMultiSelectElement, Option, StaticSelectElement
from slack_sdk.models.blocks.block_elements import OverflowMenuElement
from slack_sdk.models.views import View

from bot.i18n import Mrkdwn, Translator, escape
from bot.views.forms import block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, cut, option, overflow, section
from bot.views.timer import undo

_SHOWN = 80  # beside the form's own blocks a modal of a hundred holds so many
_PEOPLE = 6
_ROLES = 4  # a menu of five with *Remove*


class Someone(Protocol):
    """A person or a group in a project."""

    @property
    def id(self) -> int:
        """Focus's number of the person, or the group's."""

    @property
    def name(self) -> str:
        """What people call them."""

    @property
    def group(self) -> bool:
        """Whether it is a group."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who is in the group."""

    @property
    def manager(self) -> bool:
        """Whether they manage the project."""


class Group(Protocol):
    """A group that could be taken in."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who is in it."""


class Role(Protocol):
    """A role in a project."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """What Toggl calls it."""

    @property
    def manager(self) -> bool:
        """Whether it manages the project."""


class Deed(msgspec.Struct, frozen=True):
    """What a menu does with whom: gives them the role of a number, or removes them where it is None."""

    id: int
    group: bool
    manager: bool
    role_id: int | None

    @classmethod
    def read(cls, value: str) -> Deed:
        """The deed in an option's value. Raises ValueError where it is none."""
        kind, number, manager, role = value.split(":")
        return cls(int(number), kind == "g", manager == "1", int(role) if role else None)

    def value(self) -> str:
        """The deed as an option's value."""
        kind = "g" if self.group else "u"
        return f"{kind}:{self.id}:{int(self.manager)}:{'' if self.role_id is None else self.role_id}"


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return modal(t, t("Project members"), [section(t.md("Looking up who is in it…"))])


def team(
    t: Translator,
    project: str,
    members: Sequence[Someone],
    roles: Sequence[Role],
    *,
    did: Mrkdwn | None = None,
    undo_id: str | None = None,
    turn: int = 0,
) -> View:
    """Who is in the project. `did` tells what was just done; `turn` counts up with each change, to empty the form."""
    blocks: list[Block] = []
    if did:
        blocks.append(section(f":white_check_mark: {did}", accessory=undo(t, undo_id) if undo_id else None))
    blocks.append(section(t.md("*{name}*", name=project)))
    if not members:
        blocks.append(context(t.md("Nobody is in this project yet.")))
    blocks += [section(line(t, member), accessory=_menu(t, member, roles)) for member in members[:_SHOWN]]
    if len(members) > _SHOWN:
        blocks.append(context(t.md("And {n} more.", n=len(members) - _SHOWN)))
    blocks += _form(t, roles, turn)
    return modal(t, t("Project members"), blocks, callback=Callbacks.ADD_MEMBERS, submit=t("Add"), close=t("Close"))


def brief(t: Translator, member: Someone) -> Mrkdwn:
    """A person or a group among others in a line: `Ann (manager)`."""
    if member.people:
        name = t.md("Group {number} of {n}", number=member.name, n=len(member.people))
    else:
        name = t.md("Group {number}", number=member.name) if member.group else escape(cut(member.name, 100))
    return t.md("{name} (manager)", name=name) if member.manager else name


def line(t: Translator, member: Someone) -> Mrkdwn:
    """A person or a group with its people, and whether they manage the project."""
    name = (
        t.md("*Group {number}*", number=member.name) if member.group else t.md("*{name}*", name=cut(member.name, 200))
    )
    if member.people:
        shown = ", ".join(escape(cut(person, 60)) for person in member.people[:_PEOPLE])
        more = f" {t('and {n} more', n=len(member.people) - _PEOPLE)}" if len(member.people) > _PEOPLE else ""
        name = Mrkdwn(f"{name}\n{shown}{more}")
    return t.md("{name}\nmanages the project", name=name) if member.manager else name


def group_options(t: Translator, found: Sequence[Group]) -> list[Option]:
    """The entries of the typeahead of groups: Toggl gives their numbers, their people tell them apart."""
    return [
        option(
            t("Group {number}", number=f"#{group.id}"),
            str(group.id),
            description=", ".join(group.people) or None,
        )
        for group in found
    ]


def _form(t: Translator, roles: Sequence[Role], turn: int) -> list[Block]:
    people = ExternalDataMultiSelectElement(
        action_id=Actions.PROJECT_PEOPLE, placeholder=t("Search people"), min_query_length=0
    )
    groups = ExternalDataMultiSelectElement(
        action_id=Actions.PROJECT_GROUPS, placeholder=t("Search groups by their people"), min_query_length=0
    )
    blocks: list[Block] = [
        input_block(t("Add people"), block_id(Blocks.PROJECT_PEOPLE, turn), people, optional=True),
        input_block(t("Add groups"), block_id(Blocks.PROJECT_GROUPS, turn), groups, optional=True),
    ]
    if roles:
        chosen = StaticSelectElement(
            action_id=Actions.PROJECT_FIELD,
            options=[option(role.name, str(role.id)) for role in roles[:100]],
        )
        blocks.append(
            input_block(
                t("Role"),
                block_id(Blocks.PROJECT_ROLE, turn),
                chosen,
                hint=t("If empty, Toggl adds them as regular members."),
                optional=True,
            )
        )
    return blocks


def _menu(t: Translator, member: Someone, roles: Sequence[Role]) -> OverflowMenuElement:
    same = [role for role in roles if role.manager == member.manager]
    others = [role for role in roles if len(same) > 1 or role not in same]
    deeds = [
        (t("Role: {role}", role=role.name), Deed(member.id, member.group, member.manager, role.id))
        for role in others[:_ROLES]
    ]
    deeds.append((t("Remove"), Deed(member.id, member.group, member.manager, None)))
    return overflow(Actions.PROJECT_MEMBER, [option(text, deed.value()) for text, deed in deeds])
