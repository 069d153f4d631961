"""A channel that follows projects: what somebody does in the local Toggl, and what the channel then says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlmodel import select

from bot.domain.subscriptions import DEFAULT_MODES, ChannelSettings, Mode, ProjectEvent
from bot.jobs import JOBS
from bot.local.slack.seed import DESIGN, GENERAL, MARCUS, TEAM_ID, WEBSITE
from bot.local.slack.world import Message
from bot.local.toggl.records import Project as Kept
from bot.services.project_watching import POLL, arrange
from bot.store import Account, accounts, credentials, schedules, subscriptions, workspaces
from bot.store import Ledger as Books
from bot.store.tables import ProjectSnapshot, ProjectUpdate, Schedule, Subscription
from bot.toggl import Cache, Endpoints, FocusKey, Quota, fingerprint
from tests.conftest import Clock, ServedToggl
from tests.jobs.conftest import Works
from tests.road import FOCUS_KEYS, QUICK

SITE = "Alpenglow Website"
AT_ONCE = dict.fromkeys(ProjectEvent, Mode.AT_ONCE)


@dataclass
class Town:
    """A local Slack and a local Toggl with the jobs between them. `channel` is where most of it happens."""

    works: Works
    toggl: ServedToggl
    clock: Clock
    channel: str = WEBSITE
    refused: Collection[str] = ()
    """What Slack may answer in this test: everything else that it refuses fails the test."""

    async def connect(self, user_id: str = MARCUS, who: str = "member") -> Account:
        """A person in Slack with the Focus key of somebody of the seeded company."""
        place, secret, now = self.toggl.workspace(), FOCUS_KEYS[who], self.clock()
        async with self.works.store.writing() as db:
            account = await accounts.get_or_create(db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=user_id, now=now)
            await credentials.save(
                db,
                account_id=account.id,
                kind="focus_key",
                secret=secret,
                label=who,
                fingerprint=fingerprint(FocusKey(secret)),
                now=now,
            )
            workspace = await workspaces.save(
                db, account_id=account.id, organization_id=place.organization_id, name=place.name, focus_id=place.id
            )
            await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)
        return account

    async def follow(
        self,
        account: Account,
        project: str | None = None,
        *,
        channel: str | None = None,
        modes: Mapping[ProjectEvent, Mode] | None = None,
        private: bool = False,
        workspace: str | None = None,
    ) -> Subscription:
        """Let the channel follow a project, or all, as `account` sees them; what is not said is as channels begin."""
        place, now, channel = self.toggl.workspace(workspace), self.clock(), channel or self.channel
        async with self.works.store.writing() as db:
            await workspaces.save(
                db, account_id=account.id, organization_id=place.organization_id, name=place.name, focus_id=place.id
            )
            row = await subscriptions.save(
                db,
                Subscription(
                    tenant_id=TEAM_ID,
                    team_id=TEAM_ID,
                    channel_id=channel,
                    account_id=account.id,
                    organization_id=place.organization_id,
                    workspace_id=place.id,
                    project_id=self.kept(project).id if project else 0,
                    project_name=project or place.name,
                    modes=msgspec.json.encode(modes or {}).decode(),
                    private=private,
                    created_at=now,
                    updated_at=now,
                ),
            )
            await arrange(db, tenant_id=TEAM_ID, team_id=TEAM_ID, channel_id=channel, now=now)
        return row

    async def settings(self, *, channel: str | None = None, **chosen: Any) -> None:
        """Let the channel be told so; what is not said is as channels begin."""
        given = ChannelSettings(**{"zone": "Europe/Berlin", "modes": DEFAULT_MODES, **chosen})
        async with self.works.store.writing() as db:
            await subscriptions.save_settings(
                db,
                tenant_id=TEAM_ID,
                team_id=TEAM_ID,
                channel_id=channel or self.channel,
                settings=msgspec.json.encode(given).decode(),
                account_id=None,
                now=self.clock(),
            )
            await arrange(db, tenant_id=TEAM_ID, team_id=TEAM_ID, channel_id=channel or self.channel, now=self.clock())

    async def work(self) -> None:
        """Do what is due now, and what becomes due by it."""
        while await self.works.run_due():
            pass

    async def later(self, **length: float) -> None:
        """Some time passes, and what comes due then is done; an hour where nothing is said."""
        self.clock.pass_(**(length or {"hours": 1}))
        await self.work()

    async def begin(self) -> None:
        """The first look: nothing is new yet. What it cost is not counted, and what it said not listed."""
        await self.work()
        self.toggl.calls.clear()

    def kept(self, name: str) -> Kept:
        """The project of this name as the local Toggl keeps it, deleted or not."""
        return next(one for one in self.toggl.world.state.projects.values() if one.name == name)

    def change(self, project: str, **values: Any) -> None:
        """Somebody changes the project in Toggl itself."""
        one = self.kept(project)
        self.toggl.world.state.projects[one.id] = msgspec.structs.replace(one, **values, updated_at=self.clock())

    def create(self, name: str, **values: Any) -> Kept:
        """Somebody makes a project in Toggl itself."""
        place, maker, now = self.toggl.workspace(), self.toggl.person("admin"), self.clock()
        made = Kept(
            id=self.toggl.world.new_id(),
            workspace_id=place.id,
            name=name,
            toggl_user_id=maker.focus_id,
            created_at=now,
            updated_at=now,
            **values,
        )
        self.toggl.world.state.projects[made.id] = made
        return made

    def track(self, project: str, hours: float) -> None:
        """Somebody has worked on it so long."""
        task = next(task for task in self.toggl.world.state.tasks.values() if task.project_id == self.kept(project).id)
        self.toggl.add_entry(
            "member", task.name, start=self.clock() - timedelta(days=400), duration=timedelta(hours=hours)
        )

    def tracked(self, project: str) -> float:
        """The hours on it so far."""
        number = self.kept(project).id
        entries = self.toggl.world.state.entries.values()
        return sum(one.duration or 0 for one in entries if one.project_id == number and one.deleted_at is None) / 3600

    def said(self, channel: str | None = None) -> list[str]:
        """What the channel says, oldest first; what is in threads too."""
        return self.works.texts(channel or self.channel)

    def messages(self, channel: str | None = None) -> list[Message]:
        """The messages themselves."""
        return self.works.messages(channel or self.channel)

    def slack_dm(self, user_id: str) -> list[Message]:
        """What the bot said to a person in their direct messages."""
        dm = self.works.slack.world.dm_of(user_id)
        return self.works.messages(dm.id) if dm else []

    def calls(self) -> list[str | None]:
        """The operations that Toggl was asked for since the last time."""
        asked = [call.operation for call in self.toggl.calls]
        self.toggl.calls.clear()
        return asked

    async def poll(self, account: Account) -> Schedule | None:
        """The schedule with which the person's credential looks."""
        async with self.works.store.reading() as db:
            key = f"{account.id}:{self.toggl.workspace().id}"
            return await schedules.find(db, tenant_id=TEAM_ID, kind=POLL, key=key)

    async def written(self) -> list[tuple[Any, ...]]:
        """Everything that is kept of projects, and every post."""
        async with self.works.store.reading() as db:
            snapshots = [tuple(row.model_dump().values()) for row in await db.exec(select(ProjectSnapshot))]
            updates = [tuple(row.model_dump().values()) for row in await db.exec(select(ProjectUpdate))]
        posts = [row for row in await self.works.history() if row[1] != "skipped"]
        return [*sorted(snapshots), *updates, *posts]

    async def resting(self) -> list[str | None]:
        """Why the channel's subscriptions rest, each; None for those that do not."""
        async with self.works.store.reading() as db:
            rows = await subscriptions.of_channel(db, tenant_id=TEAM_ID, channel_id=self.channel)
        return [row.pause_reason for row, _ in rows]


@pytest.fixture
async def town(works: Works, toggl: ServedToggl, clock: Clock) -> AsyncIterator[Town]:
    """Nobody is connected yet, and no channel follows anything."""
    endpoints = Endpoints(f"{toggl.url}/api", f"{toggl.url}/api/v9", f"{toggl.url}/webhooks/api/v1")
    connections = replace(
        works.office.connections,
        endpoints=endpoints,
        ledger=Books(works.store, Quota),
        cache=Cache(clock),
        patience=QUICK,
    )
    works.office = replace(works.office, connections=connections)
    works.jobs = [*JOBS]
    for channel in (DESIGN, GENERAL):
        works.slack.world.channels[channel].app_is_member = True
    made = Town(works, toggl, clock)
    yield made
    refused = [one for one in works.slack.world.refusals if one.error not in made.refused]
    assert not refused, refused
