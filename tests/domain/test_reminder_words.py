from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurrence import EVERY_DAY, WORKDAYS
from bot.domain.reminder_words import (
    Habits,
    LengthOutOfRange,
    ReminderNotUnderstood,
    Switch,
    Wish,
    parse_hours,
    parse_wish,
)
from bot.domain.reminders import LONGEST, LONGEST_RUN, SHORTEST, SHORTEST_RUN, Idle, Running, Under
from bot.domain.weekday_phrases import parse_days
from bot.errors import UserError
from bot.i18n import Translator
from tests.domain.phrases import anything

SIX = timedelta(hours=6)
FIVE = time(17)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("if under 6h at 17:00", Under(SIX, FIVE)),
        ("under 6h", Under(SIX, FIVE)),
        ("If Under 6 At 5pm", Under(SIX, FIVE)),
        ("me if under 6h at 17:00", Under(SIX, FIVE)),
        ("at 17:00 if under 6h", Under(SIX, FIVE)),
        ("if I have tracked less than 6h by 17:00", Under(SIX, FIVE)),
        ("< 6h at 17", Under(SIX, FIVE)),
        ("if under 7:30", Under(timedelta(hours=7.5), FIVE)),
        ("if under 7:30 at 16:45", Under(timedelta(hours=7.5), time(16, 45))),
        ("if under 1,5h at noon", Under(timedelta(hours=1.5), time(12))),
        ("if under 6h at 17:00 on mon-thu", Under(SIX, FIVE, (0, 1, 2, 3))),
        ("if under 6h on mon, wed and fri at 17:00", Under(SIX, FIVE, (0, 2, 4))),
        ("on mon,wed at 17:00 if under 6h", Under(SIX, FIVE, (0, 2))),
        ("if under 6h weekdays at 17:00", Under(SIX, FIVE, WORKDAYS)),
        ("if under 6h at 17:00 on working days", Under(SIX, FIVE)),
        ("if under 6h at 17:00 every day", Under(SIX, FIVE, EVERY_DAY)),
        ("if under 6h at 17:00 sat to mon", Under(SIX, FIVE, (0, 5, 6))),
        ("wenn unter 6h um 17 Uhr mo-do", Under(SIX, FIVE, (0, 1, 2, 3))),
        ("si menos de 6h a las 17:00", Under(SIX, FIVE)),
        ("if idle at 10:00", Idle(time(10))),
        ("if idle", Idle(time(10))),
        ("if I’m idle at 9:30 on fridays", Idle(time(9, 30), (4,))),
        ("when nothing is running at 9", Idle(time(9))),
        ("if no timer runs at 9", Idle(time(9))),
        ("if running over 9h", Running(timedelta(hours=9))),
        ("if timer over 8h", Running(timedelta(hours=8))),
        ("when the timer is running for more than 8h", Running(timedelta(hours=8))),
        ("clear all", Switch.CLEAR),
        ("if the timer runs longer than 9 hours", Running(timedelta(hours=9))),
        ("running 90m", Running(timedelta(minutes=90))),
        ("off today", Switch.OFF_TODAY),
        ("  OFF   today ", Switch.OFF_TODAY),
        ("off", Switch.OFF),
        ("on", Switch.ON),
        ("list", Switch.LIST),
        ("clear", Switch.CLEAR),
        ("daily at 16:30", Habits(daily_at=time(16, 30))),
        ("weekly thu at 15:00", Habits(weekly_on=3, weekly_at=time(15))),
        ("weekly at 15:00", Habits(weekly_at=time(15))),
        ("working days mon-thu", Habits(working_days=(0, 1, 2, 3))),
    ],
)
def test_what_people_write_is_the_reminder_they_mean(said: str, meant: Wish) -> None:
    assert parse_wish(said) == meant


@pytest.mark.parametrize(
    "said",
    ["", "if", "if at 17:00", "6h", "if over 6h", "idle under", "if idle 6h", "tomorrow", "daily", "weekly mon-tue",
     "working days", "working days at 9", "daily mon at 9", "if idle at 25:00", "🍕", "off yesterday", "x" * 4000],
)  # fmt: skip
def test_what_is_no_reminder_is_told_with_examples(said: str) -> None:
    with pytest.raises(ReminderNotUnderstood) as told:
        parse_wish(said)
    assert "if under 6h at 17:00" in Translator().md(told.value.sentence, **told.value.values)


@pytest.mark.parametrize("said", ["if under 25h", "if under 5m at 17:00", "if running over 73h", "if running over 10m"])
def test_a_length_that_makes_no_sense_is_refused_with_what_would(said: str) -> None:
    with pytest.raises(LengthOutOfRange) as told:
        parse_wish(said)
    assert "Give a duration between" in Translator().md(told.value.sentence, **told.value.values)


@pytest.mark.parametrize(
    "said", ["if under 0h", "if under -6h", "if under six hours", "if under 6h at 24:00", "if running over"]
)
def test_a_length_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(UserError):
        parse_wish(said)


@given(anything | st.text(alphabet="if under running over idle at on mon-fri 0123456789:h,<>", max_size=60))
def test_no_input_crashes_and_what_is_understood_is_in_bounds(said: str) -> None:
    try:
        wish = parse_wish(said)
    except UserError as error:
        refused = error
    else:
        _is_sound(wish)
        return
    assert Translator().md(refused.sentence, **refused.values)


def _is_sound(wish: Wish) -> None:
    match wish:
        case Under(hours, at, days):
            assert SHORTEST <= hours <= LONGEST
            assert at.second == 0
            assert days is None or (days and set(days) <= set(EVERY_DAY) and list(days) == sorted(days))
        case Running(over):
            assert SHORTEST_RUN <= over <= LONGEST_RUN
        case Idle(at, days):
            assert at.second == 0
            assert days is None or (days and list(days) == sorted(days))


@given(
    st.integers(1, 24 * 4).map(lambda quarters: timedelta(minutes=15 * quarters)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sets(st.sampled_from(EVERY_DAY), min_size=1),
)
def test_what_is_written_in_full_is_read_back(hours: timedelta, at: time, days: set[int]) -> None:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    minutes = int(hours.total_seconds() // 60)
    chosen = ", ".join(names[day] for day in sorted(days))
    said = f"if under {minutes // 60}h{minutes % 60:02}m at {at:%H:%M} on {chosen}".replace("under 0h", "under ")
    assert parse_wish(said.replace("h00m", "h")) == Under(hours, at, tuple(sorted(days)))


@pytest.mark.parametrize(("said", "minutes"), [("6", 360), ("7.5", 450), ("7:30", 450), ("45m", 45), (" 8 h ", 480)])
def test_hours_in_a_form_may_be_a_number_alone(said: str, minutes: int) -> None:
    assert parse_hours(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("said", "days"), [("mon-fri", WORKDAYS), ("", ()), ("soon", ()), ("working days", None)])
def test_days_in_words_are_read_or_told_to_be_none(said: str, days: tuple[int, ...] | None) -> None:
    assert parse_days(said) == days
