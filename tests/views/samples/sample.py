"""A view in one of its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

from slack_sdk.models.views import View

from bot.views.messages import Message

Shown = Message | View
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the function `view` of the module `feature` shows in a `state`."""

    feature: str
    view: str
    state: str
    shown: Shown

    @property
    def name(self) -> str:
        """For example `timer.started, instead of another`."""
        return f"{self.feature}.{self.view}" + (f", {self.state}" if self.state else "")


def sample(state: str, view: Callable[P, Shown], /, *args: P.args, **kwargs: P.kwargs) -> Sample:
    """What `view` makes of these arguments; `state` is empty where it has only one."""
    return Sample(view.__module__.rpartition(".")[2], view.__name__, state, view(*args, **kwargs))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that people get as a file, and what it shows in words."""

    feature: str
    name: str
    content: bytes
    title: str
    alt_text: str
