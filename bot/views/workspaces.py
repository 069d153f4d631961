"""A workspace that was made, as a message."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.workspace_settings import Setting
from bot.i18n import Translator
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, section
from bot.views.messages import Message
from bot.views.workspace_pieces import LABELS

_VALUE = 2000


def switch_value(organization_id: int, number: int, name: str) -> str:
    """What the button carries that goes over to a new workspace."""
    return f"{organization_id}:{number}:{name}"[:_VALUE]


def read_switch(value: str) -> tuple[int, int, str]:
    """(organization, number, name) in it. Raises ValueError where it is none."""
    organization_id, number, name = value.split(":", 2)
    return int(organization_id), int(number), name


def created(t: Translator, name: str, *, switch: str | None, left: Sequence[Setting] = ()) -> Message:
    """A workspace was made. `switch` is the button's value; `left` are settings that Toggl did not take."""
    said = t.md("Created the workspace *{name}*. You are its admin.", name=called(name))
    blocks: list[Block] = [section(said)]
    if left:
        names = ", ".join(t(LABELS[setting]) for setting in left)
        blocks.append(
            section(
                t.md(
                    "Toggl kept its defaults for these: {names}. `{toggl} settings` changes them once you are there.",
                    names=names,
                )
            )
        )
    if switch is None:
        blocks.append(context(t.md("Toggl does not show it yet. `{toggl} connect` finds it later.")))
    else:
        go = button(t("Switch to it"), Actions.SWITCH_WORKSPACE, value=switch, style="primary")
        blocks += [
            context(t.md("You still work in your previous workspace. Apps cannot delete a workspace in Toggl.")),
            actions(go),
        ]
    return Message(said, tuple(blocks))
