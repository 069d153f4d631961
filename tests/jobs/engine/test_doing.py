"""What is done with what comes from the line, and what is put back into it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
import structlog
from prometheus_client import CollectorRegistry

from bot.jobs.engine.claiming import claim
from bot.jobs.engine.delivering import Desk
from bot.jobs.engine.doing import PUZZLED, PUZZLED_ATTEMPTS, Doing
from bot.jobs.engine.line import BURST, Line
from bot.jobs.engine.metrics import Metrics
from bot.jobs.engine.preparing import FAILED_RUN
from bot.jobs.engine.queues import POSTS, RUNS, Task
from bot.jobs.engine.tempo import Tempo
from bot.jobs.engine.vitality import TakenForDeadError
from bot.jobs.job import OvertakenError, Prepared
from bot.local.slack.faults import Fault
from bot.store import Session
from tests.jobs.conftest import KIND, Works, say

TEMPO = Tempo(spacing=timedelta(), retries=(timedelta(seconds=5), timedelta(seconds=30)))


@dataclass
class Bench:
    """A worker's hands without a line behind them: what would be put in line is in `tasks`."""

    works: Works
    tasks: list[Task] = field(default_factory=list)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    tempo: Tempo = TEMPO

    def __post_init__(self) -> None:
        works = self.works
        jobs = {job.kind: job for job in works.jobs}
        self.line = Line(self, self.tempo)
        self.desk = Desk(works.office, works.posts, works.tenants, jobs, self.line.posts, turn=self.line.turn)
        self.doing = Doing(self.desk, jobs, self.line, Metrics(self.registry), self.tempo)

    async def put(self, _: Session, tasks: Sequence[Task]) -> None:
        """Put in line."""
        self.tasks += tasks

    async def tick(self) -> None:
        """Claim what is due."""
        async with self.works.store.writing() as db:
            claimed, _ = await claim(db, {job.kind: job for job in self.works.jobs}, now=self.works.clock(), limit=100)
            await self.line.runs(db, claimed)

    async def do(self, task: Task) -> None:
        """Do what came from the line."""
        do = {RUNS: self.doing.run, POSTS: self.doing.post}[task.queue]
        await do(*task.arguments)  # type: ignore[operator]  # a task of ours

    async def next(self) -> Task:
        """Do what is first in line."""
        task = self.tasks.pop(0)
        await self.do(task)
        return task

    def counted(self, name: str, **labels: str) -> float | None:
        """A metric's value."""
        return self.registry.get_sample_value(name, labels)


async def test_a_run_and_its_posts_pass_through_the_line_as_numbers(works: Works) -> None:
    bench = Bench(works)
    schedule = await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    run = await bench.next()
    assert (run.name, run.arguments) == (
        f"test:{schedule.id}:2026-11-12T11:00:00+00:00",
        (schedule.id, KIND, "2026-11-12T11:00:00+00:00", 0),
    )
    [post] = bench.tasks
    assert (post.arguments, post.partition) == ((1, 0), "T0NORDLICHT:C0WEBSITE01")
    await bench.next()
    assert (works.texts(), bench.tasks) == (["Hello"], [])
    assert bench.counted("bot_job_runs_total", kind=KIND, outcome="done") == 1
    assert bench.counted("bot_posts_total", state="posted") == 1


async def test_the_same_task_done_again_changes_nothing(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    for _ in range(2):
        run, *_ = bench.tasks
        await bench.do(run)
    assert len(bench.tasks) == 2
    for _ in range(2):
        await bench.do(bench.tasks[1])
    assert works.texts() == ["Hello"]


async def test_a_run_that_fails_is_tried_again_a_few_times_and_then_noted(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = RuntimeError("what the job says")
    await bench.tick()
    waits = []
    while bench.tasks:
        waits.append((await bench.next()).wait)
    assert waits == [timedelta(), timedelta(seconds=5), timedelta(seconds=30)]
    [(_, state, error)] = await works.history()
    assert (state, error) == ("failed", FAILED_RUN)
    assert bench.counted("bot_job_runs_total", kind=KIND, outcome="failed") == 1


@pytest.mark.parametrize(
    ("trouble", "written"), [(RuntimeError(), "unexpected_error"), (OvertakenError(), "overtaken")]
)
async def test_a_run_may_succeed_when_tried_again(works: Works, trouble: Exception, written: str) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = trouble
    await bench.tick()
    with structlog.testing.capture_logs() as logged:
        await bench.next()
    assert [entry["event"] for entry in logged] == [written]
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.next()
    await bench.next()
    assert works.texts() == ["Hello"]


async def test_a_kind_that_only_a_newer_version_knows_is_left_to_it(works: Works) -> None:
    bench = Bench(works)
    await bench.doing.run(7, "new", works.clock().isoformat(), 0)
    [task] = bench.tasks
    assert (task.arguments[3], task.wait) == (0, PUZZLED)


async def test_posts_of_a_workspace_take_turns(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=tuple(say(f"{n}", f"{n}", channel_id=f"C{n}") for n in range(BURST + 3)))
    await bench.tick()
    await bench.next()
    quarter = TEMPO.team_posts
    assert [task.wait for task in bench.tasks] == [timedelta()] * BURST + [quarter, 2 * quarter, 3 * quarter]


async def test_what_missed_its_turn_takes_a_new_one(works: Works) -> None:
    bench = Bench(works, tempo=replace(TEMPO, team_posts=timedelta(seconds=3)))
    await works.add()
    works.prepared = Prepared(posts=tuple(say(f"{n}", f"{n}") for n in range(BURST + 20)))
    await bench.tick()
    await bench.next()
    works.clock.pass_(hours=1)
    posts, bench.tasks = bench.tasks, []
    for task in posts:
        await bench.do(task)
    assert len(works.texts()) == BURST
    assert [task.wait for task in bench.tasks] == [timedelta(seconds=3 * n) for n in range(1, 21)]


async def test_a_long_wait_frees_the_hands_and_a_short_one_is_waited_out(works: Works) -> None:
    bench = Bench(works)
    works.slack.faults.add(
        Fault(method="chat.postMessage", error="ratelimited", status=429, headers={"Retry-After": "9"})
    )
    works.slack.faults.add(
        Fault(method="chat.postMessage", error="ratelimited", status=429, headers={"Retry-After": "0"})
    )
    await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    await bench.next()
    await bench.next()
    [again] = bench.tasks
    assert (again.arguments, again.wait) == ((1, 1), timedelta(seconds=9))
    works.clock.pass_(seconds=9)
    await bench.next()
    assert (works.texts(), bench.tasks) == (["Hello"], [])


async def test_what_fails_for_a_reason_nobody_foresaw_is_given_up_in_the_end(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    await bench.next()
    bench.doing._desk = replace(bench.desk, posts=None)  # type: ignore[arg-type]  # a mistake of ours
    while bench.tasks:
        task = await bench.next()
    assert task.arguments == (1, PUZZLED_ATTEMPTS)
    assert (await works.delivery("hello")).state == "failed"


async def test_nothing_is_posted_by_who_may_be_taken_for_dead(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    await bench.next()

    async def fenced() -> None:
        raise TakenForDeadError

    bench.doing._desk = replace(bench.desk, fence=fenced)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bench.next(), 0.2)
    assert works.texts() == []
    assert (await works.delivery("hello")).tried_at is None


async def test_ending_waits_for_what_is_under_way_and_begins_nothing_more(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=(say("One", "one"), say("Two", "two")))
    await bench.tick()
    await bench.next()
    works.slack.faults.add(Fault(method="chat.postMessage", delay=0.2))
    under_way = asyncio.create_task(bench.next())
    await asyncio.sleep(0)
    assert await bench.doing.drain(timedelta(seconds=30))
    await under_way
    assert works.texts() == ["One"]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bench.next(), 0.1)
    assert works.texts() == ["One"]


async def test_ending_does_not_wait_for_ever(works: Works) -> None:
    bench = Bench(works)
    await works.add()
    works.prepared = Prepared(posts=(say("One", "one"),))
    await bench.tick()
    await bench.next()
    works.slack.faults.add(Fault(method="chat.postMessage", delay=5))
    under_way = asyncio.create_task(bench.next())
    await asyncio.sleep(0)
    assert not await bench.doing.drain(timedelta(seconds=0.1))
    under_way.cancel()


async def test_what_fell_out_of_line_is_put_there_again_once_an_hour(works: Works) -> None:
    bench = Bench(works)
    await works.add(due_at=works.clock())
    works.prepared = Prepared(posts=(say("Hello", "hello"),))
    await bench.tick()
    bench.tasks.clear()  # the queues' tables were not in the backup
    assert await rescue(bench) == 0
    works.clock.pass_(hours=1, seconds=1)
    assert await rescue(bench) == 1
    await bench.tick()
    await bench.next()
    bench.tasks.clear()
    works.clock.pass_(hours=1, seconds=1)
    assert await rescue(bench) == 1
    [again] = bench.tasks
    await bench.do(again)
    assert works.texts() == ["Hello"]
    assert await rescue(bench) == 0


async def rescue(bench: Bench) -> int:
    async with bench.works.store.writing() as db:
        return await bench.line.rescue(db, bench.works.clock())
