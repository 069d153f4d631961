"""What exists in the local Slack: people, channels, messages, views, files, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
StateValues = dict[str, dict[str, Json]]
"""Slack's `state.values`: block_id → action_id → `{"type": …, "value" | "selected_…": …}`."""

ChannelKind = Literal["channel", "private", "im", "mpim"]
ViewKind = Literal["modal", "home"]


@dataclass(slots=True, kw_only=True)
class Person:
    """A human member of the workspace. `tz` is IANA, `locale` as Slack writes it (`de-DE`), `color` six hex digits."""

    id: str
    name: str
    real_name: str
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    color: str = "4a154b"
    is_owner: bool = False
    is_admin: bool = False
    is_guest: bool = False
    deleted: bool = False
    dnd_until: float | None = None
    """Unix seconds until which Do Not Disturb is on, because the person switched it on by hand."""
    dnd_nights: bool = False
    """Whether it is on every night from 22:00 to 8:00 as well."""


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation. `members` are person ids; the app's own membership is `app_is_member`."""

    id: str
    name: str
    kind: ChannelKind = "channel"
    members: list[str] = field(default_factory=list)
    topic: str = ""
    archived: bool = False
    shared: bool = False
    """Whether people of another organization are in it, through Slack Connect."""
    app_is_member: bool = False
    created: int = 0


@dataclass(slots=True, kw_only=True)
class Message:
    """A message. `author_id` is a person's id, or None when the app wrote it. `ts` is Slack's id, unique in a channel.

    `ephemeral_to` is the one person who sees it, or None. `state` holds, per person, what was picked in its selects.
    """

    ts: str
    channel_id: str
    author_id: str | None = None
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    deleted: bool = False
    files: list[str] = field(default_factory=list)
    """Ids of `World.files`."""
    reply_broadcast: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Emoji name → ids of who reacted (the app by its bot user id)."""
    state: dict[str, StateValues] = field(default_factory=dict)
    username: str | None = None
    icon: str | None = None
    """The name and picture the app chose with `chat:write.customize`: an emoji such as `:clock1:` or an address."""
    mrkdwn: bool = True

    @property
    def by_app(self) -> bool:
        """Whether the app wrote it."""
        return self.author_id is None


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or a Home as one person sees it. `blocks` are as the app sent them, with every `block_id` filled in.

    `state` is what the person typed and picked so far, in Slack's shape. `errors` are the field errors under the
    inputs, block_id → text.
    """

    id: str
    person_id: str
    type: ViewKind
    blocks: list[Json] = field(default_factory=list)
    callback_id: str = ""
    external_id: str = ""
    title: str = ""
    submit: str | None = None
    close: str | None = None
    private_metadata: str = ""
    hash: str = ""
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False
    root_view_id: str = ""
    previous_view_id: str | None = None
    state: StateValues = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class File:
    """An uploaded file. Until `completed` nobody sees it; then those who are in `channel_ids`."""

    id: str
    name: str
    title: str = ""
    size: int = 0
    mimetype: str = "application/octet-stream"
    content: bytes = field(default=b"", repr=False)
    channel_ids: list[str] = field(default_factory=list)
    alt_text: str = ""
    completed: bool = False
    created: int = 0


@dataclass(slots=True, kw_only=True)
class ScheduledMessage:
    """What `chat.scheduleMessage` keeps until `post_at` (unix seconds)."""

    id: str
    channel_id: str
    post_at: int
    date_created: int
    arguments: Json = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Refusal:
    """Something the app did that Slack would not have accepted. `payload` is an excerpt, with secrets left out."""

    at: datetime
    method: str
    """A Web API method, or what was answered: `slash command`, `view submission`, `options`, `response_url`."""
    error: str
    details: list[str] = field(default_factory=list)
    payload: str = ""


@dataclass(slots=True, kw_only=True)
class App:
    """The installed app. `token` is its bot token; never shown and never stored on disk."""

    id: str
    bot_id: str
    bot_user_id: str
    name: str
    scopes: list[str] = field(default_factory=list)
    installed: bool = True


@dataclass(slots=True, kw_only=True)
class World:
    """Everything. One workspace, one app, one browser."""

    team_id: str
    team_name: str
    team_domain: str
    app: App
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)
    """Channel id → its messages, oldest first, replies and private ones among them."""
    modals: dict[str, list[View]] = field(default_factory=dict)
    """Person id → the stack of open modals, at most three, the last one on top."""
    homes: dict[str, View] = field(default_factory=dict)
    """Person id → their App Home, once published."""
    unread: dict[str, dict[str, int]] = field(default_factory=dict)
    """Person id → channel id → how many messages they have not seen."""
    files: dict[str, File] = field(default_factory=dict)
    scheduled: dict[str, ScheduledMessage] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    unknown_blocks: list[str] = field(default_factory=list)
    """Types of blocks that this workspace refuses in messages, as some do with charts; none unless a test says so."""

    def find_message(self, channel_id: str, ts: str) -> Message | None:
        """The message that exists and was not deleted, or None."""
        for message in self.messages.get(channel_id, ()):
            if message.ts == ts and not message.deleted:
                return message
        return None

    def seen_by(self, person_id: str, channel_id: str) -> list[Message]:
        """The messages of a channel as one person sees them, oldest first, replies included."""
        return [
            message
            for message in self.messages.get(channel_id, ())
            if not message.deleted and message.ephemeral_to in {None, person_id}
        ]

    def find_view(self, view_id: str) -> View | None:
        """An open modal or a Home, or None."""
        for stack in self.modals.values():
            for view in stack:
                if view.id == view_id:
                    return view
        return next((home for home in self.homes.values() if home.id == view_id), None)

    def dm_of(self, person_id: str) -> Channel | None:
        """The direct conversation between the app and a person, if there is one."""
        return next(
            (
                channel
                for channel in self.channels.values()
                if channel.kind == "im" and channel.app_is_member and channel.members == [person_id]
            ),
            None,
        )

    def channels_of(self, person_id: str) -> list[Channel]:
        """The conversations a person is in, channels first, then DMs, each by name."""
        mine = [channel for channel in self.channels.values() if person_id in channel.members]
        return sorted(mine, key=lambda channel: (channel.kind in {"im", "mpim"}, channel.name))
