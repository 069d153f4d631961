from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry_words import pick
from tests.entries import NOON, entry

BERLIN = ZoneInfo("Europe/Berlin")
RUNNING = entry(1, hours_ago=0.5, minutes=None, task_id=8, task="Stand-up", project="Team")
MORNING = entry(2, hours_ago=3)  # 9:00 to 10:00 in Berlin
AT_NIGHT = entry(3, hours_ago=20)  # yesterday 16:00 to 17:00
ENTRIES = (RUNNING, MORNING, AT_NIGHT)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        (None, [1]),
        ("last", [1]),
        ("Letzte", [1]),
        ("9:00", [2]),
        ("9:30", [2]),
        ("10:00", []),
        ("11:45", [1]),
        ("yesterday 16:10", [3]),
        ("stand-up", [1]),
        ("report", [2, 3]),
        ("monthly", [2, 3]),
        ("🎉", []),
    ],
)
def test_people_say_which_entry_by_last_a_time_or_its_task(text: str | None, picked: list[int]) -> None:
    assert [one.id for one in pick(text, ENTRIES, now=NOON, zone=BERLIN)] == picked


def test_a_task_that_is_called_like_a_time_is_found_where_nothing_ran_then() -> None:
    odd = entry(4, task="8:15 call")
    assert pick("8:15", (odd,), now=NOON, zone=BERLIN) == (odd,)


def test_of_two_that_ran_at_the_same_time_the_one_that_began_then_is_meant() -> None:
    other = entry(5, hours_ago=2.75, task_id=9, task="Review")
    assert [one.id for one in pick("9:15", (*ENTRIES, other), now=NOON, zone=BERLIN)] == [5]
    assert [one.id for one in pick("9:20", (*ENTRIES, other), now=NOON, zone=BERLIN)] == [2, 5]


@given(st.text(max_size=40))
def test_no_words_crash_and_only_entries_come_out(text: str) -> None:
    assert set(pick(text, ENTRIES, now=NOON, zone=BERLIN)) <= set(ENTRIES)
