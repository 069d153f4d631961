"""The people of a workspace in a modal: found among thousands, a page at a time, each with a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

import msgspec
from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import OverflowMenuElement
from slack_sdk.models.views import View

from bot.domain.members import ADMIN, PROJECT_LEAD, TEAM_LEAD, USER, Activity, Member, MemberFilters, Page
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, called, context, lines, option, overflow, section
from bot.views.project_pieces import money
from bot.views.timer import undo

ROLES: Mapping[str, str] = MappingProxyType(
    {
        ADMIN: N_("Admin"),
        PROJECT_LEAD: N_("Project lead"),
        TEAM_LEAD: N_("Team lead"),
        USER: N_("Member"),
    }
)

ACTIVITIES: Mapping[Activity, str] = MappingProxyType(
    {
        Activity.ACTIVE: N_("Active"),
        Activity.INVITED: N_("Invited"),
        Activity.DEACTIVATED: N_("Deactivated"),
    }
)

MARKS: Mapping[Activity, str] = MappingProxyType(
    {
        Activity.INVITED: N_(":envelope: invited, has not accepted yet"),
        Activity.DEACTIVATED: N_(":no_entry: deactivated"),
    }
)

EVERY = "*"
"""The value of a filter's option that leaves everybody in."""
_GROUPS = 5


class Deed(msgspec.Struct, frozen=True):
    """What a person's menu does, by their membership's number."""

    verb: str
    membership: int

    EDIT = "edit"
    RATES = "rates"
    ACTIVATE = "activate"
    DEACTIVATE = "deactivate"
    REMOVE = "remove"

    @classmethod
    def read(cls, value: str) -> Deed:
        """The deed in an option's value. Raises ValueError where it is none."""
        verb, _, number = value.partition(":")
        return cls(verb, int(number))

    def value(self) -> str:
        """The deed as an option's value."""
        return f"{self.verb}:{self.membership}"


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return modal(t, t("Members"), [section(t.md("Looking up who is in the workspace…"))])


def listing(
    t: Translator, page: Page, wanted: MemberFilters, *, did: Sequence[Mrkdwn] = (), undo_id: str | None = None
) -> View:
    """A page of people. `did` tells what was just done."""
    blocks: list[Block] = [section(text) for text in did]
    if undo_id:
        blocks.append(actions(undo(t, undo_id)))
    blocks += [_search(t, wanted), _filters(t, wanted), context(_count(t, page))]
    blocks += [section(_told(t, member), accessory=_menu(t, member)) for member in page.members]
    if not page.members:
        blocks.append(
            section(t.md("Nobody matches. Search for part of a name, or choose *Every role* and *Everybody*."))
        )
    turns = []
    if page.number > 1:
        turns.append(button(t("Previous"), Actions.MEMBER_PAGE, value=str(page.number - 1), index=0))
    if page.number < page.pages:
        turns.append(button(t("Next"), Actions.MEMBER_PAGE, value=str(page.number + 1), index=1))
    blocks.append(actions(*turns, button(t("Remove several…"), Actions.MEMBERS_CHOOSE)))
    return modal(t, t("Members"), blocks, callback=Callbacks.FIND_MEMBERS, submit=t("Search"), close=t("Close"))


def done_only(t: Translator, did: Sequence[Mrkdwn], *, undo_id: str | None = None) -> View:
    """What was just done, where Toggl does not give the list any more."""
    blocks: list[Block] = [section(text) for text in did]
    if undo_id:
        blocks.append(actions(undo(t, undo_id)))
    blocks.append(section(t.md("Toggl has stopped answering, so the list is not shown. Try again in a minute.")))
    blocks.append(actions(button(t("Back to the list"), Actions.MEMBER_BACK)))
    return modal(t, t("Members"), blocks)


def role(t: Translator, code: str) -> str:
    """What a role is called, in plain text; one that Toggl does not document, by its code."""
    return t(ROLES[code]) if code in ROLES else code


def group_name(t: Translator, number: int) -> str:
    """A group by its number: Toggl gives no names of groups."""
    return t("Group {number}", number=f"#{number}")


def group_filter(t: Translator, found: Sequence[Option]) -> list[Option]:
    """The entries of the filter by group: all groups together first."""
    return [option(t("Every group"), EVERY), *found[:99]]


def people_options(found: Sequence[Member]) -> list[Option]:
    """The entries of a typeahead of people; their addresses tell two of one name apart."""
    return [option(member.name, str(member.membership), description=member.email or None) for member in found]


def _search(t: Translator, wanted: MemberFilters) -> Block:
    return input_block(
        t("Name or e-mail"),
        Blocks.MEMBER_WORDS,
        PlainTextInputElement(action_id=Actions.MEMBER_FIELD, initial_value=wanted.words[:100] or None, max_length=100),
        optional=True,
    )


def _filters(t: Translator, wanted: MemberFilters) -> Block:
    roles = [option(t("Every role"), EVERY), *(option(t(name), code) for code, name in ROLES.items())]
    activities = [option(t("Everybody"), EVERY), *(option(t(name), str(each)) for each, name in ACTIVITIES.items())]
    every_group = option(t("Every group"), EVERY)
    group = every_group if wanted.group is None else option(group_name(t, wanted.group), str(wanted.group))
    return actions(
        StaticSelectElement(
            action_id=f"{Actions.MEMBER_FILTER}:role", options=roles, initial_option=_chosen(roles, wanted.role)
        ),
        StaticSelectElement(
            action_id=f"{Actions.MEMBER_FILTER}:activity",
            options=activities,
            initial_option=_chosen(activities, wanted.activity),
        ),
        ExternalDataSelectElement(
            action_id=Actions.MEMBER_GROUP,
            placeholder=t("Every group"),
            min_query_length=0,
            initial_option=group,
        ),
        block_id=Blocks.MEMBER_FILTERS,
    )


def _chosen(options: Sequence[Option], value: str | None) -> Option:
    return next((each for each in options if each.value == value), options[0])


def _count(t: Translator, page: Page) -> str:
    found = t.plural("{n} person", "{n} people", page.found)
    if page.found != page.total:
        found = t("{found} of {total}", found=found, total=page.total)
    if page.pages == 1:
        return t.md("{found}", found=found)
    return t.md("{found} · page {page} of {pages}", found=found, page=page.number, pages=page.pages)


def _told(t: Translator, member: Member) -> str:
    mark = MARKS.get(member.activity)
    head = t.md("*{name}* · {role}", name=called(member.name), role=role(t, member.role))
    about = [
        called(member.email) if member.email else "",
        t.md("{hours} a day", hours=timedelta(minutes=member.minutes)) if member.minutes else "",
    ]
    belongs = [
        _groups(t, member),
        t.md("billed at {rate} an hour", rate=money(t, member.rate, None)) if member.rate is not None else "",
        t.md("costs {rate}", rate=money(t, member.cost, None)) if member.cost is not None else "",
    ]
    return lines(
        (
            Mrkdwn(" · ".join(filter(None, (head, t.md(mark) if mark else "")))),
            Mrkdwn(" · ".join(filter(None, about))),
            Mrkdwn(" · ".join(filter(None, belongs))),
            "" if member.direct else t.md("_Here only through a group: change the group in Toggl to remove them._"),
        )
    )


def _groups(t: Translator, member: Member) -> str:
    if not member.groups:
        return ""
    named = ", ".join(f"#{number}" for number in member.groups[:_GROUPS])
    more = len(member.groups) - _GROUPS
    if more > 0:
        return t.md("groups {named} and {more} more", named=named, more=more)
    return t.md("group {named}", named=named) if len(member.groups) == 1 else t.md("groups {named}", named=named)


def _menu(t: Translator, member: Member) -> OverflowMenuElement:
    active = member.activity is not Activity.DEACTIVATED
    deeds = [
        (t("Edit…"), Deed.EDIT),
        (t("Rates…"), Deed.RATES),
        (t("Deactivate…"), Deed.DEACTIVATE) if active else (t("Reactivate"), Deed.ACTIVATE),
        (t("Remove…"), Deed.REMOVE),
    ]
    return overflow(Actions.MEMBER_DEED, [option(text, Deed(verb, member.membership).value()) for text, verb in deeds])
