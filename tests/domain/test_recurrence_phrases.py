from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurrence import EVERY_DAY, LAST, WORKDAYS
from bot.domain.recurrence_phrases import Rhythm, parse_rhythm
from tests.domain.phrases import anything

MON, WED, THU, FRI = 0, 2, 3, 4


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("weekly", Rhythm()),
        ("Weekly on Friday", Rhythm(weekdays=(FRI,))),
        ("weekly mon and thu at 17:00", Rhythm(time(17), (MON, THU))),
        ("weekly 9:30", Rhythm(time(9, 30))),
        ("every friday", Rhythm(weekdays=(FRI,))),
        ("every mon, wed", Rhythm(weekdays=(MON, WED))),
        ("daily at 9", Rhythm(time(9), EVERY_DAY)),
        ("weekdays 8:15", Rhythm(time(8, 15), WORKDAYS)),
        ("every 2 weeks on friday", Rhythm(weekdays=(FRI,), weeks=2)),
        ("every other week", Rhythm(weeks=2)),
        ("monthly", Rhythm(day=1)),
        ("monthly on the 15th", Rhythm(day=15)),
        ("monthly 31 at 8am", Rhythm(time(8), day=31)),
        ("monthly last day", Rhythm(day=31)),
        ("monthly last friday at 16:00", Rhythm(time(16), (FRI,), nth=LAST)),
        ("first monday of the month", Rhythm(weekdays=(MON,), nth=1)),
        ("wöchentlich freitags um 16 Uhr", Rhythm(time(16), (4,))),
        ("weekly mon-wed", Rhythm(weekdays=(0, 1, 2))),
        ("wöchentlich freitag um 16 Uhr", Rhythm(time(16), (FRI,))),
        ("alle 3 Wochen", Rhythm(weeks=3)),
        ("jeden Montag", Rhythm(weekdays=(MON,))),
        ("cada 2 semanas el viernes", Rhythm(weekdays=(FRI,), weeks=2)),
        ("mensual", Rhythm(day=1)),
        ("毎週 金曜日 9:00", Rhythm(time(9), (FRI,))),
    ],
)
def test_a_rhythm_is_read(said: str, meant: Rhythm | None) -> None:
    assert parse_rhythm(said) == meant


@pytest.mark.parametrize(
    "said", ["", "last week", "friday", "every 60 weeks", "weekly soon", "monthly 32", "monthly last", "4 weeks", "on"]
)
def test_what_is_none_is_none(said: str) -> None:
    assert parse_rhythm(said) is None


@given(anything | st.text(max_size=120))
def test_any_text_is_read_or_not(text: str) -> None:
    found = parse_rhythm(text)
    assert found is None or found.weeks >= 1
