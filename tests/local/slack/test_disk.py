"""The world survives a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from bot.local.slack import create_app, disk
from bot.local.slack.engine import LocalSlack
from bot.local.slack.manifest import read_manifest
from bot.local.slack.pace import Pace
from bot.local.slack.seed import GENERAL, JONAS, seed
from bot.local.slack.world import File
from tests.conftest import Clock
from tests.local.slack.conftest import BOT_TOKEN, SIGNING_SECRET, make_manifest


def engine(data: Path, clock: Clock) -> LocalSlack:
    """A local Slack that nobody serves."""
    app = create_app(
        bot_url="http://127.0.0.1:9",
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        manifest=make_manifest(),
        data=data,
        clock=clock,
        pace=Pace(save_after=0.0),
    )
    slack: LocalSlack = app.state.slack
    return slack


async def test_what_was_said_is_there_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    first = engine(tmp_path / "slack.json", clock)
    await first.start()
    await first.say(JONAS, GENERAL, "Still here?")
    await first.stop()
    second = engine(tmp_path / "slack.json", clock)
    assert second.world == first.world
    later = second.workspace.ids.ts()
    assert later > second.world.messages[GENERAL][-1].ts


def test_everything_is_kept_and_no_secret_is(tmp_path: Path, clock: Clock) -> None:
    world = seed(read_manifest(make_manifest()), clock())
    world.files["F1"] = File(id="F1", name="a.png", content=b"\x00\xff")
    disk.save(tmp_path / "deep" / "slack.json", world)
    kept = (tmp_path / "deep" / "slack.json").read_bytes()
    assert disk.load(tmp_path / "deep" / "slack.json") == world
    assert BOT_TOKEN.encode() not in kept
    assert SIGNING_SECRET.encode() not in kept
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["slack.json"]


def test_a_new_file_is_a_new_world(tmp_path: Path) -> None:
    assert disk.load(tmp_path / "none.json") is None


def test_a_damaged_file_is_not_silently_replaced(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "slack.json").write_text("{")
    with pytest.raises(msgspec.DecodeError):
        engine(tmp_path / "slack.json", clock)


async def test_a_change_is_written_without_a_stop(tmp_path: Path, clock: Clock) -> None:
    slack = engine(tmp_path / "slack.json", clock)
    await slack.start()
    await slack.join(JONAS, "C0DESIGN001")
    path = tmp_path / "slack.json"
    async with asyncio.timeout(60):
        while not path.exists():  # noqa: ASYNC110 (a file gives no event)
            await asyncio.sleep(0)
    kept = disk.load(path)
    assert kept is not None
    assert JONAS in kept.channels["C0DESIGN001"].members
    await slack.stop()


async def test_the_end_may_come_between_two_changes(tmp_path: Path, clock: Clock) -> None:
    slack = engine(tmp_path / "slack.json", clock)
    await slack.start()
    await slack.join(JONAS, "C0DESIGN001")
    await asyncio.sleep(0)
    slack.changes.end()
    await asyncio.sleep(slack.pace.save_after * 2)
    await slack.stop()
    kept = disk.load(tmp_path / "slack.json")
    assert kept is not None
    assert JONAS in kept.channels["C0DESIGN001"].members
