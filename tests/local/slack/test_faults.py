"""Faults on demand: what goes wrong, and whether it was done for all that."""

from __future__ import annotations

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.faults import Fault
from bot.local.slack.seed import DESIGN, WEBSITE
from tests.local.slack.conftest import Api


def texts(slack: LocalSlack) -> list[str]:
    return [message.text for message in slack.world.messages.get(WEBSITE, ())]


@pytest.mark.parametrize(("when", "done"), [("before", False), ("after", True)])
async def test_a_dropped_connection_tells_nothing_of_what_was_done(
    api: Api, slack: LocalSlack, when: str, *, done: bool
) -> None:
    slack.faults.add(Fault(method="chat.postMessage", drop=when))  # type: ignore[arg-type]  # one of the two
    with pytest.raises(httpx.TransportError):
        await api.call("chat.postMessage", channel=WEBSITE, text="Hours")
    assert ("Hours" in texts(slack)) is done
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="Again"))["ok"]


async def test_an_error_takes_the_place_of_the_deed_as_often_as_asked(api: Api, slack: LocalSlack) -> None:
    slack.faults.add(Fault(method="chat.postMessage", error="internal_error", times=2))
    for _ in range(2):
        assert await api.call("chat.postMessage", channel=WEBSITE, text="Hours") == {
            "ok": False,
            "error": "internal_error",
        }
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="Hours"))["ok"]
    assert texts(slack)[-1] == "Hours"


async def test_a_status_comes_with_its_headers(api: Api, slack: LocalSlack) -> None:
    slack.faults.add(Fault(method="chat.postMessage", status=503, headers={"Retry-After": "7"}))
    answer = await api.post("chat.postMessage", {"channel": WEBSITE, "text": "Hours"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert "Hours" not in texts(slack)


async def test_faults_are_for_their_channel_and_can_be_taken_back(api: Api, slack: LocalSlack) -> None:
    slack.faults.add(Fault(method="chat.postMessage", channel=DESIGN, error="fatal_error", times=9))
    assert (await api.call("chat.postMessage", channel=WEBSITE, text="Hours"))["ok"]
    slack.faults.clear()
    assert (await api.call("chat.postMessage", channel=DESIGN, text="Hours"))["error"] == "not_in_channel"
