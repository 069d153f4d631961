"""The form of a status: its name, its emoji, its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.domain.emoji import read_emoji, show_emoji
from bot.domain.statuses import Status, Type, before, siblings
from bot.errors import UserError
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.errors import form_problem
from bot.views.forms import LABEL_TEXT, FieldProblem, block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, option, plain
from bot.views.status_pieces import TYPES, Deed, Pressed, deed_button

NAME_LENGTH = 255
_EMOJI_LENGTH = 100
_MOST = 99
FIRST = "0"
"""The value of the place in front of all others."""
_ALERT = "status.alert"
_TYPE_HINT = N_("Toggl decides the type of a new status; it cannot be chosen here.")


class NameMissing(UserError):
    """A name of spaces."""

    sentence = N_("A status needs a name.")


def new(t: Translator, statuses: Sequence[Status]) -> View:
    """The form of a status to be made."""
    todo = siblings(statuses, Type.TODO)
    return _form(
        t,
        Callbacks.NEW_STATUS,
        [
            *_fields(t, "", "", 0),
            _place(t, list(statuses), todo[-1] if todo else None, 0, hint=_TYPE_HINT),
        ],
        title=t("New status"),
        submit=t("Create"),
    )


def edit(
    t: Translator,
    status: Status,
    statuses: Sequence[Status],
    *,
    entered: Mapping[str, str] | None = None,
    problem: Mrkdwn | None = None,
    turn: int = 0,
) -> View:
    """The form over a status as it is; after somebody else changed it, `problem` says what and `entered` counts."""
    shown = {"name": status.name, "emoji": status.drawn, **(entered or {})}
    others = [each for each in siblings(statuses, status.type) if each.id != status.id]
    return _form(
        t,
        Callbacks.EDIT_STATUS,
        [
            *([form_problem(problem, block_id=_ALERT)] if problem else []),
            *_fields(t, shown["name"], shown["emoji"], turn),
            _place(t, others, before(statuses, status), turn, hint=None),
        ],
        title=t("Edit status"),
        submit=t("Save"),
    )


def read(values: Mapping[str, Any], turn: int = 0, *, kept: str = "") -> tuple[str, str, int | None]:
    """The name, the emoji, and the number of the status in front of it (None: first). Raises FieldProblem.

    `kept` is the emoji that Toggl has: left alone it may stay, whatever it is.
    """
    name = (values.get(block_id(Blocks.STATUS_NAME, turn)) or "").strip()
    if not name:
        raise FieldProblem(block_id(Blocks.STATUS_NAME, turn), NameMissing())
    written = values.get(block_id(Blocks.STATUS_EMOJI, turn)) or ""
    try:
        emoji = kept if kept and written == show_emoji(kept) else read_emoji(written)
    except UserError as error:
        raise FieldProblem(block_id(Blocks.STATUS_EMOJI, turn), error) from error
    place = values.get(block_id(Blocks.STATUS_PLACE, turn)) or FIRST
    return name, emoji, int(place) or None


def _form(t: Translator, callback: Callbacks, blocks: list[Block], *, title: str, submit: str) -> View:
    back = actions(deed_button(t("Back"), Pressed(Deed.BACK), index=0, label=t("Back to all statuses")))
    return modal(t, title, [*blocks, back], callback=callback, submit=submit, close=t("Close"))


def _fields(t: Translator, name: str, emoji: str, turn: int) -> list[Block]:
    return [
        input_block(
            t("Name"),
            block_id(Blocks.STATUS_NAME, turn),
            PlainTextInputElement(
                action_id=Actions.STATUS_FIELD,
                initial_value=name if 0 < len(name) <= NAME_LENGTH else None,
                max_length=NAME_LENGTH,
                focus_on_load=True,
            ),
        ),
        InputBlock(
            block_id=block_id(Blocks.STATUS_EMOJI, turn),
            label=plain(t("Emoji"), LABEL_TEXT),
            hint=plain(t("One of the standard emoji, or its name: 🚀 or :rocket:"), LABEL_TEXT, emoji=False),
            element=PlainTextInputElement(
                action_id=Actions.STATUS_FIELD,
                initial_value=emoji if 0 < len(emoji) <= _EMOJI_LENGTH else None,
                max_length=_EMOJI_LENGTH,
            ),
        ),
    ]


def _place(t: Translator, others: Sequence[Status], front: Status | None, turn: int, *, hint: str | None) -> Block:
    offered = [option(t("First"), FIRST)]
    offered += [
        option(
            t("After {emoji} {name}", emoji=each.drawn, name=each.name), str(each.id), description=t(TYPES[each.type])
        )
        for each in others[:_MOST]
    ]
    chosen = next((each for each in offered if front and each.value == str(front.id)), offered[0])
    return input_block(
        t("Position"),
        block_id(Blocks.STATUS_PLACE, turn),
        StaticSelectElement(action_id=Actions.STATUS_FIELD, options=offered, initial_option=chosen),
        hint=t(hint) if hint else None,
    )
