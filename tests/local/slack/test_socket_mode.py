"""Socket Mode: the app connects, deliveries and acknowledgements go over the socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import GENERAL, JONAS
from tests.local.slack.conftest import APP_TOKEN, Api, FakeBot, Json, make_manifest


@pytest.fixture
def manifest() -> Json:
    """Socket Mode on."""
    return make_manifest(socket_mode_enabled=True)


@pytest.fixture
async def socket(api: Api) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A connection of the app that has been greeted."""
    api.token = APP_TOKEN
    address = (await api.form("apps.connections.open"))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as connection:
        assert (await connection.receive_json())["type"] == "hello"
        yield connection


async def acknowledge(socket: aiohttp.ClientWebSocketResponse, payload: Any = None) -> Json:
    """Read one envelope and acknowledge it."""
    envelope: Json = await socket.receive_json()
    answer = {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})}
    await socket.send_json(answer)
    return envelope


async def test_a_command_is_answered_in_its_envelope(
    slack: LocalSlack, socket: aiohttp.ClientWebSocketResponse, bot: FakeBot
) -> None:
    outcome, envelope = await asyncio.gather(
        slack.run_command(JONAS, GENERAL, "/track now"), acknowledge(socket, {"text": "Nothing runs."})
    )
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["text"] == "now"
    assert outcome.messages[0].text == "Nothing runs."
    assert bot.received == []


async def test_an_event_and_an_interaction_have_their_types(
    slack: LocalSlack, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await slack.say(JONAS, "D0JONASWEBE", "hello")
    event = await acknowledge(socket)
    assert (event["type"], event["retry_attempt"], event["accepts_response_payload"]) == ("events_api", 0, False)
    _, envelope = await asyncio.gather(slack.shortcut(JONAS, "start"), acknowledge(socket))
    assert (envelope["type"], envelope["payload"]["type"]) == ("interactive", "shortcut")


async def test_without_a_connection_the_app_did_not_respond(slack: LocalSlack) -> None:
    assert (await slack.run_command(JONAS, GENERAL, "/track")).error == "dispatch_failed"


async def test_an_address_is_good_for_one_connection(api: Api) -> None:
    api.token = APP_TOKEN
    address = (await api.form("apps.connections.open"))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(address):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


async def test_slack_asks_for_a_new_connection(slack: LocalSlack, socket: aiohttp.ClientWebSocketResponse) -> None:
    assert slack.sockets is not None
    await asyncio.gather(slack.sockets.disconnect(), asyncio.sleep(0))
    assert (await socket.receive_json())["type"] == "disconnect"
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
    assert not slack.sockets.ready.is_set()


async def test_a_bot_token_cannot_connect(api: Api) -> None:
    assert (await api.form("apps.connections.open"))["error"] == "not_allowed_token_type"


class TestTooLate:
    @pytest.fixture
    def pace(self) -> Pace:
        return Pace(acknowledge=0.05)

    async def test_an_envelope_that_nobody_acknowledges_times_out(
        self, slack: LocalSlack, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        outcome = await slack.run_command(JONAS, GENERAL, "/track")
        assert outcome.error == "operation_timeout"
        await socket.send_str("no json")
        await acknowledge(socket)  # too late, and harmless


class TestSocketModeOff:
    @pytest.fixture
    def manifest(self) -> Json:
        return make_manifest()

    async def test_there_is_no_address_to_connect_to(self, api: Api) -> None:
        api.token = APP_TOKEN
        assert (await api.form("apps.connections.open"))["error"] == "forbidden_for_app"
