"""A report's entries as a CSV file that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.report_lines import Line, Share
from bot.domain.reports import Report
from bot.i18n import Translator

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the computer's old code page, and breaks every name with an accent."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_HOUR = timedelta(hours=1)


def csv_file(t: Translator, report: Report, lines: Iterable[Line]) -> bytes:
    """One row for each entry of the period, the earliest first; UTF-8 with a byte order mark, commas, CRLF (RFC 4180).

    *Counted hours* is what the entry adds to the report: clipped to the period, and rounded as the workspace sets it.
    Their sum, breaks aside, is the report's total.
    """
    header = (
        t("Date"),
        t("Start time"),
        t("End time"),
        t("Duration"),
        t("Counted hours"),
        t("Type"),
        t("Task"),
        t("Project"),
        t("Client"),
        t("Status"),
        t("Description"),
        t("Time block"),
        t("Entry"),
    )
    return written(header, _rows(report, lines))


def written(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Any rows in that form."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(header)
    table.writerows(map(_safe, row) for row in rows)
    return (BOM + text.getvalue()).encode()


def file_name(report: Report, ending: str = "csv") -> str:
    """For example `report-2026-11-09-2026-11-15.csv`."""
    return f"report-{report.period.first}-{report.period.last}.{ending}"


def _rows(report: Report, lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    share = Share(report.now, report.rounding)
    bounds = report.period.bounds(report.zone)
    for line in lines:
        counted = share(line, bounds)
        entry, task, project = line.entry, line.entry.task, line.project
        start = entry.started_at.astimezone(report.zone)
        if not counted and not bounds[0] <= entry.started_at < bounds[1]:
            continue
        end = entry.ended_at.astimezone(report.zone) if entry.ended_at else None
        yield (
            start.date().isoformat(),
            start.replace(tzinfo=None).isoformat(" ", "seconds"),
            end.replace(tzinfo=None).isoformat(" ", "seconds") if end else "",
            _length(entry.length),
            f"{counted / _HOUR:.4f}",
            entry.type,
            task.name if task else "",
            project.name if project else "",
            (project.client or "") if project else "",
            line.status or "",
            line.description or "",
            str(line.time_block_id or ""),
            str(entry.id),
        )


def _safe(cell: str) -> str:
    """`cell`, which a spreadsheet does not take for a formula: text from others may begin like one (OWASP)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _length(length: timedelta | None) -> str:
    """`h:mm:ss`; empty while it runs."""
    if length is None:
        return ""
    minutes, seconds = divmod(length // timedelta(seconds=1), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
