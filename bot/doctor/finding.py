"""What was found, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one thing is."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it is, and the next step where there is one."""

    subject: str
    state: State
    said: str
    step: str = ""

    def __str__(self) -> str:
        lines = [f"{self.state.value:>5}  {self.subject}: {self.said}"]
        return "\n".join([*lines, *([f"       → {self.step}"] if self.step else [])])
