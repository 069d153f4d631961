"""The page about the client, run."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from bot.toggl import Toggl
from tests.toggl.conftest import World

PAGE = (Path(__file__).parents[2] / "docs" / "client.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


async def test_the_examples_run_one_after_the_other(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await world.ws.tasks.create(name="Quarterly report")
    names: dict[str, Any] = {"ws": world.ws, "toggl": world.toggl}
    first, *others = BLOCKS
    compile(first, "the first example, which opens a connection to Toggl itself", "exec")
    for block in others:
        running = eval(compile(block, "docs/client.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)  # noqa: S307 (our own page)
        if inspect.iscoroutine(running):
            await running
    printed = capsys.readouterr().out
    assert "calls left until" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:ws|toggl)\.[a-z_.]+)\(", PAGE))))
def test_every_method_that_the_page_names_exists(name: str, world_of_names: dict[str, Any]) -> None:
    root, *path = name.split(".")
    found = world_of_names[root]
    for part in path:
        found = getattr(found, part)
    assert callable(found)


@pytest.fixture
async def world_of_names(world: World) -> dict[str, Any]:
    """What the page calls `toggl` and `ws`."""
    assert isinstance(world.toggl, Toggl)
    return {"toggl": world.toggl, "ws": world.ws}
