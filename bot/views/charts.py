"""A chart as data, and as Slack's own chart block: whatever does not fit into that is put together as *Other*."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.report_groups import By, Group, condensed
from bot.domain.reports import Report
from bot.i18n import N_, Translator
from bot.views.kit import Given, cut
from bot.views.report_rows import name

TITLE = 50
LABEL = 20
CATEGORIES = 20
SEGMENTS = 6
_READABLE = 8  # more bars than that and their labels run into each other
_FEWEST = 2
_LINE = 74  # characters below a chart of Slack's width
_SHORTEST = 9
_JOINERS = "\ufe0f\u200d"
_HOUR = timedelta(hours=1)


GROUPINGS = {
    By.PROJECT: N_("By project"),
    By.TASK: N_("By task"),
    By.STATUS: N_("By status"),
    By.DAY: N_("By day"),
    By.BLOCK: N_("By time block"),
    By.PERSON: N_("By person"),
}


class Shape(StrEnum):
    """Slack's words for the kinds of chart."""

    BAR = "bar"
    LINE = "line"
    PIE = "pie"


@dataclass(frozen=True, slots=True)
class Chart:
    """Values (hours) of one or two series over the same labels; a pie has one series."""

    shape: Shape
    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str


def chart(t: Translator, report: Report) -> Chart | None:
    """What shows the report best: parts of a whole, bars beside those of the period before, or a line over time.

    None where there are no two things to compare.
    """
    by_day = report.asked.by is By.DAY
    shown = _course(t, report) if by_day else _largest(t, report)
    if len(shown) < _FEWEST or not report.total:
        return None
    named = labels(tuple(_labels(t, shown, report)))
    times = (cut(t("This period"), LABEL), tuple(_hours(group.time) for group in shown))
    before = (cut(t("Previous period"), LABEL), tuple(_hours(group.before) for group in shown))
    days = t.days(report.period.first, report.period.last)
    title = cut(f"{t(GROUPINGS[report.asked.by])} · {days}", TITLE)
    shape = Shape.BAR
    if report.asked.by is By.STATUS and len(shown) <= SEGMENTS and all(_hours(group.time) for group in shown):
        shape = Shape.PIE
    elif by_day and len(shown) < len(report.groups):
        shape = Shape.LINE
    compared = shape is not Shape.PIE and any(before[1])
    return Chart(shape, title, named, (times, before) if compared else (times,), t("Hours"))


def block(drawn: Chart) -> Given:
    """Slack's chart block."""
    if drawn.shape is Shape.PIE:
        _, values = drawn.series[0]
        segments = [{"label": label, "value": value} for label, value in zip(drawn.labels, values, strict=True)]
        return Given(
            {"type": "data_visualization", "title": drawn.title, "chart": {"type": "pie", "segments": segments}}
        )
    series = [
        {
            "name": named,
            "data": [{"label": label, "value": value} for label, value in zip(drawn.labels, values, strict=True)],
        }
        for named, values in drawn.series
    ]
    axes = {"categories": list(drawn.labels), "y_label": drawn.unit}
    shown = {"type": drawn.shape.value, "series": series, "axis_config": axes}
    return Given({"type": "data_visualization", "title": drawn.title, "chart": shown})


def alt_text(drawn: Chart) -> str:
    """The chart in words."""
    _, values = drawn.series[0]
    points = ", ".join(f"{label} {value:g}" for label, value in zip(drawn.labels, values, strict=True))
    return f"{drawn.title}. {drawn.unit}: {points}"


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """What names are called below a chart: cut to fit beside each other, and no two alike."""
    return tuple(_distinct(names, _room(len(names))))


def _course(t: Translator, report: Report) -> Sequence[Group]:
    """The days, or weeks, months or years where there are too many."""
    return condensed(report.groups, CATEGORIES, first_weekday=t.first_weekday)


def _largest(t: Translator, report: Report) -> Sequence[Group]:
    most = SEGMENTS if report.asked.by is By.STATUS else _READABLE
    groups = report.groups
    if len(groups) <= most:
        return groups
    rest = groups[most - 1 :]
    other = Group(
        t("Other"),
        sum((group.time for group in rest), timedelta()),
        sum((group.before for group in rest), timedelta()),
    )
    return (*groups[: most - 1], other)


def _labels(t: Translator, groups: Iterable[Group], report: Report) -> Iterator[str]:
    for group in groups:
        if group.days is None:
            yield name(t, group, report, place=False)
        elif group.days.first == group.days.last:
            yield t.dated(group.days.first, "EMMMd" if report.period.length > 7 else "Ed")  # noqa: PLR2004 (a week)
        else:
            yield t.dated(group.days.first, "MMMd" if group.days.length <= 7 else "yMMM")  # noqa: PLR2004 (a week)


def _room(labels: int) -> int:
    """How long each of so many labels may be, so that they do not run into each other at Slack's width."""
    return max(_SHORTEST, min(LABEL, _LINE // labels))


def _distinct(labels: Iterable[str], room: int) -> Iterator[str]:
    """Each cut to fit, without emoji, which charts have no font for, and told from an equal one by its number."""
    used: set[str] = set()
    for label in labels:
        base, number = _plain(label) or label.strip() or "–", 1
        candidate = cut(base, room)
        while candidate in used:
            number += 1
            mark = f" ({number})"
            candidate = cut(base, max(1, room - len(mark))) + mark
        used.add(candidate)
        yield candidate


def _plain(label: str) -> str:
    return "".join(
        character for character in label if unicodedata.category(character) != "So" and character not in _JOINERS
    ).strip()


def _hours(length: timedelta) -> float:
    return round(length / _HOUR, 2)
