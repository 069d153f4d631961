"""Socket Mode: the same road, over a connection that the bot opens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.dispatcher import Command, Event, Needs, PublishHome, Reply, Request
from bot.dispatcher.slack import SlackError
from bot.dispatcher.socket_mode import connected
from bot.local.slack.delivery import Acknowledgement, Kind
from bot.local.slack.pace import Pace
from bot.local.slack.socket_mode import SocketRoad
from bot.views.messages import Message
from tests.dispatcher.conftest import Road, Serve
from tests.dispatcher.fake_slack import TEAM, USER, FakeSlack


async def say(request: Request) -> Reply:
    return Reply(Message(f"said to {request.context.person.user_id}"))


async def home(_: Request) -> PublishHome:
    return PublishHome(View(type="home", blocks=[SectionBlock(text="home")]))


ROUTES = (Command("track", "say", say, "says", "say", needs=Needs.NOTHING), Event("app_home_opened", home))


@pytest.fixture
async def sockets(slack: FakeSlack) -> AsyncIterator[SocketRoad]:
    """Slack's end of the connection."""
    road = SocketRoad(Pace())
    await road.open()
    slack.socket_address = road.issue_address
    yield road
    await road.close()


@pytest.fixture
async def road(serve: Serve) -> AsyncIterator[Road]:
    async with serve(ROUTES) as served:
        yield served


async def deliver(sockets: SocketRoad, kind: Kind, payload: Mapping[str, Any]) -> Acknowledgement:
    async with asyncio.timeout(60):
        await sockets.ready.wait()
    return await sockets.send(kind, dict(payload), {})


COMMAND = {"command": "/track", "text": "say", "user_id": USER, "team_id": TEAM, "trigger_id": "t"}


async def test_a_command_is_answered_in_its_envelope(road: Road, slack: FakeSlack, sockets: SocketRoad) -> None:
    async with connected(road.dispatcher, app_token="xapp-1", url=f"{slack.url}/api/"):
        answered = await deliver(sockets, "slash_commands", COMMAND)
    assert json.loads(answered.body)["text"] == f"said to {USER}"


async def test_an_event_is_acknowledged_and_acted_on(road: Road, slack: FakeSlack, sockets: SocketRoad) -> None:
    event = {"type": "app_home_opened", "user": USER, "tab": "home"}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
    async with connected(road.dispatcher, app_token="xapp-1", url=f"{slack.url}/api/"):
        answered = await deliver(sockets, "events_api", body)
        await slack.next("views.publish")
    assert (answered.failure, answered.body) == (None, b"")


async def test_an_odd_envelope_is_acknowledged_without_an_effect(
    road: Road, slack: FakeSlack, sockets: SocketRoad
) -> None:
    async with connected(road.dispatcher, app_token="xapp-1", url=f"{slack.url}/api/"):
        odd = await deliver(sockets, "interactive", {"type": "block_actions", "actions": []})
        unknown = await deliver(sockets, "interactive", {"type": "of_next_year"})
        again = await deliver(sockets, "slash_commands", COMMAND)
    assert [odd.failure, unknown.failure, odd.body, unknown.body] == [None, None, b"", b""]
    assert json.loads(again.body)["text"] == f"said to {USER}"


async def test_a_token_that_slack_refuses_is_an_error_at_the_start(road: Road, slack: FakeSlack) -> None:
    slack.refuse["apps.connections.open"] = "invalid_auth"
    with pytest.raises(SlackError, match="invalid_auth"):
        async with connected(road.dispatcher, app_token="xapp-1", url=f"{slack.url}/api/"):
            pass
