"""Plain messages, reactions, the App Home, and what the app hears of them."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Impossible
from bot.local.slack.pace import Pace
from bot.local.slack.seed import ALEX, DESIGN, GENERAL, JONAS, LENA, SOFIA, TOM, WEBSITE
from tests.local.slack.conftest import FakeBot, Json, make_manifest

DM = "D0JONASWEBE"


async def test_a_message_to_the_app_is_an_event(slack: LocalSlack, bot: FakeBot) -> None:
    outcome = await slack.say(JONAS, DM, "start report & more")
    await slack.settled()
    sent = bot.last("message")
    (message,) = outcome.messages
    assert sent["type"] == "event_callback"
    assert sent["event_id"].startswith("Ev")
    assert sent["authorizations"][0]["user_id"] == slack.world.app.bot_user_id
    event = sent["event"]
    assert (event["channel"], event["channel_type"], event["user"]) == (DM, "im", JONAS)
    assert (event["text"], event["ts"], event["event_ts"]) == ("start report &amp; more", message.ts, message.ts)
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "start report & more"}]


async def test_a_mention_is_an_event_in_channels_the_app_is_in(slack: LocalSlack, bot: FakeBot) -> None:
    parent = slack.world.messages[WEBSITE][0].ts
    await slack.say(JONAS, WEBSITE, "@Timekeeper start report", thread_ts=parent)
    await slack.settled()
    event = bot.last("app_mention")["event"]
    assert event["text"] == f"<@{slack.world.app.bot_user_id}> start report"
    assert event["thread_ts"] == parent
    assert "channel_type" not in event


async def test_a_mention_elsewhere_reaches_nobody_and_slack_says_so(slack: LocalSlack, bot: FakeBot) -> None:
    outcome = await slack.say(JONAS, GENERAL, "@Timekeeper help")
    await slack.settled()
    assert bot.received == []
    assert outcome.sentence == "You mentioned @Timekeeper, but they’re not in this channel."


async def test_a_message_of_a_person_to_a_person_is_private(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.say(LENA, "D0LENAMARCS", "Between us")
    await slack.settled()
    assert bot.received == []


@pytest.mark.parametrize(
    ("person", "channel", "text"),
    [(JONAS, DESIGN, "x"), (ALEX, GENERAL, "x"), (TOM, GENERAL, "x"), (JONAS, GENERAL, " "), (JONAS, "C0NOWHERE", "x")],
)
async def test_what_nobody_could_write_is_impossible(slack: LocalSlack, person: str, channel: str, text: str) -> None:
    with pytest.raises(Impossible):
        await slack.say(person, channel, text)


async def test_unread_messages_are_counted_until_somebody_looks(slack: LocalSlack) -> None:
    await slack.say(JONAS, WEBSITE, "one")
    await slack.say(JONAS, WEBSITE, "two")
    assert slack.world.unread[SOFIA] == {WEBSITE: 2}
    assert JONAS not in slack.world.unread
    await slack.open_channel(SOFIA, WEBSITE)
    assert slack.world.unread[SOFIA] == {}


async def test_opening_home_and_messages_is_one_event_with_its_tab(slack: LocalSlack, bot: FakeBot) -> None:
    await slack.open_home(JONAS)
    await slack.open_home(JONAS, "messages")
    await slack.settled()
    tabs = [sent["event"]["tab"] for sent in bot.received]
    assert sorted(tabs) == ["home", "messages"]
    assert bot.last("app_home_opened")["event"]["channel"] == DM


class TestEventsThatFail:
    async def test_a_failed_event_is_sent_again_three_times_with_its_number(
        self, slack: LocalSlack, bot: FakeBot
    ) -> None:
        bot.answers["message"] = Response(status_code=500)
        await slack.say(JONAS, DM, "hello")
        await slack.settled()
        assert len({sent["event_id"] for sent in bot.received}) == 1
        numbers = [headers.get("x-slack-retry-num") for headers in bot.headers]
        assert numbers == [None, "1", "2", "3"]
        assert {headers.get("x-slack-retry-reason") for headers in bot.headers} == {None, "http_error"}

    async def test_a_success_ends_the_retries(self, slack: LocalSlack, bot: FakeBot) -> None:
        failed = False

        async def fail_once(_payload: Json) -> Response:
            nonlocal failed
            status = 200 if failed else 503
            failed = True
            return Response(status_code=status)

        bot.answers["message"] = fail_once
        await slack.say(JONAS, DM, "hello")
        await slack.settled()
        assert len(bot.received) == 2

    async def test_the_app_can_decline_retries(self, slack: LocalSlack, bot: FakeBot) -> None:
        bot.answers["message"] = Response(status_code=500, headers={"X-Slack-No-Retry": "1"})
        await slack.say(JONAS, DM, "hello")
        await slack.settled()
        assert len(bot.received) == 1

    async def test_a_person_does_not_wait_for_the_app(self, slack: LocalSlack, bot: FakeBot) -> None:
        released = asyncio.Event()

        async def wait(_payload: Json) -> Response:
            await released.wait()
            return Response()

        bot.answers["message"] = wait
        outcome = await slack.say(JONAS, DM, "hello")
        assert outcome.messages[0] in slack.world.messages[DM]
        released.set()
        await slack.settled()


class TestTooLateForAnEvent:
    @pytest.fixture
    def pace(self) -> Pace:
        return Pace(acknowledge=0.05, retries=(0.0,))

    async def test_the_reason_is_a_timeout(self, slack: LocalSlack, bot: FakeBot) -> None:
        never = asyncio.Event()

        async def hang(_payload: Json) -> Response:
            await never.wait()
            return Response()

        bot.answers["message"] = hang
        await slack.say(JONAS, DM, "hello")
        await slack.settled()
        never.set()
        assert bot.headers[-1]["x-slack-retry-reason"] == "http_timeout"


class TestSubscriptions:
    @pytest.fixture
    def manifest(self) -> Json:
        return make_manifest(events=["message.im"], scopes=["chat:write"])

    async def test_an_event_needs_its_scope(self, slack: LocalSlack, bot: FakeBot) -> None:
        await slack.say(JONAS, DM, "hello")
        await slack.settled()
        assert bot.received == []


class TestReadOnlyMessages:
    @pytest.fixture
    def manifest(self) -> Json:
        made = make_manifest()
        made["features"]["app_home"]["messages_tab_read_only_enabled"] = True
        return made

    async def test_nobody_can_write_to_the_app(self, slack: LocalSlack) -> None:
        with pytest.raises(Impossible, match="read-only"):
            await slack.say(JONAS, DM, "hello")


async def test_the_address_is_verified_by_a_challenge(slack: LocalSlack, bot: FakeBot) -> None:
    async def repeat(payload: Json) -> Response:
        return Response(payload["challenge"])

    assert await slack.verify_url() is False
    bot.answers["url_verification"] = repeat
    assert await slack.verify_url() is True


async def test_a_certificate_check_arrives_as_a_form(slack: LocalSlack, bot: FakeBot) -> None:
    assert (await slack.probe_ssl()).failure is None
    assert bot.received[-1]["ssl_check"] == "1"


async def test_an_admin_removes_the_app_and_it_hears_of_it(slack: LocalSlack, bot: FakeBot) -> None:
    with pytest.raises(Impossible):
        await slack.uninstall_app(JONAS)
    await slack.uninstall_app(LENA)
    await slack.settled()
    assert bot.last("app_uninstalled")["event"] == {"type": "app_uninstalled"}
    outcome = await slack.run_command(JONAS, GENERAL, "/track")
    assert outcome.error == "unknown_command"
