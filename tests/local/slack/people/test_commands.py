"""Slash commands as people type them, and what they see of the answer."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse, Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Impossible
from bot.local.slack.pace import Pace
from bot.local.slack.seed import DESIGN, GENERAL, JONAS, LEADS, LENA, SOFIA
from tests.local.slack.conftest import FakeBot, Json


async def test_a_command_arrives_with_every_field_slack_sends(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.run_command(SOFIA, GENERAL, "/track start report")
    sent = bot.last("/track")
    assert sent.pop("response_url").startswith(f"{slack.workspace.url}/response/")
    assert sent.pop("trigger_id")
    assert sent.pop("token")
    assert sent == {
        "team_id": "T0NORDLICHT",
        "team_domain": "nordlicht-studio",
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": SOFIA,
        "user_name": "sofia",
        "command": "/track",
        "text": "start report",
        "api_app_id": slack.world.app.id,
        "is_enterprise_install": "false",
    }


@pytest.mark.parametrize(("channel", "name"), [(LEADS, "privategroup"), ("D0LENAHOFFM", "directmessage")])
async def test_private_places_are_not_named(slack: LocalSlack, bot: FakeBot, channel: str, name: str) -> None:
    await slack.run_command(LENA, channel, "/track")
    assert bot.last("/track")["channel_name"] == name


async def test_people_and_channels_are_escaped_where_the_manifest_asks(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.run_command(LENA, GENERAL, "/track for @sofia in #design & <b>")
    assert bot.last("/track")["text"] == f"for <@{SOFIA}|sofia> in <#{DESIGN}|design> &amp; &lt;b&gt;"
    await slack.run_command(LENA, GENERAL, "/plain for @sofia")
    assert bot.last("/plain")["text"] == "for @sofia"


@pytest.mark.parametrize(
    ("typed", "text"),
    [("/track", ""), (" /track   a  b ", "a  b"), ("/track\n1h a\n2h b", "1h a\n2h b"), ("/TRACK x", "x")],
)
async def test_what_follows_the_command_is_its_text(slack: LocalSlack, bot: FakeBot, typed: str, text: str) -> None:
    await slack.run_command(JONAS, GENERAL, typed)
    assert bot.last("/track")["text"] == text


async def test_the_text_of_the_acknowledgement_is_shown_privately(slack: LocalSlack, bot: FakeBot) -> None:
    bot.answers["/track"] = PlainTextResponse("Nothing runs.")
    outcome = await slack.run_command(JONAS, GENERAL, "/track now")
    (message,) = outcome.messages
    assert (message.text, message.ephemeral_to, message.by_app) == ("Nothing runs.", JONAS, True)
    assert message in slack.world.seen_by(JONAS, GENERAL)
    assert message not in slack.world.seen_by(SOFIA, GENERAL)
    assert outcome.ok
    assert outcome.acknowledged_ms is not None


async def test_blocks_of_the_acknowledgement_are_kept_with_ids_filled_in(slack: LocalSlack, bot: FakeBot) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Report*"}}]
    bot.answer_json("/track", {"response_type": "in_channel", "text": "Report", "blocks": blocks})
    outcome = await slack.run_command(JONAS, GENERAL, "/track now")
    (message,) = outcome.messages
    assert message.ephemeral_to is None
    assert message.blocks[0]["block_id"]
    assert message.blocks[0]["text"]["verbatim"] is False


async def test_an_empty_acknowledgement_shows_nothing(slack: LocalSlack) -> None:
    outcome = await slack.run_command(JONAS, GENERAL, "/track")
    assert outcome.ok
    assert outcome.messages == ()


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"blocks": [{"type": "section"}]},
        {"response_type": "everyone", "text": "x"},
        {"text": "x", "blocks": [{"type": "divider"}] * 51},
        [],
        7,
    ],
)
async def test_an_acknowledgement_slack_would_refuse_is_refused_and_recorded(
    slack: LocalSlack, bot: FakeBot, body: Json
) -> None:
    bot.answer_json("/track", body)
    outcome = await slack.run_command(JONAS, GENERAL, "/track")
    assert outcome.error == "invalid_command_response"
    assert len(slack.world.refusals) == 1
    assert "invalid_command_response" in slack.world.seen_by(JONAS, GENERAL)[-1].text


class TestTooLate:
    @pytest.fixture
    def pace(self) -> Pace:
        return Pace(acknowledge=0.05, rate_limits=False)

    async def test_a_late_acknowledgement_is_an_operation_timeout(self, bot: FakeBot, slack: LocalSlack) -> None:
        never = asyncio.Event()

        async def hang(_payload: Json) -> Response:
            await never.wait()
            return Response()

        bot.answers["/track"] = hang
        outcome = await slack.run_command(JONAS, GENERAL, "/track")
        never.set()
        assert outcome.error == "operation_timeout"
        assert slack.world.seen_by(JONAS, GENERAL)[-1].text == "/track failed with the error “operation_timeout”"


@pytest.mark.parametrize(
    ("status", "word"), [(404, "http_client_error"), (500, "http_service_error"), (302, "http_client_error")]
)
async def test_an_answer_that_is_no_success_is_named(slack: LocalSlack, bot: FakeBot, status: int, word: str) -> None:
    bot.answers["/track"] = Response(status_code=status)
    outcome = await slack.run_command(JONAS, GENERAL, "/track")
    assert outcome.error == word
    assert slack.world.refusals[-1].details == [f"HTTP {status}"]


async def test_slack_answers_an_unknown_command_itself(slack: LocalSlack, bot: FakeBot) -> None:
    outcome = await slack.run_command(JONAS, GENERAL, "/trakc start")
    assert outcome.error == "unknown_command"
    assert (outcome.sentence or "").startswith("`/trakc` is not a valid command.")
    assert bot.received == []


async def test_commands_do_not_work_in_threads(slack: LocalSlack, bot: FakeBot) -> None:
    parent = slack.world.messages[GENERAL][0]
    outcome = await slack.run_command(JONAS, GENERAL, "/track start", thread_ts=parent.ts)
    assert outcome.error == "not_in_threads"
    assert bot.received == []


async def test_nobody_can_type_where_they_are_not(slack: LocalSlack) -> None:
    with pytest.raises(Impossible):
        await slack.run_command(JONAS, LEADS, "/track")


async def test_the_response_url_answers_five_times_in_half_an_hour(
    slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
) -> None:
    await slack.run_command(JONAS, GENERAL, "/track")
    url = bot.last("/track")["response_url"]
    for _ in range(5):
        assert (await http.post(url, json={"text": "later"})).text == "ok"
    refused = await http.post(url, json={"text": "too much"})
    assert (refused.status_code, refused.json()["error"]) == (404, "used_url")
    assert [message.text for message in slack.world.seen_by(JONAS, GENERAL)].count("later") == 5


async def test_a_public_answer_shows_what_was_typed_too(slack: LocalSlack, bot: FakeBot) -> None:
    bot.answer_json("/track", {"response_type": "in_channel", "text": "2 h"})
    await slack.run_command(JONAS, GENERAL, "/track now <b>")
    typed, answered = slack.world.seen_by(SOFIA, GENERAL)[-2:]
    assert (typed.author_id, typed.text) == (JONAS, "/track now &lt;b&gt;")
    assert answered.text == "2 h"


async def test_an_answer_may_only_share_what_was_typed(slack: LocalSlack, bot: FakeBot) -> None:
    bot.answer_json("/track", {"response_type": "in_channel"})
    outcome = await slack.run_command(JONAS, GENERAL, "/track now")
    assert outcome.ok
    assert slack.world.seen_by(SOFIA, GENERAL)[-1].text == "/track now"
