"""Changing somebody of a workspace: the form, the questions before a removal, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ExternalDataMultiSelectElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.domain.members import ADMIN, MOST_GROUPS, Activity, Member
from bot.errors import UserError
from bot.i18n import Mrkdwn, Translator
from bot.views.choices import NAME_LENGTH
from bot.views.forms import block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, called, context, lines, option, section
from bot.views.members import MARKS, ROLES, group_name, role
from bot.views.project_inputs import estimate_text

MOST_CHOSEN = 100
_NAMED = 30  # names of this many fit into a section


def edit(
    t: Translator, member: Member, fields: Mapping[str, Any], *, turn: int = 0, problem: Sequence[Mrkdwn] = ()
) -> View:
    """The form of one person, filled with `fields`; `problem` tells what somebody else changed.

    `turn` counts up with each filling.
    """
    blocks: list[Block] = [section(text) for text in problem]
    mark = MARKS.get(member.activity)
    said = lines((called(member.email) if member.email else "", t.md(mark) if mark else ""))
    if said:
        blocks.append(section(said))
    blocks += [
        _input(t("Name"), Blocks.MEMBER_NAME, turn, _name(fields), optional=False),
        _input(t("Role"), Blocks.MEMBER_ROLE, turn, _role(t, fields), optional=False),
        _groups(t, fields, turn),
        _input(
            t("Working hours per day"),
            Blocks.MEMBER_HOURS,
            turn,
            _hours(fields),
            hint=t("For example 8h or 7h30m. If empty, the workspace’s own hours apply."),
        ),
        _back(t),
    ]
    return modal(t, t("Edit member"), blocks, callback=Callbacks.EDIT_MEMBER, submit=t("Save"))


def ask_remove(t: Translator, member: Member, workspace: str, *, problem: Sequence[Mrkdwn] = ()) -> View:
    """The question before somebody is removed; `problem` tells what somebody else changed."""
    said = [
        *problem,
        t.md("Remove *{name}* from *{workspace}*?", name=called(member.name), workspace=called(workspace)),
        _admin(t, [member]),
        t.md("They lose access to this workspace right away. The time they tracked stays, also in reports."),
        t.md("*This cannot be undone:* to come back, they have to be invited again in Toggl."),
    ]
    return _question(t, said, t("Remove member"), Callbacks.CONFIRM_MEMBER, t("Remove"))


def ask_deactivate(t: Translator, member: Member, workspace: str, *, problem: Sequence[Mrkdwn] = ()) -> View:
    """The question before somebody is deactivated; `problem` tells what somebody else changed."""
    said = [
        *problem,
        t.md("Deactivate *{name}* in *{workspace}*?", name=called(member.name), workspace=called(workspace)),
        _admin(t, [member]),
        t.md("They can neither see nor track anything there until they are reactivated. Their time stays."),
        t.md("You can undo this, and reactivate them at any time."),
    ]
    return _question(t, said, t("Deactivate member"), Callbacks.CONFIRM_MEMBER, t("Deactivate"))


def choose(t: Translator) -> View:
    """Who is to be removed."""
    element = ExternalDataMultiSelectElement(
        action_id=Actions.MEMBER_PEOPLE,
        placeholder=t("Search people"),
        min_query_length=0,
        max_selected_items=MOST_CHOSEN,
    )
    blocks: list[Block] = [
        section(t.md("Who should be removed? You will see what happens before anything is done.")),
        _input(t("People"), Blocks.MEMBER_PEOPLE, 0, element, optional=False),
        _back(t),
    ]
    return modal(t, t("Remove members"), blocks, callback=Callbacks.CHOOSE_MEMBERS, submit=t("Next"))


def ask_remove_all(t: Translator, members: Sequence[Member], workspace: str, *, changed: Sequence[Member] = ()) -> View:
    """The question before several are removed. `changed` are those who were changed since they were chosen."""
    others = t.md(
        (
            ":warning: Nothing was done yet. Changed by somebody else in the meantime: {names}. Look at them as they "
            "are now."
        ),
        names=_names(t, changed),
    )
    asked = t.plural(
        "Remove {n} person from *{workspace}*?",
        "Remove {n} people from *{workspace}*?",
        len(members),
        workspace=called(workspace),
    )
    listed = [
        t.md("• *{name}*, {role}", name=called(member.name, 60), role=role(t, member.role))
        for member in members[:_NAMED]
    ]
    if len(members) > _NAMED:
        listed.append(t.md("and {more} more", more=len(members) - _NAMED))
    said = [
        others if changed else "",
        asked,
        lines(listed),
        _admin(t, members),
        t.md("They lose access to this workspace right away. The time they tracked stays, also in reports."),
        t.md("*This cannot be undone:* to come back, they have to be invited again in Toggl."),
    ]
    submit = t.plural("Remove {n}", "Remove {n}", len(members))
    return _question(t, said, t("Remove members"), Callbacks.REMOVE_MEMBERS, submit)


def removed(t: Translator, came: Sequence[tuple[str, UserError | None]]) -> list[Mrkdwn]:
    """Who went and who did not, by name, each with the reason."""
    gone = [name for name, why in came if why is None]
    left = [(name, why) for name, why in came if why is not None]
    told = []
    if gone:
        names = Mrkdwn(", ".join(called(name, 60) for name in gone[:_NAMED]))
        told.append(t.md(":white_check_mark: Removed {n}: {names}", n=len(gone), names=_more(t, names, len(gone))))
    elif left:
        told.append(t.md(":warning: Nobody was removed."))
    if left:
        told.append(Mrkdwn(t.plural(":warning: {n} is still there:", ":warning: {n} are still there:", len(left))))
    for start in range(0, len(left), 10):
        part = left[start : start + 10]
        told.append(Mrkdwn(lines(t.md("• *{name}*: {why}", name=called(name, 60), why=why) for name, why in part)))
    return told


def _more(t: Translator, names: Mrkdwn, count: int) -> Mrkdwn:
    return names if count <= _NAMED else t.md("{names} and {more} more", names=names, more=count - _NAMED)


def _names(t: Translator, members: Sequence[Member]) -> Mrkdwn:
    return _more(t, Mrkdwn(", ".join(f"*{called(member.name, 60)}*" for member in members[:_NAMED])), len(members))


def _admin(t: Translator, members: Sequence[Member]) -> Mrkdwn:
    admins = sum(member.role == ADMIN and member.activity is Activity.ACTIVE for member in members)
    if not admins:
        return Mrkdwn("")
    if len(members) == 1:
        return t.md(":warning: They are an admin of this workspace.")
    return Mrkdwn(
        t.plural(
            ":warning: {n} of them is an admin of this workspace.",
            ":warning: {n} of them are admins of this workspace.",
            admins,
        )
    )


def _question(t: Translator, said: Sequence[str], title: str, callback_id: Callbacks, submit: str) -> View:
    first, *rest = [section(text) for text in said if text]
    return modal(t, title, [first, *rest, _back(t)], callback=callback_id, submit=submit)


def _back(t: Translator) -> Block:
    return actions(button(t("Back to the list"), Actions.MEMBER_BACK))


def _input(
    label: str,
    block: Blocks,
    turn: int,
    element: InputInteractiveElement,
    *,
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    return input_block(label, block_id(block, turn), element, hint=hint, optional=optional)


def _name(fields: Mapping[str, Any]) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=Actions.MEMBER_FIELD,
        initial_value=fields["name"][:NAME_LENGTH] or None,
        min_length=1,
        max_length=NAME_LENGTH,
    )


def _role(t: Translator, fields: Mapping[str, Any]) -> InputInteractiveElement:
    known = dict.fromkeys((*ROLES, fields["role"]))
    options = [option(role(t, code), code) for code in known]
    chosen = next(each for each in options if each.value == fields["role"])
    return StaticSelectElement(action_id=Actions.MEMBER_FIELD, options=options, initial_option=chosen)


def _groups(t: Translator, fields: Mapping[str, Any], turn: int) -> Block:
    """The picker of groups; a note in its place where they are more than it can hold."""
    inside = [option(group_name(t, number), str(number)) for number in fields["groups"]]
    if len(inside) > MOST_GROUPS:
        return context(t.md("In {n} groups: too many for this form, so they stay as they are.", n=len(inside)))
    element = ExternalDataMultiSelectElement(
        action_id=Actions.MEMBER_GROUPS,
        placeholder=t("Search groups by their people"),
        min_query_length=0,
        initial_options=inside or None,
    )
    hint = t("Toggl does not give group names: you can tell groups apart by their people.")
    return _input(t("Groups"), Blocks.MEMBER_GROUPS, turn, element, hint=hint)


def _hours(fields: Mapping[str, Any]) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=Actions.MEMBER_FIELD, initial_value=estimate_text(fields["minutes"]) or None, max_length=20
    )
