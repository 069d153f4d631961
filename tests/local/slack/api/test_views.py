"""views.*: triggers, the stack of three, hashes, Home."""

from __future__ import annotations

import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import GENERAL, JONAS, LENA
from tests.conftest import Clock
from tests.local.slack.conftest import Api, FakeBot, Json, make_manifest

DIVIDER = {"type": "divider"}


def modal(title: str = "Start", **more: object) -> Json:
    """A small valid modal with a button."""
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    actions = {"type": "actions", "block_id": "actions", "elements": [button]}
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [actions], **more}


def form(**more: object) -> Json:
    """A modal with a text input."""
    field = {
        "type": "input",
        "block_id": "task",
        "label": {"type": "plain_text", "text": "Task"},
        "element": {"type": "plain_text_input", "action_id": "value"},
    }
    submit = {"type": "plain_text", "text": "Start"}
    return {**modal(), "blocks": [field], "submit": submit, **more}


async def trigger(slack: LocalSlack, bot: FakeBot) -> str:
    """A fresh trigger_id of Jonas."""
    await slack.run_command(JONAS, GENERAL, "/track")
    return str(bot.last("/track")["trigger_id"])


async def opened(api: Api, slack: LocalSlack, bot: FakeBot, view: Json | None = None) -> Json:
    """An open modal, as views.open answered."""
    answer = await api.call("views.open", trigger_id=await trigger(slack, bot), view=view or modal())
    assert answer["ok"], answer
    shown: Json = answer["view"]
    return shown


async def pushed(api: Api, slack: LocalSlack, bot: FakeBot, below: str, view: Json | None = None) -> Json:
    """What views.push answers after the button in `below` was pressed."""
    await slack.press(JONAS, OnView(below), "actions", "go")
    return await api.call("views.push", trigger_id=bot.last("block_actions")["trigger_id"], view=view or modal("Next"))


async def test_a_modal_opens_for_the_person_of_the_trigger(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, modal(private_metadata="{}", callback_id="start", notify_on_close=True))
    (shown,) = slack.world.modals[JONAS]
    assert shown.id == view["id"] == view["root_view_id"]
    assert view["previous_view_id"] is None
    assert (view["callback_id"], view["private_metadata"], view["notify_on_close"]) == ("start", "{}", True)
    assert view["state"] == {"values": {}}
    assert LENA not in slack.world.modals


async def test_a_trigger_works_once(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    trigger_id = await trigger(slack, bot)
    assert (await api.call("views.open", trigger_id=trigger_id, view=modal()))["ok"] is True
    assert (await api.call("views.open", trigger_id=trigger_id, view=modal()))["error"] == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(api: Api, slack: LocalSlack, bot: FakeBot, clock: Clock) -> None:
    trigger_id = await trigger(slack, bot)
    clock.pass_(seconds=3.1)
    assert (await api.call("views.open", trigger_id=trigger_id, view=modal()))["error"] == "expired_trigger_id"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"trigger_id": "1.2.3", "view": modal()}, "invalid_trigger_id"),
        ({"view": modal()}, "invalid_arguments"),
        ({"trigger_id": "1.2.3"}, "invalid_arguments"),
        ({"trigger_id": "1.2.3", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ({"trigger_id": "1.2.3", "view": "{"}, "invalid_arguments"),
    ],
)
async def test_a_modal_that_cannot_open_says_why(api: Api, arguments: Json, error: str) -> None:
    assert (await api.call("views.open", **arguments))["error"] == error


async def test_an_input_without_submit_is_refused_with_its_place(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = form()
    del view["submit"]
    answer = await api.call("views.open", trigger_id=await trigger(slack, bot), view=view)
    assert answer["error"] == "invalid_arguments"
    assert "submit" in answer["response_metadata"]["messages"][0]
    assert JONAS not in slack.world.modals


async def test_three_modals_lie_on_each_other_and_no_fourth(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    first = await opened(api, slack, bot)
    second = (await pushed(api, slack, bot, first["id"]))["view"]
    third = (await pushed(api, slack, bot, second["id"]))["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert (await pushed(api, slack, bot, third["id"]))["error"] == "push_limit_reached"


async def test_a_push_needs_the_trigger_of_a_modal(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    await opened(api, slack, bot)
    answer = await api.call("views.push", trigger_id=await trigger(slack, bot), view=modal())
    assert answer["error"] == "invalid_trigger_id"


async def test_an_update_keeps_what_was_typed_where_the_ids_stay(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, form())
    await slack.fill(JONAS, view["id"], {"task": "Write"})
    answer = await api.call("views.update", view_id=view["id"], view=form(callback_id="again"))
    assert answer["view"]["state"]["values"]["task"]["value"]["value"] == "Write"
    assert answer["view"]["hash"] != view["hash"]
    other = form()
    other["blocks"][0]["block_id"] = "another"
    answer = await api.call("views.update", view_id=view["id"], view=other)
    assert answer["view"]["state"]["values"] == {"another": {"value": {"type": "plain_text_input", "value": None}}}


async def test_an_update_with_an_old_hash_conflicts(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot)
    arguments = {"view_id": view["id"], "hash": view["hash"], "view": modal("Two")}
    assert (await api.call("views.update", **arguments))["ok"] is True
    assert (await api.call("views.update", **arguments))["error"] == "hash_conflict"


async def test_a_closed_modal_cannot_be_updated(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot)
    await slack.close(JONAS, view["id"])
    assert (await api.call("views.update", view_id=view["id"], view=modal()))["error"] == "not_found"


async def test_an_external_id_finds_the_modal_and_is_unique(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    await opened(api, slack, bot, modal(external_id="mine"))
    assert (await api.call("views.update", external_id="mine", view=modal("Two", external_id="mine")))["ok"] is True
    answer = await api.call("views.open", trigger_id=await trigger(slack, bot), view=modal(external_id="mine"))
    assert answer["error"] == "duplicate_external_id"


async def test_a_home_is_published_for_one_person(api: Api, slack: LocalSlack) -> None:
    answer = await api.call("views.publish", user_id=JONAS, view={"type": "home", "blocks": [DIVIDER]})
    assert answer["view"]["type"] == "home"
    again = await api.call("views.publish", user_id=JONAS, view={"type": "home", "blocks": []})
    assert again["view"]["id"] == answer["view"]["id"]
    stale = {"user_id": JONAS, "hash": answer["view"]["hash"], "view": {"type": "home", "blocks": []}}
    assert (await api.call("views.publish", **stale))["error"] == "hash_conflict"
    assert set(slack.world.homes) == {JONAS}


async def test_a_home_has_no_title(api: Api) -> None:
    view = {"type": "home", "blocks": [], "title": {"type": "plain_text", "text": "x"}}
    assert (await api.call("views.publish", user_id=JONAS, view=view))["error"] == "invalid_arguments"


class TestWithoutHome:
    @pytest.fixture
    def manifest(self) -> Json:
        made = make_manifest()
        made["features"]["app_home"]["home_tab_enabled"] = False
        return made

    async def test_nothing_can_be_published(self, api: Api) -> None:
        answer = await api.call("views.publish", user_id=JONAS, view={"type": "home", "blocks": []})
        assert answer["error"] == "not_enabled"
