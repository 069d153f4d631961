"""A channel in Slack, as far as it matters who reads there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel. `shared`: people of other organizations are in it (Slack Connect). `joined`: the bot is in it."""

    id: str
    private: bool = False
    shared: bool = False
    joined: bool = True
