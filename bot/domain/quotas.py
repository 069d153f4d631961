"""What is left of the calls that Toggl allows a person in an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallsLeft:
    """What is left in one organization until `resets_at`; `total` is an hour's, None where Toggl did not tell."""

    organization_id: int
    workspaces: tuple[str, ...]
    """The person's workspaces in it, by name."""
    remaining: int
    resets_at: datetime
    total: int | None = None
