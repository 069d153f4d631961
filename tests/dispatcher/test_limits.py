"""What one person, or one team, may have under way at once."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from bot.dispatcher import Answer, Command, Needs, Reply, Request
from bot.dispatcher.limits import Limits, TooMuchAtOnce
from bot.views.messages import Message
from tests.dispatcher.conftest import Serve


def test_what_ended_makes_room() -> None:
    limits = Limits(person=1)
    for _ in range(3):
        with limits.held("T1", "UANN"):
            pass
    with limits.held("T1", "UANN"), pytest.raises(TooMuchAtOnce), limits.held("T1", "UANN"):
        raise AssertionError("it was let in")


def test_what_failed_makes_room_too() -> None:
    limits = Limits(person=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), limits.held("T1", "UANN"):
            _ = 1 / 0


def test_one_persons_haste_leaves_the_others_alone() -> None:
    limits = Limits(person=1)
    with limits.held("T1", "UANN"), limits.held("T1", "UBOB"), limits.held("T2", "UANN"):
        pass


def test_a_team_has_a_limit_too_and_what_was_refused_does_not_count() -> None:
    limits = Limits(person=9, team=2)
    with ExitStack() as first:
        for user_id in ("U1", "U2"):
            first.enter_context(limits.held("T1", user_id))
        for _ in range(3):
            with pytest.raises(TooMuchAtOnce), limits.held("T1", "U3"):
                pass
        with limits.held("T2", "U4"):
            pass
    with limits.held("T1", "U3"), limits.held("T1", "U3"):
        pass


async def test_too_much_at_once_is_said_and_nothing_is_done(serve: Serve) -> None:
    go, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def slow(_: Request) -> Answer:
        begun.release()
        await go.wait()
        return Reply(Message("hello"))

    routes = [Command("track", "hello", slow, "says hello", "hello", needs=Needs.NOTHING)]
    async with serve(routes, limits=Limits(person=2)) as road:
        first = [
            asyncio.create_task(road.send.command("/track hello", trigger_id=f"{number}.x")) for number in range(2)
        ]
        for _ in first:
            await begun.acquire()
        refused = await road.send.command("/track hello", trigger_id="3.x")
        assert "try again in half a minute" in refused.json["text"]
        go.set()
        assert [said.json["text"] for said in await asyncio.gather(*first)] == ["hello", "hello"]
        again = await road.send.command("/track hello", trigger_id="4.x")
        assert again.json["text"] == "hello"
