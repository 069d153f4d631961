"""Slack's own client and framework get along with the local Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import GENERAL, JONAS, WEBSITE
from tests.local.slack.api.test_views import modal
from tests.local.slack.conftest import APP_TOKEN, BOT_TOKEN, FakeBot, Json, make_manifest


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    """slack_sdk's client of the local Slack."""
    return AsyncWebClient(BOT_TOKEN, base_url=f"{slack.workspace.address}/api/")


async def test_messages_people_and_reactions(client: AsyncWebClient, slack: LocalSlack) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}]
    posted = await client.chat_postMessage(channel=WEBSITE, text="x", blocks=blocks)
    await client.chat_update(channel=WEBSITE, ts=str(posted["ts"]), text="y")
    await client.reactions_add(channel=WEBSITE, timestamp=str(posted["ts"]), name="eyes")
    message = slack.world.find_message(WEBSITE, str(posted["ts"]))
    assert message is not None
    assert (message.text, list(message.reactions)) == ("y", ["eyes"])
    user = (await client.users_info(user=JONAS, include_locale=True))["user"]
    assert user["locale"] == "de-DE"
    dm = (await client.conversations_open(users=[JONAS]))["channel"]
    assert dm["id"] == "D0JONASWEBE"


async def test_files_in_one_call(client: AsyncWebClient, slack: LocalSlack) -> None:
    await client.files_upload_v2(content="a,b\n", filename="a.csv", title="A", channel="D0JONASWEBE")
    (file_id,) = slack.world.messages["D0JONASWEBE"][-1].files
    assert slack.world.files[file_id].content == b"a,b\n"


async def test_a_modal_from_a_command(client: AsyncWebClient, slack: LocalSlack, bot: FakeBot) -> None:
    await slack.run_command(JONAS, GENERAL, "/track")
    await client.views_open(trigger_id=bot.last("/track")["trigger_id"], view=modal())
    assert slack.world.modals[JONAS][0].title == "Start"


async def test_an_error_is_understood(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0NOWHERE", text="x")
    assert refused.value.response["error"] == "channel_not_found"


class TestSocketMode:
    @pytest.fixture
    def manifest(self) -> Json:
        return make_manifest(socket_mode_enabled=True)

    @pytest.fixture
    async def connected(self, client: AsyncWebClient) -> AsyncIterator[SocketModeClient]:
        socket = SocketModeClient(app_token=APP_TOKEN, web_client=client)

        async def answer(receiver: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            payload: dict[str, Any] = {"text": request.payload["text"].upper()}
            await receiver.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

        socket.socket_mode_request_listeners.append(answer)
        await socket.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        yield socket
        await socket.disconnect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        await socket.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped

    @pytest.mark.usefixtures("connected")
    async def test_a_command_is_answered(self, slack: LocalSlack) -> None:
        assert slack.sockets is not None
        async with asyncio.timeout(60):
            await slack.sockets.ready.wait()
        outcome = await slack.run_command(JONAS, GENERAL, "/track now")
        assert [message.text for message in outcome.messages] == ["NOW"]


async def test_bolt_can_ask_who_it_is(client: AsyncWebClient) -> None:
    app = AsyncApp(client=client, signing_secret="s")
    assert (await app.client.auth_test())["ok"] is True
