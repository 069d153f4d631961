"""Connecting, from the words typed in Slack to the command that runs after it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.store.tables import CredentialRow, TicketRow
from bot.views.ids import Actions, Callbacks
from tests.dispatcher.fake_slack import Answered
from tests.handlers.connecting import Road, button, elements, link, shown

LENA = {"way": "password", "email": "lena@nordlicht.example", "password": "lena-password"}
KEY = {"way": "focus_key", "key": "toggl_sk_admin"}
TOKEN = {"way": "track_token", "token": "a" * 32}


async def stored(road: Road) -> list[Any]:
    """The stored credentials."""
    async with road.store.reading() as db:
        return list((await db.exec(select(CredentialRow))).all())


@pytest.mark.parametrize("typed", ["/track now", "/track", "/track start rep", "/track stop", "/toggl account"])
async def test_whatever_was_typed_leads_to_a_private_link(road: Road, typed: str) -> None:
    prompt = shown(await road.send.command(typed))
    assert prompt["text"] == f"Connect Toggl, and `{typed}` runs right after."
    assert link(prompt).startswith(f"{road.url}/connect/")
    assert "10 minutes" in str(prompt)
    assert len(road.toggl.calls) == 0


async def test_after_connecting_the_command_runs_where_it_was_typed(road: Road) -> None:
    connected = await road.connect(typed="/track start Mood board", **LENA)
    assert connected.sent["replace_original"] is True
    assert connected.sent["text"] == (
        "Connected as *Lena Brandt (lena@nordlicht.example)*. You work in *Nordlicht Studio*."
    )
    assert "`/track start Mood board` runs now in <#C0001>." in str(connected.sent)
    ran = await road.slack.next("respond", 2)
    assert ran.sent["response_type"] == "ephemeral"
    assert ran.sent["replace_original"] is False
    assert "Connect" not in ran.sent["text"]


@pytest.mark.parametrize("verb", ["connect", "login", "signin", "LOGIN"])
async def test_connect_has_the_names_people_try(road: Road, verb: str) -> None:
    prompt = shown(await road.send.command(f"/toggl {verb}"))
    assert prompt["text"] == "Connect Toggl to track time from Slack."
    assert link(prompt)


async def test_what_was_typed_cannot_wake_anybody_or_end_its_own_frame(road: Road) -> None:
    prompt = shown(await road.send.command("/track start `&lt;!channel&gt;` &amp; &lt;@U1&gt;"))
    assert "&lt;!channel&gt;" in prompt["text"]
    assert "<!channel>" not in str(prompt)
    assert prompt["text"].count("`") == 2


async def test_not_me_forgets_and_says_so(road: Road) -> None:
    page = await road.page()
    await page.send(**KEY)
    question = road.slack.of("chat.postMessage")[-1].sent
    await road.press("Not me", question)
    told = await road.slack.next("respond")
    assert told.sent["text"].startswith("What was entered on the page is deleted")
    await road.press("Confirm", question)
    late = await road.slack.next("respond", 2)
    assert "nothing was connected" in late.sent["text"]
    assert await stored(road) == []
    async with road.store.reading() as db:
        assert (await db.exec(select(TicketRow))).all() == []


async def test_a_second_press_on_confirm_changes_nothing(road: Road) -> None:
    await road.connect(**KEY)
    question = road.slack.of("chat.postMessage")[-1].sent
    for count, text in enumerate(("Confirm", "Not me"), start=2):
        await road.press(text, question)
        again = await road.slack.next("respond", count)
        assert again.sent["text"].startswith("That is already done.")
    assert len(await stored(road)) == 1


async def test_a_forwarded_link_attaches_nobody_to_a_stranger(road: Road) -> None:
    """Bob fills in Ann's link: she is asked, and says no. Nor can he press her buttons."""
    page = await road.page()
    await page.send(**LENA)
    (message,) = road.slack.of("chat.postMessage")
    assert road.slack.of("conversations.open")[-1].sent["users"] == "U0001"
    await road.press("Confirm", message.sent, user={"id": "U0BOB", "team_id": "T0001"})
    refused = await road.slack.next("respond")
    assert "nothing was connected" in refused.sent["text"]
    await road.press("Not me", message.sent)
    assert await stored(road) == []


async def test_several_workspaces_are_chosen_from_before_the_command_runs(road: Road) -> None:
    fields = {"way": "password", "email": "admin@nordlicht.example", "password": "admin-password"}
    connected = await road.connect(typed="/track now", **fields)
    assert connected.sent["text"].endswith("Which workspace do you want to work in?")
    (select_,) = elements(connected.sent)
    labs = next(option for option in select_["options"] if option["text"]["text"] == "Nordlicht Labs")
    assert len(road.slack.of("respond")) == 1
    await road.send.press(
        select_["action_id"],
        actions=[
            {"type": "static_select", "action_id": select_["action_id"], "block_id": "b", "selected_option": labs}
        ],
    )
    chosen = await road.slack.next("respond", 2)
    assert chosen.sent["text"].endswith("You work in *Nordlicht Labs*.")
    ran = await road.slack.next("respond", 3)
    assert "Today:" in str(ran.sent)


async def test_a_token_alone_tells_that_timers_need_a_key(road: Road) -> None:
    await road.connect(**TOKEN)
    labs = shown(await road.send.command("/toggl workspace labs"))
    assert labs["text"] == "You work in *Nordlicht Labs* now."
    prompt = shown(await road.send.command("/track now"))
    assert prompt["text"] == "`/track now` needs a Focus API key: add it, and it runs right after."


async def test_without_a_chosen_workspace_the_choice_is_offered_not_the_link(road: Road) -> None:
    fields = {"way": "password", "email": "admin@nordlicht.example", "password": "admin-password"}
    await road.connect(**fields)
    offered = shown(await road.send.command("/track now"))
    assert offered["text"] == "`/track now` runs as soon as you choose. Which workspace do you want to work in?"


async def test_a_credential_revoked_in_toggl_leads_to_a_new_one(road: Road) -> None:
    await road.connect(**KEY)
    road.toggl.person("admin").focus_key = "toggl_sk_new"
    told = shown(await road.send.command("/track now"))
    assert told["text"].startswith("Toggl no longer accepts your credential.")
    assert button(told, "Reconnect")
    calls = len(road.toggl.calls)
    again = shown(await road.send.command("/track now"))
    assert button(again, "Reconnect")
    assert len(road.toggl.calls) == calls
    connected = await road.connect(typed="/track now", way="focus_key", key="toggl_sk_new")
    assert connected.sent["text"].startswith("Connected as *Astrid Holm")


async def test_pressing_a_link_needs_no_answer(road: Road) -> None:
    answered = await road.send.press(Actions.CONNECT_LINK)
    assert (answered.status, answered.text) == (200, "")
    assert road.slack.of("respond") == []


class TestWithoutAPublicAddress:
    """People cannot reach the bot's page, and connect in a modal."""

    @pytest.fixture
    def has_page(self) -> bool:
        return False

    async def modal(self, road: Road, typed: str = "/track now") -> dict[str, Any]:
        """The modal behind the prompt, as Slack sends it back."""
        prompt = shown(await road.send.command(typed))
        await road.press("Connect Toggl…", prompt)
        opened = await road.slack.next("views.open", len(road.slack.of("views.open")) or 1)
        return opened.view

    async def submit(self, road: Road, view: dict[str, Any], **entered: str) -> Answered:
        """Fill the modal in and send it."""
        values = {
            block["block_id"]: {
                block["element"]["action_id"]: {
                    "type": block["element"]["type"],
                    "value": entered.get(block["block_id"]),
                }
            }
            for block in view["blocks"]
            if block["type"] == "input"
        }
        return await road.send.submit({**view, "id": "V1", "hash": "h", "state": {"values": values}})

    async def test_the_modal_warns_that_slack_masks_nothing(self, road: Road) -> None:
        view = await self.modal(road)
        assert view["callback_id"] == Callbacks.CONNECT
        assert "Slack does not mask what you type here" in str(view)

    async def test_a_good_key_connects_at_once_and_the_command_runs(self, road: Road) -> None:
        view = await self.modal(road)
        answered = await self.submit(road, view, key="toggl_sk_lena")
        assert answered.json == {"response_action": "clear"}
        ran = await road.slack.next("respond", 2)
        texts = [call.sent["text"] for call in road.slack.of("respond")]
        assert any(text.startswith("Connected as *Lena Brandt") for text in texts)
        assert "Today:" in str(ran.sent) or "Today:" in str(road.slack.of("respond")[0].sent)
        assert len(await stored(road)) == 1

    @pytest.mark.parametrize(
        ("entered", "block"),
        [
            ({}, "key"),
            ({"key": "nonsense"}, "key"),
            ({"key": "toggl_sk_nobody"}, "key"),
            ({"email": "lena@nordlicht.example"}, "password"),
            ({"email": "lena@nordlicht.example", "password": "wrong"}, "password"),
            ({"password": "x"}, "email"),
            ({"key": "toggl_sk_lena", "address": "https://example.org"}, "address"),
        ],
    )
    async def test_a_wrong_field_is_said_at_the_field(self, road: Road, entered: dict[str, str], block: str) -> None:
        view = await self.modal(road)
        answered = await self.submit(road, view, **entered)
        assert answered.json["response_action"] == "errors"
        assert list(answered.json["errors"]) == [block]
        assert await stored(road) == []
