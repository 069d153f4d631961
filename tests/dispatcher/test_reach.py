"""Whether people may be disturbed, as the local Slack tells it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.dispatcher.reach import Reach
from bot.dispatcher.slack import open_session
from bot.dispatcher.tenants import Tenants
from bot.local.slack import create_app
from bot.local.slack.engine import LocalSlack
from bot.local.slack.faults import Fault
from bot.local.slack.pace import Pace
from bot.local.slack.seed import JONAS, LENA, TEAM_ID
from bot.store import Store
from tests.conftest import Clock
from tests.road import MANIFEST
from tests.serving import address, listening, serving

TOKEN = "xoxb-reach"


@dataclass
class Jonas:
    """Somebody in the local Slack, in Berlin, on a Thursday noon."""

    slack: LocalSlack
    reach: Reach
    clock: Clock

    async def quiet_until(self) -> datetime | None:
        return await self.reach.quiet_until(TEAM_ID, TEAM_ID, JONAS, now=self.clock())


@pytest.fixture
async def jonas(clock: Clock, sqlite_store: Store) -> AsyncIterator[Jonas]:
    page = listening()
    app = create_app(
        bot_url="http://127.0.0.1:9",
        signing_secret="unused",
        bot_token=TOKEN,
        manifest=MANIFEST,
        public_url=address(page),
        clock=clock,
        pace=Pace(rate_limits=False, save_after=0.0, retries=(0.0, 0.0, 0.0)),
    )
    async with contextlib.AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(app, page))
        session = await stack.enter_async_context(open_session())
        tenants = Tenants(sqlite_store, monotonic=lambda: 0.0, token=TOKEN)
        yield Jonas(app.state.slack, Reach(session, f"{url}/api/", tenants), clock)


async def test_somebody_who_switched_it_on_is_quiet_until_its_end(jonas: Jonas) -> None:
    assert await jonas.quiet_until() is None
    end = jonas.clock() + timedelta(minutes=40)
    jonas.slack.world.people[JONAS].dnd_until = end.timestamp()
    assert await jonas.quiet_until() == end
    jonas.clock.now = end
    assert await jonas.quiet_until() is None


async def test_nights_are_quiet_and_days_are_not(jonas: Jonas) -> None:
    jonas.slack.world.people[JONAS].dnd_nights = True
    assert await jonas.quiet_until() is None, "the night is told, but it is noon"
    jonas.clock.pass_(hours=11)
    assert await jonas.quiet_until() == jonas.clock() + timedelta(hours=9)


@pytest.mark.parametrize("error", ["missing_scope", "user_not_found", "internal_error"])
async def test_where_slack_does_not_say_nobody_is_taken_for_quiet(jonas: Jonas, error: str) -> None:
    jonas.slack.faults.add(Fault(method="dnd.teamInfo", error=error))
    assert await jonas.quiet_until() is None


async def test_where_slack_wants_to_be_asked_later_it_is(jonas: Jonas) -> None:
    jonas.slack.faults.add(Fault(method="dnd.teamInfo", error="ratelimited", status=429, headers={"Retry-After": "60"}))
    assert await jonas.quiet_until() == jonas.clock() + timedelta(seconds=60)


async def test_a_connection_that_is_lost_makes_nobody_quiet(jonas: Jonas) -> None:
    jonas.slack.faults.add(Fault(method="dnd.teamInfo", drop="before"))
    assert await jonas.quiet_until() is None


async def test_a_short_wait_is_waited_out(jonas: Jonas) -> None:
    limit = Fault(method="dnd.teamInfo", error="ratelimited", status=429, headers={"Retry-After": "0"})
    jonas.slack.faults.add(limit)
    end = jonas.clock() + timedelta(minutes=40)
    jonas.slack.world.people[JONAS].dnd_until = end.timestamp()
    assert await jonas.quiet_until() == end


async def test_many_are_asked_about_together_and_each_gets_their_own_answer(jonas: Jonas) -> None:
    end = jonas.clock() + timedelta(minutes=40)
    jonas.slack.world.people[LENA].dnd_until = end.timestamp()
    jonas.slack.faults.add(Fault(method="dnd.teamInfo", delay=0.3))
    people = [JONAS, LENA, *(f"U{number}" for number in range(60))]

    async def ask(user_id: str) -> datetime | None:
        return await jonas.reach.quiet_until(TEAM_ID, TEAM_ID, user_id, now=jonas.clock())

    assert await asyncio.gather(*map(ask, people)) == [None, end, *[None] * 60]
