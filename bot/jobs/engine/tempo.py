"""How often a worker looks, and how long it waits: one place, so that tests can be quick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tempo:
    """Lengths of time, each with what it is for."""

    tick: timedelta = timedelta(seconds=1)
    """Between two looks for what is due."""
    polling: timedelta = timedelta(seconds=1)
    """Between two looks for what is in line."""
    spacing: timedelta = timedelta(seconds=1)
    """Between two posts in one conversation: Slack allows one a second."""
    team_posts: timedelta = timedelta(seconds=0.25)
    """Between two posts in one workspace: Slack allows several hundred a minute."""
    team_edits: timedelta = timedelta(seconds=1.2)
    """Between two edits in one workspace: Slack allows fifty a minute."""
    beat: timedelta = timedelta(seconds=5)
    """Between two signs of life."""
    looks: int = 6
    """How often in a row another worker is seen without a new sign of life before its work is taken over."""
    fence: timedelta = timedelta(seconds=15)
    """After how long without a sign of life of its own a worker posts nothing: others may think that it is dead."""
    pruning: timedelta = timedelta(seconds=300)
    drain: timedelta = timedelta(seconds=20)
    """How long what is being done may take to finish when the process ends."""
    retries: tuple[timedelta, ...] = (timedelta(seconds=5), timedelta(seconds=30), timedelta(seconds=120))
    """After how long a run that failed is tried again."""
