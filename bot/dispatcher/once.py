"""Acting once on what Slack delivers twice, and on a button that is pressed twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from datetime import timedelta
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Once(Generic[Result]):
    """Runs work under keys: whoever brings a key again gets the first run's task, or nothing once that is let go.

    `monotonic` gives seconds. What came out is kept for `answered`, for a connection that was lost and tried again;
    that it was done is remembered for `linger` at least, which costs a hundredth of the memory.
    """

    def __init__(
        self,
        start: Callable[[Coroutine[Any, Any, Result]], asyncio.Task[Result]],
        monotonic: Callable[[], float],
        *,
        answered: timedelta,
        linger: timedelta,
    ) -> None:
        self._start = start
        self._monotonic = monotonic
        self._answered = answered.total_seconds()
        self._linger = linger.total_seconds()
        # Two generations in place of a moment for each: a key is remembered for one to two times `linger`.
        self._done: tuple[set[Hashable], set[Hashable]] = (set(), set())
        self._next_generation = monotonic() + self._linger
        self._tasks: OrderedDict[Hashable, tuple[float, asyncio.Task[Result]]] = OrderedDict()
        self._running: dict[Hashable, asyncio.Task[Result]] = {}

    def run(
        self,
        work: Callable[[], Coroutine[Any, Any, Result]],
        *,
        delivery: Hashable | None,
        subject: Hashable | None,
    ) -> tuple[asyncio.Task[Result] | None, bool]:
        """The task of `work`, and whether it is new; None where it was done so long ago that nobody waits for it.

        `delivery` names one delivery of Slack's; `subject` the button or form it is about, remembered only while the
        work runs: the same button may be pressed again afterwards.
        """
        self._forget()
        if delivery is not None and any(delivery in generation for generation in self._done):
            known = self._tasks.get(delivery)
            return (known[1] if known else None), False
        task = self._running.get(subject) if subject is not None else None
        if task is not None:
            return task, False
        task = self._start(work())
        if delivery is not None:
            self._done[0].add(delivery)
            self._tasks[delivery] = (self._monotonic() + self._answered, task)
        if subject is not None:
            self._running[subject] = task
            task.add_done_callback(lambda _: self._running.pop(subject, None))
        return task, True

    def _forget(self) -> None:
        now = self._monotonic()
        while self._tasks and next(iter(self._tasks.values()))[0] <= now:
            self._tasks.popitem(last=False)
        if now >= self._next_generation:
            quiet = now >= self._next_generation + self._linger
            self._done = (set(), set() if quiet else self._done[0])
            self._next_generation = now + self._linger
