"""Reports: every grouping, with and without a chart, shared, and as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain.periods import Period
from bot.domain.report_groups import OWN, By
from bot.domain.report_lines import Line
from bot.domain.reports import Asked, Report
from bot.domain.reports import report as made
from bot.domain.rounding import Direction, Rounding
from bot.views import report, report_sharing
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

SOFIA = "U0SOFIAROME"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of a report."""
    t, this = studio.t, week(studio)
    told = lines(studio, 40)
    by_project = made_of(studio, told, this, By.PROJECT)
    for by in OWN:
        yield sample(f"this week by {by}", report.report, t, made_of(studio, told, this, by))
    last = this.before()
    yield sample("nothing", report.report, t, made_of(studio, (), last, By.PROJECT))
    yield sample("one project", report.report, t, made_of(studio, told[:1], this, By.PROJECT))
    year = Period(studio.today.replace(month=1, day=1), studio.today.replace(month=12, day=31))
    yield sample("a year by day", report.report, t, made_of(studio, lines(studio, 900), year, By.DAY))
    rounded = made_of(studio, told, last, By.TASK, Rounding(Direction.NEAREST, 15))
    sent = [report_name := "report-2026-11-02-2026-11-08-by-task.csv"]
    yield sample("rounded, with a file", report.report, t, rounded, sent=sent)
    unknown = made_of(studio, told, this, By.PROJECT, unknown=True)
    yield sample("a file refused", report.report, t, unknown, not_sent=sent)
    yield sample("a picture sent", report.without_chart, t, by_project, pictured=True)
    yield sample("", report.without_chart, t, made_of(studio, told, this, By.DAY), pictured=False)
    yield sample("", report_sharing.shared, t, by_project, SOFIA)
    yield sample("without a chart", report_sharing.shared, t, by_project, SOFIA, chart=False)
    yield sample("", report_sharing.share_form, t, by_project, SOFIA, channel_id="C0WEBSITE01")
    by_day = made_of(studio, told, this, By.DAY)
    yield sample("changed meanwhile", report_sharing.share_form, t, by_day, SOFIA, changed=True)
    yield sample("", report_sharing.loading_form, t)
    yield sample("", report_sharing.was_shared, t, "C0WEBSITE01")
    yield sample("in a private one", report_sharing.was_shared, t, "D0SOFIAROME")
    yield sample("", report.sent_as_file, t, rounded, report_name)
    yield sample("", report.file_refused, t, report_name)


def week(studio: Studio) -> Period:
    first = studio.today - timedelta(days=studio.today.weekday())
    return Period(first, first + timedelta(days=6))


def lines(studio: Studio, count: int) -> list[Line]:
    """`count` entries back from the one that runs, three a working day."""
    tasks = studio.tasks
    found = [Line(studio.entry(tasks[0], "13:00"), 1, studio.say("🔵 In progress"))]
    day = 0
    while len(found) < count:
        if (studio.today - timedelta(days=day)).weekday() < 5:
            for place, clock in enumerate(("8:30", "10:00", "12:20")):
                number = len(found)
                task = tasks[(number * 5 + place) % len(tasks)]
                entry = studio.entry(
                    task,
                    clock,
                    (85, 130, 35)[place] + number % 7,
                    days_ago=day,
                    kind="break" if place == 2 else "activity",
                )
                status = ("🔵 In progress", "⚪ To do", "🟢 Done")[number % 3]
                block = 300 + number // 6 if number % 2 else None
                found.append(Line(entry, number % 3 + 1, studio.say(status), block))
        day += 1
    return found[:count]


def made_of(
    studio: Studio,
    lines: Sequence[Line],
    period: Period,
    by: By,
    rounding: Rounding | None = None,
    *,
    unknown: bool = False,
) -> Report:
    wholes = {300 + number: timedelta(hours=2 + number) for number in range(9)}
    return made(
        lines,
        Asked(period, by),
        now=NOW,
        zone=studio.t.zone,
        rounding=rounding,
        rounding_unknown=unknown,
        wholes=wholes,
    )
