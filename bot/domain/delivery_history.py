"""A post that the clock started, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PastPost:
    """One post. `kind` is its job's, `state` the store's word for what became of it.

    `reason` is a sentence to translate, or Slack's own word. `channel_id` is None for what went to the person's direct
    messages.
    """

    kind: str
    state: str
    due_at: datetime
    channel_id: str | None
    reason: str | None
