"""Who is in a channel, archiving, deleting and sharing it, and what the app hears of that."""

from __future__ import annotations

import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Impossible
from bot.local.slack.seed import ALEX, DESIGN, JONAS, LEADS, LENA, MARCUS, SOFIA, WEBSITE
from tests.local.slack.conftest import Api, FakeBot, Json, make_manifest

LIFE = ("archive", "unarchive", "deleted", "left")
EVENTS = [f"{kind}_{what}" for kind in ("channel", "group") for what in LIFE]


@pytest.fixture
def manifest() -> Json:
    return make_manifest(events=[*EVENTS, "channel_shared", "member_joined_channel", "member_left_channel"])


async def heard(slack: LocalSlack, bot: FakeBot) -> list[tuple[str, str]]:
    await slack.settled()
    return [(sent["event"]["type"], sent["event"]["channel"]) for sent in bot.received]


async def test_a_person_joins_a_public_channel_unless_a_guest(slack: LocalSlack) -> None:
    await slack.join(JONAS, DESIGN)
    assert JONAS in slack.world.channels[DESIGN].members
    with pytest.raises(Impossible):
        await slack.join(ALEX, DESIGN)


async def test_the_app_is_invited_and_removed(slack: LocalSlack) -> None:
    await slack.invite_app(LENA, DESIGN)
    assert slack.world.channels[DESIGN].app_is_member is True
    await slack.remove_app(LENA, DESIGN)
    assert slack.world.channels[DESIGN].app_is_member is False


async def test_the_app_hears_that_it_came_and_had_to_go(slack: LocalSlack, bot: FakeBot, api: Api) -> None:
    await api.call("conversations.join", channel=DESIGN)
    await slack.remove_app(LENA, DESIGN)
    await slack.remove_app(LENA, DESIGN)
    await slack.invite_app(LENA, LEADS)
    await slack.remove_app(LENA, LEADS)
    assert sorted(await heard(slack, bot)) == [
        ("channel_left", DESIGN),
        ("group_left", LEADS),
        ("member_joined_channel", DESIGN),
        ("member_joined_channel", LEADS),
    ]


async def test_an_archived_channel_takes_no_messages_until_it_is_back(
    slack: LocalSlack, bot: FakeBot, api: Api
) -> None:
    await slack.archive_channel(SOFIA, WEBSITE)
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="hello"))["error"] == "is_archived"
    assert (await api.form("conversations.info", channel=WEBSITE))["channel"]["is_archived"] is True
    with pytest.raises(Impossible):
        await slack.archive_channel(SOFIA, WEBSITE)
    await slack.unarchive_channel(SOFIA, WEBSITE)
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="hello"))["ok"] is True
    assert sorted(await heard(slack, bot)) == [("channel_archive", WEBSITE), ("channel_unarchive", WEBSITE)]


async def test_a_deleted_channel_is_gone_with_what_was_said(slack: LocalSlack, bot: FakeBot, api: Api) -> None:
    with pytest.raises(Impossible):
        await slack.delete_channel(SOFIA, WEBSITE)
    await slack.delete_channel(MARCUS, WEBSITE)
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="hello"))["error"] == "channel_not_found"
    assert await heard(slack, bot) == [("channel_deleted", WEBSITE)]


async def test_a_person_leaves_and_the_app_hears_of_it(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.leave_channel(SOFIA, WEBSITE)
    assert SOFIA not in slack.world.channels[WEBSITE].members
    assert await heard(slack, bot) == [("member_left_channel", WEBSITE)]
    with pytest.raises(Impossible):
        await slack.leave_channel(SOFIA, WEBSITE)


async def test_of_private_channels_it_hears_with_the_right_to_look_at_those(slack: LocalSlack, bot: FakeBot) -> None:
    slack.world.app.scopes.remove("groups:read")
    await slack.invite_app(LENA, LEADS)
    assert await heard(slack, bot) == []
    slack.world.app.scopes.append("groups:read")
    slack.world.app.scopes.remove("channels:read")
    await slack.leave_channel(MARCUS, LEADS)
    assert await heard(slack, bot) == [("member_left_channel", LEADS)]


async def test_a_shared_channel_says_so(slack: LocalSlack, bot: FakeBot, api: Api) -> None:
    assert (await api.form("conversations.info", channel=WEBSITE))["channel"]["is_ext_shared"] is False
    await slack.share_channel(LENA, WEBSITE)
    assert (await api.form("conversations.info", channel=WEBSITE))["channel"]["is_ext_shared"] is True
    assert await heard(slack, bot) == [("channel_shared", WEBSITE)]


async def test_nothing_is_heard_of_private_channels_the_app_is_not_in(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.archive_channel(LENA, LEADS)
    await slack.delete_channel(LENA, LEADS)
    assert await heard(slack, bot) == []
