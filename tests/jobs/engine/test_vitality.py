"""Who lives, by what is seen of them: no clock is believed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs.engine.tempo import Tempo
from bot.jobs.engine.vitality import TakenForDeadError, Vitality
from bot.store import Store
from tests.conftest import Clock

TEMPO = Tempo(looks=3, fence=timedelta(seconds=15))


class Process:
    """A process with a stop watch and a clock of its own."""

    def __init__(self, name: str, store: Store, clock: Clock) -> None:
        self.seconds = 0.0
        self.clock = Clock(clock())
        self.vitality = Vitality(store, name, clock=self.clock, monotonic=lambda: self.seconds, tempo=TEMPO)

    async def beat(self) -> list[str]:
        """Five seconds later, another sign of life; who is thought dead."""
        self.seconds += 5
        self.clock.pass_(seconds=5)
        return [dead.executor_id for dead in await self.vitality.beat()]


@pytest.fixture
def processes(sqlite_store: Store, clock: Clock) -> tuple[Process, Process, Process]:
    return Process("a", sqlite_store, clock), Process("b", sqlite_store, clock), Process("c", sqlite_store, clock)


async def test_who_is_seen_often_enough_without_a_new_sign_of_life_is_dead(
    processes: tuple[Process, Process, Process],
) -> None:
    one, other, _ = processes
    await other.beat()
    assert [await one.beat() for _ in range(5)] == [[], [], [], ["b"], ["b"]]
    assert one.vitality.others == 1


async def test_who_shows_itself_meanwhile_lives(processes: tuple[Process, Process, Process]) -> None:
    one, other, _ = processes
    for _ in range(5):
        await other.beat()
        assert await one.beat() == []
        assert await one.beat() == []
    assert one.vitality.others == 2


async def test_clocks_that_jump_or_differ_kill_nobody(processes: tuple[Process, Process, Process]) -> None:
    one, other, _ = processes
    one.clock.pass_(days=400)
    for hours in (5, -900, 3):
        other.clock.pass_(hours=hours)
        await other.beat()
        assert await one.beat() == []
        assert await other.beat() == []


async def test_one_takes_over_and_the_next_if_that_one_dies_too(processes: tuple[Process, Process, Process]) -> None:
    one, other, dead = processes
    await dead.beat()
    for _ in range(3):
        await one.beat()
        await other.beat()
    [seen] = await one.vitality.beat()
    assert await one.vitality.claim(seen)
    assert not await other.vitality.claim(seen)
    assert [await other.beat() for _ in range(5)][-1] == ["a", "c"]
    gone = next(worker for worker in await other.vitality.beat() if worker.executor_id == "c")
    assert await other.vitality.claim(gone)
    await other.vitality.bury(gone)
    assert "c" not in [worker.executor_id for worker in await other.vitality.beat()]


async def test_who_did_not_show_itself_for_long_may_do_nothing(processes: tuple[Process, Process, Process]) -> None:
    one, _, _ = processes
    with pytest.raises(TakenForDeadError):
        await one.vitality.fence()
    await one.beat()
    await one.vitality.fence()
    one.seconds += 15.5
    with pytest.raises(TakenForDeadError):
        await one.vitality.fence()
    await one.beat()
    await one.vitality.fence()


async def test_who_ends_in_order_is_forgotten_at_once(processes: tuple[Process, Process, Process]) -> None:
    one, other, _ = processes
    await other.beat()
    await other.vitality.leave()
    await one.beat()
    assert one.vitality.others == 1
