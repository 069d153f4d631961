"""What can be put in line, without a word of what keeps the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

RUNS: Final = "runs"
POSTS: Final = "posts"


@dataclass(frozen=True, slots=True)
class Task:
    """Something in line: ids only. `name` is its own for ever; what has the same `partition` is done in turn."""

    name: str
    queue: str
    arguments: tuple[int | str, ...]
    wait: timedelta = timedelta()
    partition: str | None = None
