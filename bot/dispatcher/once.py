"""Acting once on what Slack delivers twice, and on a button that is pressed twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from datetime import timedelta
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Once(Generic[Result]):
    """Runs work under keys: while a key is remembered, whoever asks again gets the first run's task.

    `monotonic` gives seconds. What `linger` does not remember is forgotten when the work is done.
    """

    def __init__(
        self, start: Callable[[Coroutine[Any, Any, Result]], asyncio.Task[Result]], monotonic: Callable[[], float]
    ) -> None:
        self._start = start
        self._monotonic = monotonic
        self._lingering: OrderedDict[Hashable, tuple[float, asyncio.Task[Result]]] = OrderedDict()
        self._running: dict[Hashable, asyncio.Task[Result]] = {}

    def run(
        self,
        work: Callable[[], Coroutine[Any, Any, Result]],
        *,
        delivery: Hashable | None,
        subject: Hashable | None,
        linger: timedelta,
    ) -> tuple[asyncio.Task[Result], bool]:
        """The task of `work`, and whether it is new.

        `delivery` names one delivery of Slack's, remembered for `linger`; `subject` the button or form it is about,
        remembered only while the work runs: the same button may be pressed again afterwards.
        """
        self._forget()
        known = self._lingering.get(delivery) if delivery is not None else None
        task = known[1] if known else self._running.get(subject) if subject is not None else None
        if task is not None:
            return task, False
        task = self._start(work())
        if delivery is not None:
            self._lingering[delivery] = (self._monotonic() + linger.total_seconds(), task)
        if subject is not None:
            self._running[subject] = task
            task.add_done_callback(lambda _: self._running.pop(subject, None))
        return task, True

    def _forget(self) -> None:
        now = self._monotonic()
        while self._lingering:
            delivery, (until, _) = next(iter(self._lingering.items()))
            if until > now:
                return
            del self._lingering[delivery]
