"""The Web API's door: tokens, scopes, bodies, rate limits."""

from __future__ import annotations

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import DESIGN, MARCUS, WEBSITE
from tests.conftest import Clock
from tests.local.slack.conftest import APP_TOKEN, BOT_TOKEN, Api, Json, make_manifest


async def test_auth_test_says_whose_token_it_is(api: Api, slack: LocalSlack) -> None:
    answer = await api.call("auth.test")
    assert answer["ok"] is True
    assert (answer["team_id"], answer["user_id"]) == ("T0NORDLICHT", slack.world.app.bot_user_id)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (None, "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        (APP_TOKEN, "not_allowed_token_type"),
        ("ü", "invalid_auth"),
    ],
)
async def test_a_wrong_token_is_refused(http: httpx.AsyncClient, token: str | None, error: str) -> None:
    data = {"token": token} if token else {}
    answer = (await http.post("/api/auth.test", data=data)).json()
    assert answer == {"ok": False, "error": error}


async def test_a_token_may_come_as_an_argument(http: httpx.AsyncClient) -> None:
    assert (await http.post("/api/auth.test", data={"token": BOT_TOKEN})).json()["ok"] is True


async def test_an_unknown_method_is_named(api: Api) -> None:
    answer = await api.call("chat.shout")
    assert answer == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


async def test_api_test_repeats_its_arguments(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/api.test", params={"foo": "bar"})).json() == {"ok": True, "args": {"foo": "bar"}}


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"\xff", "application/json", "invalid_json"),
        (b"x", "text/plain", "invalid_post_type"),
    ],
)
async def test_a_garbled_body_is_refused(http: httpx.AsyncClient, body: bytes, content_type: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": content_type}
    answer = (await http.post("/api/chat.postMessage", content=body, headers=headers)).json()
    assert answer["error"] == error


async def test_json_without_a_charset_is_warned_about(http: httpx.AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    answer = (await http.post("/api/chat.postMessage", json={"channel": WEBSITE, "text": "x"}, headers=headers)).json()
    assert answer["warning"] == "missing_charset"


async def test_a_method_that_reads_no_json_misses_its_arguments(api: Api) -> None:
    assert (await api.call("users.info", user="U0LENAHOFFM"))["error"] == "user_not_found"
    assert (await api.form("users.info", user="U0LENAHOFFM"))["ok"] is True


async def test_every_answer_names_the_scopes(api: Api) -> None:
    response = await api.post("chat.postMessage", {"channel": WEBSITE, "text": "x"})
    assert response.headers["x-accepted-oauth-scopes"] == "chat:write"
    assert "commands" in response.headers["x-oauth-scopes"].split(",")


class TestScopes:
    @pytest.fixture
    def manifest(self) -> Json:
        return make_manifest(scopes=["commands"])

    @pytest.mark.parametrize(
        ("method", "arguments", "needed"),
        [
            ("chat.postMessage", {"channel": WEBSITE, "text": "x"}, "chat:write"),
            ("users.info", {"user": "U0LENAHOFFM"}, "users:read"),
            ("users.lookupByEmail", {"email": "lena@nordlicht.example"}, "users:read.email"),
            ("conversations.open", {"users": "U0LENAHOFFM"}, "im:write"),
            ("conversations.info", {"channel": DESIGN}, "channels:read"),
            ("conversations.list", {"types": "private_channel"}, "groups:read"),
            ("conversations.history", {"channel": WEBSITE}, "channels:history"),
            ("conversations.join", {"channel": DESIGN}, "channels:join"),
            ("reactions.add", {"channel": WEBSITE, "name": "eyes", "timestamp": "1.0"}, "reactions:write"),
            ("files.getUploadURLExternal", {"filename": "a.csv", "length": "3"}, "files:write"),
            ("dnd.info", {"user": "U0LENAHOFFM"}, "dnd:read"),
            ("team.info", {}, "team:read"),
        ],
    )
    async def test_what_the_manifest_does_not_ask_for_is_not_allowed(
        self, api: Api, slack: LocalSlack, method: str, arguments: dict[str, str], needed: str
    ) -> None:
        answer = await api.form(method, **arguments)
        assert answer == {"ok": False, "error": "missing_scope", "needed": needed, "provided": "commands"}
        assert slack.world.refusals[-1].method == method


class TestRateLimits:
    @pytest.fixture
    def pace(self) -> Pace:
        return Pace(rate_limits=True)

    async def test_a_channel_takes_one_message_a_second_after_a_small_burst(self, api: Api, clock: Clock) -> None:
        answers = [await api.post("chat.postMessage", {"channel": WEBSITE, "text": "x"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["retry-after"] == "1"
        assert answers[-1].json() == {"ok": False, "error": "ratelimited"}
        clock.pass_(seconds=1)
        assert (await api.post("chat.postMessage", {"channel": WEBSITE, "text": "x"})).status_code == 200

    async def test_a_method_has_its_tier(self, api: Api) -> None:
        statuses = [(await api.post("users.list", {})).status_code for _ in range(21)]
        assert statuses == [200] * 20 + [429]

    async def test_other_methods_are_not_held_up(self, api: Api) -> None:
        for _ in range(21):
            await api.post("users.list", {})
        assert (await api.call("auth.test"))["ok"] is True


async def test_a_refusal_keeps_no_secret(http: httpx.AsyncClient, slack: LocalSlack) -> None:
    await http.post("/api/views.open", data={"token": BOT_TOKEN, "trigger_id": "12.34.abc", "view": "{"})
    refusal = slack.world.refusals[-1]
    assert refusal.error == "invalid_arguments"
    assert BOT_TOKEN not in refusal.payload
    assert "12.34.abc" not in refusal.payload


async def test_an_uninstalled_app_can_do_nothing(api: Api, slack: LocalSlack) -> None:
    assert await api.form("apps.uninstall", client_id="1.2", client_secret="wrong") == {
        "ok": False,
        "error": "bad_client_secret",
    }
    assert (await api.form("apps.uninstall", client_id="1.2", client_secret="client-secret"))["ok"] is True
    assert slack.world.app.installed is False
    assert (await api.call("auth.test"))["error"] == "account_inactive"


async def test_what_is_neither_true_nor_false_is_not_true(api: Api) -> None:
    opened = await api.call("conversations.open", users=MARCUS, return_im=[])
    assert opened["channel"] == {"id": opened["channel"]["id"]}
