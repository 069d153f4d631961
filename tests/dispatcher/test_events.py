"""Events: acknowledged at once, acted on once; and the same words as a command's, in a message to the bot."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.dispatcher import (
    Answer,
    Command,
    Event,
    Needs,
    Notice,
    Occurrence,
    OpenModal,
    PublishHome,
    Reply,
    Request,
    TaskText,
)
from bot.store import StoreUnavailable
from bot.views.messages import Message
from tests.dispatcher.conftest import Serve, Unwritable
from tests.dispatcher.fake_slack import CHANNEL, USER, FakeSlack


async def home(_: Request) -> Answer:
    return PublishHome(View(type="home", blocks=[SectionBlock(text="home")]))


async def say(request: Request, *, task: str | None) -> Answer:
    return Reply(Message(f"{request.kind}: {task}"))


SAY = Command("track", "say", say, "says", "say", args=(TaskText("task"),), needs=Needs.NOTHING)
OPENED = {"type": "app_home_opened", "user": USER, "channel": "D0001", "tab": "home"}


def mention(text: str, **changes: Any) -> dict[str, Any]:
    event = {"type": "app_mention", "user": USER, "channel": CHANNEL, "ts": "5.1", "thread_ts": "5.0"}
    return {**event, "text": f"<@UBOT> {text}", **changes}


def direct(text: str, **changes: Any) -> dict[str, Any]:
    event = {"type": "message", "channel_type": "im", "user": USER, "channel": "D0001", "ts": "6.1", "text": text}
    return {**event, **changes}


async def test_an_event_is_acknowledged_before_it_is_answered(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def slow(request: Request) -> Answer:
        await go.wait()
        return await home(request)

    async with serve([Event("app_home_opened", slow)]) as road:
        answered = await road.send.event(OPENED, "Ev1")
        assert (answered.status, answered.text) == (200, "")
        go.set()
        await slack.next("views.publish")


async def test_an_event_that_slack_repeats_acts_once(serve: Serve, slack: FakeSlack) -> None:
    async with serve([Event("app_home_opened", home)]) as road:
        await asyncio.gather(*(road.send.event(OPENED, "Ev1") for _ in range(4)))
        await road.send.event(OPENED, "Ev2")
    assert len(slack.of("views.publish")) == 2


async def test_words_that_cannot_be_noted_are_answered_with_the_reason(
    serve: Serve, slack: FakeSlack, unwritable: Unwritable
) -> None:
    async with serve([SAY]) as road:
        async with unwritable():
            assert (await road.send.event(direct("say hello"), "Ev1")).status == 200
            said = await slack.next("chat.postMessage")
        await road.send.event(direct("say hello"), "Ev1")  # had Slack repeated it, it would count now
        after = await slack.next("chat.postMessage", 2)
    assert said.sent["text"] == StoreUnavailable.sentence
    assert after.sent["text"] == "event: hello"


async def test_news_that_nobody_waits_for_are_asked_for_again_where_they_cannot_be_noted(
    serve: Serve, unwritable: Unwritable
) -> None:
    heard = []

    async def hear(seen: Occurrence) -> None:
        heard.append(seen.event["type"])

    async with serve([Notice("app_uninstalled", hear)]) as road:
        async with unwritable():
            assert (await road.send.event({"type": "app_uninstalled"}, "Ev1")).status == 503
        assert (await road.send.event({"type": "app_uninstalled"}, "Ev1")).status == 200
    assert heard == ["app_uninstalled"]


async def test_events_that_no_route_wants_are_acknowledged(serve: Serve, slack: FakeSlack) -> None:
    async with serve([SAY]) as road:
        answered = await road.send.event({"type": "reaction_added", "user": USER}, "Ev1")
        nobody = await road.send.event({"type": "tokens_revoked"}, "Ev2")
    assert [answered.status, nobody.status] == [200, 200]
    assert not slack.calls


async def test_the_same_words_work_after_the_bots_name_in_a_thread(serve: Serve, slack: FakeSlack) -> None:
    async with serve([SAY]) as road:
        await road.send.event(mention("track say hello"), "Ev1")
        said = await slack.next("chat.postEphemeral")
    assert said.sent["text"] == "event: hello"
    assert (said.sent["channel"], said.sent["thread_ts"], said.sent["user"]) == (CHANNEL, "5.0", USER)


async def test_the_commands_name_may_be_left_out_or_written_with_its_slash(serve: Serve, slack: FakeSlack) -> None:
    async with serve([SAY]) as road:
        await road.send.event(direct("say hello"), "Ev1")
        await slack.next("chat.postMessage")
        await road.send.event(direct("/track say you"), "Ev2")
        await slack.next("chat.postMessage", 2)
    assert [call.sent["text"] for call in slack.of("chat.postMessage")] == ["event: hello", "event: you"]
    assert slack.of("chat.postMessage")[0].sent["channel"] == "D0001"


async def test_the_bot_does_not_answer_itself_other_bots_or_edits(serve: Serve, slack: FakeSlack) -> None:
    async with serve([SAY]) as road:
        await road.send.event(direct("say a", user="UBOT"), "Ev1")
        await road.send.event(direct("say b", bot_id="B1"), "Ev2")
        await road.send.event(direct("say c", subtype="message_changed"), "Ev3")
        await road.send.event({**direct("say d"), "channel_type": "channel"}, "Ev4")
    assert not slack.calls


async def test_a_form_that_words_in_a_message_ask_for_opens_with_a_button(serve: Serve, slack: FakeSlack) -> None:
    async def form(_: Request) -> Answer:
        return OpenModal(View(type="modal", title="Form", blocks=[]))

    async with serve([Command("track", "form", form, "form", "form", needs=Needs.NOTHING)]) as road:
        await road.send.event(direct("form"), "Ev1")
        said = await slack.next("chat.postMessage")
    blocks: Any = said.sent["blocks"]
    assert "track form" in str(blocks)


async def test_words_that_nobody_understands_are_answered_with_suggestions(serve: Serve, slack: FakeSlack) -> None:
    async with serve([SAY]) as road:
        await road.send.event(direct("sey hello"), "Ev1")
        said = await slack.next("chat.postMessage")
    assert "/track say" in said.sent["text"]
