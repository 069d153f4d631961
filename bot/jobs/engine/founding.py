"""Who makes the queues' tables, or brings them to their next version: one process at a time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator
from typing import Final

from sqlalchemy import Engine, text

LOCK: Final = 7_095_342_612
"""The key of PostgreSQL's advisory lock: any number, so long as it stays the same."""
PATIENCE: Final = 60.0
"""Seconds after which it is done all the same: whoever holds the lock may hang."""
_LOOK: Final = 0.2


@contextlib.contextmanager
def alone(engine: Engine) -> Generator[None, None, None]:
    """Of several processes on PostgreSQL, be inside one after the other: DBOS lets two begin, and one of them fail.

    The lock is tried again and again, not waited for: an index that is made beside other work waits for every
    statement that is under way, and would wait for that one for ever.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        until, held = time.monotonic() + PATIENCE, False
        while not held and time.monotonic() < until:
            held = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}))
            if not held:
                time.sleep(_LOOK)
        try:
            yield
        finally:
            if held:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
