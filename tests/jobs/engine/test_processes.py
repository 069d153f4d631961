"""Real processes on real databases: killed, told to end, cut off from the database."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store import workers
from tests.jobs.processes import CHANNELS, PATIENCE, Plant, plant
from tests.store.postgres import Postgres

POSTS = 500
MOST_TWICE = POSTS // 100


@pytest.fixture
async def works(migrated_postgres: str, postgres: Postgres, tmp_path: Path) -> AsyncIterator[Plant]:
    """A Slack, a store on PostgreSQL, and no worker yet."""
    postgres.reset(migrated_postgres)
    async with plant(migrated_postgres, tmp_path) as made:
        yield made


@pytest.mark.postgres
async def test_of_two_workers_one_dies_and_nothing_is_lost(works: Plant) -> None:
    done = await one_round(works, killed_after=137)
    assert done.lost == done.unsure == 0
    assert done.twice <= MOST_TWICE


@pytest.mark.postgres
@pytest.mark.soak
@pytest.mark.parametrize("_round", range(10))
async def test_ten_rounds_of_the_same(works: Plant, _round: int) -> None:
    moment = random.randrange(1, POSTS - 100)  # noqa: S311 (nobody guesses)
    done = await one_round(works, killed_after=moment)
    sys.stdout.write(f"\nkilled after {moment} of {POSTS} posts: {done}\n")
    assert done.lost == 0
    assert done.twice <= MOST_TWICE


@dataclass(frozen=True)
class Round:
    """What became of the posts. `unsure` are those that could not be looked up, and so were not repeated."""

    lost: int
    twice: int
    unsure: int


async def one_round(works: Plant, *, killed_after: int) -> Round:
    """Two workers, of which one is killed when so many posts are out."""
    first, _ = await asyncio.gather(works.start(), works.start())
    ids = await works.add(POSTS, people=50)
    await works.until_posted(killed_after)
    first.kill()
    states = Counter(row.state for row in await works.until_recorded(POSTS))
    posted = works.posted()
    missing = {f"number {number}" for number in ids} - set(posted)
    assert set(states) <= {"posted", "unsure"}
    return Round(
        lost=max(0, len(missing) - states["unsure"]),
        twice=sum(posted.values()) - len(posted),
        unsure=states["unsure"],
    )


@pytest.mark.postgres
async def test_a_worker_lives_through_a_restart_of_the_database_and_leaves_nothing_undone_when_told_to_end(
    works: Plant, postgres: Postgres
) -> None:
    first = await works.start()
    ids = await works.add(80)
    await works.until_posted(15)
    await asyncio.to_thread(postgres.restart)
    await works.until_posted(40)
    first.terminate()
    assert await asyncio.wait_for(first.wait(), PATIENCE) == 0
    async with works.store.reading() as db:
        assert await workers.everyone(db) == []
    await works.start()
    await works.until_recorded(80)
    assert works.posted() == Counter(f"number {number}" for number in ids)


async def test_on_sqlite_one_process_is_killed_and_started_again(migrated_sqlite: Path, tmp_path: Path) -> None:
    copy = shutil.copy(migrated_sqlite, tmp_path / "bot.sqlite3")
    async with plant(f"sqlite+aiosqlite:///{copy}", tmp_path) as works:
        first = await works.start()
        ids = await works.add(40)
        await works.until_posted(12)
        first.kill()
        await works.start()
        await works.until_recorded(40)
        posted = works.posted()
        assert set(posted) == {f"number {number}" for number in ids}
        assert sum(posted.values()) - len(posted) <= 1


@pytest.mark.postgres
async def test_two_workers_keep_a_second_between_posts_in_one_channel(works: Plant) -> None:
    await asyncio.gather(works.start(SPACING="1"), works.start(SPACING="1"))
    await works.add(4, channels=1)
    await works.until_recorded(4)
    times = works.times(CHANNELS[0])
    assert len(times) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 1
