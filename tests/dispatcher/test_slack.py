"""The calls to Slack: what is tried again, and what must not be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.dispatcher.slack import Slack, SlackError, open_session
from tests.dispatcher.fake_slack import FakeSlack
from tests.serving import address, listening


@pytest.fixture
async def web(slack: FakeSlack) -> AsyncIterator[Slack]:
    """The client, of the fake Slack."""
    async with open_session() as session:
        yield Slack(session, f"{slack.url}/api/")


class Dropping:
    """A server that reads a request and hangs up: nobody knows what it did."""

    def __init__(self) -> None:
        self.requests = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.requests += 1
        writer.close()


async def test_a_post_whose_answer_was_lost_is_not_repeated() -> None:
    dropping, bound = Dropping(), listening()
    server = await asyncio.start_server(dropping, sock=bound)
    async with server, open_session() as session:
        web = Slack(session, f"{address(bound)}/api/")
        with pytest.raises(SlackError) as raised:
            await web.post("xoxb-secret", "C1", {"text": "once"})
        with pytest.raises(SlackError):
            await web.respond(f"{address(bound)}/respond", {"text": "once"})
    assert dropping.requests == 2
    assert not raised.value.refused
    assert "secret" not in repr(raised.value)


async def test_a_server_out_of_reach_was_not_told_anything() -> None:
    bound = listening()
    bound.close()
    async with open_session() as session:
        web = Slack(session, "http://127.0.0.1:9/api/")
        with pytest.raises(SlackError) as raised:
            await web.post("t", "C1", {"text": "once"})
        assert await web.respond("http://127.0.0.1:9/respond", {"text": "once"}) is False
    assert raised.value.refused


async def test_a_wait_longer_than_anybody_would_is_not_waited(web: Slack, slack: FakeSlack) -> None:
    slack.refuse["chat.postMessage"] = JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"retry-after": "3600"})
    with pytest.raises(SlackError) as raised:
        await web.post("t", "C1", {"text": "x"})
    assert raised.value.code == "ratelimited"
    assert len(slack.of("chat.postMessage")) == 1


async def test_an_update_of_a_view_that_changed_meanwhile_is_let_be(web: Slack, slack: FakeSlack) -> None:
    slack.refuse["views.update"] = "hash_conflict"
    await web.update_view("t", "V1", {"type": "modal"}, "h1")
    slack.refuse["views.update"] = "not_found"
    with pytest.raises(SlackError):
        await web.update_view("t", "V1", {"type": "modal"}, "h1")


async def test_an_answer_that_is_no_json_is_an_error_without_its_content(web: Slack, slack: FakeSlack) -> None:
    slack.refuse["users.info"] = PlainTextResponse("<html>secret", 502, media_type="text/html")
    with pytest.raises(SlackError) as raised:
        await web.get_profile("t", "U1")
    assert "secret" not in repr(raised.value)


@pytest.mark.parametrize("said", [PlainTextResponse("maintenance"), JSONResponse(["ok"])])
async def test_an_answer_that_is_no_object_is_an_error(said: Response, web: Slack, slack: FakeSlack) -> None:
    slack.refuse["users.info"] = said
    with pytest.raises(SlackError) as raised:
        await web.get_profile("t", "U1")
    assert not raised.value.refused


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "request_timeout", "service_unavailable"])
async def test_after_an_error_inside_slack_nobody_knows_whether_it_was_done(
    code: str, web: Slack, slack: FakeSlack
) -> None:
    slack.refuse["chat.postMessage"] = code
    with pytest.raises(SlackError) as raised:
        await web.post("t", "C1", {"text": "x"})
    assert not raised.value.refused


async def test_a_servers_error_at_a_response_url_is_no_reason_to_say_it_to_all_once_more(
    web: Slack, slack: FakeSlack
) -> None:
    slack.refuse["respond"] = PlainTextResponse("upstream trouble", 503)
    with pytest.raises(SlackError) as raised:
        await web.respond(slack.response_url(), {"text": "x", "response_type": "in_channel"})
    assert not raised.value.refused
    assert not await web.respond(slack.response_url(), {"text": "x", "response_type": "ephemeral"})
