"""A day of changes in 200 projects that 50 channels follow: what is posted, and what it costs of Toggl's quota.

Five people subscribed the channels: 20 follow everything, 30 three projects each, all as channels begin: milestones at
once, the rest in the digest. Some 300 changes are made in Toggl itself, 60 through the bot. The clock is moved from one
due time to the next, so that the day takes a minute or two. Run with `python -m benchmarks.project_updates`.
"""

from __future__ import annotations

import contextlib
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import uvloop
from cryptography.fernet import Fernet

from bot.domain.projects import Change, Named
from bot.domain.subscriptions import ChannelSettings
from bot.jobs import JOBS
from bot.jobs.engine.running import run_due
from bot.local.slack import create_app as create_local_slack
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import TEAM_ID
from bot.local.slack.world import Channel
from bot.local.toggl import LocalToggl
from bot.local.toggl import create_app as create_local_toggl
from bot.local.toggl.records import Plan, Project
from bot.parts import Parts, assembled
from bot.services import project_changes
from bot.services.project_watching import arrange
from bot.settings import Settings
from bot.store import accounts, credentials, schedules, subscriptions, workspaces
from bot.store.tables import Subscription
from bot.toggl import FocusKey, fingerprint
from tests.serving import address, listening, serving

PROJECTS, CHANNELS, EVERYTHING, EACH = 200, 50, 20, 3
ELSEWHERE, THROUGH_THE_BOT = 300, 60
PEOPLE = ("admin", "member", "lena", "sofia", "noor")
PLAN: Plan = "starter"
CALLS_AN_HOUR = 240
MORNING = datetime(2026, 11, 12, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
QUIET = Pace(rate_limits=False, save_after=0.0, retries=(0.0, 0.0, 0.0))


@dataclass
class Day:
    """The world of the benchmark, and what is counted in it."""

    parts: Parts
    slack: LocalSlack
    toggl: LocalToggl
    now: datetime = MORNING
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 (a story, not a secret)
    people: dict[str, int] = field(default_factory=dict)
    hours: dict[str, list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    """Of each credential Toggl's hours, which begin with a call: when each began, and what looking spent in it.

    Who may see a private project that was changed through the bot is asked at once, whatever was spent.
    """
    operations: Counter[str] = field(default_factory=Counter)
    runs: int = 0

    @property
    def projects(self) -> list[Project]:
        """Those of the workspace that are there."""
        place = self.toggl.workspace().id
        known = self.toggl.world.state.projects.values()
        return [one for one in known if one.workspace_id == place and one.deleted_at is None]

    async def work(self, until: datetime) -> None:
        """Do everything that becomes due until then, at its time."""
        while True:
            async with self.parts.store.reading() as db:
                due = await schedules.earliest_due(db)
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            self.runs += await run_due(self.parts.office, self.parts.posts, self.parts.tenants, JOBS, now=self.now)
            self._count()
        self.now = max(self.now, until)

    async def change(self) -> None:
        """Somebody changes a project in Toggl itself."""
        one = self.dice.choice(self.projects)
        values = self.dice.choice(
            (
                {"name": f"{one.name.rstrip('0123456789 ')} {self.dice.randrange(1000)}"},
                {"estimated_mins": self.dice.randrange(10, 400) * 60},
                {"end_date": (self.now + timedelta(days=self.dice.randrange(200))).date()},
                {"archived_at": None if one.archived_at else self.now},
                {"pinned": not one.pinned},
            )
        )
        self.toggl.world.state.projects[one.id] = msgspec.structs.replace(one, **values, updated_at=self.now)
        task = self.dice.choice([task for task in self.toggl.world.state.tasks.values() if task.project_id])
        self.toggl.add_entry("member", task.name, start=self.now - DAY, duration=timedelta(hours=8))

    async def change_here(self) -> None:
        """Somebody pins or archives one through the bot."""
        one = self.dice.choice(self.projects)
        deed = self.dice.choice((Change.PIN, Change.ARCHIVE, Change.UNARCHIVE))
        context = await self.parts.office.context(self.people["admin"], now=self.now)
        await project_changes.apply(context, Named(one.id, one.name), deed)
        self._count(by_job=False)

    def _count(self, *, by_job: bool = True) -> None:
        for call in self.toggl.calls:
            hours = self.hours[str(call.person)]
            if not hours or call.at >= hours[-1][0] + timedelta(hours=1):
                hours.append((call.at, 0))
            looking = by_job and call.operation != "get_project"
            hours[-1] = (hours[-1][0], hours[-1][1] + looking)
            self.operations[str(call.operation)] += by_job
        self.toggl.calls.clear()


@contextlib.asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Day]:
    """The bot's parts between a local Slack and a local Toggl, all at the benchmark's time."""
    page, backend = listening(), listening()
    days: list[Day] = []

    def clock() -> datetime:
        return days[0].now if days else MORNING

    local_toggl = create_local_toggl(profile="2026-08", clock=clock)
    local_slack = create_local_slack(
        bot_url="http://127.0.0.1:9",
        signing_secret="benchmark",  # noqa: S106 (of this benchmark's own servers)
        bot_token="xoxb-benchmark",  # noqa: S106 (good for nothing)
        manifest=Path(__file__).parent.parent / "manifest.yml",
        public_url=address(page),
        clock=clock,
        pace=QUIET,
    )
    settings = Settings.model_validate(
        {
            **{name: one.default for name, one in Settings.model_fields.items()},
            "slack_signing_secret": "benchmark",
            "slack_bot_token": "xoxb-benchmark",
            "slack_api_url": f"{address(page)}/api/",
            "toggl_focus_url": f"{address(backend)}/api",
            "toggl_track_url": f"{address(backend)}/api/v9",
            "toggl_webhooks_url": f"{address(backend)}/webhooks/api/v1",
            "database_url": f"sqlite:///{folder / 'bot.sqlite3'}",
            "encryption_keys": Fernet.generate_key().decode(),
        }
    )
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(serving(local_toggl, backend))
        await stack.enter_async_context(serving(local_slack, page))
        parts = await stack.enter_async_context(assembled(settings, clock=clock))
        day = Day(parts, local_slack.state.slack, local_toggl.state.toggl)
        days.append(day)
        yield day


async def furnish(day: Day) -> None:
    """Two hundred projects, fifty channels, five people, and what is followed."""
    day.toggl.limited = False
    day.toggl.set_plan(PLAN)
    place, maker = day.toggl.workspace(), day.toggl.person("admin")
    for number in range(PROJECTS - len(day.projects)):
        made = Project(
            id=day.toggl.world.new_id(),
            workspace_id=place.id,
            name=f"Project {number}",
            toggl_user_id=maker.focus_id,
            created_at=MORNING - 100 * DAY,
            updated_at=MORNING - DAY,
            estimated_mins=60 * 100,
        )
        day.toggl.world.state.projects[made.id] = made
    for who in PEOPLE:
        await _connect(day, who)
    for number in range(CHANNELS):
        channel_id = f"C0BENCH{number:04d}"
        day.slack.world.channels[channel_id] = Channel(id=channel_id, name=f"bench-{number}", app_is_member=True)
        followed = (None,) if number < EVERYTHING else tuple(day.dice.sample(day.projects, EACH))
        await _follow(day, channel_id, PEOPLE[number % len(PEOPLE)], followed)


async def _connect(day: Day, who: str) -> None:
    place, secret = day.toggl.workspace(), day.toggl.person(who).focus_key
    async with day.parts.store.writing() as db:
        account = await accounts.get_or_create(
            db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=f"U{who.upper()}", now=day.now, zone="Europe/Berlin"
        )
        day.people[who] = account.id
        await credentials.save(
            db,
            account_id=account.id,
            kind="focus_key",
            secret=secret,
            label=who,
            fingerprint=fingerprint(FocusKey(secret)),
            now=day.now,
        )
        workspace = await workspaces.save(
            db, account_id=account.id, organization_id=place.organization_id, name=place.name, focus_id=place.id
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)


async def _follow(day: Day, channel_id: str, who: str, followed: tuple[Project | None, ...]) -> None:
    place = day.toggl.workspace()
    async with day.parts.store.writing() as db:
        await subscriptions.save_settings(
            db,
            tenant_id=TEAM_ID,
            team_id=TEAM_ID,
            channel_id=channel_id,
            settings=msgspec.json.encode(ChannelSettings(zone=ZoneInfo("Europe/Berlin").key)).decode(),
            account_id=day.people[who],
            now=day.now,
        )
        for project in followed:
            await subscriptions.save(
                db,
                Subscription(
                    tenant_id=TEAM_ID,
                    team_id=TEAM_ID,
                    channel_id=channel_id,
                    account_id=day.people[who],
                    organization_id=place.organization_id,
                    workspace_id=place.id,
                    project_id=project.id if project else 0,
                    project_name=project.name if project else place.name,
                    created_at=day.now,
                    updated_at=day.now,
                ),
            )
        await arrange(db, tenant_id=TEAM_ID, team_id=TEAM_ID, channel_id=channel_id, now=day.now)


async def _live(day: Day) -> None:
    """A day: changes from six in the morning to ten at night, then silence."""
    await day.work(MORNING + timedelta(minutes=10))
    day.operations.clear()
    moments = sorted(
        [(day.dice.uniform(0.2, 16), "elsewhere") for _ in range(ELSEWHERE)]
        + [(day.dice.uniform(0.2, 16), "here") for _ in range(THROUGH_THE_BOT)]
    )
    for hours, where in moments:
        await day.work(MORNING + timedelta(hours=hours))
        await (day.change() if where == "elsewhere" else day.change_here())
    await day.work(MORNING + DAY + timedelta(hours=3))


def _report(day: Day, seconds: float) -> None:
    messages = [one for place in day.slack.world.messages.values() for one in place if one.by_app]
    kinds = Counter(
        "digests" if "Project updates" in one.text else "updates in threads" if one.thread_ts else "cards"
        for one in messages
    )
    edits = sum(1 for one in messages if one.edited_ts)
    worst = max(spent for hours in day.hours.values() for _, spent in hours)
    refused = len(day.slack.world.refusals)
    print(f"{PROJECTS} projects, {CHANNELS} channels, {ELSEWHERE} changes in Toggl, {THROUGH_THE_BOT} through the bot")
    print(f"posts: {len(messages)}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    print(f"cards that were edited in place: {edits}; posts that Slack would refuse: {refused}")
    calls = ", ".join(f"{count} {name}" for name, count in day.operations.most_common() if count)
    print(f"Toggl calls of {len(PEOPLE)} credentials in a day: {sum(day.operations.values())}: {calls}")
    print(
        f"most calls to look for changes in an hour of one credential: {worst} of {CALLS_AN_HOUR}, "
        f"{worst / CALLS_AN_HOUR:.1%} of its quota"
    )
    print(f"{day.runs} runs of jobs in {seconds:.0f} s")
    assert worst <= CALLS_AN_HOUR // 10
    assert not refused


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as day:
            await furnish(day)
            began = time.perf_counter()
            await _live(day)
            _report(day, time.perf_counter() - began)


def main() -> None:
    """Print what a day comes to."""
    uvloop.run(_main())


if __name__ == "__main__":
    main()
