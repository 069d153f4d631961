"""Says where blocks are shown, and to whom."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.local.slack.outcomes import Container, OnMessage, OnView
from bot.local.slack.world import Json, StateValues


@functools.lru_cache(maxsize=32)
def _babel(name: str) -> Locale:
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The person who looks: what `<@U…>`, `<#C…>` and `<!date^…>` mean to them. `now` is aware."""

    person_id: str
    zone: ZoneInfo
    locale: str
    now: datetime
    people: Mapping[str, str] = field(default_factory=dict)
    """User id → the name shown, the app's own among them."""
    channels: Mapping[str, str] = field(default_factory=dict)
    """Channel id → its name, of those the person may see."""
    directs: Mapping[str, str] = field(default_factory=dict)
    """Direct message id → the other one's name."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kind of each of these conversations, in Slack's words for a filter: public, private, im, mpim."""
    humans: frozenset[str] = frozenset()
    """Which of `people` a person can be picked from."""

    @property
    def babel(self) -> Locale:
        """Babel's locale for Slack's (`de-DE`); American English where there is none."""
        return _babel(self.locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A message, modal or Home. `key` names it in forms and addresses; `state` is what was picked in it so far."""

    kind: Literal["message", "modal", "home"]
    key: str
    scope: str = ""
    """Sets the HTML ids of a second drawing of the same message apart."""
    state: StateValues = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def dom_id(self, *parts: str) -> str:
        """An HTML id for a part of it: letters, digits, `_` and `-`, the same parts always the same id."""
        return "-".join(_plain(part) for part in (self.scope, self.key, *parts) if part)

    def picked(self, block_id: str, action_id: str) -> Json | None:
        """What the person entered there, as an entry of Slack's `state.values`, or None."""
        return self.state.get(block_id, {}).get(action_id)


def _plain(part: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}_" for char in part)


def message_key(channel_id: str, ts: str) -> str:
    """How forms name a message."""
    return f"{channel_id}.{ts}"


def container_of(key: str) -> Container:
    """The engine's name for what `Surface.key` names. Views' ids hold no dot, messages' keys always do."""
    channel_id, dot, ts = key.partition(".")
    return OnMessage(channel_id, ts) if dot else OnView(key)


def words_of(text: Any) -> str:
    """The characters of a Slack text object (or of a plain string), no matter its kind."""
    if isinstance(text, Mapping):
        return str(text.get("text", ""))
    return "" if text is None else str(text)
