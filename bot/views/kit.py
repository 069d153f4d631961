"""The few Block Kit pieces every view is made of; whatever is too long for Slack is cut with an ellipsis here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.i18n import Mrkdwn, escape
from bot.views.ids import Actions

SECTION_TEXT = 3000
HEADER_TEXT = 150
BUTTON_TEXT = 75
OPTION_TEXT = 75
TITLE_TEXT = 24
NAME_TEXT = 150
"""Characters of a name in a list: twenty of them stay within what Slack takes in one message."""
BLOCK_ID = 255
_LISTED = "|"
_ENTITY_LENGTH = 5  # the longest of &amp; &lt; &gt;


class Given(Block):
    """A block that slack_sdk has no class for: charts and tables. `fields` are Slack's own."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(type=str(fields["type"]))
        self._fields = dict(fields)

    def to_dict(self) -> dict[str, Any]:
        """The fields as they are."""
        return dict(self._fields)


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, ending in … where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut_mrkdwn(text: str, limit: int = SECTION_TEXT) -> str:
    """Like `cut`, without leaving half an entity (`&am`) or an open `<…` behind."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    ampersand = kept.rfind("&", max(0, len(kept) - _ENTITY_LENGTH))
    if ampersand >= 0 and ";" not in kept[ampersand:]:
        kept = kept[:ampersand]
    if kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]
    return kept.rstrip() + "…"


def called(text: str, limit: int = NAME_TEXT) -> Mrkdwn:
    """What something is called, as mrkdwn, in at most `limit` characters of it."""
    return Mrkdwn(cut_mrkdwn(escape(text), limit))


def capital(text: Mrkdwn) -> Mrkdwn:
    """A sentence with its first letter in upper case, also where it is bold."""
    return Mrkdwn(re.sub(r"\w", lambda first: first[0].upper(), text, count=1))


def plain(text: str, limit: int, *, emoji: bool = True) -> PlainTextObject:
    """Plain text for labels, titles and options; an empty one becomes a dash, which Slack accepts.

    Without `emoji` names such as `:rocket:` stay as they are written.
    """
    return PlainTextObject(text=cut(text.strip(), limit) or "–", emoji=emoji)


def mrkdwn(text: str, limit: int = SECTION_TEXT) -> MarkdownTextObject:
    """A mrkdwn text object. `text` must come from `Translator.md` or `escape`."""
    return MarkdownTextObject(text=cut_mrkdwn(text, limit) or "–")


def section(text: str, *, accessory: InteractiveElement | None = None, block_id: str | None = None) -> SectionBlock:
    """A paragraph of mrkdwn with at most one element at its side."""
    return SectionBlock(text=mrkdwn(text), accessory=accessory, block_id=block_id)


def list_block(place: int, value: str) -> str | None:
    """The `block_id` of a list's entry that tells which page of which list it is in; None where that is too long."""
    block_id = f"{place}{_LISTED}{value}"
    return block_id if len(block_id) <= BLOCK_ID else None


def read_block(block_id: str) -> str | None:
    """The page of the list that such a `block_id` tells."""
    _, mark, value = block_id.partition(_LISTED)
    return value if mark else None


def header(text: str) -> HeaderBlock:
    """A heading in plain text."""
    return HeaderBlock(text=plain(text, HEADER_TEXT))


def context(*texts: str) -> ContextBlock:
    """Small grey mrkdwn lines, at most ten."""
    return ContextBlock(elements=[mrkdwn(text) for text in texts[:10]])


def button(
    text: str,
    action_id: Actions,
    *,
    value: str = "",
    style: str | None = None,
    url: str | None = None,
    confirm: ConfirmObject | None = None,
    label: str | None = None,
    index: int | None = None,
) -> ButtonElement:
    """A button that carries its subject in `value`; `label` is what a screen reader says instead of `text`.

    Slack wants ids unique in a block: several of the same kind count up in `index`, which routes leave aside.
    """
    return ButtonElement(
        text=plain(text, BUTTON_TEXT),
        action_id=action_id if index is None else f"{action_id}:{index}",
        value=value or None,
        style=style,
        url=url,
        confirm=confirm,
        accessibility_label=cut(label, BUTTON_TEXT) if label else None,
    )


def confirm(title: str, text: str, *, yes: str, no: str, style: str | None = None) -> ConfirmObject:
    """The question asked before a button acts."""
    return ConfirmObject(
        title=plain(title, 100), text=mrkdwn(text, 300), confirm=plain(yes, 30), deny=plain(no, 30), style=style
    )


def actions(*elements: InteractiveElement, block_id: str | None = None) -> ActionsBlock:
    """A row of buttons and menus."""
    return ActionsBlock(elements=list(elements), block_id=block_id)


def option(text: str, value: str, *, description: str | None = None) -> Option:
    """An entry of a select; `value` is at most 150 characters and comes back when it is chosen."""
    return Option(
        text=plain(text, OPTION_TEXT), value=value, description=plain(description, OPTION_TEXT) if description else None
    )


def overflow(action_id: Actions, options: Sequence[Option]) -> OverflowMenuElement:
    """The … menu: one to five entries."""
    return OverflowMenuElement(action_id=action_id, options=list(options[:5]))


def lines(texts: Iterable[str]) -> str:
    """Mrkdwn lines one below the other, the empty ones left out."""
    return "\n".join(text for text in texts if text)


def packed(texts: Iterable[str]) -> list[str]:
    """Mrkdwn lines in as few texts as fit into sections."""
    found: list[str] = []
    for text in texts:
        if found and len(found[-1]) + 1 + len(text) <= SECTION_TEXT:
            found[-1] = lines((found[-1], text))
        else:
            found.append(text)
    return found
