"""Modals: opened at once and filled later; submissions answered in time, or in the place of *Saving…*."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import pytest
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.dispatcher import (
    Action,
    Answer,
    Closing,
    Command,
    Done,
    FieldErrors,
    Needs,
    OpenModal,
    PushModal,
    Reply,
    Request,
    Shortcut,
    Submission,
    UpdateModal,
)
from bot.dispatcher.routes import Handler, Route
from bot.errors import UserError
from bot.views.messages import Message
from tests.dispatcher.conftest import BRIEF, TOKEN, Serve
from tests.dispatcher.fake_slack import CHANNEL, USER, FakeSlack, modal


class Trouble(UserError):
    sentence = "Not *{what}*."


def view(title: str, callback_id: str = "form") -> View:
    return View(type="modal", title=title, callback_id=callback_id, blocks=[SectionBlock(text=f"in {title}")])


def opening(answer: Answer) -> Command:
    async def handler(_: Request) -> Answer:
        return answer

    return Command("track", "open", handler, "opens", "open", needs=Needs.NOTHING)


def submission(handler: Handler) -> Submission:
    return Submission("form", handler, needs=Needs.NOTHING)


class TooFarAhead(UserError):
    sentence = "No further ahead than {minutes} minutes, for example `9:15`."


def giving(answer: Answer) -> Submission:
    async def handler(_: Request) -> Answer:
        return answer

    return submission(handler)


def slowly(go: asyncio.Event, answer: Answer | UserError) -> Submission:
    async def handler(_: Request) -> Answer:
        await go.wait()
        if isinstance(answer, UserError):
            raise answer
        return answer

    return submission(handler)


async def test_a_modal_opens_with_the_workspaces_token_and_knows_where_it_came_from(
    serve: Serve, slack: FakeSlack
) -> None:
    seen: list[Request] = []

    async def submitted(request: Request) -> Answer:
        seen.append(request)
        return Done()

    async with serve([opening(OpenModal(view("Form"), data={"task": 7})), submission(submitted)]) as road:
        answered = await road.send.command("/track open")
        opened = slack.of("views.open")[0]
        metadata = opened.view["private_metadata"]
        closed = await road.send.submit(modal("form", entered="Ann", metadata=metadata))
    assert (answered.status, answered.text, opened.token) == (200, "", TOKEN)
    assert (closed.status, closed.text) == (200, "")
    assert seen[0].data == {"task": 7}
    assert seen[0].values == {"name": "Ann"}
    assert seen[0].origin.channel_id == CHANNEL


async def test_a_loading_view_is_filled_when_the_content_is_there(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def fill() -> tuple[View, Mapping[str, Any]]:
        await go.wait()
        return view("Filled"), {"list": [1]}

    async with serve([opening(OpenModal(view("Loading"), fill=fill))]) as road:
        await road.send.command("/track open")
        assert slack.of("views.open")[0].view["title"]["text"] == "Loading"
        assert not slack.of("views.update")
        go.set()
        updated = await slack.next("views.update")
    assert updated.view["title"]["text"] == "Filled"
    assert json.loads(updated.view["private_metadata"])["data"] == {"list": [1]}
    assert updated.sent["hash"] == "h1"


async def test_a_loading_view_that_cannot_be_filled_says_why(serve: Serve, slack: FakeSlack) -> None:
    async def fill() -> tuple[View, Mapping[str, Any]]:
        raise Trouble(what="today")

    async with serve([opening(OpenModal(view("Loading"), fill=fill))]) as road:
        await road.send.command("/track open")
        updated = await slack.next("views.update")
    assert "Not *today*." in str(updated.view["blocks"])


async def test_a_trigger_that_expired_is_said_with_a_button_to_try_again(serve: Serve, slack: FakeSlack) -> None:
    slack.refuse["views.open"] = "expired_trigger_id"
    async with serve([opening(OpenModal(view("Form")))]) as road:
        answered = await road.send.command("/track open")
    assert "too long" in answered.json["text"]
    assert answered.json["blocks"][-1]["elements"][0]["value"] == "track open"


async def test_a_button_in_a_modal_opens_the_next_on_top(serve: Serve, slack: FakeSlack) -> None:
    async def more(_: Request) -> Answer:
        return OpenModal(view("More"))

    async with serve([Action("more", more, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("more", modal("form"))
    assert slack.of("views.push")[0].view["title"]["text"] == "More"
    assert not slack.of("views.open")


async def test_a_button_in_a_modal_may_replace_it(serve: Serve, slack: FakeSlack) -> None:
    async def change(request: Request) -> Answer:
        return UpdateModal(view(f"Was {request.values['name']}"), data={"kept": True})

    async with serve([Action("change", change, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("change", modal("form", entered="Ann"))
    update = slack.of("views.update")[0]
    assert (update.sent["view_id"], update.sent["hash"]) == ("V900", "h7")
    assert update.view["title"]["text"] == "Was Ann"


async def test_a_reply_to_a_button_in_a_modal_is_shown_on_top(serve: Serve, slack: FakeSlack) -> None:
    async def tell(_: Request) -> Answer:
        return Reply(Message("by the way"))

    async with serve([Action("tell", tell, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("tell", modal("form"))
    assert "by the way" in str(slack.of("views.push")[0].view["blocks"])


async def test_an_error_of_a_button_in_a_modal_is_an_alert_that_keeps_what_was_entered(
    serve: Serve, slack: FakeSlack
) -> None:
    async def fail(_: Request) -> Answer:
        raise Trouble(what="that")

    async with serve([Action("fail", fail, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("fail", modal("form", entered="Ann"))
    shown = slack.of("views.update")[0].view
    assert shown["blocks"][0]["type"] == "alert"
    assert shown["blocks"][1]["element"]["initial_value"] == "Ann"


async def test_a_reply_closes_the_form_and_appears_where_it_came_from(serve: Serve, slack: FakeSlack) -> None:
    async with serve([opening(OpenModal(view("Form"))), giving(Reply(Message("saved it")))]) as road:
        await road.send.command("/track open")
        answered = await road.send.submit(modal("form", metadata=slack.of("views.open")[0].view["private_metadata"]))
        said = await slack.next("respond")
    assert answered.json == {"response_action": "clear"}
    assert said.sent["text"] == "saved it"


async def test_half_an_hour_later_a_reply_comes_privately_in_the_channel(
    serve: Serve, slack: FakeSlack, clock: Any
) -> None:
    async with serve([opening(OpenModal(view("Form"))), giving(Reply(Message("saved it")))]) as road:
        await road.send.command("/track open")
        clock.pass_(minutes=31)
        await road.send.submit(modal("form", metadata=slack.of("views.open")[0].view["private_metadata"]))
        said = await slack.next("chat.postEphemeral")
    assert (said.sent["channel"], said.sent["user"]) == (CHANNEL, USER)
    assert not slack.of("respond")


async def test_a_form_may_lead_to_another_view_or_one_on_top(serve: Serve) -> None:
    async with serve([giving(UpdateModal(view("Next"), data={"step": 2}))]) as road:
        updated = await road.send.submit(modal("form"))
    async with serve([giving(PushModal(view("On top")))]) as road:
        pushed = await road.send.submit(modal("form"))
    assert updated.json["response_action"] == "update"
    assert json.loads(updated.json["view"]["private_metadata"])["data"] == {"step": 2}
    assert pushed.json["response_action"] == "push"


async def test_field_errors_stand_under_their_fields(serve: Serve) -> None:
    async with serve([giving(FieldErrors({"name": "Too long"}))]) as road:
        answered = await road.send.submit(modal("form"))
    assert answered.json == {"response_action": "errors", "errors": {"name": "Too long"}}


async def test_an_expected_error_stands_under_its_field_in_the_persons_words(serve: Serve) -> None:
    async with serve([giving(FieldErrors({"name": TooFarAhead(minutes=5)}))]) as road:
        answered = await road.send.submit(modal("form"))
    assert answered.json["errors"] == {"name": "No further ahead than 5 minutes, for example 9:15."}


async def test_an_error_for_a_field_that_is_not_there_is_an_alert(serve: Serve) -> None:
    async with serve([giving(FieldErrors({"gone": "Too <long>"}))]) as road:
        answered = await road.send.submit(modal("form", entered="Ann"))
    blocks = answered.json["view"]["blocks"]
    assert blocks[0]["text"]["text"] == "Too &lt;long&gt;"
    assert blocks[1]["element"]["initial_value"] == "Ann"


async def test_an_error_comes_back_in_the_form_with_what_was_entered(serve: Serve) -> None:
    async def fail(_: Request) -> Answer:
        raise Trouble(what="<this>")

    async with serve([submission(fail)]) as road:
        answered = await road.send.submit(modal("form", entered="Ann"))
    assert answered.json["response_action"] == "update"
    form = answered.json["view"]
    assert form["blocks"][0]["text"]["text"] == "Not *&lt;this&gt;*."
    assert form["blocks"][1]["element"]["initial_value"] == "Ann"
    assert "id" not in form
    assert "state" not in form


async def test_a_slow_form_shows_saving_and_then_what_came_of_it(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()
    async with serve([slowly(go, Reply(Message("saved *it*")))], BRIEF) as road:
        waiting = await road.send.submit(modal("form", metadata='{"origin":{"channel":"C0001"},"data":{}}'))
        acknowledged = time.monotonic()
        go.set()
        finished = await slack.next("views.update")
        assert time.monotonic() - acknowledged > 0.2, "Slack would still cover it with Saving…"
        said = await slack.next("chat.postEphemeral")
    assert waiting.json["response_action"] == "update"
    assert "Saving" in str(waiting.json["view"]["blocks"])
    assert "submit" not in waiting.json["view"]
    assert "saved *it*" in str(finished.view["blocks"])
    assert said.sent["text"] == "saved *it*"


async def test_a_slow_forms_error_brings_the_form_back_with_what_was_entered(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()
    async with serve([slowly(go, Trouble(what="now"))], BRIEF) as road:
        await road.send.submit(modal("form", entered="Ann"))
        go.set()
        form = (await slack.next("views.update")).view
    assert form["blocks"][0]["text"]["text"] == "Not *now*."
    assert form["blocks"][1]["element"]["initial_value"] == "Ann"
    assert form["submit"]["text"] == "Save"


async def test_a_slow_forms_field_errors_are_an_alert_for_slack_takes_them_no_more(
    serve: Serve, slack: FakeSlack
) -> None:
    go = asyncio.Event()
    async with serve([slowly(go, FieldErrors({"name": "Too long"}))], BRIEF) as road:
        await road.send.submit(modal("form", entered="Ann"))
        go.set()
        form = (await slack.next("views.update")).view
    assert form["blocks"][0]["text"]["text"] == "Too long"


async def test_a_slow_form_leads_to_its_next_view(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()
    async with serve([slowly(go, UpdateModal(view("Next")))], BRIEF) as road:
        await road.send.submit(modal("form"))
        go.set()
        shown = (await slack.next("views.update")).view
    assert shown["title"]["text"] == "Next"


async def test_a_form_sent_twice_while_it_is_being_saved_acts_once(serve: Serve) -> None:
    acted = []
    go = asyncio.Event()

    async def act(_: Request) -> Answer:
        acted.append(1)
        await go.wait()
        return Done()

    async with serve([submission(act)]) as road:
        sending = [asyncio.create_task(road.send.submit(modal("form"))) for _ in range(2)]
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.3, go.set)
        answers = [await sent for sent in sending]
    assert len(acted) == 1
    assert [answered.text for answered in answers] == ["", ""]


async def test_a_form_of_an_older_version_says_so(serve: Serve, slack: FakeSlack) -> None:
    async with serve([opening(Done())]) as road:
        answered = await road.send.submit(modal("forgotten", metadata='{"origin":{"channel":"C0001"}}'))
        said = await slack.next("chat.postEphemeral")
    assert answered.json == {"response_action": "clear"}
    assert "older version" in said.sent["text"]


async def test_a_closed_modal_is_told_to_its_route(serve: Serve) -> None:
    closed = []

    async def on_close(request: Request) -> Answer:
        closed.append(request.values)
        return Done()

    async with serve([Closing("form", on_close)]) as road:
        answered = await road.send.interaction({"type": "view_closed", "view": modal("form", entered="Ann")})
        unknown = await road.send.interaction({"type": "view_closed", "view": modal("other")})
    assert (answered.status, unknown.status) == (200, 200)
    assert closed == [{"name": "Ann"}]


async def test_a_shortcut_opens_a_modal_or_answers_in_a_dm(serve: Serve, slack: FakeSlack) -> None:
    async def start(_: Request) -> Answer:
        return OpenModal(view("Start"))

    async def tell(_: Request) -> Answer:
        return Reply(Message("hello"))

    routes = [Shortcut("start", start, needs=Needs.NOTHING), Shortcut("tell", tell, needs=Needs.NOTHING)]
    async with serve(routes) as road:
        await road.send.interaction({"type": "shortcut", "callback_id": "start"})
        await road.send.interaction({"type": "shortcut", "callback_id": "tell"})
    assert slack.of("views.open")[0].view["title"]["text"] == "Start"
    assert slack.of("chat.postMessage")[0].sent["channel"] == "D0001"


async def test_a_message_shortcut_is_answered_privately_where_the_message_is(serve: Serve, slack: FakeSlack) -> None:
    async def tell(request: Request) -> Answer:
        return Reply(Message(f"about {request.payload['message']['text']}"))

    async with serve([Shortcut("tell", tell, needs=Needs.NOTHING)]) as road:
        await road.send.interaction(
            {
                "type": "message_action",
                "callback_id": "tell",
                "response_url": slack.response_url(),
                "channel": {"id": CHANNEL},
                "message": {"ts": "1.5", "text": "lunch"},
            }
        )
    assert slack.of("respond")[0].sent["text"] == "about lunch"
    assert slack.of("respond")[0].sent["response_type"] == "ephemeral"


FROM_CHANNEL = '{"origin":{"channel":"C0001"},"data":{}}'


@pytest.mark.parametrize("code", ["not_found", "internal_error", "invalid_arguments"])
async def test_a_problem_that_no_form_can_show_any_more_is_said(code: str, serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()
    slack.refuse["views.update"] = code
    async with serve([slowly(go, Trouble(what="saved"))], BRIEF) as road:
        await road.send.submit(modal("form", metadata=FROM_CHANNEL))
        go.set()
        said = await slack.next("chat.postEphemeral")
    assert said.sent["text"] == "Not *saved*."


async def test_a_problem_of_a_button_whose_modal_was_closed_is_said(serve: Serve, slack: FakeSlack) -> None:
    async def fail(_: Request) -> Answer:
        raise Trouble(what="that")

    slack.refuse["views.update"] = "not_found"
    async with serve([Action("fail", fail, needs=Needs.NOTHING)]) as road:
        await road.send.press_in_modal("fail", modal("form", metadata=FROM_CHANNEL))
        said = await slack.next("chat.postEphemeral")
    assert said.sent["text"] == "Not *that*."


async def test_what_was_done_from_a_modal_that_was_closed_meanwhile_is_said(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def change(_: Request) -> Answer:
        return UpdateModal(view("List"), did="*Review* is gone.")

    slack.refuse["views.update"] = "not_found"
    routes: list[Route] = [
        Action("change", change, needs=Needs.NOTHING),
        slowly(go, UpdateModal(view("List"), did="Saved *it*.")),
    ]
    async with serve(routes, BRIEF) as road:
        await road.send.press_in_modal("change", modal("form", metadata=FROM_CHANNEL))
        pressed = await slack.next("chat.postEphemeral")
        await road.send.submit(modal("form", metadata=FROM_CHANNEL))
        go.set()
        sent = await slack.next("chat.postEphemeral", 2)
    assert [pressed.sent["text"], sent.sent["text"]] == ["*Review* is gone.", "Saved *it*."]


async def test_the_reply_to_a_slow_form_is_said_whatever_becomes_of_the_form(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()
    slack.refuse["views.update"] = "internal_error"
    async with serve([slowly(go, Reply(Message("saved *it*")))], BRIEF) as road:
        await road.send.submit(modal("form", metadata=FROM_CHANNEL))
        go.set()
        said = await slack.next("chat.postEphemeral")
    assert said.sent["text"] == "saved *it*"


async def test_a_filled_view_that_slack_does_not_take_gives_way_to_a_sentence(serve: Serve, slack: FakeSlack) -> None:
    async def fill() -> tuple[View, Mapping[str, Any]]:
        return view("Filled"), {}

    slack.refuse["views.update"] = "invalid_arguments"
    async with serve([opening(OpenModal(view("Loading"), fill=fill))]) as road:
        await road.send.command("/track open")
        instead = await slack.next("views.update", 2)
    assert "Something went wrong" in str(instead.view["blocks"])


async def test_a_loading_view_that_nothing_can_replace_is_explained_where_it_was_opened(
    serve: Serve, slack: FakeSlack
) -> None:
    async def fill() -> tuple[View, Mapping[str, Any]]:
        return view("Filled"), {}

    slack.refuse["views.update"] = "service_unavailable"
    async with serve([opening(OpenModal(view("Loading"), fill=fill))]) as road:
        await road.send.command("/track open")
        said = await slack.next("respond")
    assert "Something went wrong" in said.sent["text"]
