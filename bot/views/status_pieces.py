"""What the modals about statuses share: a status in a line, and what a button or menu entry does with one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.statuses import Type
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.ids import Actions
from bot.views.kit import button, called

TYPES = MappingProxyType(
    {
        Type.TODO: N_("To do"),
        Type.IN_PROGRESS: N_("In progress"),
        Type.DONE: N_("Done"),
        Type.BLOCKED: N_("Blocked"),
        Type.OTHER: N_("Of another type"),
    }
)


class Deed(StrEnum):
    """What a button or menu entry does: the first part of its value."""

    NEW = "new"
    EDIT = "edit"
    UP = "up"
    DOWN = "down"
    ASK_DELETE = "delete?"
    DELETE = "delete"
    SHOW_DELETED = "deleted"
    RESTORE = "restore"
    BACK = "back"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A deed, the number of its status (of the page to show), and the position that was shown of it."""

    deed: Deed
    id: int = 0
    position: int = 0

    @classmethod
    def read(cls, value: str) -> Pressed:
        """The deed in a value. Raises ValueError where it is none."""
        deed, number, position = value.split(":")
        return cls(Deed(deed), int(number), int(position))

    def value(self) -> str:
        """The deed as a button's or option's value."""
        return f"{self.deed}:{self.id}:{self.position}"


def deed_button(
    text: str, pressed: Pressed, *, index: int, style: str | None = None, label: str | None = None
) -> ButtonElement:
    """A button that does it; several in one block are told apart by `index`."""
    return button(text, Actions.STATUS_DEED, value=pressed.value(), style=style, label=label, index=index)


def titled(t: Translator, name: str, emoji: str) -> Mrkdwn:
    """A status as it is called: `🚀 *Launch*`."""
    return (
        t.md("{emoji} *{name}*", emoji=called(emoji, 40), name=called(name))
        if emoji
        else t.md("*{name}*", name=called(name))
    )


def line(t: Translator, name: str, emoji: str) -> Mrkdwn:
    """A status among others in a list: `🚀 Launch`."""
    return t.md("{emoji} {name}", emoji=called(emoji, 40), name=called(name)) if emoji else called(name)
