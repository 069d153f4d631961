"""`python -m bot doctor`: every trouble is named, with what to do about it, and no secret is repeated."""

from __future__ import annotations

import contextlib
import copy
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import app
from bot.dispatcher.scopes import SCOPES
from bot.doctor import State, examine
from bot.local.slack import create_app as create_local_slack
from bot.settings import Settings
from bot.store import Cipher, Installation, SchemaMismatchError, Store, installations, migrate
from tests.conftest import Clock, ServedToggl
from tests.road import BOT_TOKEN, MANIFEST, SIGNING_SECRET
from tests.serving import address, listening, serving

KEY = Fernet.generate_key().decode()
CLIENT_SECRET = "road-client-secret"


@pytest.fixture
async def slack_url() -> AsyncIterator[str]:
    """A local Slack, which answers `/healthz` as nobody does."""
    bound = listening()
    url = address(bound)
    local_slack = create_local_slack(
        bot_url=url,
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        manifest=MANIFEST,
        public_url=url,
        client_id="1.2",
        client_secret=CLIENT_SECRET,
    )
    async with serving(local_slack, bound):
        yield url


@pytest.fixture
async def sound(tmp_path: Path, slack_url: str, toggl: ServedToggl) -> dict[str, Any]:
    """Settings with which everything but the public address is well."""
    database_url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    await migrate(Settings.model_validate({"database_url": database_url}).database_url)
    return {
        "slack_signing_secret": SIGNING_SECRET,
        "slack_bot_token": BOT_TOKEN,
        "slack_api_url": f"{slack_url}/api/",
        "toggl_focus_url": f"{toggl.url}/api",
        "toggl_track_url": f"{toggl.url}/api/v9",
        "database_url": database_url,
        "encryption_keys": KEY,
    }


async def examined(settings: dict[str, Any]) -> tuple[dict[str, State], str]:
    """How each thing is, the worst of it, and everything that was said."""
    states: dict[str, State] = {}
    said = []
    worst = [State.GOOD, State.NOTE, State.BAD]
    async for finding in examine(Settings.model_validate(settings)):
        states[finding.subject] = max(states.get(finding.subject, State.GOOD), finding.state, key=worst.index)
        said.append(str(finding))
        assert finding.state is not State.BAD or finding.step
    text = "\n".join(said)
    for secret in (BOT_TOKEN, SIGNING_SECRET, CLIENT_SECRET, KEY, "hunter2"):
        assert secret not in text
    return states, text


async def test_a_sound_installation_has_nothing_wrong(sound: dict[str, Any]) -> None:
    states, text = await examined(sound)
    assert State.BAD not in states.values(), text
    assert "in Nordlicht" in text
    assert states["Slack scopes"] is State.GOOD
    assert states["Connect page"] is State.NOTE


async def test_what_is_not_set_is_named_with_where_to_find_it(sound: dict[str, Any]) -> None:
    lacking = {**sound, "slack_bot_token": None, "encryption_keys": ""}
    states, text = await examined(lacking)
    assert states["Settings"] is State.BAD
    assert "OAuth & Permissions" in text
    assert "new-key" in text


async def test_a_token_that_slack_refuses(sound: dict[str, Any]) -> None:
    states, text = await examined({**sound, "slack_bot_token": "xoxb-hunter2"})
    assert states["Slack"] is State.BAD
    assert "invalid_auth" in text


@pytest.mark.parametrize("kind", ["xoxe.xoxb-1-", "xoxp-", "xapp-1-"])
async def test_a_token_that_is_not_the_bots_or_that_ends(sound: dict[str, Any], kind: str) -> None:
    states, text = await examined({**sound, "slack_bot_token": f"{kind}hunter2"})
    assert states["Slack token"] is State.BAD
    assert "/slack/install" in text


async def test_a_scope_that_the_app_was_not_given(sound: dict[str, Any]) -> None:
    bound = listening()
    url = address(bound)
    less = copy.deepcopy(MANIFEST)
    less["oauth_config"]["scopes"]["bot"].remove("files:write")
    local_slack = create_local_slack(
        bot_url=url, signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, manifest=less, public_url=url
    )
    async with serving(local_slack, bound):
        states, text = await examined({**sound, "slack_api_url": f"{url}/api/"})
    assert states["Slack scopes"] is State.BAD
    assert "missing: files:write" in text
    assert "reinstall" in text


async def test_an_app_token_that_slack_refuses(sound: dict[str, Any]) -> None:
    states, _ = await examined({**sound, "slack_app_token": "xapp-hunter2"})
    assert states["Socket Mode"] is State.BAD


async def test_a_database_that_was_not_migrated(tmp_path: Path, sound: dict[str, Any]) -> None:
    states, text = await examined({**sound, "database_url": f"sqlite:///{tmp_path / 'new.sqlite3'}"})
    assert states["Database"] is State.BAD
    assert "migrate" in text


async def test_a_database_out_of_reach_is_named_without_its_password(sound: dict[str, Any]) -> None:
    states, _ = await examined({**sound, "database_url": "postgresql://bot:hunter2@127.0.0.1:1/bot"})
    assert states["Database"] is State.BAD


async def test_secrets_that_no_key_opens(sound: dict[str, Any], clock: Clock) -> None:
    url = Settings.model_validate(sound).database_url
    store = Store(url, Cipher([Fernet.generate_key().decode()]))
    async with store.writing() as db:
        await installations.save(db, Installation(tenant_id="T1", bot_token="xoxb-hunter2", installed_at=clock()))
    await store.close()
    states, text = await examined(sound)
    assert states["Encryption keys"] is State.BAD
    assert "Put back the key" in text


async def test_an_address_that_somebody_else_answers(sound: dict[str, Any], slack_url: str) -> None:
    states, text = await examined({**sound, "public_url": slack_url})
    assert states["Public address"] is State.BAD
    assert "404" in text


async def test_the_public_address_is_asked_as_slack_asks_it(sound: dict[str, Any]) -> None:
    bound = listening()
    url = address(bound)
    async with app.composed(Settings.model_validate(sound)) as bot, serving(bot, bound):
        states, text = await examined({**sound, "public_url": url})
        assert states["Public address"] is State.GOOD, text
        states, text = await examined({**sound, "public_url": url, "slack_signing_secret": "0" * 32})
        assert states["Public address"] is State.BAD
        assert "Restart what runs there" in text


async def test_an_address_where_something_answers_everything(sound: dict[str, Any]) -> None:
    async def well(_request: Request) -> Response:
        return PlainTextResponse("It works!")

    async with serving(Starlette(routes=[Route("/{path:path}", well, methods=["GET", "POST"])])) as url:
        states, text = await examined({**sound, "public_url": url})
    assert states["Public address"] is State.BAD
    assert "something else answers" in text


async def test_a_database_of_a_newer_version_is_not_to_be_migrated(sound: dict[str, Any], tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    _, text = await examined(sound)
    assert "Run a newer version" in text
    assert "migrate" not in text
    with pytest.raises(SchemaMismatchError, match="does not know"):
        await migrate(Settings.model_validate(sound).database_url)


async def test_an_app_for_many_workspaces(sound: dict[str, Any], clock: Clock) -> None:
    many = {**sound, "slack_bot_token": None, "slack_client_id": "1.2", "slack_client_secret": CLIENT_SECRET}
    many["public_url"] = "http://127.0.0.1:1"
    states, text = await examined(many)
    assert (states["Slack"], states["Installations"]) == (State.GOOD, State.NOTE)
    assert "Let an admin open http://127.0.0.1:1/slack/install" in text
    store = Store(Settings.model_validate(sound).database_url, Cipher([KEY]))
    scopes = ",".join(SCOPES)
    for tenant_id, granted, ends in (
        ("T1", scopes, None),
        ("T2", "commands", None),
        ("T3", scopes, datetime(2020, 1, 1, tzinfo=UTC)),
    ):
        async with store.writing() as db:
            one = Installation(
                tenant_id=tenant_id,
                bot_token="xoxb-hunter2",
                installed_at=clock(),
                scopes=granted,
                token_expires_at=ends,
            )
            await installations.save(db, one)
    await store.close()
    states, text = await examined(many)
    assert states["Installations"] is State.BAD
    assert "T1" not in text
    assert "T2 lacks app_mentions:read, " in text
    assert "the token of T3 ended" in text
    states, text = await examined({**many, "slack_client_secret": "hunter2"})
    assert states["Slack"] is State.BAD
    assert "bad_client_secret" in text
    states, text = await examined({**many, "slack_api_url": "http://127.0.0.1:1/api/"})
    assert states["Slack"] is State.BAD
    _, text = await examined({**many, "slack_bot_token": BOT_TOKEN})
    assert "SLACK_CLIENT_ID is ignored" in text


async def test_servers_that_do_not_answer(sound: dict[str, Any]) -> None:
    nowhere = "http://127.0.0.1:1"
    states, _ = await examined(
        {**sound, "slack_api_url": f"{nowhere}/api/", "toggl_focus_url": nowhere, "toggl_track_url": nowhere}
    )
    bad = {subject for subject, state in states.items() if state is State.BAD}
    assert bad == {"Slack", "Toggl Focus", "Toggl Track"}
    assert states["Clock"] is State.NOTE
