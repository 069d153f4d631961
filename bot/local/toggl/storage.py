"""Keeping the state in a file: written whole beside it, then put in its place, a moment after a change."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import msgspec

from bot.local.toggl.records import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAUSE = 0.25


class Storage:
    """The file of one local Toggl; without a path nothing is kept. Whoever kills the process finds it readable."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._waiting: asyncio.TimerHandle | None = None
        self._state: Callable[[], State] | None = None

    def load(self) -> State | None:
        """What was kept; None when nothing was. Raises ValueError, naming the file, for one that is something else."""
        if self._path is None or not self._path.exists():
            return None
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=State)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ValueError(f"{self._path} is no file of this local Toggl; delete it to start anew") from error

    def save_soon(self, state: Callable[[], State]) -> None:
        """Write what `state` gives in a moment, once however often this is called; at once where no loop runs."""
        if self._path is None:
            return
        self._state = state
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.save()
            return
        if self._waiting is None:
            self._waiting = loop.call_later(PAUSE, self.save)

    def save(self) -> None:
        """Write what waits to be written."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self._path is None or self._state is None:
            return
        state, self._state = self._state(), None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(self._path.name + ".new")
        with beside.open("wb") as file:
            file.write(msgspec.json.encode(state))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
