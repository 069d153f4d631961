from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.local.toggl import create_app
from bot.local.toggl.local import LocalToggl
from tests.local.toggl.conftest import NOON, Clock

WRITES_UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from bot.local.toggl import create_app

async def main():
    toggl = create_app(data=Path(sys.argv[1])).state.toggl
    print("ready", flush=True)
    while True:
        toggl.start_elsewhere("admin", "Write report")
        toggl.storage.save()
        await asyncio.sleep(0)

asyncio.run(main())
"""


def made(data: Path | None) -> LocalToggl:
    toggl: LocalToggl = create_app(clock=Clock(), data=data).state.toggl
    return toggl


async def test_the_state_survives_a_restart(tmp_path: Path) -> None:
    """Written a moment after a change, without anybody asking."""
    data = tmp_path / "kept" / "toggl.json"
    first = made(data)
    running = first.start_elsewhere("admin", "Write report", at=NOON)
    first.storage.save()
    second = made(data)
    assert second.running("admin") == running
    assert second.world.state == first.world.state
    assert second.world.new_id() == first.world.new_id()


async def test_a_change_is_written_without_being_asked(tmp_path: Path) -> None:
    """Once for many changes."""
    data = tmp_path / "toggl.json"
    toggl = made(data)
    toggl.storage.save()
    before = data.stat().st_ino
    toggl.start_elsewhere("admin", "Write report", at=NOON)
    toggl.stop_elsewhere("admin", at=NOON)
    assert data.stat().st_ino == before
    while data.stat().st_ino == before:  # noqa: ASYNC110 (a file has no event to wait for)
        await asyncio.sleep(0.01)
    assert made(data).world.state == toggl.world.state


async def test_whoever_is_killed_while_writing_leaves_a_readable_file(tmp_path: Path) -> None:
    """The file is replaced whole, never written in place."""
    data = tmp_path / "toggl.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITES_UNTIL_KILLED, str(data), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    while not data.exists():  # noqa: ASYNC110 (as above)
        await asyncio.sleep(0.01)
    for _ in range(20):
        assert len(made(data).world.state.people) == 13
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert made(data).running("admin") is not None


def test_a_file_of_something_else_is_named_and_left_alone(tmp_path: Path) -> None:
    """Nothing is overwritten that might be somebody's."""
    data = tmp_path / "toggl.json"
    data.write_bytes(b'{"next_id": "soon"}')
    with pytest.raises(ValueError, match=r"toggl\.json is no file of this local Toggl"):
        made(data)
    assert data.read_bytes() == b'{"next_id": "soon"}'


def test_without_a_file_nothing_is_kept() -> None:
    """Each starts with the company and nothing running."""
    made(None).start_elsewhere("admin", "Write report", at=NOON)
    assert made(None).running("admin") is None
