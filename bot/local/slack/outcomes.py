"""What a person's action came to: acknowledged in time, or the error that Slack would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local.slack.world import Message

Value = Any
"""What was picked: text, an option's value, a list of values, `2026-11-20`, `09:30`, unix seconds, ids, or None."""
Values = Mapping[str, Any]
"""block_id → the value of its one element, or block_id → action_id → value."""


@dataclass(frozen=True, slots=True)
class OnMessage:
    """An element in a message."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class OnView:
    """An element in a modal or a Home, by the view's id."""

    view_id: str


Container = OnMessage | OnView


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as a person sees it. `group` is the label of its group."""

    text: str
    value: str
    description: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action.

    `error` is the word Slack shows (`operation_timeout`, `dispatch_failed`, …), `sentence` the whole sentence, and
    `errors` the field errors of a submission by block_id. `messages` are what was posted at once (the person's own
    message, the body of a command's acknowledgement).
    """

    acknowledged_ms: float | None = None
    error: str | None = None
    sentence: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time and nothing was refused."""
        return self.error is None and not self.errors


class Impossible(Exception):
    """A person cannot do this in Slack: there is no such button, option, view, or it is not theirs to see."""
