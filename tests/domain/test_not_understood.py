from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.durations import parse_duration
from bot.domain.not_understood import (
    DurationNotUnderstood,
    NotUnderstood,
    RangeNotUnderstood,
    TimeMissing,
)
from bot.domain.ranges import parse_range
from bot.domain.when import parse_when
from bot.i18n import LANGUAGES, Translator

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=BERLIN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "read"),
    [
        (NotUnderstood, lambda said: parse_when(said, now=NOW, zone=BERLIN)),
        (TimeMissing, lambda said: parse_when(said, now=NOW, zone=BERLIN)),
        (DurationNotUnderstood, parse_duration),
        (RangeNotUnderstood, parse_range),
    ],
)
def test_every_example_in_a_refusal_is_understood(
    error: type[NotUnderstood], read: Callable[[str], object], language: str
) -> None:
    examples = re.findall(r"`([^`]+)`", Translator(language)(error.sentence, said="soon"))
    assert len(examples) > 1
    for example in examples:
        read(example)


@given(st.text())
def test_the_words_are_quoted_short_and_printable_whatever_they_were(said: str) -> None:
    quoted = NotUnderstood(said).values["said"]
    assert len(quoted) <= 60
    assert quoted == "" or quoted.isprintable()
