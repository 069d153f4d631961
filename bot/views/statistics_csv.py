"""A workspace's statistics as a CSV file: sums only, nobody's single entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.report_groups import By
from bot.domain.statistics import GROUPED, Statistics
from bot.i18n import Translator
from bot.views.report_csv import written
from bot.views.report_rows import HEADINGS, name

_HOUR = timedelta(hours=1)


def csv_file(t: Translator, made: Statistics) -> bytes:
    """One row for each project, status and person, with hours in the period and in the one before."""
    header = (
        t("Grouped by"),
        t("Name"),
        t("Client"),
        t("From"),
        t("Until"),
        t("Hours"),
        t("Hours in the previous period"),
    )
    return written(header, _rows(t, made))


def file_name(made: Statistics, by: By | None = None) -> str:
    """For example `statistics-2026-11-09-2026-11-15.csv`, or of a picture `…-by-status.png`."""
    period = made.report.period
    name = f"statistics-{period.first}-{period.last}"
    return f"{name}-by-{by}.png" if by else f"{name}.csv"


def _rows(t: Translator, made: Statistics) -> Iterator[tuple[str, ...]]:
    for by in GROUPED:
        report = made.reports[by]
        for group in report.groups:
            yield (
                t(HEADINGS[by]),
                name(t, group, report, place=False),
                group.place,
                report.period.first.isoformat(),
                report.period.last.isoformat(),
                f"{group.time / _HOUR:.4f}",
                f"{group.before / _HOUR:.4f}",
            )
