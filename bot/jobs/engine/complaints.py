"""What DBOS writes into the log every second while the database is away: once a minute, in one line."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

AGAIN: Final = timedelta(minutes=1)
"""After how long the same complaint is written down once more."""
_MOST: Final = 100
_LINK: Final = "(Background on this error at"


class Sparing(logging.Filter):
    """Lets a complaint pass that was not heard for a while, without the traceback that DBOS writes into its words.

    Those with the same words before the first colon or `<` are the same. `monotonic` gives seconds.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._heard: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write it down."""
        lines = record.getMessage().strip().splitlines()
        first, *more = [line for line in lines if not line.startswith(_LINK)] or [""]
        record.msg, record.args = f"{first} … {more[-1].strip()}" if more else first, ()
        subject, now = re.split("[:<]", first, maxsplit=1)[0], self._monotonic()
        if now - self._heard.get(subject, -AGAIN.total_seconds()) < AGAIN.total_seconds():
            return False
        if len(self._heard) >= _MOST:
            self._heard.clear()
        self._heard[subject] = now
        return True
