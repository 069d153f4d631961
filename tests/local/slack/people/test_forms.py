"""Submitting and closing modals; shortcuts."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.inputs import REQUIRED
from bot.local.slack.outcomes import Impossible, OnMessage
from bot.local.slack.seed import JONAS, LENA, WEBSITE
from tests.local.slack.api.test_views import form, modal, opened, pushed
from tests.local.slack.conftest import Api, FakeBot


async def test_a_submission_carries_the_values_and_closes_the_modal(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, form(callback_id="start", private_metadata="m"))
    outcome = await slack.submit(JONAS, view["id"], {"task": "Write"})
    sent = bot.last("view_submission")
    assert outcome.ok
    assert sent["view"]["state"]["values"] == {"task": {"value": {"type": "plain_text_input", "value": "Write"}}}
    assert (sent["view"]["callback_id"], sent["view"]["private_metadata"]) == ("start", "m")
    assert (sent["response_urls"], sent["enterprise"]) == ([], None)
    assert sent["trigger_id"]
    assert JONAS not in slack.world.modals


async def test_an_empty_required_field_is_slacks_own_complaint(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, form())
    outcome = await slack.submit(JONAS, view["id"])
    assert outcome.errors == {"task": REQUIRED}
    assert bot.kind(bot.received[-1]) != "view_submission"


async def test_field_errors_keep_the_modal_open(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    bot.answer_json("view_submission", {"response_action": "errors", "errors": {"task": "No such task."}})
    view = await opened(api, slack, bot, form())
    outcome = await slack.submit(JONAS, view["id"], {"task": "x"})
    assert outcome.errors == {"task": "No such task."}
    assert slack.world.modals[JONAS][0].errors == {"task": "No such task."}


async def test_an_update_replaces_the_modal(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    bot.answer_json("view_submission", {"response_action": "update", "view": modal("Done")})
    view = await opened(api, slack, bot, form())
    await slack.submit(JONAS, view["id"], {"task": "x"})
    (shown,) = slack.world.modals[JONAS]
    assert (shown.id, shown.title) == (view["id"], "Done")


async def test_a_push_lays_a_modal_on_top(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    bot.answer_json("view_submission", {"response_action": "push", "view": modal("More")})
    view = await opened(api, slack, bot, form())
    await slack.submit(JONAS, view["id"], {"task": "x"})
    assert [shown.title for shown in slack.world.modals[JONAS]] == ["Start", "More"]


async def test_clear_closes_everything_and_an_empty_answer_only_the_top(
    api: Api, slack: LocalSlack, bot: FakeBot
) -> None:
    saving = modal("Next", submit={"type": "plain_text", "text": "Save"})
    first = await opened(api, slack, bot)
    second = (await pushed(api, slack, bot, first["id"], saving))["view"]
    await slack.submit(JONAS, second["id"])
    assert [shown.id for shown in slack.world.modals[JONAS]] == [first["id"]]
    second = (await pushed(api, slack, bot, first["id"], saving))["view"]
    bot.answer_json("view_submission", {"response_action": "clear"})
    await slack.submit(JONAS, second["id"])
    assert JONAS not in slack.world.modals


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (PlainTextResponse("ok"), "invalid_response"),
        ({"ok": True}, "invalid_response"),
        ([], "invalid_response"),
        ({"response_action": "close"}, "invalid_response_action"),
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"task": ""}}, "invalid_errors"),
        ({"response_action": "update"}, "invalid_arguments"),
        ({"response_action": "update", "view": modal("x" * 25)}, "invalid_arguments"),
        (Response(status_code=500), "http_service_error"),
    ],
)
async def test_an_answer_slack_would_refuse_leaves_the_modal_open(
    api: Api, slack: LocalSlack, bot: FakeBot, answer: Any, error: str
) -> None:
    if isinstance(answer, Response):
        bot.answers["view_submission"] = answer
    else:
        bot.answer_json("view_submission", answer)
    view = await opened(api, slack, bot, form())
    outcome = await slack.submit(JONAS, view["id"], {"task": "x"})
    assert outcome.error == error
    assert slack.world.modals[JONAS]
    assert slack.world.refusals[-1].error == error


async def test_closing_is_told_only_to_who_asked(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    view = await opened(api, slack, bot, modal(notify_on_close=True))
    await slack.close(JONAS, view["id"])
    sent = bot.last("view_closed")
    assert (sent["view"]["id"], sent["is_cleared"]) == (view["id"], False)
    seen = len(bot.received) + 1
    view = await opened(api, slack, bot, modal())
    await slack.close(JONAS, view["id"])
    assert len(bot.received) == seen


async def test_closing_everything_says_so(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    first = await opened(api, slack, bot, modal(notify_on_close=True))
    second = (await pushed(api, slack, bot, first["id"]))["view"]
    await slack.close(JONAS, second["id"], everything=True)
    sent = bot.last("view_closed")
    assert (sent["view"]["id"], sent["is_cleared"]) == (first["id"], True)
    assert JONAS not in slack.world.modals


async def test_only_ones_own_modals_can_be_used(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    first = await opened(api, slack, bot, form())
    for person, view_id in ((LENA, first["id"]), (JONAS, "V0GONE")):
        with pytest.raises(Impossible):
            await slack.submit(person, view_id, {"task": "x"})


async def test_a_modal_under_another_cannot_be_used(api: Api, slack: LocalSlack, bot: FakeBot) -> None:
    first = await opened(api, slack, bot)
    await pushed(api, slack, bot, first["id"])
    with pytest.raises(Impossible, match="on top"):
        await slack.close(JONAS, first["id"])


async def test_a_global_shortcut_has_no_channel(slack: LocalSlack, bot: FakeBot) -> None:
    assert (await slack.shortcut(JONAS, "start")).ok
    sent = bot.last("shortcut")
    assert sent["callback_id"] == "start"
    assert sent["user"] == {"id": JONAS, "username": "jonas", "team_id": "T0NORDLICHT"}
    assert sent["trigger_id"]
    assert not {"channel", "response_url", "message"} & set(sent)


async def test_a_message_shortcut_carries_the_message(slack: LocalSlack, bot: FakeBot) -> None:
    message = slack.world.messages[WEBSITE][0]
    await slack.shortcut(JONAS, "track_this", OnMessage(WEBSITE, message.ts))
    sent = bot.last("message_action")
    assert (sent["message"]["text"], sent["message_ts"]) == (message.text, message.ts)
    assert sent["channel"]["id"] == WEBSITE
    assert sent["response_url"]


async def test_a_shortcut_that_the_manifest_lacks_is_not_in_the_menu(slack: LocalSlack) -> None:
    with pytest.raises(Impossible):
        await slack.shortcut(JONAS, "track_this")
    with pytest.raises(Impossible):
        await slack.shortcut(JONAS, "other")
