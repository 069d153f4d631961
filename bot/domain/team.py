"""Who of a team is tracking now, as far as they agreed to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.tracking import Entry


@dataclass(frozen=True, slots=True)
class Teammate:
    """Somebody who agreed to be shown, by their id in Slack; `running` is None while no timer runs."""

    user_id: str
    running: Entry | None


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a Slack workspace. `mine` is since when the asker is shown themselves, None where they are not."""

    people: tuple[Teammate, ...]
    unasked: int
    """How many agreed and could not be asked just now."""
    hidden: int
    """How many others have not agreed, or are not connected."""
    mine: datetime | None
