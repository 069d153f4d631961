"""Workers as real processes against a real database, and a Slack that counts what they post."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from bot.clock import utc_now
from bot.local.slack import create_app
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import JONAS, LENA, MARCUS, SOFIA, TEAM_ID, YUKI
from bot.local.slack.world import Channel
from bot.store import Cipher, Store, accounts, deliveries, schedules
from tests.jobs.process import KIND, READY
from tests.serving import address, listening, serving

ROOT = Path(__file__).parent.parent.parent
TOKEN = "xoxb-processes"
CHANNELS = [f"C0NUMBER{number:03}" for number in range(40)]
PEOPLE = (MARCUS, JONAS, SOFIA, LENA, YUKI)
PATIENCE = 600
"""Seconds after which a test gives up waiting: many times what it takes."""


@dataclass
class Plant:
    """Workers, their database and the Slack they post to."""

    url: str
    store: Store
    slack: LocalSlack
    slack_url: str
    key: str
    folder: Path
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, **environment: str) -> asyncio.subprocess.Process:
        """A worker, ready to work."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.jobs.process",
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": self.url,
                "ENCRYPTION_KEYS": self.key,
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_API_URL": f"{self.slack_url}/api/",
                "LOG_LEVEL": "ERROR",
                **environment,
            },
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
        )
        self.workers.append(process)
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        assert said.decode().strip() == READY
        return process

    async def add(self, number: int, *, people: int = 0, channels: int = len(CHANNELS)) -> list[int]:
        """So many schedules that are due now: one post each, in turn over the channels, the last ones to `people`."""
        now = utc_now()
        async with self.store.writing() as db:
            known = [
                await accounts.get_or_create(db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=person, now=now)
                for person in PEOPLE
            ]
            made = []
            for index in range(number):
                person = known[index % len(known)] if index >= number - people else None
                made.append(
                    await schedules.add(
                        db,
                        kind=KIND,
                        tenant_id=TEAM_ID,
                        team_id=TEAM_ID,
                        due_at=now,
                        now=now,
                        channel_id=None if person else CHANNELS[index % channels],
                        payload={"account_id": person.id} if person else {},
                    )
                )
        return [schedule.id for schedule in made]

    def posted(self) -> Counter[str]:
        """How often each text was posted."""
        return Counter(
            message.text
            for messages in self.slack.world.messages.values()
            for message in messages
            if message.by_app and message.text.startswith("number ")
        )

    def times(self, channel_id: str) -> list[float]:
        """When something was posted in the channel, in seconds."""
        return [float(message.ts) for message in self.slack.world.messages[channel_id] if message.by_app]

    async def until_posted(self, number: int) -> None:
        """Wait until so many different texts were posted."""
        await self.slack.until(lambda: len(self.posted()) >= number, timeout=PATIENCE)

    async def until_recorded(self, number: int) -> list[Any]:
        """Wait until so many posts ended; what became of each."""
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.store.reading() as db:
                    rows = await deliveries.history(db, tenant_id=TEAM_ID, limit=10_000)
                ended = [row for row in rows if row.state != "waiting"]
                if len(ended) >= number:
                    return ended
                await asyncio.sleep(0.2)


@contextlib.asynccontextmanager
async def plant(url: str, folder: Path) -> AsyncIterator[Plant]:
    """The Slack and the store on a migrated database; every worker ends with the block."""
    page, key = listening(), Fernet.generate_key().decode()
    app = create_app(
        bot_url="http://127.0.0.1:9",
        signing_secret="unused",
        bot_token=TOKEN,
        manifest=ROOT / "manifest.yml",
        public_url=address(page),
        pace=Pace(rate_limits=False, save_after=0.0),
    )
    slack: LocalSlack = app.state.slack
    for channel_id in CHANNELS:
        slack.world.channels[channel_id] = Channel(id=channel_id, name=channel_id.lower(), app_is_member=True)
    store = Store(url, Cipher([key]))
    async with serving(app, page) as slack_url:
        made = Plant(url, store, slack, slack_url, key, folder)
        try:
            yield made
        finally:
            for process in made.workers:
                if process.returncode is None:
                    process.kill()
                await process.wait()
            await store.close()
