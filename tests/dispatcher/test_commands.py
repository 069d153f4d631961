"""Slash commands: answered in the HTTP response in time, through the response_url later."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from bot.dispatcher import Command, Done, Needs, Reply, Request, TaskText, When, payloads
from bot.dispatcher.failures import Interrupted, SavedPerhaps
from bot.dispatcher.grammar import Arg
from bot.dispatcher.routes import Handler
from bot.domain.when import When as Moment
from bot.errors import UserError
from bot.store import StoreUnavailable
from bot.views.messages import Message
from tests.dispatcher.conftest import BRIEF, Serve
from tests.dispatcher.fake_slack import FakeSlack


class Trouble(UserError):
    sentence = "No {what} here."
    retry = True


def command(
    verb: str, handler: Handler, *args: Arg, needs: Needs = Needs.NOTHING, synonyms: tuple[str, ...] = ()
) -> Command:
    return Command("track", verb, handler, f"{verb} something", verb, args=args, needs=needs, synonyms=synonyms)


async def echo(request: Request, *, task: str | None = None, at: Moment | None = None) -> Reply:
    return Reply(Message(f"{task} at {at.said if at else None} ({request.text})"))


async def test_an_answer_in_time_is_the_http_response_and_nothing_else(serve: Serve, slack: FakeSlack) -> None:
    async with serve([command("say", echo, TaskText("task"))]) as road:
        answered = await road.send.command("/track say hello")
    assert answered.status == 200
    assert answered.json == {"response_type": "ephemeral", "text": "hello at None (hello)"}
    assert [call.method for call in slack.calls] == ["users.info"]


async def test_words_are_read_as_typed_arguments_in_the_persons_zone(serve: Serve) -> None:
    async with serve([command("start", echo, TaskText("task"), When("at"))]) as road:
        answered = await road.send.command("/track start write report 9:15")
    assert answered.json["text"] == "write report at 9:15 (write report 9:15)"


async def test_slacks_escaping_is_taken_off_what_was_typed(serve: Serve) -> None:
    async with serve([command("say", echo, TaskText("task"))]) as road:
        answered = await road.send.command("/track say &lt;!channel&gt; &amp; <@U1|ann> in <#C1|dev>")
    assert answered.json["text"].startswith("<!channel> & @ann in #dev at")


async def test_a_command_with_the_word_payload_arrives_whole(serve: Serve) -> None:
    async with serve([command("say", echo, TaskText("task"))]) as road:
        answered = await road.send.command("/track say design the payload")
    assert answered.json["text"].startswith("design the payload")


async def test_the_longest_verb_wins(serve: Serve) -> None:
    async def other(request: Request, *, task: str | None) -> Reply:
        return Reply(Message(f"the longer one: {task} {request.text}"))

    routes = [command("log", echo, TaskText("task")), command("log all", other, TaskText("task"))]
    async with serve(routes) as road:
        answered = await road.send.command("/track log all day")
    assert answered.json["text"] == "the longer one: day day"


async def test_a_late_answer_goes_to_the_response_url(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Reply:
        await go.wait()
        return Reply(Message("at last"))

    async with serve([command("wait", slow)], BRIEF) as road:
        answered = await road.send.command("/track wait")
        assert (answered.status, answered.text) == (200, "")
        assert not slack.of("respond")
        go.set()
        late = await slack.next("respond")
    assert late.sent["text"] == "at last"
    assert late.sent["response_type"] == "ephemeral"


async def test_nothing_acknowledged_is_lost_when_the_bot_ends(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Reply:
        await go.wait()
        return Reply(Message("at last"))

    async with serve([command("wait", slow)], BRIEF) as road:
        await road.send.command("/track wait")
        asyncio.get_running_loop().call_later(0.2, go.set)
    assert slack.of("respond")[0].sent["text"] == "at last"


async def test_what_has_to_be_given_up_when_the_bot_ends_is_said(serve: Serve, slack: FakeSlack) -> None:
    async def endless(_: Request) -> Reply:
        await asyncio.Event().wait()
        raise AssertionError

    async with serve([command("wait", endless)], BRIEF) as road:
        await road.send.command("/track wait")
        assert await road.dispatcher.drain(timedelta(seconds=0.01)) == 1
    assert [call.sent["text"] for call in slack.of("respond")] == [Interrupted.sentence]


async def test_a_server_that_ends_in_the_middle_of_a_command_answers_it_later(serve: Serve, slack: FakeSlack) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Reply:
        await go.wait()
        return Reply(Message("at last"))

    async with serve([command("wait", slow)]) as road:
        incoming = payloads.read(road.send.command_fields("/track wait"))
        serving = asyncio.create_task(road.dispatcher.dispatch(incoming))
        await asyncio.sleep(0)
        serving.cancel()
        go.set()
        said = await slack.next("respond")
    assert said.sent["text"] == "at last"


async def test_a_used_up_response_url_falls_back_to_the_channel_and_then_to_a_dm(
    serve: Serve, slack: FakeSlack
) -> None:
    go = asyncio.Event()

    async def slow(_: Request) -> Reply:
        await go.wait()
        return Reply(Message("at last"))

    slack.refuse |= {"respond": "used_url", "chat.postEphemeral": "not_in_channel"}
    async with serve([command("wait", slow)], BRIEF) as road:
        await road.send.command("/track wait")
        go.set()
        said = await slack.next("chat.postMessage")
    assert slack.of("chat.postEphemeral")
    assert (said.sent["channel"], said.sent["text"]) == ("D0001", "at last")


async def test_an_expected_error_is_said_in_its_words_with_a_button_to_try_again(serve: Serve) -> None:
    async def fail(_: Request, *, task: str | None) -> Reply:
        raise Trouble(what=f"<{task}>")

    async with serve([command("go", fail, TaskText("task"))]) as road:
        answered = await road.send.command("/track go home")
        assert road.counted("command", "track go", "refused") == 1
    assert answered.json["text"] == "No &lt;home&gt; here."
    again = answered.json["blocks"][-1]["elements"][0]
    assert (again["action_id"], again["value"]) == ("retry", "track go home")


async def test_a_database_lost_after_a_change_is_no_reason_to_repeat_it(
    serve: Serve, caplog_json: list[MutableMapping[str, Any]]
) -> None:
    async def change(request: Request) -> Reply:
        request.context.connections.changing("start_tracking")
        raise StoreUnavailable

    async def look(_: Request) -> Reply:
        raise StoreUnavailable

    async with serve([command("start", change), command("now", look)]) as road:
        changed = (await road.send.command("/track start")).json
        looked = (await road.send.command("/track now")).json
    assert (changed["text"], looked["text"]) == (SavedPerhaps.sentence, StoreUnavailable.sentence)
    assert [entry["route"] for entry in caplog_json if entry["event"] == "database_unavailable"] == [
        "track start",
        "track now",
    ]


async def test_an_error_whose_sentence_lacks_a_value_is_still_answered(serve: Serve) -> None:
    async def fail(_: Request) -> Reply:
        raise Trouble

    async with serve([command("go", fail)]) as road:
        answered = await road.send.command("/track go")
    assert answered.status == 200
    assert "reference" in answered.json["text"]


async def test_trying_again_runs_the_same_words_in_place_of_the_error(serve: Serve, slack: FakeSlack) -> None:
    async with serve([command("say", echo, TaskText("task"))]) as road:
        answered = await road.send.press("retry", "track say it & that")
        said = await slack.next("respond")
    assert answered.status == 200
    assert said.sent["replace_original"] is True
    assert said.sent["text"].startswith("it & that")


async def test_the_unexpected_is_said_with_a_reference_that_is_also_in_the_log(
    serve: Serve, caplog_json: list[MutableMapping[str, Any]]
) -> None:
    async def fail(_: Request) -> Reply:
        raise ValueError("toggl_sk_secret and what Ann wrote")

    async with serve([command("go", fail)]) as road:
        answered = await road.send.command("/track go")
        assert road.counted("command", "track go", "failed") == 1
    logged = [entry for entry in caplog_json if entry["event"] == "unexpected_error"]
    assert len(logged) == 1
    assert str(logged[0]["reference"]) in answered.json["text"]
    assert "secret" not in str(caplog_json)
    assert "Ann" not in str(caplog_json)


async def test_whoever_is_not_connected_is_prompted_and_what_was_typed_is_kept(serve: Serve) -> None:
    async with serve([command("start", echo, TaskText("task"), needs=Needs.FOCUS)]) as road:
        answered = await road.send.command("/track start report")
    assert answered.json["text"] == "Connect first (track start report)"


async def test_an_unknown_verb_gets_the_nearest_ones_of_every_command(serve: Serve) -> None:
    routes = [
        command("start", echo),
        command("stop", echo),
        Command("toggl", "statistics", echo, "numbers", "statistics", needs=Needs.NOTHING),
        Command("toggl", "connect", echo, "in", "connect", needs=Needs.NOTHING),
    ]
    async with serve(routes) as road:
        typo = await road.send.command("/track strat report")
        elsewhere = await road.send.command("/track conect")
    assert "does not know “strat”" in typo.json["text"]
    assert "/track start" in typo.json["text"]
    assert "/toggl connect" in elsewhere.json["text"]


async def test_words_that_do_not_fit_get_the_verbs_usage(serve: Serve) -> None:
    async with serve([command("stop", echo, When("at"))]) as road:
        answered = await road.send.command("/track stop whenever <x>")
    assert "/track stop [when]" in answered.json["text"]
    assert "whenever &lt;x&gt;" in answered.json["text"]


async def test_help_lists_every_verb_with_an_example(serve: Serve) -> None:
    routes = [command("start", echo, TaskText("task"), When("at")), command("stop", echo, When("at"))]
    async with serve(routes) as road:
        first = await road.send.command("/track help")
        again = await road.send.command("/track help")
        one = await road.send.command("/track help stop")
    shown = str(first.json["blocks"])
    assert "/track start [task] [when]" in shown
    assert "/track stop [when]" in shown
    assert again.json == first.json
    assert "/track stop [when]" in one.json["text"]
    assert "/track start" not in one.json["text"]


async def test_help_is_in_the_persons_language_once_it_is_known(serve: Serve, slack: FakeSlack) -> None:
    slack.locale = "de-DE"
    async with serve([command("start", echo)]) as road:
        slow = await road.send.command("/track help")
        quick = await road.send.command("/track help")
    assert slow.json == quick.json
    assert len(slack.of("users.info")) == 1


async def test_a_command_alone_is_the_verb_without_words(serve: Serve) -> None:
    async with serve([command("", echo)]) as road:
        assert (await road.send.command("/track")).json["text"].startswith("None at None")


async def test_an_unknown_command_is_said_to_be_unknown(serve: Serve) -> None:
    async with serve([command("start", echo)]) as road:
        answered = await road.send.command("/trace start")
    assert "/trace" in answered.json["text"]


async def test_a_command_delivered_twice_acts_once(serve: Serve) -> None:
    acted = []

    async def act(_: Request) -> Reply:
        acted.append(1)
        return Reply(Message("done"))

    async with serve([command("go", act)]) as road:
        both = await asyncio.gather(
            road.send.command("/track go", trigger_id="same"), road.send.command("/track go", trigger_id="same")
        )
        assert road.counted("command", "repeated", "repeated") == 1
    assert [answered.json["text"] for answered in both] == ["done", "done"]
    assert len(acted) == 1


async def test_an_answer_in_the_channel_is_seen_by_all(serve: Serve) -> None:
    async def shout(_: Request) -> Reply:
        return Reply(Message("to all"), in_channel=True)

    async def silence(_: Request) -> Done:
        return Done()

    async with serve([command("shout", shout), command("hush", silence)]) as road:
        assert (await road.send.command("/track shout")).json["response_type"] == "in_channel"
        assert (await road.send.command("/track hush")).text == ""


async def test_slack_out_of_reach_leaves_a_person_in_utc_and_english(serve: Serve, slack: FakeSlack) -> None:
    async def zone(request: Request) -> Reply:
        return Reply(Message(f"{request.context.person.zone} {request.context.person.locale}"))

    slack.refuse["users.info"] = "internal_error"
    async with serve([command("where", zone)]) as road:
        first = await road.send.command("/track where")
        await road.send.command("/track where")
    assert first.json["text"] == "UTC en-US"
    assert len(slack.of("users.info")) == 1
