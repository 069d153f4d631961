"""What every modal is made of: its frame, its inputs, and what is wrong with one of them."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, InputInteractiveElement
from slack_sdk.models.views import View

from bot.errors import UserError
from bot.i18n import N_, Translator
from bot.views.ids import Blocks, Callbacks
from bot.views.kit import TITLE_TEXT, plain

LABEL_TEXT = 2000


class FieldProblem(UserError):
    """What is wrong with one input; `block` is where it is shown."""

    sentence = N_("{reason}")

    def __init__(self, block: str, reason: UserError) -> None:
        """Keep the input's `block` id and the `reason`."""
        super().__init__(reason=reason)
        self.block = block
        self.reason = reason


def modal(
    t: Translator,
    title: str,
    blocks: Sequence[Block],
    *,
    callback: Callbacks | None = None,
    submit: str | None = None,
    close: str | None = None,
) -> View:
    """A modal; a form where it has a `callback` and the word `submit` on its button.

    The word on the button that closes it is *Cancel* for a form and *Close* for the rest, unless `close` is given.
    """
    closing = close or (t("Cancel") if submit else t("Close"))
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, TITLE_TEXT),
        submit=plain(submit, TITLE_TEXT) if submit else None,
        close=plain(closing, TITLE_TEXT),
        blocks=list(blocks),
    )


def input_block(
    label: str,
    block_id: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """An input of a form with its label, and a `hint` below it; with `dispatch` each change of it is an action."""
    return InputBlock(
        block_id=block_id,
        label=plain(label, LABEL_TEXT),
        element=element,
        hint=plain(hint, LABEL_TEXT) if hint else None,
        optional=optional or None,
        dispatch_action=dispatch or None,
    )


def block_id(block: Blocks, turn: int) -> str:
    """The id of an input: another one each time the form is filled anew, or Slack would keep what was typed."""
    return block if not turn else f"{block}:{turn}"
