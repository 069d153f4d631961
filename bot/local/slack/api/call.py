"""One Web API call: its arguments, read as Slack reads them, and who makes it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.local.slack.failures import ApiError
from bot.local.slack.hub import Hub
from bot.local.slack.rules import Problem
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Channel, Json, Message, Person

_TRUE = ("true", "1", True)
_HISTORY = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose token was accepted. `arguments` are strings from a form, or JSON values."""

    hub: Hub
    method: str
    arguments: Json

    @property
    def workspace(self) -> Workspace:
        """The workspace called."""
        return self.hub.workspace

    def text(self, name: str) -> str | None:
        """An argument as text, None when absent or empty."""
        value = self.arguments.get(name)
        if value is None or value == "":
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def need(self, name: str, code: str = "invalid_arguments") -> str:
        """A required argument as text. Raises ApiError with `code`."""
        value = self.text(name)
        if value is None:
            raise ApiError(
                code, [Problem("", f"missing required field: {name}")] if code == "invalid_arguments" else []
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument."""
        value = self.arguments.get(name)
        return default if value is None else value in _TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`. Raises ApiError."""
        value = self.arguments.get(name)
        if value in (None, ""):
            return default
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise ApiError("invalid_limit") from None
        if not 1 <= number <= most:
            raise ApiError("invalid_limit")
        return number

    def parsed(self, name: str, code: str) -> Any:
        """A JSON argument: already a value in a JSON body, a string in a form. None when absent. Raises ApiError."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(code) from None

    def message_payload(self) -> Json:
        """The arguments that make up a message, parsed."""
        payload: Json = {
            name: self.arguments[name]
            for name in ("text", "markdown_text", "username", "icon_emoji", "icon_url")
            if self.arguments.get(name) is not None
        }
        payload["mrkdwn"] = self.flag("mrkdwn", default=True)
        payload["reply_broadcast"] = self.flag("reply_broadcast")
        for name, code in (
            ("blocks", "invalid_blocks_format"),
            ("attachments", "invalid_attachments"),
            ("metadata", "invalid_metadata_format"),
        ):
            value = self.parsed(name, code)
            if value is not None:
                payload[name] = value
        if not isinstance(payload.get("blocks", []), list):
            raise ApiError("invalid_blocks_format")
        return payload

    def require(self, scope: str) -> None:
        """Raise ApiError unless the app has `scope`."""
        scopes = self.hub.workspace.world.app.scopes
        if scope not in scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(scopes))

    def person(self, name: str = "user") -> Person:
        """The person an argument names, deactivated ones too. Raises ApiError."""
        person = self.hub.workspace.find_person(self.need(name, "user_not_found"))
        if person is None:
            raise ApiError("user_not_found")
        return person

    def channel(self, name: str = "channel", code: str = "channel_not_found") -> Channel:
        """The conversation an argument names, if the app may know of it. Raises ApiError."""
        channel = self.hub.workspace.world.channels.get(self.need(name, code))
        if channel is None or (channel.kind != "channel" and not channel.app_is_member):
            raise ApiError(code)
        return channel

    def require_for(self, channel: Channel, right: str) -> None:
        """Raise ApiError unless the app has the scope for this kind of conversation, such as `im:history`."""
        self.require(f"{_HISTORY[channel.kind]}:{right}")

    def own_message(self, channel: Channel, missing: str, foreign: str) -> Message:
        """The app's message that `ts` names. Raises ApiError with `missing` or `foreign`."""
        message = self.hub.workspace.world.find_message(channel.id, self.need("ts", missing))
        if message is None or message.ephemeral_to is not None:
            raise ApiError(missing)
        if not message.by_app:
            raise ApiError(foreign)
        return message


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method. `scopes` are all needed; `per_minute` is its tier; `json` whether it reads JSON bodies.

    `app_level` methods take the app's own token (`xapp-…`) instead of the bot token.
    """

    run: Callable[[Call], Awaitable[Json]]
    scopes: tuple[str, ...] = ()
    per_minute: int = 50
    json: bool = True
    app_level: bool = False


def page_of(items: list[Any], cursor: str | None, limit: int) -> tuple[list[Any], str]:
    """The page of `items` that starts at `cursor`, and the cursor of the next. Raises ApiError."""
    start = 0
    if cursor:
        digits = cursor.removeprefix("at").removesuffix("=")
        if not cursor.startswith("at") or not digits.isdigit() or int(digits) > len(items):
            raise ApiError("invalid_cursor")
        start = int(digits)
    end = start + limit
    return items[start:end], f"at{end}=" if end < len(items) else ""
