"""Buttons, menus, pickers and typeahead in messages and views."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse, Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Impossible, OnMessage, OnView
from bot.local.slack.seed import GENERAL, JONAS, LENA, WEBSITE
from tests.local.slack.api.test_views import opened
from tests.local.slack.conftest import Api, FakeBot, Json, make_manifest

TEXT = {"type": "plain_text", "text": "Stop"}
BUTTON = {"type": "button", "action_id": "stop", "text": TEXT, "value": "7", "style": "danger"}
OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word.lower()} for word in ("Today", "Week")]
MENU = {"type": "static_select", "action_id": "period", "options": OPTIONS}
OVERFLOW = {"type": "overflow", "action_id": "more", "options": OPTIONS}
ACTIONS = {"type": "actions", "block_id": "row", "elements": [BUTTON, MENU, OVERFLOW]}
SEARCH = {
    "type": "input",
    "block_id": "task",
    "label": {"type": "plain_text", "text": "Task"},
    "element": {"type": "external_select", "action_id": "search", "min_query_length": 0},
}
NOTE = {
    "type": "input",
    "block_id": "note",
    "optional": True,
    "label": {"type": "plain_text", "text": "Note"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Start"},
    "submit": {"type": "plain_text", "text": "Start"},
    "blocks": [SEARCH, NOTE, ACTIONS],
}


async def posted(api: Api) -> OnMessage:
    """A message with the row of elements."""
    answer = await api.call("chat.postMessage", channel=WEBSITE, text="Running", blocks=[ACTIONS])
    return OnMessage(WEBSITE, answer["ts"])


async def test_a_button_of_a_message_says_everything_about_itself(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    at = await posted(api)
    outcome = await slack.press(JONAS, at, "row", "stop")
    sent = bot.last("block_actions")
    assert outcome.ok
    (action,) = sent["actions"]
    assert action.pop("action_ts")
    text = {**TEXT, "emoji": True}
    assert action == {
        "type": "button",
        "block_id": "row",
        "action_id": "stop",
        "text": text,
        "value": "7",
        "style": "danger",
    }
    assert sent["user"] == {"id": JONAS, "username": "jonas", "name": "jonas", "team_id": "T0NORDLICHT"}
    assert sent["team"] == {"id": "T0NORDLICHT", "domain": "nordlicht-studio"}
    assert (sent["enterprise"], sent["is_enterprise_install"]) == (None, False)
    assert sent["channel"] == {"id": WEBSITE, "name": "website-relaunch"}
    assert sent["container"] == {"type": "message", "message_ts": at.ts, "channel_id": WEBSITE, "is_ephemeral": False}
    assert sent["message"]["ts"] == at.ts
    assert sent["state"] == {"values": {"row": {"period": {"type": "static_select", "selected_option": None}}}}
    assert sent["api_app_id"] == slack.world.app.id
    assert sent["trigger_id"]
    assert sent["response_url"].startswith(slack.workspace.address)


async def test_a_private_message_is_not_repeated_in_the_payload(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    answer = await api.call("chat.postEphemeral", channel=WEBSITE, user=JONAS, text="x", blocks=[ACTIONS])
    at = OnMessage(WEBSITE, answer["message_ts"])
    await slack.press(JONAS, at, "row", "stop")
    sent = bot.last("block_actions")
    assert "message" not in sent
    assert sent["container"]["is_ephemeral"] is True
    with pytest.raises(Impossible):
        await slack.press(LENA, at, "row", "stop")


async def test_a_menu_remembers_its_choice(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    at = await posted(api)
    await slack.press(JONAS, at, "row", "period", "week")
    (action,) = bot.last("block_actions")["actions"]
    assert action["selected_option"]["value"] == "week"
    await slack.press(JONAS, at, "row", "stop")
    entry = bot.last("block_actions")["state"]["values"]["row"]["period"]
    assert entry["selected_option"]["value"] == "week"
    assert slack.message_state(LENA, at)["row"]["period"]["selected_option"] is None


async def test_an_overflow_menu_sends_the_chosen_option(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    await slack.press(JONAS, await posted(api), "row", "more", "today")
    (action,) = bot.last("block_actions")["actions"]
    assert action["selected_option"]["value"] == "today"


@pytest.mark.parametrize(
    ("block_id", "action_id", "value"),
    [("row", "period", "year"), ("row", "more", "year"), ("row", "gone", None), ("gone", "stop", None)],
)
async def test_what_is_not_there_cannot_be_used(
    api: Api, slack: LocalSlack, bot: FakeBot, block_id: str, action_id: str, value: Any
) -> None:
    at = await posted(api)
    with pytest.raises(Impossible):
        await slack.press(JONAS, at, block_id, action_id, value)
    assert bot.received == []


async def test_a_refused_press_is_shown_and_recorded(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    bot.answers["block_actions"] = Response(status_code=500)
    outcome = await slack.press(JONAS, await posted(api), "row", "stop")
    assert outcome.error == "http_service_error"
    assert slack.world.refusals[-1].method == "acknowledgement of stop"


async def test_the_body_of_an_acknowledged_press_shows_nothing(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    bot.answers["block_actions"] = PlainTextResponse("Stopped.")
    before = len(slack.world.messages[WEBSITE])
    assert (await slack.press(JONAS, await posted(api), "row", "stop")).ok
    assert len(slack.world.messages[WEBSITE]) == before + 1


async def test_a_modals_button_carries_the_whole_form(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, FORM)
    await slack.press(JONAS, OnView(view["id"]), "row", "stop", values={"note": "By hand"})
    sent = bot.last("block_actions")
    assert sent["container"] == {"type": "view", "view_id": view["id"]}
    assert sent["view"]["state"]["values"] == {
        "task": {"search": {"type": "external_select", "selected_option": None}},
        "note": {"value": {"type": "plain_text_input", "value": "By hand"}},
        "row": {"period": {"type": "static_select", "selected_option": None}},
    }
    assert "response_url" not in sent
    assert "channel" not in sent


async def test_an_input_without_dispatch_action_tells_nobody(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, FORM)
    seen = len(bot.received)
    await slack.press(JONAS, OnView(view["id"]), "note", "value", "Words")
    assert len(bot.received) == seen
    assert slack.world.modals[JONAS][0].state["note"]["value"]["value"] == "Words"


class TestTypeahead:
    async def test_options_come_from_the_bot_and_can_be_picked(self, api: Api, slack: LocalSlack, bot: FakeBot) -> None:
        bot.answer_json("block_suggestion", {"options": OPTIONS})
        view = await opened(api, slack, bot, FORM)
        choices = await slack.options(JONAS, OnView(view["id"]), "task", "search", "to")
        sent = bot.last("block_suggestion")
        assert [choice.text for choice in choices] == ["Today", "Week"]
        assert (sent["value"], sent["block_id"], sent["action_id"]) == ("to", "task", "search")
        assert sent["view"]["id"] == view["id"]
        await slack.fill(JONAS, view["id"], {"task": "week"})
        assert slack.world.modals[JONAS][0].state["task"]["search"]["selected_option"] == OPTIONS[1]

    async def test_groups_keep_their_labels(self, api: Api, slack: LocalSlack, bot: FakeBot) -> None:
        group = {"label": {"type": "plain_text", "text": "Recent"}, "options": OPTIONS}
        bot.answer_json("block_suggestion", {"option_groups": [group]})
        view = await opened(api, slack, bot, FORM)
        choices = await slack.options(JONAS, OnView(view["id"]), "task", "search", "")
        assert {choice.group for choice in choices} == {"Recent"}
        await slack.fill(JONAS, view["id"], {"task": "today"})
        assert slack.world.modals[JONAS][0].state["task"]["search"]["selected_option"] == OPTIONS[0]

    async def test_only_what_was_offered_can_be_picked(self, api: Api, slack: LocalSlack, bot: FakeBot) -> None:
        view = await opened(api, slack, bot, FORM)
        with pytest.raises(Impossible):
            await slack.fill(JONAS, view["id"], {"task": "today"})

    @pytest.mark.parametrize(
        "answer",
        [
            {"options": OPTIONS * 51},
            {"options": [{"text": TEXT, "value": ""}]},
            {"options": [{"text": {"type": "plain_text", "text": "x" * 76}, "value": "x"}]},
            {"options": [OPTIONS[0], OPTIONS[0]]},
            {},
            [],
        ],
    )
    async def test_options_slack_would_refuse_are_not_shown(
        self, api: Api, slack: LocalSlack, bot: FakeBot, answer: Any
    ) -> None:
        bot.answer_json("block_suggestion", answer)
        view = await opened(api, slack, bot, FORM)
        assert await slack.options(JONAS, OnView(view["id"]), "task", "search", "x") == []
        assert slack.world.refusals[-1].error == "invalid_options"

    async def test_a_short_query_is_not_asked(self, api: Api, slack: LocalSlack, bot: FakeBot) -> None:
        view = dict(FORM)
        element = {"type": "external_select", "action_id": "search"}
        view["blocks"] = [{**SEARCH, "element": element}]
        shown = await opened(api, slack, bot, view)
        assert await slack.options(JONAS, OnView(shown["id"]), "task", "search", "ab") == []
        assert bot.kind(bot.received[-1]) != "block_suggestion"


class TestWithoutOptionsAddress:
    @pytest.fixture
    def manifest(self) -> Json:
        return make_manifest(interactivity={"is_enabled": True})

    async def test_a_typeahead_has_nowhere_to_ask(self, api: Api, slack: LocalSlack, bot: FakeBot) -> None:
        view = await opened(api, slack, bot, FORM)
        assert await slack.options(JONAS, OnView(view["id"]), "task", "search", "x") == []
        assert slack.world.refusals[-1].error == "no_options_load_url"


class TestAnswersThroughTheResponseUrl:
    async def pressed(self, api: Api, slack: LocalSlack, bot: FakeBot) -> tuple[OnMessage, str]:
        at = await posted(api)
        await slack.press(JONAS, at, "row", "stop")
        return at, str(bot.last("block_actions")["response_url"])

    async def test_the_message_is_replaced(
        self, api: Api, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
    ) -> None:
        at, url = await self.pressed(api, slack, bot)
        assert (await http.post(url, json={"replace_original": True, "text": "Stopped."})).status_code == 200
        message = slack.world.find_message(WEBSITE, at.ts)
        assert message is not None
        assert (message.text, message.blocks) == ("Stopped.", [])

    async def test_a_public_message_cannot_become_private(
        self, api: Api, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
    ) -> None:
        _, url = await self.pressed(api, slack, bot)
        body = {"replace_original": True, "response_type": "ephemeral", "text": "Stopped."}
        refused = await http.post(url, json=body)
        assert refused.json()["error"] == "cannot_change_response_type"

    async def test_the_message_is_deleted(
        self, api: Api, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
    ) -> None:
        at, url = await self.pressed(api, slack, bot)
        assert (await http.post(url, json={"delete_original": True})).status_code == 200
        assert slack.world.find_message(WEBSITE, at.ts) is None

    async def test_without_a_word_about_it_a_new_private_message_appears(
        self, api: Api, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
    ) -> None:
        _, url = await self.pressed(api, slack, bot)
        await http.post(url, json={"text": "For you"})
        message = slack.world.seen_by(JONAS, WEBSITE)[-1]
        assert (message.text, message.ephemeral_to) == ("For you", JONAS)

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            (b"{", "invalid_payload"),
            (b"[]", "invalid_payload"),
            (b'{"text": ""}', "no_text"),
            (b'{"text": "x", "blocks": [{"type": "input"}]}', "invalid_blocks"),
            (b'{"text": "x", "response_type": "public"}', "invalid_response_type"),
        ],
    )
    async def test_a_wrong_answer_is_refused(
        self, api: Api, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient, body: bytes, error: str
    ) -> None:
        _, url = await self.pressed(api, slack, bot)
        refused = await http.post(url, content=body)
        assert (refused.status_code, refused.json()["error"]) == (400, error)
        assert slack.world.refusals[-1].method == "response_url"

    async def test_a_commands_answer_cannot_be_deleted(
        self, slack: LocalSlack, bot: FakeBot, http: httpx.AsyncClient
    ) -> None:
        await slack.run_command(JONAS, GENERAL, "/track")
        refused = await http.post(bot.last("/track")["response_url"], json={"delete_original": True})
        assert refused.json()["error"] == "cannot_delete_original"
