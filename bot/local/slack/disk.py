"""Keeps the world in a file, so that it survives a restart."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import msgspec

from bot.local.slack.changes import Subscription
from bot.local.slack.world import World


def load(path: Path) -> World | None:
    """The world in the file, or None when there is no file. Raises msgspec.DecodeError for a damaged one."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    return msgspec.json.decode(content, type=World)


def save(path: Path, world: World) -> None:
    """Write the world: either the whole new file is there afterwards, or the whole old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(world))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


async def keep(path: Path, world: World, changes: Subscription, gather: float) -> None:
    """Save after changes, those of `gather` seconds together, until cancelled."""
    async for _ in changes:
        await asyncio.sleep(gather)
        changes.skip()
        save(path, world)
