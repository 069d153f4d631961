"""The map in docs/architecture.md names every file of the layers that a feature runs through, and none that is gone."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAP = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Where to look")[2].partition("\n## ")[0]
HEADING, _, *ROWS = [line.split("|")[1:-1] for line in MAP.splitlines() if line.startswith("|")]
LAYERS = [re.sub(r"[` ]", "", cell) for cell in HEADING]


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_the_map_is_the_tree(layer: str) -> None:
    column = LAYERS.index(layer)
    drawn = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[column]) if not name.endswith("/")}
    there = {path.stem for path in (ROOT / "bot" / layer).glob("*.py")} - {"__init__"}
    assert {name for name in there if not any(fnmatch(name, pattern) for pattern in drawn)} == set()
    assert {pattern for pattern in drawn if not any(fnmatch(name, pattern) for name in there)} == set()
