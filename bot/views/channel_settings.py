"""The modal with how a channel is told of project updates, and what was saved of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.domain.recurrence import EVERY_DAY
from bot.domain.subscriptions import ChannelSettings, Mode, ProjectEvent, Quiet
from bot.domain.zones import find_zones, offset, zones
from bot.i18n import Mrkdwn, Translator, mention
from bot.views.forms import block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, context, option, section
from bot.views.messages import Message
from bot.views.subscription_forms import event_inputs, read_modes
from bot.views.subscription_pieces import list_button, settings_button
from bot.views.subscription_words import channel, usual, zone_name
from bot.views.timer import undo

_THREADED, _BROADCAST = "threaded", "broadcast"


def form(
    t: Translator,
    channel_id: str,
    settings: ChannelSettings,
    *,
    set_by: str | None = None,
    alert: str = "",
    turn: int = 0,
) -> View:
    """Every setting of the channel, filled in. `alert` (mrkdwn) says why the form is shown again, on another `turn`."""
    by = t.md("Set by {person}.", person=mention(set_by)) if set_by else ""
    lead = t.md(
        "How {channel} gets updates on the projects it follows. {by}", channel=channel(channel_id), by=Mrkdwn(by)
    )
    inputs = (
        *event_inputs(t, settings.modes),
        _told(t, settings),
        *_digest(t, settings),
        *_quiet(t, settings),
        _zone(t, settings),
    )
    return modal(
        t,
        t("Project updates"),
        [
            *([section(alert)] if alert else []),
            section(lead),
            context(t.md("What somebody does here in Slack is posted right away with their name, unless it is off.")),
            *(_on_turn(block, turn) for block in inputs),
        ],
        callback=Callbacks.CHANNEL_SETTINGS,
        submit=t("Save"),
    )


def zone_options(query: str, *, first: str, now: datetime) -> list[Option]:
    """The typeahead of time zones."""
    return [option(zone_name(zone), zone, description=offset(zone, now)) for zone in find_zones(query, first=first)]


def read(
    t: Translator, entered: Mapping[str, Any], before: ChannelSettings, *, turn: int = 0
) -> ChannelSettings | dict[str, str]:
    """The settings as they were entered, or what is wrong with which input."""
    values = {key.partition(":")[0]: value for key, value in entered.items()}
    told: list[str] = values.get(Blocks.TOLD) or []
    days = tuple(sorted(int(day) for day in values.get(Blocks.DIGEST_DAYS) or ()))
    since, until = _clock(values.get(Blocks.QUIET_SINCE)), _clock(values.get(Blocks.QUIET_UNTIL))
    zone = values.get(Blocks.ZONE) or before.zone
    problems = {}
    if not days:
        problems[str(Blocks.DIGEST_DAYS)] = t("Choose at least one day.")
    if (since is None) != (until is None):
        missing = Blocks.QUIET_UNTIL if until is None else Blocks.QUIET_SINCE
        problems[str(missing)] = t("Quiet hours need a start and an end. Leave both empty for none.")
    elif since is not None and since == until:
        problems[str(Blocks.QUIET_UNTIL)] = t("Quiet hours cannot start and end at the same time.")
    if zone != before.zone and zone not in zones():
        problems[str(Blocks.ZONE)] = t("Choose a time zone from the list.")
    if problems:
        return {block_id(Blocks(block), turn): problem for block, problem in problems.items()}
    return ChannelSettings(
        zone=zone,
        modes={**dict.fromkeys(ProjectEvent, Mode.OFF), **read_modes(values)},
        threaded=_THREADED in told,
        broadcast=_BROADCAST in told,
        digest_at=_clock(values.get(Blocks.DIGEST_AT)) or before.digest_at,
        digest_days=days,
        quiet=Quiet(since, until) if since is not None and until is not None else None,
    )


def saved(t: Translator, channel_id: str, settings: ChannelSettings, *, undo_id: str) -> Message:
    """For the person: what counts now, and what takes it back."""
    said = t.md("Saved how {channel} gets project updates.", channel=channel(channel_id))
    row = actions(undo(t, undo_id), settings_button(t, channel_id), list_button(t, channel_id))
    return Message(said, (section(said), context(in_words(t, settings)), row))


def announced(t: Translator, channel_id: str, settings: ChannelSettings, user_id: str) -> Message:
    """For everybody in the channel: who changed it, and what counts now."""
    said = t.md("{person} changed how this channel gets project updates.", person=mention(user_id))
    row = actions(settings_button(t, channel_id), list_button(t, channel_id))
    return Message(said, (section(said), context(in_words(t, settings)), row))


def again(t: Translator, channel_id: str) -> Mrkdwn:
    """What is so again once that was undone."""
    return t.md("{channel} gets project updates as before.", channel=channel(channel_id))


def in_words(t: Translator, settings: ChannelSettings) -> str:
    """All of it in a few sentences."""
    parts = [str(usual(t, settings))]
    if settings.threaded:
        parts.append(
            t.md("What is posted right away goes below the project’s card and is also shown in the channel.")
            if settings.broadcast
            else t.md("What is posted right away goes below the project’s card.")
        )
    else:
        parts.append(t.md("What is posted right away comes as separate messages."))
    if settings.quiet:
        since, until = t.clock(settings.quiet.since), t.clock(settings.quiet.until)
        parts.append(t.md("Quiet from {since} to {until}.", since=since, until=until))
    return " ".join(parts)


def _on_turn(block: InputBlock, turn: int) -> InputBlock:
    """The input under another id each time the form is filled anew, or Slack would keep what was typed."""
    block.block_id = f"{block.block_id}:{turn}" if turn else block.block_id
    return block


def _told(t: Translator, settings: ChannelSettings) -> InputBlock:
    threaded = option(t("Below the project’s card, in its thread"), _THREADED)
    broadcast = option(t("Also show them in the channel"), _BROADCAST)
    chosen = [each for each, on in ((threaded, settings.threaded), (broadcast, settings.broadcast)) if on]
    return input_block(
        t("What is posted right away"),
        Blocks.TOLD,
        CheckboxesElement(
            action_id=Actions.UPDATES_FIELD, options=[threaded, broadcast], initial_options=chosen or None
        ),
        hint=t("If neither is selected, each is a separate message in the channel."),
        optional=True,
    )


def _digest(t: Translator, settings: ChannelSettings) -> tuple[InputBlock, InputBlock]:
    order = sorted(EVERY_DAY, key=lambda day: (day - t.first_weekday) % len(EVERY_DAY))
    days = [option(t.weekdays((day,)), str(day)) for day in order]
    chosen = [each for each in days if int(str(each.value)) in settings.digest_days]
    at = input_block(
        t("Post the digest at"),
        Blocks.DIGEST_AT,
        TimePickerElement(action_id=Actions.UPDATES_FIELD, initial_time=f"{settings.digest_at:%H:%M}"),
    )
    on = input_block(
        t("On these days"),
        Blocks.DIGEST_DAYS,
        CheckboxesElement(action_id=Actions.UPDATES_FIELD, options=days, initial_options=chosen or None),
        hint=t("If nothing has changed, no digest is posted."),
    )
    return at, on


def _quiet(t: Translator, settings: ChannelSettings) -> tuple[InputBlock, InputBlock]:
    since = settings.quiet.since if settings.quiet else None
    until = settings.quiet.until if settings.quiet else None
    return (
        input_block(
            t("Quiet hours from"),
            Blocks.QUIET_SINCE,
            _picker(since),
            hint=t("What would be posted during quiet hours waits until they end. Leave empty for none."),
            optional=True,
        ),
        input_block(t("Quiet hours until"), Blocks.QUIET_UNTIL, _picker(until), optional=True),
    )


def _picker(shown: time | None) -> TimePickerElement:
    return TimePickerElement(action_id=Actions.UPDATES_FIELD, initial_time=f"{shown:%H:%M}" if shown else None)


def _zone(t: Translator, settings: ChannelSettings) -> InputBlock:
    return input_block(
        t("Time zone"),
        Blocks.ZONE,
        ExternalDataSelectElement(
            action_id=Actions.UPDATES_ZONE,
            placeholder=t("Search time zones"),
            min_query_length=0,
            initial_option=option(zone_name(settings.zone), settings.zone),
        ),
    )


def _clock(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None
