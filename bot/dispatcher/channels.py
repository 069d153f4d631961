"""Channels, as the bot sees them in one Slack workspace: who reads there, and how it gets in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NoReturn

from bot.dispatcher.limits import TooMuchAtOnce
from bot.dispatcher.slack import Slack, SlackError
from bot.domain.conversations import Conversation
from bot.errors import UserError
from bot.i18n import N_

DIRECT = "D"
"""How the ids of direct conversations begin."""


class NotAChannel(UserError):
    """A direct conversation: nobody else would read there."""

    sentence = N_("That only works in a channel. Type it in the channel it is meant for.")


class NotInChannel(UserError):
    """The bot is not in the channel, and cannot get in by itself."""

    sentence = N_(
        "I am not in that channel, so I cannot post there. Type `/invite` there with my name, or mention me there and "
        "choose to add me; then try again. Nothing was changed."
    )
    retry = True


class ChannelArchived(UserError):
    """Nobody can write there any more."""

    sentence = N_("That channel is archived, so I cannot post there. Nothing was changed.")


class RightsMissing(UserError):
    """The app was installed before it asked for the right to look at channels."""

    sentence = N_(
        "I am not allowed to see that channel yet: an admin of your Slack workspace has to install me again. "
        "Nothing was changed."
    )


def channel_of(channel_id: str | None) -> str:
    """The channel that something is done for. Raises NotAChannel for a direct conversation, and for none."""
    if channel_id is None or channel_id.startswith(DIRECT):
        raise NotAChannel
    return channel_id


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels of the workspace that `token` opens. Raises SlackError where Slack does not answer."""

    slack: Slack
    token: str = field(repr=False)

    async def look(self, channel_id: str | None) -> Conversation:
        """Who reads in the channel. One call. Raises NotAChannel, NotInChannel, ChannelArchived, RightsMissing."""
        channel_id = channel_of(channel_id)
        try:
            found = await self.slack.channel(self.token, channel_id)
        except SlackError as error:
            _explain(error)
        if found.get("is_im") or found.get("is_mpim"):
            raise NotAChannel
        if found.get("is_archived"):
            raise ChannelArchived
        return Conversation(
            id=channel_id,
            private=bool(found.get("is_private")),
            shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
            joined=bool(found.get("is_member")),
        )

    async def enter(self, seen: Conversation) -> Conversation:
        """The channel with the bot in it: public ones are joined. Raises NotInChannel, ChannelArchived."""
        if seen.joined:
            return seen
        if seen.private:
            raise NotInChannel
        try:
            await self.slack.join(self.token, seen.id)
        except SlackError as error:
            _explain(error)
        return replace(seen, joined=True)


def _explain(error: SlackError) -> NoReturn:
    """Say it in words where people can do something about it."""
    if error.retry_after is not None:
        raise TooMuchAtOnce from error
    if not error.refused:
        raise error
    if error.code == "missing_scope":
        raise RightsMissing from error
    if error.code == "is_archived":
        raise ChannelArchived from error
    raise NotInChannel from error
