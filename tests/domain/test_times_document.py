from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.dates import split_day
from bot.domain.durations import parse_duration
from bot.domain.periods import parse_period
from bot.domain.ranges import parse_range
from bot.domain.times_of_day import DAY
from bot.domain.when import When, parse_when, split_when
from bot.i18n import Translator

DOCUMENT = Path(__file__).parents[2] / "docs" / "times.md"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=BERLIN)


def examples(*headings: str) -> Iterator[tuple[str, ...]]:
    """Each backticked example under the headings, with the cells beside it."""
    for section in DOCUMENT.read_text("utf-8").split("\n## ")[1:]:
        heading, _, text = section.partition("\n")
        if heading in headings:
            for row in re.findall(r"^\| (`.+) \|$", text, re.MULTILINE):
                cells = [cell.strip() for cell in row.split(" | ")]
                yield from ((said, *cells[1:]) for said in re.findall(r"`([^`]+)`", cells[0]))


def shown(when: When | None) -> str:
    if when is None:
        return "none"
    return f"{when.at.astimezone(BERLIN):%a %-d %b %Y, %H:%M}" if when.at else "where your last entry ended"


@pytest.mark.parametrize(("said", "meant"), list(examples("A moment", "In other languages")))
def test_a_documented_moment_means_what_the_document_says(said: str, meant: str) -> None:
    assert shown(parse_when(said, now=NOW, zone=BERLIN)) == meant


@pytest.mark.parametrize(("said", "task", "meant"), list(examples("After a task's name")))
def test_a_documented_task_keeps_and_loses_what_the_document_says(said: str, task: str, meant: str) -> None:
    rest, when = split_when(said, now=NOW, zone=BERLIN)
    assert (rest, shown(when)) == (task, meant)


@pytest.mark.parametrize(("said", "meant"), list(examples("A day")))
def test_a_documented_day_means_what_the_document_says(said: str, meant: str) -> None:
    rest, day = split_day(said, now=NOW, zone=BERLIN)
    assert (rest, f"{day:%a %-d %b %Y}") == ("", meant)


@pytest.mark.parametrize(("said", "meant"), list(examples("A duration")))
def test_a_documented_duration_means_what_the_document_says(said: str, meant: str) -> None:
    assert Translator().duration(parse_duration(said)) == meant


@pytest.mark.parametrize(("said", "meant"), list(examples("A range")))
def test_a_documented_range_means_what_the_document_says(said: str, meant: str) -> None:
    found = parse_range(said)
    start, end = (time(seconds % DAY // 3600, seconds % 3600 // 60) for seconds in (found.start, found.end))
    assert f"{start:%H:%M} to {end:%H:%M}{' the next day' if found.end >= DAY else ''}" == meant


def test_the_document_has_examples_of_everything() -> None:
    headings = ("A moment", "After a task's name", "A day", "A duration", "A range", "In other languages")
    assert all(list(examples(heading)) for heading in headings)


@pytest.mark.parametrize(("said", "meant"), list(examples("A period")))
def test_a_documented_period_means_what_the_document_says(said: str, meant: str) -> None:
    period = parse_period(said, now=NOW, zone=BERLIN, first_weekday=0)
    days = dict.fromkeys(f"{day:%a %-d %b %Y}" for day in (period.first, period.last))
    assert " – ".join(days) == meant
