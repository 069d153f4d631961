"""The Events API: what the app subscribed to and may hear, delivered and retried in the background."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.local.slack.delivery import TIMED_OUT, Acknowledgement, Road
from bot.local.slack.describe import message_json
from bot.local.slack.payloads import VERIFICATION_TOKEN
from bot.local.slack.rich import mentions
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Channel, Json, Message

_MESSAGE_EVENTS = {
    "im": "message.im",
    "channel": "message.channels",
    "private": "message.groups",
    "mpim": "message.mpim",
}
_CHANNEL_TYPES = {"im": "im", "channel": "channel", "private": "group", "mpim": "mpim"}
SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_id_changed": "channels:read",
    "channel_left": "channels:read",
    "channel_shared": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "user_profile_changed": "users.profile:read",
}
"""The scope that each event needs; those not listed need none."""
_OF_THE_INSTALLATION = frozenset({"app_uninstalled", "tokens_revoked"})
"""Of an organization's these name no workspace."""
_OF_MEMBERS = frozenset({"member_joined_channel", "member_left_channel"})
"""Of private channels these need the scope for those."""


class Events:
    """Sends events to the app, each in its own task, so that people never wait for them."""

    def __init__(self, workspace: Workspace, road: Road) -> None:
        self._workspace = workspace
        self._road = road
        self._under_way: set[asyncio.Task[None]] = set()

    def emit(self, name: str, event: Json) -> None:
        """Send `event` when the app subscribed to `name` and has the scope for it."""
        workspace = self._workspace
        scope = SCOPES.get(name)
        if name in _OF_MEMBERS and event.get("channel_type") == "G":
            scope = "groups:read"
        if name not in workspace.manifest.events or (scope and scope not in workspace.world.app.scopes):
            return
        if not workspace.world.app.installed and name not in {"app_uninstalled", "tokens_revoked"}:
            return
        self._start(self._envelope(event))

    def message(self, message: Message, *, subtype: str | None = None, previous: Json | None = None) -> None:
        """Say that a message was written (or `message_changed`, `message_deleted`) where the app can see it."""
        workspace = self._workspace
        channel = workspace.world.channels[message.channel_id]
        if message.ephemeral_to is not None or not channel.app_is_member:
            return
        described = message_json(workspace, message)
        event = _message_event(described, channel, workspace.ids.ts(), subtype=subtype, previous=previous)
        self.emit(_MESSAGE_EVENTS[channel.kind], event)
        app_id = workspace.world.app.bot_user_id
        if subtype is None and not message.by_app and channel.kind != "im" and app_id in mentions(message.text):
            mention = {name: value for name, value in event.items() if name != "channel_type"}
            self.emit("app_mention", {**mention, "type": "app_mention"})

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _envelope(self, event: Json) -> Json:
        world, organization = self._workspace.world, self._workspace.organization
        enterprise_id = organization["id"] if organization else None
        common = {
            "token": VERIFICATION_TOKEN,
            **({"enterprise_id": enterprise_id} if enterprise_id else {}),
            "api_app_id": world.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.ids.make("Ev"),
            "event_time": self._workspace.now,
        }
        if enterprise_id and event["type"] in _OF_THE_INSTALLATION:
            return common
        return {
            **common,
            "team_id": world.team_id,
            "context_team_id": world.team_id,
            "context_enterprise_id": enterprise_id,
            "authorizations": [
                {
                    "enterprise_id": enterprise_id,
                    "team_id": None if enterprise_id else world.team_id,
                    "user_id": world.app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": enterprise_id is not None,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self._workspace.ids.short()}",
        }

    def _start(self, payload: Json) -> None:
        task = asyncio.create_task(self._deliver(payload))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, payload: Json) -> None:
        """Once, and then as often and as late as `Pace.retries` says, until the app answers 2xx or declines."""
        answer = await self._road.send("events_api", payload, {})
        for number, wait in enumerate(self._workspace.pace.retries, start=1):
            if answer.failure is None or answer.no_retry:
                return
            await asyncio.sleep(wait)
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": _reason(answer)}
            answer = await self._road.send("events_api", payload, headers)


def _reason(answer: Acknowledgement) -> str:
    if answer.failure == TIMED_OUT:
        return "http_timeout"
    return "http_error" if answer.status else "connection_failed"


def _message_event(
    described: Json, channel: Channel, event_ts: str, *, subtype: str | None, previous: Json | None
) -> dict[str, Any]:
    where = {"channel": channel.id, "channel_type": _CHANNEL_TYPES[channel.kind]}
    if subtype is None:
        return {**described, **where, "event_ts": described["ts"]}
    changed: Json = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "ts": event_ts,
        "event_ts": event_ts,
        **where,
    }
    if subtype == "message_deleted":
        return {**changed, "deleted_ts": described["ts"], "previous_message": described}
    return {**changed, "message": described, "previous_message": previous or {}}
