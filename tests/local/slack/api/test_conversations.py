"""conversations.* and reactions.*."""

from __future__ import annotations

import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import OnMessage
from bot.local.slack.seed import ALEX, DESIGN, GENERAL, JONAS, LEADS, LENA, SOFIA, TOM, WEBSITE
from tests.local.slack.conftest import Api, FakeBot


async def test_a_dm_is_opened_with_a_person(api: Api) -> None:
    assert (await api.call("conversations.open", users=JONAS))["channel"] == {"id": "D0JONASWEBE"}
    full = await api.call("conversations.open", users=JONAS, return_im=True)
    assert (full["channel"]["user"], full["channel"]["is_im"]) == (JONAS, True)


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY", "user_not_found"),
        (TOM, "user_disabled"),
        (f"{JONAS},{SOFIA}", "missing_scope"),
    ],
)
async def test_a_dm_that_cannot_be_opened_says_why(api: Api, users: str, error: str) -> None:
    assert (await api.call("conversations.open", users=users))["error"] == error


async def test_a_conversation_is_described(api: Api) -> None:
    answer = await api.form("conversations.info", channel=WEBSITE, include_num_members="true")
    channel = answer["channel"]
    assert (channel["name"], channel["is_private"], channel["is_member"]) == ("website-relaunch", False, True)
    assert channel["num_members"] == 7


async def test_a_private_channel_without_the_app_does_not_exist(api: Api) -> None:
    assert (await api.form("conversations.info", channel=LEADS))["error"] == "channel_not_found"


async def test_conversations_are_listed_in_pages(api: Api) -> None:
    first = await api.form("conversations.list", types="public_channel,private_channel", limit="2")
    rest = await api.form(
        "conversations.list",
        types="public_channel,private_channel",
        limit="2",
        cursor=first["response_metadata"]["next_cursor"],
    )
    names = [channel["name"] for channel in (*first["channels"], *rest["channels"])]
    assert names == ["general", "design", "website-relaunch"]
    assert rest["response_metadata"]["next_cursor"] == ""


@pytest.mark.parametrize(
    ("arguments", "error"),
    [({"types": "rooms"}, "invalid_types"), ({"cursor": "x"}, "invalid_cursor"), ({"limit": "0"}, "invalid_limit")],
)
async def test_a_wrong_list_is_refused(api: Api, arguments: dict[str, str], error: str) -> None:
    assert (await api.form("conversations.list", **arguments))["error"] == error


async def test_members_include_the_app_where_it_is(api: Api, slack: LocalSlack) -> None:
    assert slack.world.app.bot_user_id in (await api.form("conversations.members", channel=WEBSITE))["members"]
    assert slack.world.app.bot_user_id not in (await api.form("conversations.members", channel=DESIGN))["members"]


async def test_the_app_joins_public_channels(api: Api) -> None:
    assert (await api.call("conversations.join", channel=DESIGN))["channel"]["is_member"] is True
    assert (await api.call("conversations.join", channel=DESIGN))["warning"] == "already_in_channel"
    assert (await api.call("conversations.join", channel="D0JONASWEBE"))["error"] == (
        "method_not_supported_for_channel_type"
    )


async def test_users_conversations_shows_what_the_app_may_know(api: Api) -> None:
    mine = await api.form("users.conversations", types="public_channel,im")
    assert WEBSITE in [channel["id"] for channel in mine["channels"]]
    assert GENERAL not in [channel["id"] for channel in mine["channels"]]
    theirs = await api.form("users.conversations", user=ALEX)
    assert [channel["id"] for channel in theirs["channels"]] == [WEBSITE]
    private = await api.form("users.conversations", user=LENA, types="private_channel,im")
    assert [channel["id"] for channel in private["channels"]] == ["D0LENAHOFFM"]


async def test_history_is_newest_first_without_replies_and_private_messages(api: Api) -> None:
    parent = await api.call("chat.postMessage", channel=WEBSITE, text="parent")
    await api.call("chat.postMessage", channel=WEBSITE, text="reply", thread_ts=parent["ts"])
    await api.call("chat.postEphemeral", channel=WEBSITE, user=SOFIA, text="private")
    history = await api.form("conversations.history", channel=WEBSITE)
    assert history["messages"][0]["text"] == "parent"
    assert history["messages"][0]["reply_count"] == 1
    assert len(history["messages"]) == 4
    replies = await api.form("conversations.replies", channel=WEBSITE, ts=parent["ts"])
    assert [message["text"] for message in replies["messages"]] == ["parent", "reply"]


async def test_history_between_two_moments(api: Api, slack: LocalSlack) -> None:
    first, second, third = (message.ts for message in slack.world.messages[WEBSITE])
    between = await api.form("conversations.history", channel=WEBSITE, oldest=first, latest=third)
    assert [message["ts"] for message in between["messages"]] == [second]
    ends = await api.form("conversations.history", channel=WEBSITE, oldest=first, latest=third, inclusive="true")
    assert len(ends["messages"]) == 3
    assert (await api.form("conversations.history", channel=WEBSITE, oldest="x"))["error"] == "invalid_ts_oldest"


async def test_history_needs_the_app_in_the_channel(api: Api) -> None:
    assert (await api.form("conversations.history", channel=DESIGN))["error"] == "not_in_channel"


async def test_a_reaction_is_added_once_and_taken_back(api: Api, slack: LocalSlack) -> None:
    message = slack.world.messages[WEBSITE][0]
    arguments = {"channel": WEBSITE, "timestamp": message.ts, "name": "eyes"}
    assert (await api.call("reactions.add", **arguments))["ok"] is True
    assert message.reactions == {"eyes": [slack.world.app.bot_user_id]}
    assert (await api.call("reactions.add", **arguments))["error"] == "already_reacted"
    assert (await api.call("reactions.remove", **arguments))["ok"] is True
    assert (await api.call("reactions.remove", **arguments))["error"] == "no_reaction"


async def test_peoples_reactions_are_shown(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    ts = slack.world.messages[WEBSITE][0].ts
    await slack.react(SOFIA, OnMessage(WEBSITE, ts), "tada")
    history = await api.form("conversations.history", channel=WEBSITE)
    assert history["messages"][-1]["reactions"] == [{"name": "tada", "users": [SOFIA], "count": 1}]
    await slack.settled()
    assert bot.received == []  # not subscribed to
