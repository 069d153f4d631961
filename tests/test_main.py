from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet

from bot.store import Cipher, Store, accounts, credentials, migrate, workspaces
from bot.toggl import FocusKey, fingerprint
from tests.conftest import ServedToggl
from tests.dispatcher.fake_slack import SIGNING_SECRET, TEAM, USER, FakeSlack, Sender
from tests.serving import listening, serving
from tests.signals import as_in_a_terminal

KEY = "toggl_sk_member"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a process of the bot's: nothing of this one's but where its programs are."""
    return {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite3'}", **settings}


@asynccontextmanager
async def process(folder: Path, *arguments: str, env: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot …`, ended with the block."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env={**env, "PYTHONPATH": str(Path(__file__).parent.parent)},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=as_in_a_terminal,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        for written in await started.communicate():
            print(written.decode())  # noqa: T201 (captured, and searched for secrets)


async def said(folder: Path, *arguments: str, env: Mapping[str, str]) -> tuple[int, str, str]:
    """How a command ended: its status, and what it wrote to either output."""
    async with process(folder, *arguments, env=env) as started:
        out, err = await asyncio.wait_for(started.communicate(), 60)
        assert started.returncode is not None
        return started.returncode, out.decode(), err.decode()


async def connected(folder: Path, encryption_key: str, toggl: ServedToggl) -> None:
    """Make the database, with one person connected in it."""
    url = f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}"
    await migrate(url)
    store, now, place = Store(url, Cipher([encryption_key])), datetime.now(UTC), toggl.workspace()
    async with store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id=TEAM, team_id=TEAM, user_id=USER, now=now)
        await credentials.save(
            db,
            account_id=account.id,
            kind="focus_key",
            secret=KEY,
            label="member",
            fingerprint=fingerprint(FocusKey(KEY)),
            now=now,
        )
        workspace = await workspaces.save(
            db,
            account_id=account.id,
            organization_id=place.organization_id,
            name=place.name,
            focus_id=place.id,
            track_id=None,
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)
    await store.close()


async def until_ready(session: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with session.get(f"{url}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_process_told_to_end_first_finishes_what_it_acknowledged(
    tmp_path: Path, toggl: ServedToggl, number: signal.Signals
) -> None:
    encryption_key = Fernet.generate_key().decode()
    await connected(tmp_path, encryption_key, toggl)
    slack = FakeSlack()
    with listening() as bound:
        port = bound.getsockname()[1]
    async with serving(slack.app()) as slack.url, aiohttp.ClientSession() as session:
        env = environment(
            tmp_path,
            ENCRYPTION_KEYS=encryption_key,
            SLACK_SIGNING_SECRET=SIGNING_SECRET,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL=f"{slack.url}/api/",
            TOGGL_FOCUS_URL=f"{toggl.url}/api",
            PORT=str(port),
        )
        async with process(tmp_path, "serve", env=env) as bot:
            url = f"http://127.0.0.1:{port}"
            await until_ready(session, url)
            toggl.fail("start_tracking", delay=2.5)
            acknowledged = await Sender(session, url, slack).command("/track start write report")
            assert acknowledged.text == ""
            bot.send_signal(number)
            assert "Started *Write report*" in (await slack.next("respond")).sent["text"]
            assert await asyncio.wait_for(bot.wait(), 60) == 0
    assert toggl.running("member")


@pytest.mark.parametrize("command", ["migrate", "rotate-keys", "serve", "worker"])
async def test_a_database_out_of_reach_is_said_without_a_traceback_or_its_password(
    tmp_path: Path, command: str
) -> None:
    with listening() as bound:
        port = bound.getsockname()[1]
    env = environment(
        tmp_path,
        ENCRYPTION_KEYS=Fernet.generate_key().decode(),
        SLACK_SIGNING_SECRET=SIGNING_SECRET,
        SLACK_BOT_TOKEN="xoxb-1",
        DATABASE_URL=f"postgresql://bot:sesame@127.0.0.1:{port}/bot",
    )
    status, _, err = await said(tmp_path, command, env=env)
    assert status == 1
    assert "I cannot reach my own database" in err
    assert "Traceback" not in err
    assert "sesame" not in err


async def test_a_socket_that_slack_does_not_give_is_said_without_a_traceback(tmp_path: Path) -> None:
    with listening() as bound:
        port = bound.getsockname()[1]
    env = environment(
        tmp_path,
        ENCRYPTION_KEYS=Fernet.generate_key().decode(),
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-test",
        SLACK_API_URL=f"http://127.0.0.1:{port}/api/",
    )
    status, _, err = await said(tmp_path, "serve", env=env)
    assert (status, "Traceback" in err) == (1, False)
    assert "Slack refuses a connection with SLACK_APP_TOKEN (ClientConnectorError)." in err


async def test_rotating_without_the_old_key_fails_and_says_how_much_cannot_be_read(
    tmp_path: Path, toggl: ServedToggl
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    await connected(tmp_path, old, toggl)
    status, _, err = await said(tmp_path, "rotate-keys", env=environment(tmp_path, ENCRYPTION_KEYS=new))
    assert status == 1
    assert err == "Not readable with any of ENCRYPTION_KEYS: 1. Do not remove a key until this is 0.\n"

    status, out, _ = await said(tmp_path, "rotate-keys", env=environment(tmp_path, ENCRYPTION_KEYS=f"{new},{old}"))
    assert (status, out) == (0, "Sealed again with the first key: 1; before: 0.\n")

    status, _, err = await said(tmp_path, "rotate-keys", env=environment(tmp_path))
    assert status == 1
    assert err.startswith("ENCRYPTION_KEYS is not set")
