"""What messages about a channel's project updates are made of: the buttons, and what they carry."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

import msgspec
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.projects import Named
from bot.domain.subscriptions import Following, Wish
from bot.i18n import N_, Translator
from bot.views.ids import Actions
from bot.views.kit import button, cut
from bot.views.project_inputs import named_option
from bot.views.subscription_words import TAKEN_OVER

_NAME = 200


class UpdateDeed(StrEnum):
    """What a button or menu entry does with its subscription: the first part of its value."""

    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    AGREE = "agree"
    """Resume, and the channel may see the project although it is private, or others read there too."""
    REMOVE = "remove"
    MUTE = "mute"
    UNMUTE = "unmute"


WORDS = MappingProxyType(
    {
        UpdateDeed.CHANGE: N_("Change…"),
        UpdateDeed.PAUSE: N_("Pause"),
        UpdateDeed.RESUME: N_("Resume"),
        UpdateDeed.AGREE: N_("Show it here and resume"),
        UpdateDeed.REMOVE: N_("Unsubscribe"),
        UpdateDeed.MUTE: N_("Mute this project"),
        UpdateDeed.UNMUTE: N_("Unmute this project"),
    }
)


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which list a button is in: a channel's, or where `channel_id` is None the person's own; and its page."""

    channel_id: str | None = None
    page: int = 1

    @classmethod
    def read(cls, value: str) -> Place:
        """The place in a button's value. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """The place as a button's value."""
        return msgspec.json.encode(self).decode()


class Pressed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a menu entry does with which subscription; `place` is the list it is in, None outside of lists."""

    deed: UpdateDeed
    following_id: int
    place: Place | None = None

    @classmethod
    def read(cls, value: str) -> Pressed:
        """What the value of a button or menu entry says. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """The same as a value: at most 150 characters."""
        return msgspec.json.encode(self).decode()


def deed_word(t: Translator, deed: UpdateDeed, following: Following | None = None) -> str:
    """What a button or menu entry says."""
    if deed is UpdateDeed.RESUME and following is not None and following.paused in TAKEN_OVER:
        return t("Take over")
    return t(WORDS[deed])


def deed_button(
    t: Translator, deed: UpdateDeed, following: Following, *, style: str | None = None, index: int | None = None
) -> ButtonElement:
    """A button that does something with the subscription."""
    return button(
        deed_word(t, deed, following),
        Actions.UPDATES_DEED,
        value=Pressed(deed, following.id).value(),
        style=style,
        index=index,
    )


def wish_button(
    t: Translator, word: str, wish: Wish, *, style: str | None = None, index: int | None = None
) -> ButtonElement:
    """A button that subscribes a channel as wished; `word` is a sentence to translate."""
    project = wish.project and Named(wish.project.id, cut(wish.project.name, _NAME))
    value = msgspec.json.encode(msgspec.structs.replace(wish, project=project)).decode()
    label = f"{t(word)}: {project.name}" if project else None
    return button(t(word), Actions.UPDATES_SUBSCRIBE, value=value, style=style, label=label, index=index)


def settings_button(t: Translator, channel_id: str) -> ButtonElement:
    """Opens how the channel is told."""
    return button(t("Settings…"), Actions.UPDATES_SETTINGS, value=channel_id)


def list_button(t: Translator, channel_id: str) -> ButtonElement:
    """Shows what the channel follows."""
    return button(t("What this channel follows"), Actions.UPDATES_LIST, value=Place(channel_id).value())


def mute_button(t: Translator, project_id: int, name: str) -> ButtonElement:
    """*Mute this project*, for cards of projects: the channel it stands in hears no more of it."""
    value = str(named_option(Named(project_id, name)).value)
    label = t("Mute {project_name} in this channel", project_name=name)
    return button(t(WORDS[UpdateDeed.MUTE]), Actions.UPDATES_MUTE, value=value, label=label)


def unmute_button(t: Translator, project_id: int, name: str) -> ButtonElement:
    """The opposite."""
    value = str(named_option(Named(project_id, name)).value)
    label = t("Unmute {project_name} in this channel", project_name=name)
    return button(t("Unmute"), Actions.UPDATES_UNMUTE, value=value, label=label)
