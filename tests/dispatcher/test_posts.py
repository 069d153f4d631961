"""What is said otherwise where Slack refuses blocks, posts for everyone, and files that Slack does not take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from bot.dispatcher import Action, Answer, Command, File, Needs, Post, Reply, Request, Submission
from bot.views.kit import section
from bot.views.messages import Message
from tests.dispatcher.conftest import Serve
from tests.dispatcher.fake_slack import CHANNEL, FakeSlack, modal

CHARTED = Message("the text", (section("a chart"),))
PLAIN = Message("in columns")


async def charted(_: Request) -> Answer:
    return Reply(CHARTED, otherwise=lambda: Reply(PLAIN))


def command() -> Command:
    return Command("track", "report", charted, "", "", needs=Needs.NOTHING)


async def test_what_can_be_said_otherwise_goes_where_slack_tells_whether_it_took_it(
    serve: Serve, slack: FakeSlack
) -> None:
    async with serve([command()]) as road:
        answered = await road.send.command("/track report")
        assert answered.text == ""
        said = (await slack.next("respond")).sent
    assert (said["text"], said["response_type"]) == ("the text", "ephemeral")
    assert len(slack.calls) == len(slack.of("respond")) + len(slack.of("users.info"))


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_refused_blocks_are_said_otherwise(code: str, serve: Serve, slack: FakeSlack) -> None:
    slack.refuse["respond"] = code
    async with serve([command()]) as road:
        await road.send.command("/track report")
        assert [call.sent["text"] for call in slack.of("respond")] == ["the text", "in columns"]


async def test_in_the_place_of_a_message_too(serve: Serve, slack: FakeSlack) -> None:
    async def replaced(_: Request) -> Answer:
        return Reply(CHARTED, replace=True, otherwise=lambda: Reply(PLAIN))

    slack.refuse["respond"] = "invalid_blocks"
    async with serve([Action("regroup", replaced, needs=Needs.NOTHING)]) as road:
        await road.send.press("regroup")
        said = await slack.next("respond", 2)
    assert (said.sent["text"], said.sent["replace_original"]) == ("in columns", True)


async def test_and_in_a_direct_message(serve: Serve, slack: FakeSlack) -> None:
    slack.refuse["chat.postMessage"] = "invalid_blocks"
    async with serve([command()]) as road:
        event = {"type": "message", "user": "U0001", "channel": "D0001", "channel_type": "im", "ts": "1.1"}
        await road.send.event({**event, "text": "report"}, "Ev1")
        said = await slack.next("chat.postMessage", 2)
    assert said.sent["text"] == "in columns"


async def test_in_a_modal_which_takes_no_charts_it_is_said_otherwise_at_once(serve: Serve, slack: FakeSlack) -> None:
    async with serve([Action("show", charted, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("show", modal("form"))
        pushed = await slack.next("views.push")
    assert "in columns" in json.dumps(pushed.view["blocks"])


async def test_a_reply_without_another_way_is_said_without_its_blocks(serve: Serve, slack: FakeSlack) -> None:
    async def simple(_: Request) -> Answer:
        return Reply(CHARTED)

    slack.refuse["respond"] = "invalid_blocks"
    async with serve([Action("show", simple, needs=Needs.NOTHING)]) as road:
        await road.send.press("show")
        said = await slack.next("respond", 2)
    assert (said.sent["text"], "blocks" in said.sent) == ("the text", False)


async def test_files_that_slack_does_not_take_are_said(serve: Serve, slack: FakeSlack) -> None:
    async def filed(_: Request) -> Answer:
        return Reply(Message("here"), files=(File("a.csv", b"1", title="a"),), without_files=Message("not here"))

    slack.refuse["files.getUploadURLExternal"] = "missing_scope"
    async with serve([Command("track", "report", filed, "", "", needs=Needs.NOTHING)]) as road:
        answered = await road.send.command("/track report")
    assert answered.json["text"] == "not here"
    assert slack.of("conversations.open")


def posting(url: str) -> Submission:
    async def post(_: Request) -> Answer:
        return Post(
            channel_id="C0002",
            response_url=url,
            message=CHARTED,
            receipt=Message("shared"),
            block_id="name",
            refusal="I cannot post there.",
            otherwise=lambda: Reply(PLAIN, files=(File("a.png", b"1", title="a"),)),
        )

    return Submission("share", post, needs=Needs.NOTHING)


def sent_from(metadata: dict[str, Any]) -> dict[str, Any]:
    return modal("share", metadata=json.dumps({"origin": metadata, "data": {}}))


async def test_a_post_is_for_everyone_and_its_receipt_for_the_person(serve: Serve, slack: FakeSlack) -> None:
    async with serve([posting(slack.response_url())]) as road:
        answered = await road.send.submit(sent_from({"channel": CHANNEL}))
        assert answered.json == {"response_action": "clear"}
        receipt = await slack.next("chat.postEphemeral")
    assert receipt.sent["text"] == "shared"
    [posted] = slack.of("respond")
    assert (posted.sent["text"], posted.sent["response_type"]) == ("the text", "in_channel")


async def test_a_used_up_address_leaves_the_web_api_and_where_that_refuses_the_form_stays(
    serve: Serve, slack: FakeSlack
) -> None:
    slack.refuse["respond"] = "used_url"
    async with serve([posting(slack.response_url())]) as road:
        assert (await road.send.submit(sent_from({"channel": CHANNEL}))).json == {"response_action": "clear"}
        assert (await slack.next("chat.postMessage")).sent["channel"] == "C0002"
        slack.refuse["chat.postMessage"] = "not_in_channel"
        answered = await road.send.submit({**sent_from({"channel": CHANNEL}), "id": "V901"})
    assert answered.json == {"response_action": "errors", "errors": {"name": "I cannot post there."}}


async def test_a_picture_that_may_not_follow_leaves_the_post_alone(serve: Serve, slack: FakeSlack) -> None:
    slack.refuse["respond"] = "invalid_blocks"
    slack.refuse["files.getUploadURLExternal"] = "not_in_channel"
    async with serve([posting(slack.response_url())]) as road:
        assert (await road.send.submit(sent_from({"channel": CHANNEL}))).json == {"response_action": "clear"}
    assert [call.sent["text"] for call in slack.of("respond")] == ["the text", "in columns"]


@pytest.mark.parametrize("lost", ["respond", "chat.postEphemeral"])
async def test_what_one_person_sees_is_rather_said_twice_than_not_at_all(
    lost: str, serve: Serve, slack: FakeSlack
) -> None:
    async def tell(_: Request) -> Answer:
        return Reply(Message("done"))

    slack.refuse["chat.postEphemeral"] = "internal_error"
    slack.refuse["respond"] = PlainTextResponse("upstream trouble", 503)
    del slack.refuse["chat.postEphemeral" if lost == "respond" else "respond"]
    async with serve([Submission("form", tell, needs=Needs.NOTHING)]) as road:
        kept = {"url": slack.response_url()} if lost == "respond" else {}
        await road.send.submit(modal("form", metadata=json.dumps({"origin": {"channel": CHANNEL, **kept}, "data": {}})))
        said = await slack.next("chat.postEphemeral" if lost == "respond" else "chat.postMessage")
    assert said.sent["text"] == "done"


async def test_what_all_see_is_not_said_twice(serve: Serve, slack: FakeSlack) -> None:
    async def tell(_: Request) -> Answer:
        return Reply(Message("done"), in_channel=True)

    slack.refuse["chat.postMessage"] = "internal_error"
    async with serve([Submission("form", tell, needs=Needs.NOTHING)]) as road:
        await road.send.submit(modal("form", metadata=json.dumps({"origin": {"channel": CHANNEL}, "data": {}})))
    assert len(slack.of("chat.postMessage")) == 1
    assert not slack.of("conversations.open")
