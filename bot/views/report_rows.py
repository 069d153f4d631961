"""A report's numbers as rows: Slack's own table, and text in columns where there can be none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.report_groups import By, Group, condensed
from bot.domain.reports import Report
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views.kit import Given, cut

_HOUR = timedelta(hours=1)
_MOST_ROWS = 100  # with these lengths all cells stay below Slack's 10,000 characters
_MOST_DAYS = 62
_NAME = 50
_PAGE = 10
_TEXT_ROWS = 20
_TEXT_NAME = 24
_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉"

WITHOUT = {
    By.PROJECT: N_("No project"),
    By.TASK: N_("No task"),
    By.STATUS: N_("No status"),
    By.BLOCK: N_("No time block"),
    By.DAY: N_("No day"),
    By.PERSON: N_("No name"),
}
HEADINGS = {
    By.PROJECT: N_("Project"),
    By.TASK: N_("Task"),
    By.STATUS: N_("Status"),
    By.DAY: N_("Day"),
    By.BLOCK: N_("Time block"),
    By.PERSON: N_("Person"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `share` is of the whole, between 0 and 1; `whole` only for time blocks."""

    name: str
    time: timedelta
    before: timedelta
    share: float
    whole: timedelta | None = None


def rows(t: Translator, report: Report, most: int = _MOST_ROWS) -> tuple[Row, ...]:
    """The groups, the longest first or day by day; what is beyond `most` is one row, *Other*."""
    groups: Sequence[Group] = report.groups
    if report.asked.by is By.DAY:
        groups = condensed(groups, min(most, _MOST_DAYS), first_weekday=t.first_weekday)
    elif len(groups) > most:
        groups = (*groups[: most - 1], _other(t, groups[most - 1 :]))
    return tuple(_row(t, group, report) for group in groups)


def name(t: Translator, group: Group, report: Report, *, place: bool = True) -> str:
    """What a group is called; with `place`, where it belongs."""
    if group.days is not None:
        one = group.days.first == group.days.last
        return t.dated(group.days.first, "MMMEd") if one else t.days(group.days.first, group.days.last)
    if group.private:
        return t("Private projects")
    called = group.name or t(WITHOUT[report.asked.by])
    if group.since is not None:
        return f"{called} · {t.moment(group.since, now=report.now)}" if place else called
    return f"{called} · {group.place}" if place and group.place else called


def table(t: Translator, report: Report, most: int = _MOST_ROWS, *, caption: str = "") -> Given:
    """Slack's table, with pages and sorting; each number as a length, and as hours to sort by."""
    last = _last_column(t, report)
    texts = (t(HEADINGS[report.asked.by]), t("Time"), t("Share of total"), *([last[0]] if last else []))
    header = [{"type": "raw_text", "text": text} for text in texts]
    body = [
        [
            {"type": "raw_text", "text": cut(row.name, _NAME) or "–"},
            _length(t, row.time),
            {"type": "raw_number", "value": round(100 * row.share), "text": t.percent(row.share)},
            *([_length(t, last[1](row))] if last else []),
        ]
        for row in rows(t, report, most)
    ]
    return Given(
        {
            "type": "data_table",
            "caption": caption or t("Tracked time, {days}", days=t.days(report.period.first, report.period.last)),
            "rows": [header, *body],
            "page_size": _PAGE,
            "row_header_column_index": 0,
        }
    )


def columns(t: Translator, report: Report, *, bars: bool = True) -> Mrkdwn:
    """The same as text in columns of one width, with a bar for each share if wanted: it can stand anywhere."""
    shown = rows(t, report, _TEXT_ROWS)
    most = max((row.time for row in shown), default=timedelta())
    times = [_said(t, row.time) for row in shown]
    width = max(map(_width, times), default=0)
    lines = [
        (
            _fitted(row.name),
            " " * (width - _width(time)) + time,
            f"{t.percent(row.share):>4}",
            _bar(row.time, most) if bars else "",
        )
        for row, time in zip(shown, times, strict=True)
    ]
    text = "\n".join("  ".join(line).rstrip() for line in lines)
    return Mrkdwn(f"```\n{escape(text.replace('`', 'ˋ'))}\n```")


def _last_column(t: Translator, report: Report) -> tuple[str, Callable[[Row], timedelta]] | None:
    """The heading and the lengths beside the shares; none where nothing was tracked before."""
    if report.asked.by is By.BLOCK:
        return t("Whole block"), lambda row: row.whole or timedelta()
    return (t("Previous period"), lambda row: row.before) if any(group.before for group in report.groups) else None


def _row(t: Translator, group: Group, report: Report) -> Row:
    share = group.time / report.total if report.total else 0.0
    return Row(name(t, group, report), group.time, group.before, share, group.whole)


def _other(t: Translator, groups: Sequence[Group]) -> Group:
    """The groups of which there are too many to show each."""
    time = sum((group.time for group in groups), timedelta())
    before = sum((group.before for group in groups), timedelta())
    return replace(Group(t.plural("{n} other", "{n} others", len(groups)), time), before=before)


def _length(t: Translator, length: timedelta) -> dict[str, object]:
    return {"type": "raw_number", "value": round(length / _HOUR, 2), "text": _said(t, length)}


def _said(t: Translator, length: timedelta) -> str:
    return t.duration(length) if length else "–"


def _bar(time: timedelta, most: timedelta) -> str:
    eighths = round(8 * _BAR * (time / most)) if most else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _fitted(text: str) -> str:
    """`text` in exactly `_TEXT_NAME` columns."""
    kept = cut(" ".join(text.split()), 3 * _TEXT_NAME)
    while _width(kept) > _TEXT_NAME:
        kept = kept.removesuffix("…")[:-1].rstrip() + "…"
    return kept + " " * (_TEXT_NAME - _width(kept))


def _width(text: str) -> int:
    """Columns in a font of one width: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
