from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.domain.report_lines import Line
from bot.domain.reports import Asked, report
from bot.domain.rounding import Direction, Rounding
from bot.domain.statistics import Asking, Counted, Hours, add_up
from tests.domain.reporting import BERLIN, line, local

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
NOW = local("2026-11-16 09:00")
HOUR = timedelta(hours=1)


def asking(now: datetime = NOW, rounding: Rounding | None = None) -> Asking:
    return Asking(WEEK, BERLIN, now, rounding)


def hours(*lines: Line, of: Asking | None = None) -> Hours:
    counted = Hours(of or asking())
    for each in lines:
        counted.add(each)
    return counted


def people(**told: Hours) -> list[Counted]:
    return [Counted(number, name, each) for number, (name, each) in enumerate(told.items())]


def shown(told: list[Counted], by: By) -> list[tuple[str | None, float, float]]:
    report = add_up(asking(), told)[by]
    return [(group.name, group.time / HOUR, group.before / HOUR) for group in report.groups]


def test_hours_of_all_add_up_by_project_status_and_person() -> None:
    told = people(
        Marcus=hours(
            line("2026-11-09 09:00", hours=2, project="Website", status="Done"),
            line("2026-11-03 09:00", hours=1, project="Website", status="Done"),
        ),
        ana=hours(
            line("2026-11-10 09:00", hours=1, project="Website", status="To do"),
            line("2026-11-10 11:00", hours=4, project="Shop", status="To do"),
        ),
    )

    assert shown(told, By.PROJECT) == [("Shop", 4, 0), ("Website", 3, 1)]
    assert shown(told, By.STATUS) == [("To do", 5, 0), ("Done", 2, 1)]
    assert shown(told, By.PERSON) == [("ana", 5, 0), ("Marcus", 2, 1)]
    assert {each.total for each in add_up(asking(), told).values()} == {7 * HOUR}
    assert {each.total_before for each in add_up(asking(), told).values()} == {HOUR}


def test_people_stand_by_name_and_whoever_tracked_nothing_too() -> None:
    told = people(Zoe=hours(line("2026-11-09 09:00", hours=8)), Ana=hours())

    assert shown(told, By.PERSON) == [("Ana", 0, 0), ("Zoe", 8, 0)]


def test_two_people_of_one_name_are_two() -> None:
    one, other = hours(line("2026-11-09 09:00", hours=1)), hours(line("2026-11-09 09:00", hours=2))

    assert shown([Counted(1, "Ana", one), Counted(2, "Ana", other)], By.PERSON) == [("Ana", 1, 0), ("Ana", 2, 0)]


def test_private_projects_are_one_without_their_names() -> None:
    told = people(
        Ana=hours(
            line("2026-11-09 09:00", hours=1, project="Salaries", private=True),
            line("2026-11-09 11:00", hours=2, project="Hiring", private=True),
            line("2026-11-09 13:00", hours=1, project=None),
        )
    )

    groups = add_up(asking(), told)[By.PROJECT].groups
    assert [(group.name, group.private, group.time / HOUR) for group in groups] == [(None, True, 3), (None, False, 1)]


def test_breaks_are_counted_apart() -> None:
    told = people(Ana=hours(line("2026-11-09 09:00"), line("2026-11-09 10:00", kind="break")))

    report = add_up(asking(), told)[By.PROJECT]
    assert (report.total, report.breaks, report.entries) == (HOUR, HOUR, 2)


def test_an_entry_that_comes_twice_counts_once() -> None:
    entry = line("2026-11-09 09:00")

    assert hours(entry, entry).total == HOUR


def test_while_the_period_goes_on_the_one_before_is_cut_at_the_same_point() -> None:
    wednesday = asking(local("2026-11-11 12:00"))
    counted = hours(
        line("2026-11-09 09:00", hours=2),
        line("2026-11-04 11:00", hours=3),
        line("2026-11-05 09:00", hours=5),
        of=wednesday,
    )

    report = add_up(wednesday, people(Ana=counted))[By.PROJECT]
    assert (report.so_far, report.total, report.total_before) == (True, 2 * HOUR, HOUR)


def test_nobody_counted_is_nothing() -> None:
    assert {each.total for each in add_up(asking(), ()).values()} == {timedelta()}


@given(
    starts=st.lists(st.tuples(st.integers(-20_000, 20_000), st.integers(0, 3_000)), max_size=12),
    direction=st.sampled_from(Direction),
    minutes=st.sampled_from([1, 15, 60]),
)
def test_one_persons_statistics_are_their_report(
    starts: list[tuple[int, int]], direction: Direction, minutes: int
) -> None:
    middle = local("2026-11-12 12:00")
    lines = [
        line(str((middle + timedelta(minutes=at)).replace(tzinfo=None)), hours=length / 60) for at, length in starts
    ]
    of = asking(rounding=Rounding(direction, minutes))
    statistics = add_up(of, people(Ana=hours(*lines, of=of)))

    for by in (By.PROJECT, By.STATUS):
        own = report(lines, Asked(WEEK, by), now=NOW, zone=BERLIN, rounding=of.rounding)
        assert statistics[by] == own
