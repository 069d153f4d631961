"""What was done to a channel's project updates: for the person, and for everybody in the channel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import Block

from bot.domain.projects import Named
from bot.domain.subscriptions import ChannelSettings, Did, Following
from bot.i18n import N_, Mrkdwn, Translator, mention
from bot.views.kit import actions, context, section
from bot.views.messages import Message
from bot.views.subscription_pieces import (
    UpdateDeed,
    deed_button,
    list_button,
    mute_button,
    settings_button,
    unmute_button,
)
from bot.views.subscription_words import channel, told, what
from bot.views.timer import undo

ANNOUNCED: Mapping[Did, str] = MappingProxyType(
    {
        Did.SUBSCRIBED: N_("{person} subscribed this channel to {what}."),
        Did.CHANGED: N_("{person} changed the updates on {what} in this channel."),
        Did.UNSUBSCRIBED: N_("{person} unsubscribed this channel from {what}."),
        Did.PAUSED: N_("{person} paused updates on {what} in this channel."),
        Did.RESUMED: N_("{person} resumed updates on {what} in this channel."),
        Did.TAKEN_OVER: N_("{person} took over updates on {what} in this channel: they continue."),
    }
)
RECEIPTS: Mapping[Did, str] = MappingProxyType(
    {
        Did.SUBSCRIBED: N_("{channel} follows {what} now."),
        Did.CHANGED: N_("Changed the updates on {what} in {channel}."),
        Did.SAME: N_("{channel} already follows {what} in exactly this way. Nothing was changed."),
        Did.UNSUBSCRIBED: N_("{channel} no longer follows {what}."),
        Did.PAUSED: N_("{channel} gets no more updates on {what} until they are resumed."),
        Did.RESUMED: N_("{channel} gets updates on {what} again."),
        Did.TAKEN_OVER: N_("{channel} gets updates on {what} again, now through your Toggl account."),
    }
)
AGAIN: Mapping[Did, str] = MappingProxyType(
    {
        Did.SUBSCRIBED: N_("{channel} does not follow {what}."),
        Did.CHANGED: N_("{channel} gets updates on {what} as before."),
        Did.UNSUBSCRIBED: N_("{channel} follows {what} again."),
        Did.PAUSED: N_("{channel} gets updates on {what} again."),
        Did.RESUMED: N_("{channel} gets no updates on {what}, as before."),
        Did.TAKEN_OVER: N_("{channel} gets no updates on {what}, as before."),
    }
)
"""What is so again once it was undone."""
_SHOWN = frozenset({Did.SUBSCRIBED, Did.CHANGED, Did.RESUMED, Did.TAKEN_OVER})
"""After these, people may want to know what they are told now."""


def announced(t: Translator, did: Did, following: Following, settings: ChannelSettings, user_id: str) -> Message:
    """For everybody in the channel: who did what, and what that means."""
    said = t.md(ANNOUNCED[did], person=mention(user_id), what=what(t, following))
    blocks: list[Block] = [section(said)]
    if did in _SHOWN:
        blocks.append(context(told(t, following, settings)))
        blocks.append(actions(settings_button(t, following.channel_id), list_button(t, following.channel_id)))
    return Message(said, tuple(blocks))


def receipt(t: Translator, did: Did, following: Following, settings: ChannelSettings, undo_id: str | None) -> Message:
    """For the person: what was done, and what takes it back."""
    said = t.md(RECEIPTS[did], channel=channel(following.channel_id), what=what(t, following))
    blocks: list[Block] = [section(said)]
    if did is Did.SAME:  # otherwise the post above tells it to everybody
        blocks.append(context(told(t, following, settings)))
    row = [undo(t, undo_id)] if undo_id else []
    if did is not Did.UNSUBSCRIBED:
        row.append(deed_button(t, UpdateDeed.CHANGE, following))
    return Message(said, (*blocks, actions(*row, list_button(t, following.channel_id))))


def unposted(t: Translator, receipt: Message) -> Message:
    """The receipt, where nothing could be said in the channel."""
    return Message(receipt.text, (*receipt.blocks, context(t.md("I could not post this in the channel."))))


def taken_back(t: Translator, now: Mrkdwn) -> Message:
    """A change was undone, for the person: what is so `now` (see `again`)."""
    return _said(t.md("Undone: {now}", now=now))


def took_back(t: Translator, user_id: str, now: Mrkdwn) -> Message:
    """The same for everybody in the channel."""
    return _said(t.md("{person} undid that: {now}", person=mention(user_id), now=now))


def again(t: Translator, did: Did, following: Following) -> Mrkdwn:
    """What is so again once `did` was undone."""
    return t.md(AGAIN[did], channel=channel(following.channel_id), what=what(t, following))


def muted_again(t: Translator, name: str, channel_id: str, *, was_muted: bool) -> Mrkdwn:
    """The same of muting, or the opposite."""
    if was_muted:
        return t.md("{channel} gets updates on *{name}* again.", name=name, channel=channel(channel_id))
    return t.md("*{name}* is muted in {channel}.", name=name, channel=channel(channel_id))


def muted(t: Translator, named: Named, channel_id: str, *, undo_id: str | None) -> Message:
    """A channel hears no more of a project, for the person."""
    if undo_id is None:
        said = t.md("*{name}* is muted in {channel} already.", name=named.name, channel=channel(channel_id))
        return Message(said, (section(said), actions(unmute_button(t, named.id, named.name))))
    said = t.md(
        "*{name}* is muted in {channel}: no more updates on it are posted there.",
        name=named.name,
        channel=channel(channel_id),
    )
    return Message(said, (section(said), actions(undo(t, undo_id), list_button(t, channel_id))))


def unmuted(t: Translator, named: Named, channel_id: str, *, undo_id: str | None) -> Message:
    """A channel hears of a project again, for the person."""
    if undo_id is None:
        said = t.md("*{name}* is not muted in {channel}.", name=named.name, channel=channel(channel_id))
        return Message(said, (section(said), actions(mute_button(t, named.id, named.name))))
    said = t.md("{channel} gets updates on *{name}* again.", name=named.name, channel=channel(channel_id))
    return Message(said, (section(said), actions(undo(t, undo_id), list_button(t, channel_id))))


def was_muted(t: Translator, named: Named, user_id: str, *, muted: bool) -> Message:
    """The same for everybody in the channel."""
    sentence = N_("{person} muted *{name}* in this channel.") if muted else N_("{person} unmuted *{name}* here.")
    said = t.md(sentence, person=mention(user_id), name=named.name)
    other = unmute_button(t, named.id, named.name) if muted else None
    return Message(said, (section(said, accessory=other),))


def _said(said: Mrkdwn) -> Message:
    return Message(said, (section(said),))
