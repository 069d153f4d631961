from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.track_reminders import (
    Every,
    NoHours,
    TooManyHours,
    TrackReminder,
    parse_hours,
    reminders_of,
)
from bot.toggl import models

numbers = st.lists(st.integers(min_value=1, max_value=10**12), max_size=5)


@given(
    st.builds(
        models.TrackReminder,
        reminder_id=st.none() | st.integers(),
        frequency=st.none() | st.integers(),
        threshold=st.none() | st.floats(allow_nan=False),
        user_ids=st.none() | numbers.map(tuple),
        group_ids=st.none() | numbers.map(tuple),
        email_reminder_enabled=st.none() | st.booleans(),
        slack_reminder_enabled=st.none() | st.booleans(),
    )
)
def test_what_toggl_answers_is_written_down_and_read_again(answer: models.TrackReminder) -> None:
    for reminder in reminders_of([answer]):
        read = TrackReminder.read(reminder.fields, reminder.id)
        assert read.fields == reminder.fields
        assert None not in reminder.sent.values()


def test_daily_reminders_come_first() -> None:
    answers = [
        models.TrackReminder(reminder_id=3, frequency=7, threshold=30),
        models.TrackReminder(reminder_id=4, frequency=1, threshold=8),
        models.TrackReminder(reminder_id=5, frequency=1, threshold=6.5),
    ]
    assert [reminder.id for reminder in reminders_of(answers)] == [5, 4, 3]


@pytest.mark.parametrize(("said", "hours"), [("6", 6), ("7.5", 7.5), (" 7,25 ", 7.25), ("24", 24)])
def test_hours_are_numbers(said: str, hours: float) -> None:
    assert parse_hours(said, Every.DAY) == hours


@given(st.text(max_size=20), st.sampled_from(Every))
def test_hours_are_never_more_than_there_are(text: str, every: Every) -> None:
    with contextlib.suppress(NoHours, TooManyHours):
        assert 0 < parse_hours(text, every) <= (24 if every is Every.DAY else 168)


def test_a_week_has_more_hours_than_a_day() -> None:
    assert parse_hours("40", Every.WEEK) == 40
    with pytest.raises(TooManyHours):
        parse_hours("40", Every.DAY)
    with pytest.raises(NoHours):
        parse_hours("0", Every.WEEK)
