"""One request from Slack, whatever its kind, as a handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from bot.domain.conversations import Conversation
from bot.i18n import Translator
from bot.services.context import Context


async def _nowhere() -> None:
    """The address of no message."""


async def _unknown(_: str | None) -> Conversation:
    """The channel of no workspace."""
    raise LookupError


class Kind(StrEnum):
    """What Slack sent."""

    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "view submission"
    CLOSING = "view closing"
    OPTIONS = "options"
    SHORTCUT = "shortcut"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer belongs: the channel, and Slack's short-lived permissions to answer (never logged).

    `since` is when Slack gave those permissions: a `response_url` lives half an hour from then.
    """

    channel_id: str | None = None
    thread_ts: str | None = None
    response_url: str | None = field(default=None, repr=False)
    trigger_id: str | None = field(default=None, repr=False)
    message_ts: str | None = None
    since: datetime | None = None
    home: bool = False
    """Whether it came from the App Home, or from a modal opened there: where no message can appear."""
    workspace_id: int | None = None
    """In a modal: the store's number of the Toggl workspace that it shows, which what is done there is done in."""


class Pending(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A command that waits for something else first, such as connecting: what was typed, and where."""

    command: str
    """The command's part in the routes, for example `track`."""
    text: str
    channel_id: str | None = None
    thread_ts: str | None = None
    response_url: str | None = None
    since: datetime | None = None
    people: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The ids in Slack of the people that `text` names behind an @, by that name."""

    def __repr__(self) -> str:
        return f"<Pending {self.command}>"

    def dump(self) -> dict[str, Any]:
        """JSON to keep (it holds a permission to answer: seal it)."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Pending:
        """The command that `dump` wrote down. Raises msgspec.ValidationError."""
        return msgspec.convert(kept, type=cls)

    @property
    def origin(self) -> Origin:
        """Where its answer belongs."""
        return Origin(
            channel_id=self.channel_id,
            thread_ts=self.thread_ts,
            response_url=self.response_url,
            since=self.since,
        )


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed request. `now` is aware; `context` is what services take; `payload` is Slack's own body."""

    kind: Kind
    context: Context
    t: Translator
    now: datetime
    origin: Origin
    text: str = ""
    """The words after the verb (command), the typed query (options)."""
    value: str = ""
    """The pressed button's value or the chosen option's value (action)."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The submitted or current input values by `block_id`: text, chosen value, list of values, or None."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the handler that opened this modal stored with it."""
    view_id: str | None = None
    pending: Pending | None = None
    """What was typed, ready to be kept and run again later; None unless words were typed."""
    payload: Mapping[str, Any] = field(default_factory=dict, repr=False)
    find_permalink: Callable[[], Awaitable[str | None]] = field(default=_nowhere, repr=False)
    """Asks Slack for the address of the message that the request came from; None where it has none."""
    look_at_channel: Callable[[str | None], Awaitable[Conversation]] = field(default=_unknown, repr=False)
    """Asks Slack who reads in a channel. Raises UserError where it is none, archived, or out of the bot's sight."""
    enter_channel: Callable[[str | None], Awaitable[Conversation]] = field(default=_unknown, repr=False)
    """The same, and the bot is in it then: it joins public ones. Raises UserError where it has to be invited."""
