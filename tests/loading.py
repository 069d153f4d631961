"""A load of signed commands on several web processes behind one address, as a proxy spreads it."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from tests.dispatcher.fake_slack import TEAM, sign

COMMANDS = ("/track help", "/track", "/toggl account", "/toggl quota", "/project help", "/track nonsense", "/toggl")


@dataclass
class Measured:
    """What became of a load: how long each command took, in seconds, and what Slack would have shown as failed."""

    taken: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def percentile_99(self) -> float:
        """How long all but one of a hundred took at most, in seconds."""
        return statistics.quantiles(self.taken, n=100)[-1]


@dataclass
class Proxy:
    """What stands in front of the processes: whoever refuses a connection is passed over, nothing is sent twice."""

    addresses: Sequence[str]
    response_url: Callable[[], str]
    _turns: itertools.count[int] = field(default_factory=itertools.count)

    async def command(self, http: aiohttp.ClientSession, text: str, user_id: str, number: int) -> None:
        """Send a command, and read its answer. Raises AssertionError, TimeoutError, aiohttp.ClientError."""
        slash, _, words = text.partition(" ")
        body = urlencode(
            {
                "command": slash,
                "text": words,
                "user_id": user_id,
                "team_id": TEAM,
                "channel_id": "C0001",
                "response_url": self.response_url(),
                "trigger_id": f"{number}.{time.monotonic_ns()}",
            }
        ).encode()
        now = int(time.time())
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": str(now),
            "X-Slack-Signature": sign(body, now),
            "Connection": "close",
        }
        turn = next(self._turns)
        for address in [*self.addresses[turn % 2 :], *self.addresses[: turn % 2]]:
            try:
                async with http.post(f"{address}/slack/events", data=body, headers=headers) as answer:
                    await answer.read()
                    assert answer.status == 200, answer.status
                    return
            except aiohttp.ClientConnectorError:
                continue
        raise AssertionError("no process takes connections")


async def load(
    proxy: Proxy,
    *,
    per_second: float,
    seconds: float,
    people: Sequence[str],
    meanwhile: Callable[[], Awaitable[None]],
    given_up: float = 3.0,
) -> Measured:
    """Send `per_second` commands for so many seconds, whether or not they are answered, and do something meanwhile.

    `given_up` is after how many seconds Slack tells the person that the app did not respond.
    """
    measured = Measured()
    limits = aiohttp.ClientTimeout(total=given_up)
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(timeout=limits, connector=connector) as http:

        async def one(number: int) -> None:
            began = time.perf_counter()
            text = COMMANDS[number % len(COMMANDS)]
            try:
                await proxy.command(http, text, people[number % len(people)], number)
            except (AssertionError, TimeoutError, aiohttp.ClientError) as error:
                measured.failed.append(f"{text} after {time.perf_counter() - began:.2f} s: {error!r}")
            else:
                measured.taken.append(time.perf_counter() - began)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_run(meanwhile))
            began = time.perf_counter()
            for number in range(round(per_second * seconds)):
                await asyncio.sleep(max(0, began + number / per_second - time.perf_counter()))
                tasks.create_task(one(number))
    return measured


async def _run(meanwhile: Callable[[], Awaitable[None]]) -> None:
    await meanwhile()
