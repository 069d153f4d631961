"""Installing the app as an admin does it in a browser, against the local Slack."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlmodel import select
from starlette.responses import JSONResponse

from bot import app
from bot.dispatcher.grants import App
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import Tenants
from bot.local.slack import create_app as create_local_slack
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import LENA
from bot.parts import open_store
from bot.settings import Settings
from bot.store import Account, Installation, Store, installations
from tests.conftest import Clock
from tests.dispatcher.fake_slack import FakeSlack
from tests.road import BOT_TOKEN, CHANNEL, MANIFEST, SIGNING_SECRET, TEAM
from tests.serving import address, listening, serving

SECRET = "road-client-secret"


@dataclass
class Browser:
    """An admin's browser, between the bot and Slack."""

    http: httpx.AsyncClient
    store: Store
    slack: LocalSlack
    bot: str

    async def begin(self) -> str:
        """Slack's page, to which the bot sends whoever wants to install it."""
        sent = await self.http.get(f"{self.bot}/slack/install")
        assert sent.status_code == 303
        return sent.headers["location"]

    async def answer(self, page: str, answer: str = "allow") -> str:
        """Decide on Slack's page; where that sends the browser."""
        asked = {name: value for name, [value] in parse_qs(urlsplit(page).query).items()}
        shown = await self.http.get(page)
        assert shown.status_code == 200, shown.text
        decided = await self.http.post(page.partition("?")[0], data={**asked, "person": LENA, "answer": answer})
        assert decided.status_code == 303, decided.text
        return decided.headers["location"]

    async def install(self) -> httpx.Response:
        return await self.http.get(await self.answer(await self.begin()))

    async def installed(self, tenant_id: str = TEAM) -> Installation | None:
        async with self.store.reading() as db:
            return await installations.find(db, tenant_id=tenant_id)


def settings_for(tmp_path: Path, slack_url: str, bot_url: str) -> Settings:
    return Settings.model_validate(
        {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_client_id": "1.2",
            "slack_client_secret": SECRET,
            "slack_api_url": f"{slack_url}/api/",
            "database_url": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
            "encryption_keys": Fernet.generate_key().decode(),
            "public_url": bot_url,
        }
    )


@contextlib.asynccontextmanager
async def served(settings: Settings, bound: object, clock: Clock) -> AsyncIterator[tuple[Store, httpx.AsyncClient]]:
    async with contextlib.AsyncExitStack() as stack:
        bot = await stack.enter_async_context(app.composed(settings, clock=clock))
        await stack.enter_async_context(serving(bot, bound))  # type: ignore[arg-type]  # a bound socket
        http = await stack.enter_async_context(httpx.AsyncClient())
        store = open_store(settings)
        await store.open()
        stack.push_async_callback(store.close)
        yield store, http


@pytest.fixture
async def browser(tmp_path: Path, clock: Clock) -> AsyncIterator[Browser]:
    """A browser in front of a bot that nobody has installed yet."""
    bound, page = listening(), listening()
    local_slack = create_local_slack(
        bot_url=address(bound),
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        manifest=MANIFEST,
        public_url=address(page),
        client_id="1.2",
        client_secret=SECRET,
        clock=clock,
        pace=Pace(rate_limits=False, save_after=0.0, retries=(0.0, 0.0, 0.0)),
    )
    settings = settings_for(tmp_path, address(page), address(bound))
    async with serving(local_slack, page), served(settings, bound, clock) as (store, http):
        yield Browser(http, store, local_slack.state.slack, address(bound))


async def test_an_admin_installs_the_app_and_is_told_how_to_begin(browser: Browser, clock: Clock) -> None:
    done = await browser.install()
    assert done.status_code == 200
    assert "Toggl is installed" in done.text
    installed = await browser.installed()
    assert installed is not None
    assert (installed.bot_token, installed.installer_user_id) == (BOT_TOKEN, LENA)
    assert installed.installed_at == clock()
    told = browser.slack.world.dm_of(LENA)
    assert told is not None
    [welcome] = browser.slack.world.seen_by(LENA, told.id)
    assert "Toggl is here." in welcome.text
    outcome = await browser.slack.run_command(LENA, CHANNEL, "/track")
    assert outcome.ok, outcome
    assert not browser.slack.world.refusals


async def test_without_an_installation_a_command_says_so(browser: Browser) -> None:
    await browser.slack.run_command(LENA, CHANNEL, "/track")
    [answer] = browser.slack.world.seen_by(LENA, CHANNEL)[-1:]
    assert "no longer installed" in answer.text


async def test_installing_again_replaces_the_installation_and_keeps_the_people(browser: Browser, clock: Clock) -> None:
    await browser.install()
    await browser.slack.run_command(LENA, CHANNEL, "/track")
    first = await browser.installed()
    clock.pass_(hours=1)
    assert (await browser.install()).status_code == 200
    second = await browser.installed()
    assert first is not None
    assert second is not None
    assert second.installed_at > first.installed_at


async def test_a_removed_app_leaves_nothing_behind(browser: Browser, clock: Clock) -> None:
    await browser.install()
    clock.pass_(minutes=1)
    await browser.slack.uninstall_app(LENA)
    async with asyncio.timeout(60):
        while await browser.installed():  # noqa: ASYNC110 (Slack is answered before anything is deleted)
            await asyncio.sleep(0.01)


async def test_an_organization_is_one_installation_until_it_removes_the_app(browser: Browser, clock: Clock) -> None:
    browser.slack.workspace.organization = {"id": "E0NORD", "name": "Nordlicht group"}
    assert "Toggl is installed" in (await browser.install()).text
    installed = await browser.installed("E0NORD")
    assert installed is not None
    assert (installed.is_enterprise_install, installed.team_id) == (True, None)
    assert (await browser.slack.run_command(LENA, CHANNEL, "/track")).ok
    await browser.slack.open_home(LENA)
    async with browser.store.reading() as db:
        [lena] = (await db.exec(select(Account).where(Account.user_id == LENA))).all()
    assert (lena.tenant_id, lena.team_id) == ("E0NORD", TEAM)
    assert not browser.slack.world.refusals
    clock.pass_(minutes=1)
    await browser.slack.uninstall_app(LENA)
    async with asyncio.timeout(60):
        while await browser.installed("E0NORD"):  # noqa: ASYNC110 (Slack is answered before anything is deleted)
            await asyncio.sleep(0.01)


async def test_tokens_that_end_are_renewed_once_by_several_processes(browser: Browser, clock: Clock) -> None:
    tokens = browser.slack.workspace.tokens
    tokens.rotate = True
    await browser.install()
    installed = await browser.installed()
    assert installed is not None
    known = {installed.bot_token}
    async with open_session() as session:
        slack = App(Slack(session, f"{browser.slack.workspace.url}/api/"), client_id="1.2", client_secret=SECRET)

        async def get() -> str:
            process = Tenants(browser.store, monotonic=time.monotonic, app=slack, clock=clock)
            return (await process.get(TEAM)).token

        for renewal in range(1, 4):
            clock.pass_(hours=11, minutes=45)
            known |= set(await asyncio.gather(*(get() for _ in range(4))))
            assert len(known) == renewal + 1
            assert tokens.holds(await get())
    assert not browser.slack.world.refusals


async def test_saying_no_installs_nothing(browser: Browser) -> None:
    back = await browser.http.get(await browser.answer(await browser.begin(), "cancel"))
    assert "Nothing was installed" in back.text
    assert await browser.installed() is None


async def test_an_answer_counts_once(browser: Browser) -> None:
    address = await browser.answer(await browser.begin())
    cookies = dict(browser.http.cookies)
    assert (await browser.http.get(address)).status_code == 200
    browser.http.cookies.update(cookies)  # the first answer deleted it
    again = await browser.http.get(address)
    assert again.status_code == 400
    assert "begin again" in again.text


@pytest.mark.parametrize(
    "query", ["", "code=c", "code=c&state=", "code=c&state=made-up", "state=%00&code=%F0%9F%92%A9"]
)
async def test_an_answer_that_nobody_asked_for_is_refused(browser: Browser, query: str) -> None:
    refused = await browser.http.get(f"{browser.bot}/slack/oauth_redirect?{query}")
    assert refused.status_code == 400
    assert await browser.installed() is None


async def test_another_browser_cannot_finish_what_this_one_began(browser: Browser) -> None:
    address = await browser.answer(await browser.begin())
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(address)).status_code == 400
    assert await browser.installed() is None


async def test_an_installation_that_took_too_long_is_refused(browser: Browser, clock: Clock) -> None:
    address = await browser.answer(await browser.begin())
    clock.pass_(minutes=11)
    assert (await browser.http.get(address)).status_code == 400


async def test_a_code_that_slack_does_not_know_installs_nothing(browser: Browser) -> None:
    state = parse_qs(urlsplit(await browser.begin()).query)["state"][0]
    refused = await browser.http.get(f"{browser.bot}/slack/oauth_redirect?code=invented&state={state}")
    assert refused.status_code == 502
    assert "Begin again" in refused.text


async def test_an_organization_is_one_installation_whatever_else_slack_leaves_out(tmp_path: Path, clock: Clock) -> None:
    slack, bound = FakeSlack(), listening()
    slack.refuse["oauth.v2.access"] = JSONResponse(
        {
            "ok": True,
            "app_id": "A1",
            "access_token": "xoxb-org",
            "token_type": "bot",
            "scope": "commands",
            "bot_user_id": "WBOT",
            "team": None,
            "enterprise": {"id": "E0ORG", "name": "Nordlicht group"},
            "is_enterprise_install": True,
            "authed_user": {"id": "W0ADMIN"},
        }
    )
    async with (
        serving(slack.app()) as url,
        served(settings_for(tmp_path, url, address(bound)), bound, clock) as (
            store,
            http,
        ),
    ):
        begun = await http.get(f"{address(bound)}/slack/install")
        state = parse_qs(urlsplit(begun.headers["location"]).query)["state"][0]
        done = await http.get(f"{address(bound)}/slack/oauth_redirect?code=c&state={state}")
        assert "Toggl is installed" in done.text
        async with store.reading() as db:
            found = await installations.find(db, tenant_id="E0ORG")
    assert found is not None
    assert (found.is_enterprise_install, found.team_id, found.bot_token) == (True, None, "xoxb-org")
    assert slack.of("chat.postMessage")[0].token == "xoxb-org"
    assert SECRET not in str([call.sent for call in slack.calls if call.method != "oauth.v2.access"])
