"""The durable queues, in this very process: what is put in line is done, once, and in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.jobs.engine import durable
from bot.jobs.engine.durable import Durable
from bot.jobs.engine.queues import POSTS, RUNS, Task
from bot.store import Store, connect_queues

TICK = timedelta(seconds=0.05)


@dataclass
class Queues:
    """Queues that are open, and what was done. `hold` keeps everything that begins from ending."""

    durable: Durable
    store: Store
    engine: Engine
    done: list[tuple[object, ...]] = field(default_factory=list)
    begun: list[object] = field(default_factory=list)
    free: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def do(self, *arguments: object) -> None:
        self.begun.append(arguments[0])
        self.news.set()
        await self.free.wait()
        self.done.append(arguments)
        self.news.set()

    async def put(self, *tasks: Task) -> None:
        async with self.store.writing() as db:
            await self.durable.put(db, tasks)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not true():
                self.news.clear()
                await self.news.wait()

    def states(self) -> dict[str, str]:
        """What the tables say of each task."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT workflow_uuid, status FROM workflow_status")).all()
        return {str(name): str(status) for name, status in rows}

    async def until_states(self, *states: str) -> None:
        async with asyncio.timeout(60):
            while True:
                if sorted(self.states().values()) == sorted(states):
                    return
                await asyncio.sleep(0.05)

    def say(self, statement: str) -> None:
        """Change the tables as a fault would."""
        with self.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.fixture
async def queues(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Queues]:
    monkeypatch.setattr(durable, "SETTLED", 0)
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"
    made = Queues(Durable(connect_queues(url), "me", polling=TICK), sqlite_store, connect_queues(url))
    made.free.set()
    await made.durable.open(runs=made.do, posts=made.do)
    yield made
    made.free.set()
    await made.durable.close()
    made.engine.dispose()


def run(name: str, *arguments: int | str, wait: float = 0) -> Task:
    return Task(name, RUNS, arguments or (name,), timedelta(seconds=wait))


async def test_what_is_put_in_line_is_done_once_with_its_arguments(queues: Queues) -> None:
    await queues.put(run("a", 7, "x"), run("a", 8, "y"))
    await queues.put(run("a", 9, "z"), run("b", 1))
    await queues.until(lambda: len(queues.done) == 2)
    assert sorted(queues.done) == [(1,), (7, "x")]


async def test_what_is_not_committed_was_never_in_line(queues: Queues) -> None:
    async def break_off() -> None:
        async with queues.store.writing() as db:
            await queues.durable.put(db, [run("lost")])
            raise RuntimeError("the unit of work fails")

    with pytest.raises(RuntimeError):
        await break_off()
    await queues.put(run("kept"))
    await queues.until(lambda: bool(queues.done))
    assert list(queues.states()) == ["kept"]


async def test_posts_of_one_partition_are_done_in_turn_and_others_meanwhile(queues: Queues) -> None:
    queues.free.clear()
    await queues.put(
        *(Task(f"post:{n}", POSTS, (n,), partition="one") for n in (1, 2, 3)),
        Task("post:9", POSTS, (9,), partition="other"),
    )
    await queues.until(lambda: len(queues.begun) == 2)
    await asyncio.sleep(4 * TICK.total_seconds())
    assert sorted(queues.begun) == [1, 9]  # type: ignore[type-var]  # numbers, as these tests begin them
    queues.free.set()
    await queues.until(lambda: len(queues.done) == 4)
    assert [number for number in queues.begun if number != 9] == [1, 2, 3]


async def test_what_has_to_wait_is_done_later(queues: Queues) -> None:
    await queues.put(run("later", wait=1.5), run("now"))
    await queues.until(lambda: len(queues.done) == 2)
    assert queues.done == [("now",), ("later",)]


async def test_what_fell_from_its_hands_is_taken_back_after_some_looks(queues: Queues) -> None:
    await queues.put(run("a"))
    await queues.until(lambda: bool(queues.done))
    await queues.until_states("SUCCESS")
    queues.say("UPDATE workflow_status SET status = 'PENDING'")
    assert [await queues.durable.take_back(looks=3) for _ in range(3)] == [0, 0, 1]
    await queues.until(lambda: len(queues.done) == 2)


async def test_what_is_under_way_is_not_taken_back(queues: Queues) -> None:
    queues.free.clear()
    await queues.put(run("a"))
    await queues.until(lambda: bool(queues.begun))
    assert [await queues.durable.take_back(looks=1) for _ in range(3)] == [0, 0, 0]


async def test_what_another_left_behind_is_done_in_its_own_queue(queues: Queues) -> None:
    await queues.put(Task("post:1", POSTS, (1,), partition="one"), run("a"))
    await queues.until_states("SUCCESS", "SUCCESS")
    queues.say("UPDATE workflow_status SET executor_id = 'dead', status = 'PENDING'")
    assert await queues.durable.take_over("dead") == 2
    assert await queues.durable.take_over("dead") == 0
    await queues.until(lambda: len(queues.done) == 4)


async def test_what_is_done_is_forgotten_after_a_while(queues: Queues, monkeypatch: pytest.MonkeyPatch) -> None:
    await queues.put(run("a"), run("b"), run("waits", wait=60))
    await queues.until_states("SUCCESS", "SUCCESS", "DELAYED")
    assert await queues.durable.prune() == 0
    monkeypatch.setattr(durable, "KEPT_FOR", timedelta(seconds=-1))
    monkeypatch.setattr(durable, "PRUNED_AT_ONCE", 1)
    assert await queues.durable.prune() == 2
    assert list(queues.states()) == ["waits"]


async def test_only_ids_are_in_the_tables_as_plain_json(queues: Queues) -> None:
    await queues.put(run("a", 7, "stats"))
    with queues.engine.connect() as connection:
        [(inputs,)] = connection.execute(text("SELECT inputs FROM workflow_input")).all()
    assert inputs == '{"args": [7, "stats"], "kwargs": {}}'


async def test_queues_that_are_closed_say_so(sqlite_store: Store, tmp_path: Path) -> None:
    closed = Durable(connect_queues(f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"), "me", polling=TICK)
    async with sqlite_store.writing() as db:
        with pytest.raises(RuntimeError):
            await closed.put(db, [run("a")])
    await closed.close()
