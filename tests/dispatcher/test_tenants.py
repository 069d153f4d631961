"""Tokens that end: renewed once, by whoever comes first, and used until then."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from starlette.responses import JSONResponse

from bot.dispatcher.grants import App
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import NotInstalled, Tenants
from bot.store import Installation, Store, installations
from tests.conftest import Clock
from tests.dispatcher.fake_slack import TEAM, FakeSlack

ROTATED: dict[str, Any] = {"ok": True, "access_token": "xoxe.xoxb-2", "refresh_token": "xoxe-1-2", "expires_in": 43200}
Process = Callable[[], Tenants]


@pytest.fixture
async def process(slack: FakeSlack, sqlite_store: Store, clock: Clock) -> AsyncIterator[Process]:
    """Makes what one process knows of installations."""
    async with open_session() as session:
        app = App(Slack(session, f"{slack.url}/api/"), client_id="1.2", client_secret="secret")
        yield lambda: Tenants(sqlite_store, monotonic=time.monotonic, app=app, clock=clock)


@pytest.fixture
async def ends_soon(sqlite_store: Store, clock: Clock) -> Installation:
    """An installation whose token ends in ten minutes."""
    installed = Installation(
        tenant_id=TEAM,
        bot_token="xoxe.xoxb-1",
        refresh_token="xoxe-1-1",
        token_expires_at=clock() + timedelta(minutes=10),
        installed_at=clock(),
    )
    async with sqlite_store.writing() as db:
        await installations.save(db, installed)
    return installed


@pytest.mark.usefixtures("ends_soon")
async def test_several_processes_renew_a_token_once(slack: FakeSlack, process: Process, clock: Clock) -> None:
    slack.refuse["oauth.v2.access"] = JSONResponse(ROTATED)
    got = await asyncio.gather(*(process().get(TEAM) for _ in range(4)))
    [renewal] = slack.of("oauth.v2.access")
    assert (renewal.sent["grant_type"], renewal.sent["refresh_token"]) == ("refresh_token", "xoxe-1-1")
    assert {tenant.token for tenant in got} <= {"xoxe.xoxb-1", "xoxe.xoxb-2"}
    assert (await process().get(TEAM)).token == "xoxe.xoxb-2"
    clock.pass_(hours=11)
    assert (await process().get(TEAM)).token == "xoxe.xoxb-2"
    assert len(slack.of("oauth.v2.access")) == 1
    clock.pass_(minutes=45)
    await process().get(TEAM)
    assert slack.of("oauth.v2.access")[1].sent["refresh_token"] == "xoxe-1-2"


@pytest.mark.usefixtures("ends_soon")
async def test_while_it_lives_a_token_is_used_although_it_cannot_be_renewed(
    slack: FakeSlack, process: Process, clock: Clock
) -> None:
    slack.refuse["oauth.v2.access"] = "internal_error"
    assert (await process().get(TEAM)).token == "xoxe.xoxb-1"
    clock.pass_(minutes=11)
    with pytest.raises(NotInstalled):
        await process().get(TEAM)
    clock.pass_(minutes=1)
    slack.refuse["oauth.v2.access"] = JSONResponse(ROTATED)
    assert (await process().get(TEAM)).token == "xoxe.xoxb-2"


async def test_whoever_comes_too_late_waits_for_the_one_who_renews(
    slack: FakeSlack, process: Process, sqlite_store: Store, ends_soon: Installation, clock: Clock
) -> None:
    ended = ends_soon.token_expires_at
    assert ended is not None
    clock.pass_(minutes=11)
    async with sqlite_store.writing() as db:
        await installations.claim_renewal(
            db, tenant_id=TEAM, expires_at=ended, now=clock(), until=clock() + timedelta(seconds=30)
        )
    waiting = asyncio.create_task(process().get(TEAM))
    await asyncio.sleep(0)
    async with sqlite_store.writing() as db:
        found = await installations.find(db, tenant_id=TEAM)
        assert found is not None
        await installations.renew(
            db,
            Installation(
                tenant_id=TEAM,
                bot_token="xoxe.xoxb-3",
                refresh_token="xoxe-1-3",
                token_expires_at=clock() + timedelta(hours=12),
                installed_at=found.installed_at,
            ),
            expires_at=ended,
        )
    assert (await waiting).token == "xoxe.xoxb-3"
    assert not slack.of("oauth.v2.access")


async def test_no_token_is_in_what_is_written_about_them(process: Process, ends_soon: Installation) -> None:
    assert "xoxe" not in repr((process(), ends_soon))
