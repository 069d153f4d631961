from __future__ import annotations

import asyncio
import time

import pytest

from bot.jobs.engine.founding import alone
from bot.store import connect_queues


@pytest.mark.postgres
async def test_of_two_processes_one_waits_until_the_other_is_done(migrated_postgres: str) -> None:
    seen: list[str] = []

    def found() -> None:
        engine = connect_queues(migrated_postgres)
        with alone(engine):
            seen.append("begun")
            time.sleep(0.1)  # the other one would begin now
            seen.append("done")
        engine.dispose()

    await asyncio.gather(*(asyncio.to_thread(found) for _ in range(2)))
    assert seen == ["begun", "done"] * 2
