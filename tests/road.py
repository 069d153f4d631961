"""The whole road, all parts real: a person in the local Slack, the composed bot, the local Toggl, HTTP between them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet

from bot import app
from bot.jobs import JOBS, Job
from bot.jobs.engine.running import run_due
from bot.local.slack import create_app as create_local_slack
from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import OnMessage, OnView, Outcome
from bot.local.slack.pace import Pace
from bot.local.slack.seed import MARCUS
from bot.local.slack.world import Message, View
from bot.parts import Parts, assembled, open_store
from bot.settings import Settings
from bot.store import Store, accounts, credentials, workspaces
from bot.toggl import FocusKey, Patience, TrackToken, fingerprint
from tests.conftest import Clock, ServedToggl
from tests.serving import address, listening, serving

SIGNING_SECRET = "road-signing-secret"
BOT_TOKEN = "xoxb-road"
CHANNEL = "C0WEBSITE01"
TEAM = "T0NORDLICHT"
MANIFEST = yaml.safe_load((Path(__file__).parent.parent / "manifest.yml").read_text("utf-8"))
"""Read once for all tests."""
FOCUS_KEYS = {"admin": "toggl_sk_admin", "member": "toggl_sk_member", "sofia": "toggl_sk_sofia"}
QUICK = Patience(attempts=2, first_pause=0.01, longest_pause=0.01, courtesy=30)
TRACK_TOKENS = {"admin": "a" * 32, "member": "b" * 32, "sofia": hashlib.sha256(b"sofia").hexdigest()[:32]}
ROLES = {"admin": "admin", "member": "user", "sofia": "admin"}

BUSY = 20.0
"""Seconds that this Slack waits for an acknowledgement instead of three: what is shown is the same, on however busy a
machine. When the bot answers is tested with its own limit (tests/dispatcher), not with this clock."""


class Road:
    """What one person does in Slack, and what they then see. Whatever Slack would refuse fails the test."""

    def __init__(
        self,
        slack: LocalSlack,
        toggl: ServedToggl,
        store: Store,
        clock: Clock,
        settings: Settings,
        stack: contextlib.AsyncExitStack,
    ) -> None:
        self.slack = slack
        self.toggl = toggl
        self.store = store
        self.clock = clock
        self.settings = settings
        self.bot_url = settings.public_url or ""
        self._stack = stack
        self._parts: Parts | None = None
        self.person = MARCUS
        self.channel = CHANNEL

    async def connect(self, who: str = "member", *, track: bool = False) -> None:
        """Connect the person as somebody of the seeded company, as if they had done it through the page."""
        place = self.toggl.workspace()
        given = [("focus_key", FocusKey(FOCUS_KEYS[who]), FOCUS_KEYS[who])]
        if track:
            given.append(("track_token", TrackToken(TRACK_TOKENS[who]), TRACK_TOKENS[who]))  # type: ignore[arg-type]  # mypy joins the tuples' types too narrowly
        now = self.clock()
        team = self.slack.world.team_id
        async with self.store.writing() as db:
            account = await accounts.get_or_create(db, tenant_id=team, team_id=team, user_id=self.person, now=now)
            for kind, credential, secret in given:
                await credentials.save(
                    db,
                    account_id=account.id,
                    kind=kind,
                    secret=secret,
                    label=who,
                    fingerprint=fingerprint(credential),
                    now=now,
                )
            workspace = await workspaces.save(
                db,
                account_id=account.id,
                organization_id=place.organization_id,
                name=place.name,
                focus_id=place.id,
                track_id=place.id,
                role=ROLES[who] if track else None,
            )
            await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)

    async def command(self, text: str) -> Message:
        """Type a slash command; the newest message after it. Wait for one that comes late."""
        before = self.seen()
        outcome = await self.slack.run_command(self.person, self.channel, text)
        assert outcome.ok, outcome
        return await self._newest(before)

    async def command_opening(self, text: str) -> View:
        """Type a slash command that opens a modal."""
        outcome = await self.slack.run_command(self.person, self.channel, text)
        assert outcome.ok, outcome
        return await self.modal()

    async def press(self, message: Message, action_id: str, *, label: str | None = None) -> Outcome:
        """Press a button of `message`: by its `action_id`, and by its text where several have it."""
        block_id, element = find_button(message.blocks, action_id, label)
        container = OnMessage(message.channel_id, message.ts)
        return await self.slack.press(self.person, container, block_id, element["action_id"], element.get("value"))

    async def pressed(self, message: Message, action_id: str, *, label: str | None = None) -> Message:
        """Press a button of `message`, and wait for what is said then: in its place, or below."""
        before = self.seen()
        outcome = await self.press(message, action_id, label=label)
        assert outcome.ok, outcome
        return await self._newest(before)

    async def modal(self) -> View:
        """The modal on top, once it shows a form."""
        [view] = await self.slack.until(self._forms)
        return view

    async def submit(self, view: View, values: Mapping[str, Any]) -> Outcome:
        """Fill a modal in and send it."""
        return await self.slack.submit(self.person, view.id, values)

    async def submitted(self, view: View, values: Mapping[str, Any]) -> Message:
        """Fill a modal in, send it, and wait for the message that follows."""
        before = self.seen()
        outcome = await self.submit(view, values)
        assert outcome.ok, outcome
        return await self._newest(before)

    async def options(self, view: View, block_id: str, action_id: str, query: str = "") -> list[str]:
        """What a typeahead of a modal offers."""
        choices = await self.slack.options(self.person, OnView(view.id), block_id, action_id, query)
        return [choice.text for choice in choices]

    async def run_due(self, *, jobs: Iterable[Job] = JOBS) -> int:
        """Do what a worker would find due at this moment: prepare it and post what comes of it; the number of runs."""
        parts = await self.parts()
        return await run_due(parts.office, parts.posts, parts.tenants, jobs, now=self.clock())

    async def parts(self) -> Parts:
        """What a worker beside the composed bot works with; its `office` is what jobs are given."""
        if self._parts is None:
            kept = assembled(self.settings, clock=self.clock, patience=QUICK)
            self._parts = await self._stack.enter_async_context(kept)
        return self._parts

    def seen(self) -> list[tuple[str, str, str]]:
        """Every message the person sees where they are and in the app's DM, as (channel, ts, text)."""
        places = [
            self.channel,
            *(dm.id for dm in [self.slack.world.dm_of(self.person)] if dm and dm.id != self.channel),
        ]
        return [
            (place, message.ts, message.text)
            for place in places
            for message in self.slack.world.seen_by(self.person, place)
        ]

    async def _newest(self, before: list[tuple[str, str, str]]) -> Message:
        def changed() -> list[tuple[str, str, str]]:
            return [item for item in self.seen() if item not in before]

        (place, ts, _), *_ = await self.slack.until(changed)
        found = self.slack.world.find_message(place, ts)
        assert found is not None
        return found

    def _forms(self) -> list[View]:
        stack = self.slack.world.modals.get(self.person, [])
        return [view for view in stack[-1:] if view.submit]


def find_button(blocks: list[dict[str, Any]], action_id: str, label: str | None = None) -> tuple[str, dict[str, Any]]:
    """(block_id, button) of the first button whose id is `action_id` or a numbered one of its kind."""
    for block in blocks:
        for element in [*block.get("elements", ()), *filter(None, [block.get("accessory")])]:
            if element.get("action_id", "").partition(":")[0] != action_id:
                continue
            if label is None or label in {element.get("accessibility_label"), element.get("text", {}).get("text")}:
                return block["block_id"], element
    raise AssertionError(f"no button {action_id} {label or ''}")


def shown(message: Message) -> str:
    """Everything a message says, in one text."""
    texts = [message.text]
    for block in message.blocks:
        texts += [block.get("text", {}).get("text", "")]
        texts += [
            element.get("text", "") for element in block.get("elements", ()) if isinstance(element.get("text"), str)
        ]
    return "\n".join(filter(None, texts))


def wired(
    toggl: ServedToggl, folder: Path, *, slack_url: str, public_url: str | None, signing_secret: str, bot_token: str
) -> Settings:
    """The settings of a bot between a Slack and the local Toggl, with a database of its own in `folder`."""
    return Settings.model_validate(
        {
            "slack_signing_secret": signing_secret,
            "slack_bot_token": bot_token,
            "slack_api_url": f"{slack_url}/api/",
            "toggl_focus_url": f"{toggl.url}/api",
            "toggl_track_url": f"{toggl.url}/api/v9",
            "toggl_webhooks_url": f"{toggl.url}/webhooks/api/v1",
            "database_url": f"sqlite:///{folder / 'bot.sqlite3'}",
            "encryption_keys": Fernet.generate_key().decode(),
            "public_url": public_url,
        }
    )


@pytest.fixture
async def road(tmp_path: Path, toggl: ServedToggl, clock: Clock) -> AsyncIterator[Road]:
    """Somebody in the local Slack whom the bot does not know yet."""
    bound, page = listening(), listening()
    settings = wired(
        toggl,
        tmp_path,
        slack_url=address(page),
        public_url=address(bound),
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
    )
    local_slack = create_local_slack(
        bot_url=address(bound),
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        manifest=MANIFEST,
        public_url=address(page),
        pace=Pace(acknowledge=BUSY, rate_limits=False, save_after=0.0, retries=(0.0, 0.0, 0.0)),
    )
    async with contextlib.AsyncExitStack() as stack:
        bot = await stack.enter_async_context(app.composed(settings, clock=clock, patience=QUICK))
        await stack.enter_async_context(serving(bot, bound))
        await stack.enter_async_context(serving(local_slack, page))
        store = open_store(settings)
        await store.open()
        stack.push_async_callback(store.close)
        walked = Road(local_slack.state.slack, toggl, store, clock, settings, stack)
        yield walked
        refused = walked.slack.world.refusals
        assert not refused, refused
