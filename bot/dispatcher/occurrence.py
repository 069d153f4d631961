"""Something that happened in a Slack workspace without anybody asking the bot for anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.store import Store


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What a `Notice` is given. `happened_at` is Slack's time of the event, which may be delivered much later.

    `to_the_bot` is true where the event's `user` is the bot itself: it was removed from a channel, for one.
    """

    event: Mapping[str, Any] = field(repr=False)
    tenant_id: str
    team_id: str
    happened_at: datetime
    now: datetime
    to_the_bot: bool
    store: Store = field(repr=False)
