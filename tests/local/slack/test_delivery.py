"""The road to the app: signatures, secrets, and an app that is not there."""

from __future__ import annotations

from bot.local.slack.delivery import HttpRoad
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from tests.local.slack.conftest import BOT_TOKEN, SIGNING_SECRET, FakeBot
from tests.serving import address, listening


async def test_an_app_that_is_not_there_is_a_dispatch_failed() -> None:
    bound = listening()
    url = address(bound)
    bound.close()  # nobody listens there now
    road = HttpRoad(url, SIGNING_SECRET, Pace())
    answer = await road.send("slash_commands", {"command": "/track"}, {})
    await road.close()
    assert (answer.failure, answer.status) == ("dispatch_failed", 0)


async def test_what_is_sent_is_signed_and_comes_from_slackbot(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.probe_ssl()  # the fake bot checks the signature itself
    (headers,) = bot.headers
    assert headers["user-agent"].startswith("Slackbot 1.0")
    assert headers["x-slack-signature"].startswith("v0=")


async def test_no_secret_shows_when_the_engine_is_printed(slack: LocalSlack) -> None:
    shown = repr(slack.workspace) + repr(slack.hub)
    assert BOT_TOKEN not in shown
    assert SIGNING_SECRET not in shown
    assert "client-secret" not in shown
