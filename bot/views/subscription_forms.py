"""The modals of subscriptions: subscribe a channel, and give one subscription choices of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import ConversationSelectElement
from slack_sdk.models.views import View

from bot.domain.projects import Named
from bot.domain.subscriptions import ALL_PROJECTS, ChannelSettings, Following, Mode, ProjectEvent
from bot.i18n import Translator
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, option, section
from bot.views.project_inputs import named_option
from bot.views.subscription_words import EVENTS, MODES, channel, usual, what

_USUAL = "usual"
"""The value of a choice that leaves it to the channel's settings."""


def subscribe(t: Translator, *, channel_id: str | None) -> View:
    """Which project, for which channel, and which events; `channel_id` is proposed."""
    return modal(
        t,
        t("Subscribe a channel"),
        [
            input_block(
                t("Project"),
                Blocks.PROJECT,
                ExternalDataSelectElement(
                    action_id=Actions.UPDATES_PROJECT,
                    placeholder=t("Search projects"),
                    min_query_length=0,
                ),
            ),
            input_block(
                t("Channel"),
                Blocks.CHANNEL,
                ConversationSelectElement(
                    action_id=Actions.UPDATES_FIELD,
                    initial_conversation=channel_id,
                    filter=ConversationFilter(include=["public", "private"]),
                ),
                hint=t("Everybody there sees who subscribed it and what changes."),
            ),
            input_block(
                t("Only these events"),
                Blocks.EVENTS,
                CheckboxesElement(
                    action_id=Actions.UPDATES_FIELD,
                    options=[option(t(name), event) for event, name in EVENTS.items()],
                ),
                hint=t("If none is selected, the channel’s settings apply."),
                optional=True,
            ),
        ],
        callback=Callbacks.SUBSCRIBE,
        submit=t("Subscribe"),
    )


def project_options(t: Translator, found: Sequence[Named], *, everything: bool) -> list[Option]:
    """The typeahead of projects; *All projects* comes first where it fits what was typed."""
    all_of_them = [option(t("All projects"), f"{ALL_PROJECTS}:")] if everything else []
    return [*all_of_them, *(named_option(named) for named in found)]


def change(t: Translator, following: Following, settings: ChannelSettings) -> View:
    """How the channel is told of each event by this one subscription."""
    return modal(
        t,
        t("Change subscription"),
        [
            section(
                t.md("Updates on {what} in {channel}.", channel=channel(following.channel_id), what=what(t, following))
            ),
            context(t.md("As set for the channel: {usual}", usual=usual(t, settings))),
            *event_inputs(t, following.modes, settings),
        ],
        callback=Callbacks.CHANGE_SUBSCRIPTION,
        submit=t("Save"),
    )


def event_inputs(
    t: Translator, modes: Mapping[ProjectEvent, Mode], settings: ChannelSettings | None = None
) -> list[InputBlock]:
    """A choice for each event; with `settings`, also to leave it to them."""
    return [_event_input(t, event, modes.get(event), settings) for event in ProjectEvent]


def event_block(event: ProjectEvent) -> str:
    """The `block_id` of an event's choice."""
    return f"{Blocks.EVENT}.{event}"


def read_modes(values: Mapping[str, Any]) -> dict[ProjectEvent, Mode]:
    """The modes that were chosen; without those that are left to the channel. Raises ValueError."""
    given = {event: values.get(event_block(event)) for event in ProjectEvent}
    return {event: Mode(value) for event, value in given.items() if value and value != _USUAL}


def _event_input(t: Translator, event: ProjectEvent, mode: Mode | None, settings: ChannelSettings | None) -> InputBlock:
    options = [option(t(name), value) for value, name in MODES.items()]
    if settings is not None:
        kept = t(MODES[settings.modes.get(event, Mode.OFF)])
        options.insert(0, option(t("As the channel: {mode}", mode=kept), _USUAL))
    elif mode is None:
        mode = Mode.OFF
    chosen = next((each for each in options if each.value == (mode or _USUAL)), None)
    by_name = t("Changes to members made in Toggl itself are only found for projects that are followed by name.")
    return input_block(
        t(EVENTS[event]),
        event_block(event),
        StaticSelectElement(action_id=Actions.UPDATES_FIELD, options=options, initial_option=chosen),
        hint=by_name if event is ProjectEvent.MEMBERS else None,
    )
