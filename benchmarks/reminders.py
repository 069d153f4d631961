"""Reminders that are all due at nine o'clock, in workspaces whose local Slacks enforce Slack's limits.

Two workers on PostgreSQL do the product's own personal reminders: each reads its person's hours with that person's own
credential from a local Toggl, asks Slack whether they may be disturbed, and writes to them. Everybody has two, so that
the second has to keep its distance. It takes minutes; `python -m benchmarks.reminders 500 10` is a small part of it.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import utc_now
from bot.domain.reminders import Preferences, Under, pattern
from bot.local.slack import create_app as create_slack
from bot.local.slack.engine import LocalSlack
from bot.local.slack.world import Channel, Person
from bot.local.toggl import create_app as create_toggl
from bot.local.toggl.quota import Allowance, Quotas
from bot.services.reminder_rows import PERSONAL
from bot.settings import Settings
from bot.store import (
    Cipher,
    Installation,
    Store,
    accounts,
    credentials,
    deliveries,
    installations,
    migrate,
    schedules,
    workspaces,
)
from bot.toggl import FocusKey, fingerprint
from bot.web.logging import set_up_logging
from bot.worker import composed
from tests.serving import serving
from tests.store.postgres import running_postgres

ROOT = Path(__file__).parent.parent
REMINDERS, WORKSPACES, WORKERS = 10_000, 50, 2
RULES = tuple(Under(hours=timedelta(hours=hours), at=clock_time(9)) for hours in (20, 19))
PATIENCE = timedelta(minutes=30)
READY = b"ready\n"


class Endless(Quotas):
    """As many calls as anybody wants: one person of the local Toggl's stands for all."""

    def charge(self, key: tuple[int, int], limit: int, now: datetime) -> Allowance:  # noqa: ARG002 (its signature)
        """Nothing is ever spent."""
        return Allowance(100_000, 3600)


class Exchange:
    """Many Slacks at one address, told apart by their tokens; and calls are noted."""

    def __init__(self, slacks: dict[str, ASGIApp]) -> None:
        self._slacks = slacks
        self.calls: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "lifespan":
            await Starlette()(scope, receive, send)
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.calls.append(scope["path"].rpartition("/")[2])
        await self._slacks[headers["authorization"].removeprefix("Bearer ")](scope, receive, send)


class Together:
    """A local Toggl to which everybody's key is the member's."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        self.calls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            self.calls += 1
            others = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
            scope = {**scope, "headers": [*others, (b"authorization", b"Bearer toggl_sk_member")]}
        await self._app(scope, receive, send)


def nine() -> timedelta:
    """How far it is to nine o'clock of a Wednesday that is no holiday anywhere."""
    now = utc_now()
    days = (2 - now.weekday()) % 7 or 7
    return (now + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0) - now


async def work(offset: float) -> None:
    """A worker whose clock is so many seconds ahead."""
    settings = Settings()
    set_up_logging(settings.log_level)
    async with composed(settings, clock=lambda: utc_now() + timedelta(seconds=offset)):
        sys.stdout.buffer.write(READY)
        sys.stdout.flush()
        await asyncio.Event().wait()


def _slacks(number: int, people: int) -> dict[str, Starlette]:
    made = {}
    for team in range(number):
        app = create_slack(
            bot_url="http://127.0.0.1:9",
            signing_secret="unused",  # noqa: S106 (nothing is sent to the bot)
            bot_token=f"xoxb-{team}",
            manifest=ROOT / "manifest.yml",
            public_url="http://127.0.0.1",
        )
        world = app.state.slack.world
        for person in range(people):
            name = f"U{team:03}{person:05}"
            world.people[name] = Person(id=name, name=name.lower(), real_name=name)
            world.channels[f"D{name}"] = Channel(id=f"D{name}", name="", kind="im", members=[name], app_is_member=True)
        made[f"xoxb-{team}"] = app
    return made


async def _fill(store: Store, people: int, teams: int, place: Any, due_at: datetime) -> None:
    for team in range(teams):
        async with store.writing() as db:
            tenant = f"T{team:03}"
            await installations.save(
                db, Installation(tenant_id=tenant, team_id=tenant, bot_token=f"xoxb-{team}", installed_at=due_at)
            )
            for person in range(people):
                key = f"toggl_sk_{team}_{person}"
                account = await accounts.get_or_create(
                    db, tenant_id=tenant, team_id=tenant, user_id=f"U{team:03}{person:05}", now=due_at
                )
                await credentials.save(
                    db,
                    account_id=account.id,
                    kind="focus_key",
                    secret=key,
                    label="member",
                    fingerprint=fingerprint(FocusKey(key)),
                    now=due_at,
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
                for rule in RULES:
                    await schedules.add(
                        db,
                        kind=PERSONAL,
                        tenant_id=tenant,
                        team_id=tenant,
                        account_id=account.id,
                        owner_id=account.id,
                        pattern=pattern(rule, Preferences()),
                        payload={"rule": msgspec.to_builtins(rule)},
                        due_at=due_at,
                        now=due_at,
                    )


async def measure(number: int, teams: int) -> None:
    """Let them all be due, and wait for the last."""
    ahead, key = nine(), Fernet.generate_key().decode()
    toggl_app = create_toggl(clock=lambda: utc_now() + ahead)
    toggl_app.state.toggl.quotas = Endless()
    people = number // teams // len(RULES)
    number = people * teams * len(RULES)
    toggl, slacks = Together(toggl_app), _slacks(teams, people)
    exchange = Exchange(dict(slacks))
    with running_postgres() as postgres, postgres.database() as url:
        await migrate(url)
        store = Store(url, Cipher([key]))
        await _fill(store, people, teams, toggl_app.state.toggl.workspace(), utc_now() + ahead)
        async with serving(toggl) as toggl_url, serving(exchange) as slack_url:
            env = {
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": url.replace("+psycopg", ""),
                "ENCRYPTION_KEYS": key,
                "SLACK_CLIENT_ID": "1.2",
                "SLACK_CLIENT_SECRET": "unused",
                "PUBLIC_URL": "https://bot.example",
                "SLACK_API_URL": f"{slack_url}/api/",
                "TOGGL_FOCUS_URL": f"{toggl_url}/api",
                "TOGGL_TRACK_URL": f"{toggl_url}/api/v9",
                "LOG_LEVEL": "ERROR",
            }
            workers = [await _start(env, ahead) for _ in range(WORKERS)]
            began = time.time()
            try:
                await _until_posted(store, number)
            finally:
                for worker in workers:
                    worker.kill()
                    await worker.wait()
        for app in slacks.values():
            await app.state.slack.stop()
        _tell([app.state.slack for app in slacks.values()], exchange, toggl, began, number)
        await store.close()


async def _start(env: dict[str, str], ahead: timedelta) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "benchmarks.reminders", "--work", str(ahead.total_seconds())]
    worker = await asyncio.create_subprocess_exec(*command, env=env, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert worker.stdout is not None
    assert await worker.stdout.readline() == READY
    return worker


async def _until_posted(store: Store, number: int) -> None:
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while True:
            async with store.reading() as db:
                posted = await deliveries.count(db, state="posted")
            if posted >= number:
                return
            await asyncio.sleep(0.5)


def _tell(slacks: Sequence[LocalSlack], exchange: Exchange, toggl: Together, began: float, number: int) -> None:
    times = {
        channel_id: sorted(float(message.ts) for message in messages if message.by_app)
        for slack in slacks
        for channel_id, messages in slack.world.messages.items()
        if channel_id.startswith("DU")
    }
    last = max(ts for moments in times.values() for ts in moments)
    gap = min(later - earlier for moments in times.values() for earlier, later in itertools.pairwise(moments))
    twice = sum(len(moments) for moments in times.values()) - number
    limited = sum(refusal.error == "ratelimited" for slack in slacks for refusal in slack.world.refusals)
    by_method = {name: exchange.calls.count(name) for name in sorted(set(exchange.calls))}
    print(
        f"{number:,} reminders in {len(slacks)} workspaces: the last after {last - began:.0f} s, "
        f"{number / (last - began):.0f}/s; {twice} twice; the smallest gap in a conversation {gap:.2f} s"
    )
    print(f"calls to Slack: {by_method}, of which {limited} were asked to wait; to Toggl: {toggl.calls}")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure so many reminders in so many workspaces."""
    number, teams = (int(one) for one in arguments) if arguments else (REMINDERS, WORKSPACES)
    uvloop.run(measure(number, teams))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        uvloop.run(work(float(sys.argv[2])))
    else:
        main(sys.argv[1:])
