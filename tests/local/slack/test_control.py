"""The control API for programs outside."""

from __future__ import annotations

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import GENERAL, JONAS, LEADS, WEBSITE
from tests.local.slack.api.test_views import form, opened
from tests.local.slack.conftest import Api, FakeBot, Json
from tests.local.slack.people.test_elements import posted


async def test_a_person_acts_and_the_outcome_comes_back(http: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.answer_json("/track", {"text": "Nothing runs."})
    body = {"person_id": JONAS, "channel_id": GENERAL, "text": "/track now"}
    outcome = (await http.post("/local/act/run_command", json=body)).json()
    assert outcome["error"] is None
    assert outcome["messages"][0]["text"] == "Nothing runs."
    messages = (await http.get(f"/local/messages/{GENERAL}", params={"as": JONAS})).json()
    assert messages[-1]["text"] == "Nothing runs."


async def test_elements_and_views_are_reached_by_their_container(
    http: httpx.AsyncClient, api: Api, slack: LocalSlack, bot: FakeBot
) -> None:
    at = await posted(api)
    container = {"channel_id": at.channel_id, "ts": at.ts}
    press = {"person_id": JONAS, "container": container, "block_id": "row", "action_id": "stop"}
    assert (await http.post("/local/act/press", json=press)).status_code == 200
    view = await opened(api, slack, bot, form())
    assert (await http.get("/local/views", params={"as": JONAS})).json()["modals"][0]["id"] == view["id"]
    submit = {"person_id": JONAS, "view_id": view["id"], "values": {"task": "x"}}
    assert (await http.post("/local/act/submit", json=submit)).json()["errors"] == {}


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("run_command", {"person_id": JONAS, "channel_id": LEADS, "text": "/track"}, 409),
        ("run_command", {"person_id": JONAS}, 400),
        ("stop", {}, 404),
        ("press", {"person_id": JONAS, "container": {}, "block_id": "x", "action_id": "y"}, 400),
    ],
)
async def test_a_wrong_request_says_so(http: httpx.AsyncClient, action: str, body: Json, status: int) -> None:
    answer = await http.post(f"/local/act/{action}", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


async def test_refusals_people_and_channels_are_listed(http: httpx.AsyncClient, api: Api) -> None:
    await api.call("chat.postMessage", channel=WEBSITE)
    refusals = (await http.get("/local/refusals")).json()
    assert (refusals[0]["method"], refusals[0]["error"]) == ("chat.postMessage", "no_text")
    assert len((await http.get("/local/people")).json()) == 7
    assert GENERAL in [channel["id"] for channel in (await http.get("/local/channels")).json()]


async def test_another_site_cannot_act(http: httpx.AsyncClient, slack: LocalSlack) -> None:
    body = {"person_id": JONAS, "channel_id": GENERAL, "text": "x"}
    foreign = await http.post("/local/act/say", json=body, headers={"Origin": "https://evil.example"})
    own = await http.post("/local/act/say", json=body, headers={"Origin": slack.workspace.address})
    assert (foreign.status_code, own.status_code) == (403, 200)
