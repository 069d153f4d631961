"""The live workspace: the world, and the only functions that change its messages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.local.slack.changes import ChangeKind, Changes
from bot.local.slack.faults import Faults
from bot.local.slack.ids import Ids
from bot.local.slack.manifest import Manifest
from bot.local.slack.pace import Clock, Pace
from bot.local.slack.permits import Permits
from bot.local.slack.tokens import Tokens
from bot.local.slack.world import Channel, Json, Message, Person, Refusal, World

_SECRET_FIELDS = frozenset({"token", "client_secret", "trigger_id", "response_url", "code"})
_EXCERPT = 2000
_MOST_REFUSALS = 500


class NoAddress(Exception):
    """The local Slack does not know its own address yet, and the app needs it for response_urls and files."""


@dataclass(slots=True)
class Credentials:
    """The app's secrets. `client_id` is none."""

    signing_secret: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class Workspace:
    """One running workspace. `url` is its own address, without a slash at the end, once it is known."""

    world: World
    manifest: Manifest
    clock: Clock
    pace: Pace
    changes: Changes
    ids: Ids
    permits: Permits
    credentials: Credentials
    tokens: Tokens
    organization: Json | None = None
    """`id` and `name` of the Enterprise Grid organization that the app is installed for, as a whole."""
    url: str | None = None
    offered: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)
    """What external selects showed last: (view id or message ts, block_id, action_id) → options."""
    faults: Faults = field(default_factory=Faults)
    """What shall go wrong with Web API calls."""

    @property
    def address(self) -> str:
        """The workspace's own address. Raises NoAddress before the first request unless it was given."""
        if self.url is None:
            raise NoAddress("give the local Slack its public_url, or ask it something over HTTP first")
        return self.url

    @property
    def now(self) -> int:
        """The time in whole unix seconds."""
        return int(self.clock().timestamp())

    def find_person(self, person_id: object) -> Person | None:
        """The person, or None."""
        return self.world.people.get(person_id) if isinstance(person_id, str) else None

    def channel_name(self, channel: Channel) -> str:
        """The name as payloads write it."""
        return {"im": "directmessage", "private": "privategroup", "mpim": "mpdm"}.get(channel.kind, channel.name)

    def post(self, message: Message) -> Message:
        """Add a message, count it as unread for those who see it, and tell the listeners."""
        self.world.messages.setdefault(message.channel_id, []).append(message)
        in_channel = message.thread_ts is None or message.reply_broadcast
        if in_channel:
            for person_id in self._readers(message):
                counts = self.world.unread.setdefault(person_id, {})
                counts[message.channel_id] = counts.get(message.channel_id, 0) + 1
        self._tell(ChangeKind.MESSAGE_POSTED, message)
        return message

    def edited(self, message: Message, *, silently: bool = False) -> None:
        """Say that a message was changed; `silently` leaves no *edited* mark."""
        if not silently:
            message.edited_ts = self.ids.ts()
        self._tell(ChangeKind.MESSAGE_CHANGED, message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        self._tell(ChangeKind.MESSAGE_DELETED, message)

    def mark_read(self, person_id: str, channel_id: str) -> None:
        """Forget the unread count."""
        if self.world.unread.get(person_id, {}).pop(channel_id, 0):
            self.changes.announce(ChangeKind.UNREAD, person_id=person_id, channel_id=channel_id)

    def refuse(self, method: str, error: str, details: Iterable[str] = (), payload: Any = None) -> Refusal:
        """Record that the app sent what Slack would not accept."""
        refusal = Refusal(
            at=self.clock(),
            method=method,
            error=error,
            details=list(details),
            payload="" if payload is None else json.dumps(without_secrets(payload), ensure_ascii=False)[:_EXCERPT],
        )
        self.world.refusals.append(refusal)
        del self.world.refusals[:-_MOST_REFUSALS]
        self.changes.announce(ChangeKind.REFUSED)
        return refusal

    def _readers(self, message: Message) -> list[str]:
        if message.ephemeral_to is not None:
            return [message.ephemeral_to]
        channel = self.world.channels[message.channel_id]
        return [person_id for person_id in channel.members if person_id != message.author_id]

    def _tell(self, kind: ChangeKind, message: Message) -> None:
        self.changes.announce(kind, person_id=message.ephemeral_to, channel_id=message.channel_id, ts=message.ts)


def without_secrets(payload: Any) -> Any:
    """A copy of `payload` for people to read: tokens and short-lived permissions replaced by ***."""
    if isinstance(payload, dict):
        return {name: "***" if name in _SECRET_FIELDS else without_secrets(part) for name, part in payload.items()}
    if isinstance(payload, list):
        return [without_secrets(part) for part in payload]
    return payload if isinstance(payload, str | int | float | bool | None) else str(payload)
