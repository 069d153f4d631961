"""Bolt: what it takes from the environment must not change the road."""

from __future__ import annotations

import pytest

from bot.dispatcher import Command, Needs, Reply, Request
from bot.views.messages import Message
from tests.dispatcher.conftest import Serve


async def say(_: Request) -> Reply:
    return Reply(Message("said"))


SAY = Command("track", "say", say, "says", "say", needs=Needs.NOTHING)


async def test_bolts_own_environment_variables_change_nothing(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "of somebody else")
    async with serve([SAY]) as road:
        assert (await road.send.command("/track say")).json["text"] == "said"


async def test_a_workspace_that_removed_the_app_is_told_so(serve: Serve) -> None:
    async with serve([SAY], token=None) as road:
        answered = await road.send.command("/track say")
        assert road.counted("command", "unknown", "refused") == 1
    assert "no longer installed" in answered.json["text"]
