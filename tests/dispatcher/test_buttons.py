"""Buttons, menus and typeahead."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.models.blocks import Option, SectionBlock
from slack_sdk.models.views import View
from starlette.responses import JSONResponse

from bot.dispatcher import (
    Action,
    Answer,
    Choices,
    Command,
    Done,
    Needs,
    OpenModal,
    Pending,
    PublishHome,
    Reply,
    Request,
    Route,
    Typeahead,
)
from bot.dispatcher.routes import Handler
from bot.errors import UserError
from bot.views.kit import Given
from bot.views.messages import Message
from tests.dispatcher.conftest import BRIEF, Serve
from tests.dispatcher.fake_slack import CHANNEL, USER, FakeSlack


class Trouble(UserError):
    sentence = "Not possible."


def action(handler: Handler, action_id: str = "press") -> Action:
    return Action(action_id, handler, needs=Needs.NOTHING)


def replying(*, replace: bool = False) -> Action:
    async def handler(request: Request) -> Answer:
        return Reply(Message(f"pressed {request.value}"), replace=replace)

    return action(handler)


async def test_a_reply_to_a_button_is_a_new_private_message(serve: Serve, slack: FakeSlack) -> None:
    async with serve([replying()]) as road:
        answered = await road.send.press("press", "7")
    assert (answered.status, answered.text) == (200, "")
    said = slack.of("respond")[0].sent
    assert (said["text"], said["replace_original"], said["response_type"]) == ("pressed 7", False, "ephemeral")


async def test_a_reply_may_take_the_place_of_the_message_with_the_button(serve: Serve, slack: FakeSlack) -> None:
    async with serve([replying(replace=True)]) as road:
        await road.send.press("press", "7")
    said = slack.of("respond")[0].sent
    assert said["replace_original"] is True
    assert "response_type" not in said


async def test_a_slow_button_is_acknowledged_and_answered_later(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Answer:
        await go.wait()
        return Reply(Message("at last"))

    async with serve([action(slow)], BRIEF) as road:
        answered = await road.send.press("press")
        assert not slack.of("respond")
        go.set()
        said = await slack.next("respond")
    assert (answered.status, answered.text) == (200, "")
    assert said.sent["text"] == "at last"


async def test_a_double_click_acts_once_and_a_later_click_again(serve: Serve) -> None:
    acted = []
    go = asyncio.Event()

    async def act(_: Request) -> Answer:
        acted.append(1)
        await go.wait()
        return Done()

    async with serve([action(act)]) as road:
        clicks = [asyncio.create_task(road.send.press("press")) for _ in range(2)]
        asyncio.get_running_loop().call_later(0.3, go.set)
        await asyncio.gather(*clicks)
        assert len(acted) == 1
        await road.send.press("press")
    assert len(acted) == 2


async def test_an_error_is_said_privately(serve: Serve, slack: FakeSlack) -> None:
    async def fail(_: Request) -> Answer:
        raise Trouble

    async with serve([action(fail)]) as road:
        await road.send.press("press")
    said = slack.of("respond")[0].sent
    assert (said["text"], said["replace_original"]) == ("Not possible.", False)


async def test_a_button_of_an_older_version_says_so(serve: Serve, slack: FakeSlack) -> None:
    async with serve([replying()]) as road:
        answered = await road.send.press("forgotten")
    assert road.counted("action", "unknown", "unknown") == 1
    assert answered.status == 200
    assert "older version" in slack.of("respond")[0].sent["text"]


async def test_blocks_that_a_workspace_refuses_are_sent_again_as_text(serve: Serve, slack: FakeSlack) -> None:
    async def show(_: Request) -> Answer:
        return Reply(Message("in words", (SectionBlock(text="in blocks"),)))

    slack.refuse["respond"] = "invalid_blocks"
    async with serve([action(show)]) as road:
        await road.send.press("press")
    first, second = slack.of("respond")
    assert "blocks" in first.sent
    assert second.sent["text"] == "in words"
    assert "blocks" not in second.sent


HOME = {"id": "V1", "type": "home", "callback_id": "", "blocks": []}


async def test_a_button_of_the_app_home_is_answered_above_it(serve: Serve, slack: FakeSlack) -> None:
    async with serve([replying()]) as road:
        pressed = {"action_id": "press", "value": "it"}
        await road.send.interaction({"type": "block_actions", "view": HOME, "actions": [pressed]})
    [opened] = slack.of("views.open")
    assert "pressed it" in str(opened.sent["view"])
    assert slack.of("chat.postMessage") == []


async def test_a_modal_that_opens_too_late_above_the_app_home_becomes_a_dm(serve: Serve, slack: FakeSlack) -> None:
    async def show(_: Request) -> Answer:
        return Reply(Message("in words", (SectionBlock(text="in blocks"),)))

    slack.refuse["views.open"] = "expired_trigger_id"
    slack.refuse["chat.postMessage"] = "invalid_blocks"
    async with serve([action(show)]) as road:
        await road.send.interaction({"type": "block_actions", "view": HOME, "actions": [{"action_id": "press"}]})
    assert [("blocks" in call.sent) for call in slack.of("chat.postMessage")] == [True, False]


async def test_the_app_home_is_published(serve: Serve, slack: FakeSlack) -> None:
    async def home(_: Request) -> Answer:
        return PublishHome(View(type="home", blocks=[SectionBlock(text="home")]))

    async with serve([action(home)]) as road:
        await road.send.press("press")
    assert slack.of("views.publish")[0].sent["user_id"] == USER


async def test_a_home_is_published_without_its_chart_where_slack_refuses_charts(serve: Serve, slack: FakeSlack) -> None:
    async def home(_: Request) -> Answer:
        chart = Given({"type": "data_visualization", "title": "Week", "chart": {}})
        return PublishHome(View(type="home", blocks=[SectionBlock(text="numbers"), chart]))

    slack.refuse["views.publish"] = "invalid_arguments"
    async with serve([action(home)]) as road:
        await road.send.press("press")
    first, second = [str(call.sent["view"]) for call in slack.of("views.publish")]
    assert "data_visualization" in first
    assert "data_visualization" not in second
    assert "numbers" in second


async def test_a_menu_gives_the_chosen_options_value(serve: Serve, slack: FakeSlack) -> None:
    chosen = {"type": "overflow", "action_id": "press", "selected_option": {"value": "delete:5"}}
    async with serve([replying()]) as road:
        await road.send.interaction(
            {"type": "block_actions", "actions": [chosen], "response_url": slack.response_url()}
        )
    assert slack.of("respond")[0].sent["text"] == "pressed delete:5"


async def test_a_command_runs_after_the_reply_that_names_it(serve: Serve, slack: FakeSlack) -> None:
    async def confirm(_: Request) -> Answer:
        url = slack.response_url()
        pending = Pending(command="track", text="say it", channel_id=CHANNEL, response_url=url)
        return Reply(Message("connected"), replace=True, then=pending)

    async def say(request: Request) -> Answer:
        return Reply(Message(f"said {request.context.channel_id}"))

    routes: list[Route] = [action(confirm), Command("track", "say it", say, "says", "say", needs=Needs.NOTHING)]
    async with serve(routes) as road:
        await road.send.press("press")
        await slack.next("respond", 2)
    assert [call.sent["text"] for call in slack.of("respond")] == ["connected", f"said {CHANNEL}"]


async def test_a_form_that_was_waiting_opens_with_a_button(serve: Serve, slack: FakeSlack) -> None:
    async def form(_: Request) -> Answer:
        return OpenModal(View(type="modal", title="Form", blocks=[]))

    async with serve([Command("track", "form", form, "form", "form", needs=Needs.NOTHING)]) as road:
        pending = Pending(command="track", text="form", response_url=slack.response_url())
        await road.dispatcher.rerun("T0001", "T0001", USER, pending)
    button = slack.of("respond")[0].sent["blocks"][-1]["elements"][0]
    assert (button["action_id"], button["value"]) == ("retry", "track form")


async def test_choices_are_in_the_http_response(serve: Serve) -> None:
    async def tasks(request: Request) -> Answer:
        return Choices([Option(text=f"{request.text} {number}", value=str(number)) for number in range(120)])

    async def groups(_: Request) -> Answer:
        return Choices(groups=[("Recent", [Option(text="one", value="1")]), ("Empty", [])])

    routes = [
        Typeahead("tasks", tasks, needs=Needs.NOTHING),
        Typeahead("groups", groups, needs=Needs.NOTHING),
    ]
    async with serve(routes) as road:
        found = await road.send.type_ahead("tasks", "rep")
        grouped = await road.send.type_ahead("groups", "")
    assert len(found.json["options"]) == 100
    assert found.json["options"][0]["text"]["text"] == "rep 0"
    assert [group["label"]["text"] for group in grouped.json["option_groups"]] == ["Recent"]


async def test_choices_that_fail_or_take_too_long_or_need_a_connection_are_none(serve: Serve) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Answer:
        await go.wait()
        return Choices([Option(text="late", value="1")])

    async def fail(_: Request) -> Answer:
        raise Trouble

    routes = [
        Typeahead("slow", slow, needs=Needs.NOTHING),
        Typeahead("fail", fail, needs=Needs.NOTHING),
        Typeahead("unconnected", fail),
    ]
    async with serve(routes) as road:
        answers = await asyncio.gather(
            *(road.send.type_ahead(action_id, "x") for action_id in ("slow", "fail", "unconnected", "forgotten"))
        )
        go.set()
    assert [answered.json for answered in answers] == [{"options": []}] * 4


async def test_a_dm_gives_its_permalink(serve: Serve, slack: FakeSlack) -> None:
    async with serve([replying()]) as road:
        link = await road.dispatcher.notify("T0001", USER, Message("news"))
        slack.refuse["chat.getPermalink"] = "message_not_found"
        without = await road.dispatcher.notify("T0001", USER, Message("news"))
    assert link == "https://example.slack.com/archives/D0001/p1"
    assert without is None


async def test_slack_asking_for_patience_gets_it(serve: Serve, slack: FakeSlack) -> None:
    busy: dict[str, Any] = {"ok": False, "error": "ratelimited"}
    slack.refuse["chat.postMessage"] = JSONResponse(busy, 429, {"retry-after": "0"})
    async with serve([replying()]) as road:
        telling = asyncio.create_task(road.dispatcher.notify("T0001", USER, Message("news")))
        await slack.next("chat.postMessage")
        del slack.refuse["chat.postMessage"]
        assert await telling
    assert len(slack.of("chat.postMessage")) == 2
