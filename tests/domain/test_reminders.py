from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period
from bot.domain.recurrence import next_after, next_times
from bot.domain.reminders import (
    LOOKED_AT,
    Idle,
    Preferences,
    Running,
    Under,
    day_of,
    end_of_day,
    named_days,
    next_look,
    overrun,
    pattern,
    period_key,
    read_period,
    shortfall,
    useful_until,
    week_of,
    workspace_pattern,
)
from bot.domain.tracking import Entry
from tests.domain.zones import moments, zones

BERLIN = ZoneInfo("Europe/Berlin")
NINE = timedelta(hours=9)
MINE = Preferences()


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def entry(start: datetime, hours: float | None, kind: str = "activity") -> Entry:
    length = None if hours is None else timedelta(hours=hours)
    return Entry(1, start, length, task_id=1, type="break" if kind == "break" else "activity")


def test_missing_hours_are_looked_for_on_working_days_unless_others_are_named() -> None:
    assert pattern(Under(NINE), MINE) == "17:00 weekly mon,tue,wed,thu,fri"
    four = Preferences(working_days=(0, 1, 2, 3))
    assert pattern(Under(NINE, time(16, 30)), four) == "16:30 weekly mon,tue,wed,thu"
    assert pattern(Idle(time(10), (5,)), four) == "10:00 weekly sat"
    assert pattern(Running(NINE), MINE) == "00:00 weekly mon,tue,wed,thu,fri,sat,sun"


def test_working_days_named_one_by_one_are_the_working_days() -> None:
    assert named_days((4, 0, 1, 2, 3), MINE) is None
    assert named_days((0, 1), MINE) == (0, 1)


def test_the_workspaces_reminders_come_at_five_and_on_friday_at_four_unless_told_otherwise() -> None:
    assert workspace_pattern(1, MINE) == "17:00 weekly mon,tue,wed,thu,fri"
    assert workspace_pattern(7, MINE) == "16:00 weekly fri"
    mine = Preferences(daily_at=time(18), weekly_on=3, weekly_at=time(15))
    assert workspace_pattern(1, mine) == "18:00 weekly mon,tue,wed,thu,fri"
    assert workspace_pattern(7, mine) == "15:00 weekly thu"


def test_five_in_the_afternoon_stays_five_when_the_clocks_change() -> None:
    daily = workspace_pattern(1, Preferences(working_days=tuple(range(7))))
    times = next_times(daily, BERLIN, at("2026-10-23 18:00"), 4)
    assert [moment.astimezone(BERLIN).strftime("%d %H:%M") for moment in times] == [
        "24 17:00", "25 17:00", "26 17:00", "27 17:00",
    ]  # fmt: skip
    assert times[1] - times[0] == timedelta(hours=25)
    spring = next_times(daily, BERLIN, at("2027-03-27 12:00"), 2)
    assert spring[1] - spring[0] == timedelta(hours=23)


def test_hours_count_as_in_a_report() -> None:
    """Breaks are out, overlaps count twice, a running timer counts until now, all clipped to the day."""
    now = at("2026-11-12 17:00")
    entries = [
        entry(at("2026-11-11 23:00"), 2),
        entry(at("2026-11-12 09:00"), 2),
        entry(at("2026-11-12 10:00"), 1),
        entry(at("2026-11-12 12:00"), 1, "break"),
        entry(at("2026-11-12 16:00"), None),
    ]
    found = shortfall(entries, day_of(now, BERLIN), timedelta(hours=6), zone=BERLIN, now=now)
    assert (found.tracked, found.missing) == (timedelta(hours=5), timedelta(hours=1))
    assert shortfall(entries, day_of(now, BERLIN), timedelta(hours=5), zone=BERLIN, now=now).missing == timedelta()


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 25), ("2027-03-28", 23)])
def test_a_timer_over_a_whole_day_counts_the_hours_the_day_had(day: str, hours: int) -> None:
    period = Period(date.fromisoformat(day), date.fromisoformat(day))
    running = [entry(at(f"{day} 00:00") - timedelta(hours=5), None)]
    now = at(f"{day} 12:00") + timedelta(days=2)
    assert shortfall(running, period, timedelta(hours=1), zone=BERLIN, now=now).tracked == timedelta(hours=hours)


def test_a_week_begins_where_the_person_begins_it() -> None:
    friday = at("2026-11-13 16:00")
    assert week_of(friday, BERLIN, 0) == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert week_of(friday, BERLIN, 6) == Period(date(2026, 11, 8), date(2026, 11, 14))


@given(moments, zones, st.integers(0, 6), st.booleans())
def test_a_period_is_known_by_its_name(moment: datetime, zone: ZoneInfo, first: int, weekly: bool) -> None:  # noqa: FBT001 (drawn)
    period = week_of(moment, zone, first) if weekly else day_of(moment, zone)
    assert read_period(period_key(period)) == period
    assert period.first <= moment.astimezone(zone).date() <= period.last


def test_missing_hours_are_worth_saying_on_the_same_day_and_idleness_for_a_while() -> None:
    due = at("2026-11-12 17:00")
    assert useful_until(Under(NINE), due, BERLIN) == at("2026-11-13 00:00")
    assert useful_until(None, due, BERLIN) == at("2026-11-13 00:00")
    assert useful_until(Idle(), at("2026-11-12 10:00"), BERLIN) == at("2026-11-12 13:00")
    assert useful_until(Idle(), at("2026-11-12 23:30"), BERLIN) == at("2026-11-13 00:00")
    assert useful_until(Running(NINE), due, BERLIN) is None


def test_what_was_snoozed_past_midnight_is_still_said() -> None:
    assert useful_until(Under(NINE), at("2026-11-13 00:15"), BERLIN, snoozed=True) == at("2026-11-13 06:15")


def test_quiet_lasts_until_it_is_over() -> None:
    now = at("2026-11-12 17:00")
    today = Preferences(off_until=end_of_day(now, BERLIN))
    assert today.quiet(now)
    assert not today.quiet(at("2026-11-13 00:00"))
    assert Preferences(off=True).quiet(at("2036-11-13 00:00"))
    assert not MINE.quiet(now)


def test_a_timer_is_looked_at_when_it_may_have_run_too_long() -> None:
    rule, now = Running(NINE), at("2026-11-12 16:00")
    assert next_look(rule, entry(at("2026-11-12 08:00"), None), now=now) == at("2026-11-12 17:00")
    assert next_look(rule, None, now=now) == now + LOOKED_AT
    assert next_look(Running(timedelta(hours=1)), None, now=now) == now + timedelta(hours=1)
    assert not overrun(rule, entry(at("2026-11-12 08:00"), None), now=now)
    assert overrun(rule, entry(at("2026-11-12 07:00"), None), now=now)
    assert not overrun(rule, None, now=now)


def test_a_person_who_was_told_of_a_timer_is_not_told_of_it_again() -> None:
    running = entry(at("2026-11-12 07:00"), None)
    assert next_look(Running(timedelta(hours=2)), running, now=at("2026-11-12 16:00"), told=True) == at(
        "2026-11-12 18:00"
    )


@given(
    moments, st.timedeltas(timedelta(minutes=30), timedelta(hours=72)), st.timedeltas(timedelta(), timedelta(days=9))
)
def test_looking_is_never_in_the_past_and_never_misses_a_timer(now: datetime, over: timedelta, ago: timedelta) -> None:
    rule, running = Running(over), entry(now - ago, None)
    look = next_look(rule, running, now=now)
    assert now < look <= now + LOOKED_AT
    if not overrun(rule, running, now=now):
        assert look <= running.started_at + over or look == now + timedelta(minutes=1)
    assert next_look(rule, None, now=now) <= now + over


@given(moments, zones, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_what_is_due_is_useful_when_it_comes_in_every_zone(moment: datetime, zone: ZoneInfo, at: time) -> None:
    rule = Under(NINE, at, tuple(range(7)))
    due = next_after(str(pattern(rule, MINE)), zone, moment)
    until = useful_until(rule, due, zone)
    assert until is not None
    assert due <= until <= due + timedelta(hours=26)
    assert day_of(due, zone).bounds(zone)[0] <= due.astimezone(UTC)
