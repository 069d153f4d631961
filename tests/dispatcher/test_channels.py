"""Channels as the bot sees them: what Slack answers, and what people are told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from bot.dispatcher.channels import (
    ChannelArchived,
    Channels,
    NotAChannel,
    NotInChannel,
    RightsMissing,
    channel_of,
)
from bot.dispatcher.limits import TooMuchAtOnce
from bot.dispatcher.slack import Slack, SlackError, open_session
from bot.domain.conversations import Conversation
from bot.errors import UserError
from tests.dispatcher.fake_slack import FakeSlack


@pytest.fixture
async def channels(slack: FakeSlack) -> AsyncIterator[Channels]:
    """The channels of the fake Slack."""
    async with open_session() as session:
        yield Channels(Slack(session, f"{slack.url}/api/"), "xoxb")


def described(slack: FakeSlack, **channel: bool) -> None:
    """Let Slack describe the channel so."""
    slack.refuse["conversations.info"] = JSONResponse({"ok": True, "channel": {"id": "C1", **channel}})


async def test_a_channel_is_seen_as_slack_describes_it(slack: FakeSlack, channels: Channels) -> None:
    described(slack, is_private=True, is_ext_shared=True, is_member=True)
    assert await channels.look("C1") == Conversation("C1", private=True, shared=True, joined=True)
    described(slack, is_pending_ext_shared=True)
    assert await channels.look("C1") == Conversation("C1", shared=True, joined=False)
    assert slack.of("conversations.info")[0].token == "xoxb"


@pytest.mark.parametrize("kind", ["is_im", "is_mpim"])
async def test_direct_conversations_are_no_channels(slack: FakeSlack, channels: Channels, kind: str) -> None:
    described(slack, **{kind: True})
    with pytest.raises(NotAChannel):
        await channels.look("G1")


@pytest.mark.parametrize("channel_id", [None, "D0001"])
def test_what_is_known_to_be_direct_is_not_asked_for(channel_id: str | None) -> None:
    with pytest.raises(NotAChannel):
        channel_of(channel_id)


async def test_an_archived_channel_is_none_to_post_in(slack: FakeSlack, channels: Channels) -> None:
    described(slack, is_archived=True)
    with pytest.raises(ChannelArchived):
        await channels.look("C1")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("channel_not_found", NotInChannel),
        ("missing_scope", RightsMissing),
        ("is_archived", ChannelArchived),
        ("something_new", NotInChannel),
    ],
)
async def test_a_refusal_is_said_in_words(
    slack: FakeSlack, channels: Channels, code: str, error: type[UserError]
) -> None:
    slack.refuse["conversations.info"] = slack.refuse["conversations.join"] = code
    with pytest.raises(error):
        await channels.look("C1")
    with pytest.raises(error):
        await channels.enter(Conversation("C1", joined=False))


async def test_an_answer_that_says_nothing_is_no_refusal(slack: FakeSlack, channels: Channels) -> None:
    slack.refuse["conversations.info"] = PlainTextResponse("<html>", status_code=503)
    with pytest.raises(SlackError):
        await channels.look("C1")


async def test_a_slack_that_wants_to_be_asked_later_says_nothing_of_the_channel(
    slack: FakeSlack, channels: Channels
) -> None:
    slack.refuse["conversations.info"] = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"retry-after": "90"})
    with pytest.raises(TooMuchAtOnce):
        await channels.look("C1")


async def test_only_public_channels_are_joined_and_only_where_needed(slack: FakeSlack, channels: Channels) -> None:
    there = Conversation("C1")
    assert await channels.enter(there) is there
    with pytest.raises(NotInChannel):
        await channels.enter(Conversation("C2", private=True, joined=False))
    assert slack.calls == []
    assert await channels.enter(Conversation("C3", joined=False)) == Conversation("C3")
    assert [call.sent["channel"] for call in slack.of("conversations.join")] == ["C3"]
