"""A Slack workspace with people in it: what they do reaches the app, what the app answers reaches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.local.slack.changes import Changes, Subscription
from bot.local.slack.manifest import Manifest
from bot.local.slack.outcomes import Choice, Container, OnMessage, Outcome, Value, Values
from bot.local.slack.world import Channel, World

T = TypeVar("T")
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class LocalSlack:
    """The engine. `world` may be read freely; everything that changes it is a method here or a Web API call.

    People's methods raise `Impossible` for what Slack's own app would not let a person do.
    """

    world: World
    manifest: Manifest

    def __init__(
        self,
        *,
        bot_url: str,
        signing_secret: str,
        bot_token: str,
        manifest: Path | Mapping[str, Any],
        data: Path | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self.changes = Changes()

    async def start(self) -> None:
        """Open the connections that deliver to the app. `create_app` calls it when the server starts."""

    async def stop(self) -> None:
        """Finish what is under way, write the data file, and close."""

    async def run_command(self, person_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Type `text`, which starts with `/`, into the composer of a channel (or of a thread, which Slack refuses)."""
        raise NotImplementedError

    async def say(self, person_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Post a plain message; the app is told when it subscribed and may see it."""
        raise NotImplementedError

    async def press(
        self,
        person_id: str,
        container: Container,
        block_id: str,
        action_id: str,
        value: Value = None,
        values: Values | None = None,
    ) -> Outcome:
        """Use a button, menu, select, picker, checkbox or input; `value` is what was picked (none for buttons).

        `values` is what the form holds besides, so far: it is stored as the container's state first.
        """
        raise NotImplementedError

    async def fill(self, person_id: str, view_id: str, values: Values) -> None:
        """Type or pick in a view without telling the app: it becomes part of `state.values`."""

    async def options(
        self, person_id: str, container: Container, block_id: str, action_id: str, query: str
    ) -> list[Choice]:
        """What an external select offers for `query`; [] when shorter than its `min_query_length`, or on an error."""
        raise NotImplementedError

    async def submit(self, person_id: str, view_id: str, values: Values | None = None) -> Outcome:
        """Press the modal's submit button, after filling in `values`."""
        raise NotImplementedError

    async def close(self, person_id: str, view_id: str, *, everything: bool = False) -> Outcome:
        """Close the modal: the top view (Cancel), or with `everything` the whole stack (the ✕)."""
        raise NotImplementedError

    async def shortcut(self, person_id: str, callback_id: str, message: OnMessage | None = None) -> Outcome:
        """Run a global shortcut, or a message shortcut on `message`."""
        raise NotImplementedError

    async def open_home(self, person_id: str, tab: str = "home") -> Outcome:
        """Open the app's Home (or its `messages` tab, which also sends `app_home_opened`)."""
        raise NotImplementedError

    async def open_channel(self, person_id: str, channel_id: str) -> Channel:
        """Look at a channel, which marks it read."""
        raise NotImplementedError

    async def react(self, person_id: str, message: OnMessage, emoji: str) -> Outcome:
        """Add a reaction, or take it back when it is there."""
        raise NotImplementedError

    async def join(self, person_id: str, channel_id: str) -> Channel:
        """Join a public channel."""
        raise NotImplementedError

    async def invite_app(self, person_id: str, channel_id: str) -> Outcome:
        """Add the app to a channel the person is in."""
        raise NotImplementedError

    def subscribe(self) -> Subscription:
        """Every change from now on, as an async iterator."""
        return self.changes.subscribe()

    async def until(self, find: Callable[[], T], *, timeout: float = 5.0) -> T:  # noqa: ASYNC109 (one wait, one number)
        """The first truthy answer of `find`, asked now and after every change. Raises TimeoutError."""
        return await self.changes.until(find, timeout=timeout)
