"""Installing the app: the authorize page, the code, the token."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import ALEX, GENERAL, LENA
from tests.conftest import Clock
from tests.local.slack.conftest import BOT_TOKEN, Api, FakeBot, Json, make_manifest

SCOPES = "chat:write,commands"


@pytest.fixture
def manifest() -> Json:
    """A manifest with a place to return to."""
    made = make_manifest()
    made["oauth_config"]["redirect_urls"] = ["https://example.com/slack/oauth_redirect"]
    return made


def asked(bot: FakeBot, **changes: str) -> dict[str, str]:
    """What an app asks for."""
    redirect_uri = f"{bot.url}/slack/oauth_redirect"
    return {"client_id": "1.2", "scope": SCOPES, "state": "s&1", "redirect_uri": redirect_uri, **changes}


async def allowed(http: httpx.AsyncClient, bot: FakeBot, **changes: str) -> dict[str, list[str]]:
    """The query with which the person comes back."""
    answered = await http.post("/oauth/v2/authorize", data={**asked(bot), "person": LENA, "answer": "allow", **changes})
    assert answered.status_code == 303, answered.text
    target = answered.headers["location"]
    assert target.startswith(f"{bot.url}/slack/oauth_redirect?")
    return parse_qs(urlsplit(target).query)


async def test_the_page_says_what_is_asked_for(http: httpx.AsyncClient, bot: FakeBot) -> None:
    page = await http.get("/oauth/v2/authorize", params=asked(bot))
    assert page.status_code == 200
    assert "<li>chat:write</li>" in page.text
    assert "s&amp;1" in page.text
    assert "Lena Hoffmann" in page.text
    assert "Alex Kim" not in page.text


async def test_a_code_is_exchanged_once_for_the_token(http: httpx.AsyncClient, api: Api, bot: FakeBot) -> None:
    back = await allowed(http, bot)
    assert back["state"] == ["s&1"]
    body = {"code": back["code"][0], "client_id": "1.2", "client_secret": "client-secret"}
    api.token = None
    answer = await api.form("oauth.v2.access", **body)
    assert answer["ok"] is True
    assert (answer["access_token"], answer["scope"], answer["authed_user"]) == (BOT_TOKEN, SCOPES, {"id": LENA})
    assert (answer["team"]["id"], answer["is_enterprise_install"]) == ("T0NORDLICHT", False)
    assert (await api.form("oauth.v2.access", **body))["error"] == "code_already_used"


async def test_the_app_may_name_itself_by_basic_authentication(http: httpx.AsyncClient, bot: FakeBot) -> None:
    code = (await allowed(http, bot))["code"][0]
    answer = await http.post("/api/oauth.v2.access", data={"code": code}, auth=("1.2", "client-secret"))
    assert answer.json()["ok"] is True


async def test_an_install_gives_the_scopes_asked_for_and_revives_the_app(
    http: httpx.AsyncClient, api: Api, bot: FakeBot, slack: LocalSlack
) -> None:
    slack.world.app.installed = False
    code = (await allowed(http, bot))["code"][0]
    await api.form("oauth.v2.access", code=code, client_id="1.2", client_secret="client-secret")
    assert slack.world.app.installed is True
    assert (await api.form("users.list"))["error"] == "missing_scope"


async def test_a_code_lives_ten_minutes(http: httpx.AsyncClient, api: Api, bot: FakeBot, clock: Clock) -> None:
    code = (await allowed(http, bot))["code"][0]
    clock.pass_(minutes=11)
    answer = await api.form("oauth.v2.access", code=code, client_id="1.2", client_secret="client-secret")
    assert answer["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "none"}, "invalid_code"),
        ({"client_id": "9"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"redirect_uri": "https://example.com/other"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_exchange_is_refused(
    http: httpx.AsyncClient, api: Api, bot: FakeBot, changes: dict[str, str], error: str
) -> None:
    code = (await allowed(http, bot))["code"][0]
    body = {"code": code, "client_id": "1.2", "client_secret": "client-secret", **changes}
    assert (await api.form("oauth.v2.access", **body))["error"] == error


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "9"}, "invalid_client_id"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://example.com/slack/oauth_redirect.evil"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_question_is_not_asked(
    http: httpx.AsyncClient, bot: FakeBot, changes: dict[str, str], error: str
) -> None:
    for answer in (
        await http.get("/oauth/v2/authorize", params=asked(bot, **changes)),
        await http.post("/oauth/v2/authorize", data={**asked(bot, **changes), "person": LENA, "answer": "allow"}),
    ):
        assert answer.status_code == 400
        assert error in answer.text


async def test_who_declines_comes_back_with_an_error(http: httpx.AsyncClient, bot: FakeBot) -> None:
    assert await allowed(http, bot, answer="cancel") == {"error": ["access_denied"], "state": ["s&1"]}


async def test_a_guest_cannot_install(http: httpx.AsyncClient, bot: FakeBot) -> None:
    answer = await http.post("/oauth/v2/authorize", data={**asked(bot), "person": ALEX, "answer": "allow"})
    assert answer.status_code == 403


async def test_rotated_tokens_live_twelve_hours_two_at_a_time(
    http: httpx.AsyncClient, api: Api, bot: FakeBot, slack: LocalSlack, clock: Clock
) -> None:
    slack.workspace.tokens.rotate = True
    app = {"client_id": "1.2", "client_secret": "client-secret"}
    first = await api.form("oauth.v2.access", code=(await allowed(http, bot))["code"][0], **app)
    assert (first["access_token"][:10], first["refresh_token"][:6], first["expires_in"]) == (
        "xoxe.xoxb-", "xoxe-1", 43_200,
    )  # fmt: skip
    assert (await api.call("auth.test"))["error"] == "invalid_auth"  # the app's token from before
    clock.pass_(hours=12)
    api.token = first["access_token"]
    assert (await api.call("auth.test"))["error"] == "token_expired"
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"], **app}
    second = await api.form("oauth.v2.access", **renewal)
    api.token = second["access_token"]
    assert (await api.call("auth.test"))["ok"] is True
    assert (await api.form("oauth.v2.access", **renewal))["error"] == "invalid_refresh_token"


async def test_an_organization_is_named_wherever_slack_names_it(
    http: httpx.AsyncClient, api: Api, bot: FakeBot, slack: LocalSlack
) -> None:
    slack.workspace.organization = organization = {"id": "E0NORD", "name": "Nordlicht group"}
    code = (await allowed(http, bot))["code"][0]
    granted = await api.form("oauth.v2.access", code=code, client_id="1.2", client_secret="client-secret")
    assert (granted["team"], granted["enterprise"], granted["is_enterprise_install"]) == (None, organization, True)
    assert (await api.call("auth.test"))["enterprise_id"] == "E0NORD"
    await slack.run_command(LENA, GENERAL, "/track")
    command = bot.last("/track")
    assert (command["enterprise_id"], command["is_enterprise_install"]) == ("E0NORD", "true")
    slack.world.app.scopes.append("dnd:read")
    assert (await api.form("dnd.teamInfo", users=LENA))["error"] == "missing_argument"
    assert (await api.form("dnd.teamInfo", users=LENA, team_id="T0NORDLICHT"))["ok"] is True
