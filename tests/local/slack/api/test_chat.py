"""chat.*: what an app may post, where, and what Slack refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.api.chat import post_due
from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import DESIGN, GENERAL, JONAS, LEADS, LENA, SOFIA, TOM, WEBSITE
from tests.conftest import Clock
from tests.local.slack.conftest import Api, FakeBot, Json, make_manifest

SECTION = {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Hours*"}}


async def test_a_posted_message_is_there_for_everybody_in_the_channel(api: Api, slack: LocalSlack) -> None:
    answer = await api.call("chat.postMessage", channel=WEBSITE, text="Hours", blocks=[SECTION])
    message = slack.world.find_message(WEBSITE, answer["ts"])
    assert message is not None
    assert message in slack.world.seen_by(SOFIA, WEBSITE)
    assert answer["message"]["blocks"] == [{**SECTION, "text": {**SECTION["text"], "verbatim": False}}]  # type: ignore[dict-item]  # it is a dict
    assert answer["message"]["bot_id"] == slack.world.app.bot_id
    assert slack.world.unread[SOFIA][WEBSITE] == 1


async def test_a_workspace_may_refuse_a_kind_of_block_and_takes_the_rest(api: Api, slack: LocalSlack) -> None:
    slack.world.unknown_blocks.append("section")
    refused = await api.call("chat.postMessage", channel=WEBSITE, text="Hours", blocks=[SECTION])
    assert refused["error"] == "invalid_blocks"
    divided = await api.call("chat.postMessage", channel=WEBSITE, text="Hours", blocks=[{"type": "divider"}])
    assert divided["ok"] is True


async def test_a_form_may_carry_blocks_as_json(api: Api) -> None:
    answer = await api.form("chat.postMessage", channel=WEBSITE, text="Hours", blocks=[SECTION])
    assert answer["ok"] is True


async def test_a_message_reaches_a_person_by_their_id(api: Api) -> None:
    answer = await api.call("chat.postMessage", channel=JONAS, text="Hello")
    assert answer["channel"] == "D0JONASWEBE"


async def test_a_channel_may_be_named(api: Api) -> None:
    assert (await api.call("chat.postMessage", channel="#website-relaunch", text="x"))["channel"] == WEBSITE


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": WEBSITE}, "no_text"),
        ({"channel": WEBSITE, "text": ""}, "no_text"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": LEADS, "text": "x"}, "channel_not_found"),
        ({"channel": "D0LENAMARCS", "text": "x"}, "channel_not_found"),
        ({"channel": DESIGN, "text": "x"}, "not_in_channel"),
        ({"channel": TOM, "text": "x"}, "is_inactive"),
        ({"channel": WEBSITE, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": WEBSITE, "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": WEBSITE, "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": WEBSITE, "text": "x", "attachments": "nonsense"}, "invalid_attachments"),
        ({"channel": WEBSITE, "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ({"channel": WEBSITE, "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": WEBSITE, "text": "x", "username": "Somebody"}, "missing_scope"),
    ],
)
async def test_what_slack_refuses_is_refused(api: Api, slack: LocalSlack, arguments: Json, error: str) -> None:
    answer = await api.call("chat.postMessage", **arguments)
    assert answer["error"] == error
    assert slack.world.refusals[-1].error == error


async def test_a_refused_block_is_pointed_at(api: Api) -> None:
    block = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]}
    answer = await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=[SECTION, block])
    detail = "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"
    assert answer["errors"] == [detail]
    assert answer["response_metadata"] == {"messages": [f"[ERROR] {detail}"]}


async def test_a_reply_belongs_to_the_thread_of_whatever_message_it_answers(api: Api) -> None:
    parent = await api.call("chat.postMessage", channel=WEBSITE, text="parent")
    reply = await api.call("chat.postMessage", channel=WEBSITE, text="reply", thread_ts=parent["ts"])
    second = await api.call("chat.postMessage", channel=WEBSITE, text="again", thread_ts=reply["ts"])
    assert second["message"]["thread_ts"] == parent["ts"]


async def test_a_private_message_is_for_one_person_in_the_channel(api: Api, slack: LocalSlack) -> None:
    answer = await api.call("chat.postEphemeral", channel=WEBSITE, user=SOFIA, text="Only you")
    assert slack.world.seen_by(SOFIA, WEBSITE)[-1].ts == answer["message_ts"]
    assert slack.world.seen_by(LENA, WEBSITE)[-1].ts != answer["message_ts"]
    update = await api.call("chat.update", channel=WEBSITE, ts=answer["message_ts"], text="changed")
    assert update["error"] == "message_not_found"


async def test_a_private_message_needs_its_reader_in_the_channel(api: Api, slack: LocalSlack) -> None:
    slack.world.channels[DESIGN].app_is_member = True
    answer = await api.call("chat.postEphemeral", channel=DESIGN, user=JONAS, text="Only you")
    assert answer["error"] == "user_not_in_channel"


async def test_an_update_changes_the_message_and_marks_it(api: Api, slack: LocalSlack) -> None:
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="one", blocks=[SECTION])
    answer = await api.call("chat.update", channel=WEBSITE, ts=posted["ts"], text="two")
    message = slack.world.find_message(WEBSITE, posted["ts"])
    assert answer["text"] == "two"
    assert message is not None
    assert (message.text, message.blocks) == ("two", [])
    assert message.edited_ts


async def test_only_the_apps_own_messages_can_be_changed(api: Api, slack: LocalSlack) -> None:
    ts = slack.world.messages[WEBSITE][0].ts
    assert (await api.call("chat.update", channel=WEBSITE, ts=ts, text="x"))["error"] == "cant_update_message"
    assert (await api.call("chat.delete", channel=WEBSITE, ts=ts))["error"] == "cant_delete_message"


async def test_a_deleted_message_is_gone(api: Api, slack: LocalSlack) -> None:
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="one")
    assert (await api.call("chat.delete", channel=WEBSITE, ts=posted["ts"]))["ok"] is True
    assert slack.world.find_message(WEBSITE, posted["ts"]) is None
    assert (await api.call("chat.delete", channel=WEBSITE, ts=posted["ts"]))["error"] == "message_not_found"


async def test_a_permalink_leads_to_the_message(api: Api, slack: LocalSlack) -> None:
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="one")
    answer = await api.form("chat.getPermalink", channel=WEBSITE, message_ts=posted["ts"])
    wanted = f"{slack.workspace.url}/archives/{WEBSITE}/p{posted['ts'].replace('.', '')}"
    assert answer["permalink"] == wanted


async def test_a_private_message_has_no_permalink(api: Api) -> None:
    private = await api.call("chat.postEphemeral", channel=WEBSITE, user=SOFIA, text="Only you")
    answer = await api.form("chat.getPermalink", channel=WEBSITE, message_ts=private["message_ts"])
    assert answer["error"] == "message_not_found"


async def test_metadata_comes_back_only_where_it_is_asked_for(api: Api) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "7"}}
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="one", metadata=metadata)
    assert posted["message"]["metadata"] == metadata
    plain = await api.form("conversations.history", channel=WEBSITE, limit="1")
    full = await api.form("conversations.history", channel=WEBSITE, limit="1", include_all_metadata="true")
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_a_scheduled_message_is_posted_when_its_time_comes(api: Api, slack: LocalSlack, clock: Clock) -> None:
    at = int(clock().timestamp()) + 60
    answer = await api.call("chat.scheduleMessage", channel=WEBSITE, text="Later", post_at=at)
    listed = await api.call("chat.scheduledMessages.list")
    assert [one["id"] for one in listed["scheduled_messages"]] == [answer["scheduled_message_id"]]
    assert post_due(slack.hub) == []
    clock.pass_(seconds=61)
    (posted,) = post_due(slack.hub) or [slack.world.messages[WEBSITE][-1]]
    assert posted.text == "Later"
    assert (await api.call("chat.scheduledMessages.list"))["scheduled_messages"] == []


@pytest.mark.parametrize(("after", "error"), [(-1, "time_in_past"), (0, "time_in_past"), (121 * 86400, "time_too_far")])
async def test_a_message_can_be_scheduled_within_120_days(api: Api, clock: Clock, after: int, error: str) -> None:
    at = int(clock().timestamp()) + after
    answer = await api.call("chat.scheduleMessage", channel=WEBSITE, text="Later", post_at=at)
    assert answer["error"] == error


async def test_a_scheduled_message_can_be_called_off(api: Api, slack: LocalSlack, clock: Clock) -> None:
    at = int(clock().timestamp()) + 60
    answer = await api.call("chat.scheduleMessage", channel=WEBSITE, text="Later", post_at=at)
    arguments: dict[str, Any] = {"channel": WEBSITE, "scheduled_message_id": answer["scheduled_message_id"]}
    assert (await api.call("chat.deleteScheduledMessage", **arguments))["ok"] is True
    assert (await api.call("chat.deleteScheduledMessage", **arguments))["error"] == "invalid_scheduled_message_id"
    assert slack.world.scheduled == {}


class TestWithoutMessagesTab:
    @pytest.fixture
    def manifest(self) -> Json:
        made = make_manifest()
        made["features"]["app_home"]["messages_tab_enabled"] = False
        return made

    async def test_the_app_cannot_write_to_people(self, api: Api) -> None:
        assert (await api.call("chat.postMessage", channel=JONAS, text="x"))["error"] == "messages_tab_disabled"


async def test_a_public_channel_takes_messages_with_the_scope_for_it(api: Api, slack: LocalSlack) -> None:
    slack.world.app.scopes.append("chat:write.public")
    assert (await api.call("chat.postMessage", channel=GENERAL, text="x"))["ok"] is True


async def test_what_the_app_posts_is_also_an_event(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    await api.call("chat.postMessage", channel=JONAS, text="x")
    await slack.settled()
    event = bot.last("message")["event"]
    assert (event["channel_type"], event["bot_id"]) == ("im", slack.world.app.bot_id)


async def test_an_update_takes_four_thousand_characters(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel=WEBSITE, text="x"))["ts"]
    assert (await api.call("chat.update", channel=WEBSITE, ts=ts, text="x" * 4000))["ok"] is True
    assert (await api.call("chat.update", channel=WEBSITE, ts=ts, text="x" * 4001))["error"] == "msg_too_long"


async def test_in_an_archived_channel_nothing_is_updated(api: Api, slack: LocalSlack) -> None:
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="Hours")
    slack.world.channels[WEBSITE].archived = True
    assert (await api.call("chat.update", channel=WEBSITE, ts=posted["ts"], text="y"))["error"] == "is_inactive"
