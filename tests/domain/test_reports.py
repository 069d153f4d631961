from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period
from bot.domain.report_groups import OWN, By, Group, condensed
from bot.domain.report_lines import Line
from bot.domain.reports import Asked, Report, reach, report
from bot.domain.rounding import Direction, Rounding
from bot.toggl import models
from tests.domain.reporting import BERLIN, line, local

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
SUNDAY_EVENING = local("2026-11-16 00:00")
HOUR = timedelta(hours=1)


def made(
    *lines: Line,
    by: By = By.PROJECT,
    period: Period = WEEK,
    now: datetime = SUNDAY_EVENING,
    rounding: Rounding | None = None,
    wholes: dict[int, timedelta] | None = None,
) -> Report:
    return report(lines, Asked(period, by), now=now, zone=BERLIN, rounding=rounding, wholes=wholes)


def told(made: Report) -> list[tuple[str | None, float, float]]:
    return [(group.name, group.time / HOUR, group.before / HOUR) for group in made.groups]


def test_projects_come_with_the_longest_first_and_the_period_before_beside() -> None:
    shown = made(
        line("2026-11-09 09:00", project="Website"),
        line("2026-11-10 09:00", hours=3, project="Shop", client="Grünwerk"),
        line("2026-11-11 09:00", hours=0.5, project=None),
        line("2026-11-03 09:00", hours=2, project="Website"),
        line("2026-11-04 09:00", hours=4, project="Gone"),
    )
    assert told(shown) == [("Shop", 3, 0), ("Website", 1, 2), (None, 0.5, 0), ("Gone", 0, 4)]
    assert shown.groups[0].place == "Grünwerk"
    assert (shown.total, shown.total_before, shown.entries) == (4.5 * HOUR, 6 * HOUR, 3)
    assert not shown.so_far


def test_namesakes_are_two_projects_and_a_task_tells_its_project() -> None:
    shown = made(
        line("2026-11-09 09:00", task="Review", project="Website"),
        line("2026-11-09 11:00", task="Write", project="Website"),
        by=By.TASK,
    )
    assert [(group.name, group.place) for group in shown.groups] == [("Review", "Website"), ("Write", "Website")]


def test_entries_are_clipped_to_the_period_and_breaks_stand_apart() -> None:
    shown = made(
        line("2026-11-08 23:00", hours=2),
        line("2026-11-15 23:30", hours=2),
        line("2026-11-10 12:00", kind="break"),
    )
    assert (shown.total, shown.breaks) == (1.5 * HOUR, HOUR)
    assert shown.total_before == HOUR


def test_a_running_timer_counts_until_now() -> None:
    shown = made(line("2026-11-12 09:00", hours=None), now=local("2026-11-12 10:30"))
    assert (shown.total, shown.running) == (1.5 * HOUR, True)


def test_while_the_period_goes_on_it_is_compared_up_to_the_same_point() -> None:
    lines = (line("2026-11-02 09:00"), line("2026-11-05 11:00", hours=2), line("2026-11-07 09:00", hours=5))
    shown = made(*lines, now=local("2026-11-12 12:00"))
    assert shown.so_far
    assert shown.total_before == 2 * HOUR  # Thursday's entry began at 11, and Saturday is still to come


def test_days_are_the_persons_own_and_an_entry_over_midnight_is_on_both() -> None:
    shown = made(line("2026-11-10 23:00", hours=3), by=By.DAY)
    assert [group.time / HOUR for group in shown.groups] == [0, 1, 2, 0, 0, 0, 0]
    assert shown.total == 3 * HOUR


def test_the_day_on_which_the_clocks_go_back_has_an_hour_more() -> None:
    sunday = Period(date(2026, 10, 25), date(2026, 10, 25))
    shown = made(line("2026-10-25 00:00", hours=25), by=By.DAY, period=sunday)
    assert shown.total == 25 * HOUR


def test_days_to_come_are_left_out() -> None:
    shown = made(line("2026-11-09 09:00"), by=By.DAY, now=local("2026-11-11 08:00"))
    assert [group.days.first.day for group in shown.groups if group.days] == [9, 10, 11]


def test_time_blocks_are_named_by_their_first_entry_and_know_their_whole() -> None:
    shown = made(
        line("2026-11-10 10:00", task="Review", block=7),
        line("2026-11-09 09:00", task="Write", block=7),
        line("2026-11-09 12:00"),
        by=By.BLOCK,
        wholes={7: 5 * HOUR},
    )
    first = shown.groups[0]
    assert (first.name, first.since, first.time, first.whole) == (
        "Write",
        local("2026-11-09 09:00"),
        2 * HOUR,
        5 * HOUR,
    )
    assert shown.groups[1].name is None


def test_statuses_are_those_of_the_tasks() -> None:
    shown = made(line("2026-11-09 09:00", status="✅ Done"), line("2026-11-09 11:00", hours=2), by=By.STATUS)
    assert told(shown) == [(None, 2, 0), ("✅ Done", 1, 0)]


def test_each_entry_is_rounded_also_in_the_period_before() -> None:
    lines = (
        line("2026-11-09 09:00", hours=0.1),
        line("2026-11-09 10:00", hours=0.1),
        line("2026-11-03 09:00", hours=0.1),
    )
    shown = made(*lines, rounding=Rounding(Direction.UP, 15))
    assert (shown.total, shown.total_before) == (0.5 * HOUR, 0.25 * HOUR)


@given(
    starts=st.lists(st.tuples(st.integers(-20_000, 20_000), st.integers(0, 3_000)), max_size=12),
    direction=st.sampled_from(Direction),
    minutes=st.sampled_from([1, 5, 15, 60, 240]),
)
def test_the_days_of_a_period_add_up_to_what_the_projects_do(
    starts: list[tuple[int, int]], direction: Direction, minutes: int
) -> None:
    """An entry over midnight is rounded once, however it is grouped."""
    middle = local("2026-11-12 12:00")
    lines = [
        line(str((middle + timedelta(minutes=at)).replace(tzinfo=None)), hours=length / 60) for at, length in starts
    ]
    rounding = Rounding(direction, minutes)
    shown = [made(*lines, by=by, rounding=rounding) for by in OWN]
    assert len({each.total for each in shown}) == 1
    assert len({each.total_before for each in shown}) == 1
    assert all(group.time >= timedelta() for each in shown for group in each.groups)


def test_what_must_be_read_begins_a_week_before_the_period_before() -> None:
    assert reach(WEEK, BERLIN) == (local("2026-10-26 00:00"), local("2026-11-16 00:00"))


def test_numbers_are_told_from_others_by_their_mark_whenever_they_were_read() -> None:
    entry = line("2026-11-09 09:00")
    assert made(entry).mark == made(entry, now=local("2026-11-17 09:00")).mark
    assert made(entry).mark != made(entry, line("2026-11-09 11:00")).mark


@pytest.mark.parametrize(("most", "groups"), [(400, 365), (62, 53), (20, 12), (5, 1)])
def test_many_days_become_weeks_months_or_years(most: int, groups: int) -> None:
    days = [Group(None, HOUR, days=Period(day, day)) for day in Period(date(2026, 1, 1), date(2026, 12, 31)).days()]
    merged = condensed(days, most, first_weekday=0)
    assert len(merged) == groups
    assert sum((group.time for group in merged), timedelta()) == 365 * HOUR
    assert merged[0].days and merged[-1].days
    assert (merged[0].days.first, merged[-1].days.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_line_is_read_from_toggls_answer_and_a_deleted_entry_is_none() -> None:
    start = local("2026-11-09 09:00")
    status = models.TaskStatus(id=3, name="Done", emoji="✅")
    answer = models.TimeEntry(id=1, start=start, duration=60, task=models.Task(id=2, name="Write", status=status))
    read = Line.of(answer)
    assert read
    assert (read.status_id, read.status, read.entry.task_id) == (3, "✅ Done", 2)
    assert Line.of(models.TimeEntry(id=1, start=start, deleted_at=start)) is None
    assert Line.of(models.TimeEntry(id=1)) is None
