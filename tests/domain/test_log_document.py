"""Every example of the user guide's section on logging means what it says there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.log_lines import read_line
from bot.domain.log_slots import Now, placed
from tests.domain.test_times_document import BERLIN, NOW

GUIDE = Path(__file__).parents[2] / "docs" / "user-guide.md"


def examples() -> Iterator[tuple[str, str, str]]:
    """Each example with its task and its times."""
    section = GUIDE.read_text("utf-8").partition("## `/track log`")[2].partition("\n## ")[0]
    for said, task, logged in re.findall(r"^\| (`.+) \| (.+) \| (\w+ \d+ \w+, .+) \|$", section, re.MULTILINE):
        yield from ((each, task, logged) for each in re.findall(r"`([^`]+)`", said))


@pytest.mark.parametrize(("said", "task", "logged"), list(examples()))
def test_a_documented_entry_is_logged_as_the_guide_says(said: str, task: str, logged: str) -> None:
    line = read_line(said, now=NOW, zone=BERLIN)
    [slot] = placed([line], Now(NOW, BERLIN), [])
    start, end = (moment.astimezone(BERLIN) for moment in slot.span)
    assert (line.task, f"{start:%a %-d %b, %H:%M} – {end:%H:%M}") == (task, logged)
    assert not slot.doubts


def test_the_guide_has_examples() -> None:
    assert len(list(examples())) > 10
