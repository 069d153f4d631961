"""The composition root: what it connects by itself, beyond what the whole road shows."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import aiohttp
from cryptography.fernet import Fernet
from sqlmodel import select

from bot import app
from bot.local.slack import create_app as create_local_slack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import MARCUS
from bot.manifest import over_sockets, read
from bot.parts import open_store
from bot.settings import Settings
from bot.store import Installation, events, installations, migrate
from bot.store.tables import SeenEvent
from tests.conftest import Clock
from tests.road import BOT_TOKEN, CHANNEL, SIGNING_SECRET
from tests.serving import address, listening, serving

APP_TOKEN = "xapp-test"


def settings_for(folder: Path, **given: str) -> Settings:
    """The settings of a bot with a new database in `folder`."""
    return Settings.model_validate(
        {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "database_url": f"sqlite:///{folder / 'bot.sqlite3'}",
            "encryption_keys": Fernet.generate_key().decode(),
            **given,
        }
    )


async def test_what_is_over_is_deleted_while_it_serves(tmp_path: Path, clock: Clock) -> None:
    settings = settings_for(tmp_path)
    await migrate(settings.database_url)
    store = open_store(settings)
    async with store.writing() as db:
        await events.first_sight(db, "Ev1", now=clock() - timedelta(days=3))
    async with asyncio.timeout(60), app.composed(settings, clock=clock):
        while True:
            async with store.reading() as db:
                if not (await db.exec(select(SeenEvent))).all():
                    break
            await asyncio.sleep(0.01)
    await store.close()


async def test_without_the_key_of_what_is_stored_it_is_not_ready(tmp_path: Path, clock: Clock) -> None:
    settings, another = settings_for(tmp_path), settings_for(tmp_path)
    await migrate(settings.database_url)
    store = open_store(another)
    async with store.writing() as db:
        await installations.save(db, Installation(tenant_id="T1", bot_token="xoxb-1", installed_at=clock()))
    await store.close()
    states = {}
    for key in (settings, another):
        async with (
            app.composed(key, clock=clock) as bot,
            serving(bot) as url,
            aiohttp.ClientSession() as http,
            http.get(f"{url}/readyz") as response,
        ):
            states[key] = (response.status, (await response.json())["keys"])
    assert states == {settings: (503, "failed"), another: (200, "ok")}


async def test_with_an_app_token_slack_is_answered_over_a_socket(tmp_path: Path) -> None:
    page = listening()
    local_slack = create_local_slack(
        bot_url="http://127.0.0.1:9",  # nothing is sent there
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        manifest=over_sockets(read(), {}),
        public_url=address(page),
        pace=Pace(rate_limits=False, save_after=0.0),
    )
    settings = settings_for(tmp_path, slack_app_token=APP_TOKEN, slack_api_url=f"{address(page)}/api/")
    async with serving(local_slack, page), app.composed(settings):
        slack = local_slack.state.slack
        async with asyncio.timeout(60):
            await slack.sockets.ready.wait()
        outcome = await slack.run_command(MARCUS, CHANNEL, "/track help")
    assert outcome.ok, outcome
    assert outcome.messages[0].text == "What /track can do"
