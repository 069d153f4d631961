"""A Slack workspace with people in it: what they do reaches the app, what the app answers reaches them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bot.local.slack import disk
from bot.local.slack.api.about import uninstall
from bot.local.slack.api.chat import post_due
from bot.local.slack.changes import Changes, Subscription
from bot.local.slack.compose import state_for
from bot.local.slack.delivery import Acknowledgement, HttpRoad, Road
from bot.local.slack.events import Events
from bot.local.slack.faults import Faults
from bot.local.slack.hub import Hub
from bot.local.slack.ids import Ids
from bot.local.slack.manifest import Manifest, read_manifest
from bot.local.slack.modals import close_all
from bot.local.slack.outcomes import Choice, Container, Impossible, OnMessage, OnView, Outcome, Value, Values
from bot.local.slack.pace import Clock, Pace, system_clock
from bot.local.slack.payloads import VERIFICATION_TOKEN
from bot.local.slack.people import channels, commands, elements, forms, talk
from bot.local.slack.permits import Permits
from bot.local.slack.seed import seed
from bot.local.slack.socket_mode import SocketRoad
from bot.local.slack.tokens import Tokens
from bot.local.slack.workspace import Credentials, Workspace
from bot.local.slack.world import Channel, Message, StateValues, View, World

T = TypeVar("T")
_CLOCK_TICK = 1.0


class LocalSlack:
    """The engine. `world` may be read freely; everything that changes it is a method here or a Web API call.

    People's methods raise `Impossible` for what Slack's own app would not let a person do.
    """

    def __init__(  # noqa: PLR0913 (each is an option of its own, all by name)
        self,
        *,
        bot_url: str,
        signing_secret: str,
        bot_token: str,
        manifest: Path | Mapping[str, Any],
        data: Path | None = None,
        clock: Clock = system_clock,
        pace: Pace | None = None,
        public_url: str | None = None,
        app_token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        organization_id: str | None = None,
    ) -> None:
        """Deliver to `bot_url`. `public_url` is this Slack's own address (learnt from the first request without it)."""
        self.pace = pace or Pace()
        self.changes = Changes()
        self._data = data
        self._tasks: list[asyncio.Task[None]] = []
        read = read_manifest(manifest)
        kept = disk.load(data) if data else None
        world = kept or seed(read, clock())
        world.app.name, world.app.scopes = read.bot_name, list(read.scopes)
        latest = max((message.ts for messages in world.messages.values() for message in messages), default="0.0")
        ids = Ids(clock, after=latest)
        self.workspace = Workspace(
            world=world,
            manifest=read,
            clock=clock,
            pace=self.pace,
            changes=self.changes,
            ids=ids,
            permits=Permits(clock, ids),
            credentials=Credentials(signing_secret, app_token, client_id, client_secret),
            tokens=Tokens(bot_token, read.rotates_tokens, clock, ids),
            organization={"id": organization_id, "name": f"{world.team_name} group"} if organization_id else None,
            url=public_url.rstrip("/") if public_url else None,
        )
        self._http = HttpRoad(bot_url, signing_secret, self.pace)
        self.sockets = SocketRoad(self.pace) if read.socket_mode else None
        road: Road = self.sockets or self._http
        self.hub = Hub(self.workspace, road, Events(self.workspace, road))

    @property
    def world(self) -> World:
        """Everything there is."""
        return self.workspace.world

    @property
    def faults(self) -> Faults:
        """What shall go wrong with the app's next Web API calls."""
        return self.workspace.faults

    @property
    def manifest(self) -> Manifest:
        """What the app offers."""
        return self.workspace.manifest

    async def start(self) -> None:
        """Open the connections and begin to keep the data file. `create_app` calls it when the server starts."""
        await self._http.open()
        if self.sockets is not None:
            await self.sockets.open()
        if self._data is not None:
            keeping = disk.keep(self._data, self.world, self.subscribe(), self.pace.save_after)
            self._tasks.append(asyncio.create_task(keeping))
        self._tasks.append(asyncio.create_task(self._post_what_is_due()))

    async def stop(self) -> None:
        """Give up what is under way, write the data file, and close."""
        await self.hub.events.stop()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks.clear()
        if self._data is not None:
            disk.save(self._data, self.world)
        if self.sockets is not None:
            await self.sockets.close()
        await self._http.close()

    async def run_command(self, person_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Type `text`, which starts with `/`, into the composer of a channel (or of a thread, which Slack refuses)."""
        person = self.hub.person(person_id)
        channel = self.hub.channel_of(person_id, channel_id)
        return await commands.run_command(self.hub, person, channel, text, thread_ts)

    async def say(self, person_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Post a plain message; the app is told when it subscribed and may see it."""
        person = self.hub.person(person_id)
        return talk.say(self.hub, person, self.hub.channel_of(person_id, channel_id), text, thread_ts)

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
        person = self.hub.person(person_id)
        place = elements.find_place(self.hub, person, container)
        return await elements.press(self.hub, person, place, block_id, action_id, value, values)

    async def fill(self, person_id: str, view_id: str, values: Values) -> None:
        """Type or pick in a view without telling the app: it becomes part of `state.values`."""
        person = self.hub.person(person_id)
        elements.fill(self.hub, person, elements.find_place(self.hub, person, OnView(view_id)), values)

    async def options(
        self, person_id: str, container: Container, block_id: str, action_id: str, query: str
    ) -> list[Choice]:
        """What an external select offers for `query`; [] when shorter than its `min_query_length`, or on an error."""
        person = self.hub.person(person_id)
        place = elements.find_place(self.hub, person, container)
        choices, _ = await elements.options(self.hub, person, place, block_id, action_id, query)
        return choices

    async def submit(self, person_id: str, view_id: str, values: Values | None = None) -> Outcome:
        """Press the modal's submit button, after filling in `values`."""
        person = self.hub.person(person_id)
        if values:
            await self.fill(person_id, view_id, values)
        return await forms.submit(self.hub, person, self._view(person_id, view_id))

    async def close(self, person_id: str, view_id: str, *, everything: bool = False) -> Outcome:
        """Close the modal: the top view (Cancel), or with `everything` the whole stack (the ✕)."""
        person = self.hub.person(person_id)
        return await forms.close(self.hub, person, self._view(person_id, view_id), everything=everything)

    async def shortcut(self, person_id: str, callback_id: str, message: OnMessage | None = None) -> Outcome:
        """Run a global shortcut, or a message shortcut on `message`."""
        person = self.hub.person(person_id)
        found = self._message(person_id, message) if message else None
        return await forms.shortcut(self.hub, person, callback_id, found)

    async def open_home(self, person_id: str, tab: str = "home") -> Outcome:
        """Open the app's Home (or its `messages` tab, which also sends `app_home_opened`)."""
        return talk.open_home(self.hub, self.hub.person(person_id), tab)

    async def open_channel(self, person_id: str, channel_id: str) -> Channel:
        """Look at a channel, which marks it read."""
        channel = self.hub.channel_of(person_id, channel_id)
        self.workspace.mark_read(person_id, channel_id)
        return channel

    async def reload(self, person_id: str) -> None:
        """Reload the person's Slack: private messages and open modals are gone, and the app hears nothing of it."""
        for messages in self.world.messages.values():
            for message in messages:
                if message.ephemeral_to == person_id and not message.deleted:
                    self.workspace.delete(message)
        close_all(self.workspace, person_id)

    async def react(self, person_id: str, message: OnMessage, emoji: str) -> Outcome:
        """Add a reaction, or take it back when it is there."""
        return talk.react(self.hub, self.hub.person(person_id), self._message(person_id, message), emoji)

    async def join(self, person_id: str, channel_id: str) -> Channel:
        """Join a public channel."""
        return channels.join(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def leave_channel(self, person_id: str, channel_id: str) -> Outcome:
        """Leave a channel."""
        return channels.leave(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def invite_app(self, person_id: str, channel_id: str) -> Outcome:
        """Add the app to a channel the person is in."""
        return channels.invite_app(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def remove_app(self, person_id: str, channel_id: str) -> Outcome:
        """Remove the app from a channel the person is in."""
        return channels.remove_app(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def archive_channel(self, person_id: str, channel_id: str) -> Outcome:
        """Archive a channel the person is in."""
        return channels.archive(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def unarchive_channel(self, person_id: str, channel_id: str) -> Outcome:
        """Take a channel back from the archive."""
        return channels.unarchive(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def delete_channel(self, person_id: str, channel_id: str) -> Outcome:
        """Delete a channel, as an admin may."""
        return channels.delete(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def share_channel(self, person_id: str, channel_id: str) -> Outcome:
        """Share a channel with another organization."""
        return channels.share(self.hub, self.hub.person(person_id), self.hub.channel_of(person_id, channel_id))

    async def uninstall_app(self, person_id: str) -> None:
        """Remove the app from the workspace, as an admin may. It hears of it and its token stops working."""
        if not self.hub.person(person_id).is_admin:
            raise Impossible(f"{person_id!r} is no admin")
        uninstall(self.hub)

    def message_state(self, person_id: str, message: OnMessage) -> StateValues:
        """What the person picked so far in a message's selects."""
        return state_for(self._message(person_id, message), person_id)

    async def verify_url(self) -> bool:
        """Slack's check of the events address: whether the app repeated the challenge."""
        challenge = self.workspace.ids.secret()
        payload = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        answer = await self._http.send("events_api", payload, {})
        return answer.failure is None and challenge.encode() in answer.body

    async def probe_ssl(self) -> Acknowledgement:
        """Slack's occasional `ssl_check=1` at a command's address."""
        return await self._http.send("slash_commands", {"ssl_check": "1", "token": VERIFICATION_TOKEN}, {})

    def subscribe(self) -> Subscription:
        """Every change from now on, as an async iterator."""
        return self.changes.subscribe()

    async def until(self, find: Callable[[], T], *, timeout: float = 30.0) -> T:  # noqa: ASYNC109 (one wait, one number)
        """The first truthy answer of `find`, asked now and after every change. Raises TimeoutError."""
        return await self.changes.until(find, timeout=timeout)

    async def settled(self) -> None:
        """Wait until every event was delivered, its retries included."""
        await self.hub.events.settled()

    def _view(self, person_id: str, view_id: str) -> View:
        place = elements.find_place(self.hub, self.hub.person(person_id), OnView(view_id))
        if place.view is None:
            raise Impossible(f"there is no view {view_id!r}")
        return place.view

    def _message(self, person_id: str, at: OnMessage) -> Message:
        place = elements.find_place(self.hub, self.hub.person(person_id), at)
        if place.message is None:
            raise Impossible(f"there is no message {at.ts!r}")
        return place.message

    async def _post_what_is_due(self) -> None:
        while True:
            post_due(self.hub)
            await asyncio.sleep(_CLOCK_TICK)


__all__ = ["Clock", "LocalSlack", "system_clock"]
