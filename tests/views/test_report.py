"""Reports as messages, forms, charts, pictures and files: Slack takes them, and they say the same numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.periods import Period
from bot.domain.report_groups import OWN, By, Group
from bot.domain.report_lines import Line
from bot.domain.reports import Asked, Report, report
from bot.domain.rounding import Direction, Rounding
from bot.i18n import LANGUAGES, Translator
from bot.local.slack.rules import check_message, check_view
from bot.views import charts, report_sharing
from bot.views import report as views
from bot.views.messages import Message
from bot.views.pictures import png, svg
from bot.views.report_csv import BOM, csv_file, file_name
from bot.views.report_rows import columns, rows, table
from tests.domain.reporting import BERLIN, line, local

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
NOW = local("2026-11-16 12:00")
T = Translator(zone=BERLIN, now=NOW)
PNG = b"\x89PNG\r\n\x1a\n"


def made(*lines: Line, by: By = By.PROJECT, period: Period = WEEK, **known: Any) -> Report:
    return report(lines, Asked(period, by), now=NOW, zone=BERLIN, **known)


def taken(message: Message) -> str:
    """Everything in `message`, which Slack takes and which wakes nobody but who shared it."""
    assert check_message({"channel": "C1", **message.payload}) == []
    assert not re.search(r"<[!#]", " ".join([message.text, *_mrkdwn(message.payload)]))
    return json.dumps(message.payload, ensure_ascii=False)


def _mrkdwn(part: Any) -> Iterator[str]:
    """The texts that Slack reads as mrkdwn; cells and labels are plain."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for value in part.values():
            yield from _mrkdwn(value)
    elif isinstance(part, list):
        for value in part:
            yield from _mrkdwn(value)


def some(by: By = By.PROJECT, **known: Any) -> Report:
    return made(
        line("2026-11-09 09:00", hours=3, project="Website", client="Bergmann", status="👀 In review"),
        line("2026-11-10 09:00", hours=1, project="Shop", status="✅ Done", block=7),
        line("2026-11-11 12:00", hours=0.5, kind="break"),
        line("2026-11-03 09:00", hours=5, project="Website", status="👀 In review"),
        by=by,
        **known,
    )


def test_the_total_the_days_and_the_comparison_come_first() -> None:
    message = views.report(T, some())
    assert message.text.splitlines()[:2] == [
        "*4 h* by project · Mon, Nov 9 – Sun, Nov 15, 2026",
        "1 h less than in the previous period (Mon, Nov 2 – Sun, Nov 8, 2026: 5 h).",
    ]
    said = taken(message)
    assert "3 entries, as of" in said
    assert "Breaks are not included: 30 min." in said


@pytest.mark.parametrize("by", OWN)
@pytest.mark.parametrize("locale", ["en-US", "de-DE", "es-ES", "ja-JP"])
def test_slack_takes_a_report_by_anything_in_every_language(by: By, locale: str) -> None:
    t = replace(T, locale=locale)
    shown = some(by, wholes={7: timedelta(hours=9)}, rounding=Rounding(Direction.UP, 15))
    for message in (
        views.report(t, shown),
        views.without_chart(t, shown, pictured=True),
        report_sharing.shared(t, shown, "U1"),
    ):
        taken(message)
    assert check_view(report_sharing.share_form(t, shown, "U1", changed=True).to_dict()) == []
    assert len(LANGUAGES) >= 1


names = st.text(max_size=300) | st.sampled_from(
    ["<!channel>", "```", "=1+1", "a" * 4000, "&" * 60, "", "🕘" * 80, "مرحبا"]
)


@settings(max_examples=25, deadline=None)  # each is three messages of up to a hundred rows
@given(
    named=st.lists(st.tuples(names, st.integers(0, 100_000), st.integers(0, 90_000)), max_size=130),
    by=st.sampled_from([By.PROJECT, By.TASK, By.STATUS, By.BLOCK]),
)
def test_slack_takes_whatever_things_are_called_and_however_many_there_are(
    named: list[tuple[str, int, int]], by: By
) -> None:
    groups = tuple(
        Group(name or None, timedelta(seconds=time), timedelta(seconds=before), place=name)
        for name, time, before in named
    )
    total = sum((group.time for group in groups), timedelta())
    shown = replace(some(by), groups=groups, total=total)
    for message in (
        views.report(T, shown),
        views.without_chart(T, shown, pictured=False),
        report_sharing.shared(T, shown, "U1"),
    ):
        taken(message)
    assert check_view(report_sharing.share_form(T, shown, "U1").to_dict()) == []
    assert sum((row.time for row in rows(T, shown)), timedelta()) == total
    drawn = charts.chart(T, shown)
    if drawn:
        assert svg(drawn).startswith("<svg")
        _, values = drawn.series[0]
        assert sum(values) == pytest.approx(total / timedelta(hours=1), abs=0.1)


@settings(max_examples=40, deadline=None)
@given(days=st.integers(1, 731), first=st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_slack_takes_any_number_of_days(days: int, first: date) -> None:
    period = Period(first, min(first + timedelta(days=days - 1), date(2026, 11, 15)))
    shown = made(line(f"{first} 09:00", hours=2), by=By.DAY, period=period)
    taken(views.report(T, shown))
    taken(report_sharing.shared(T, shown, "U1"))


def test_a_month_by_day_is_a_line_over_weeks_with_each_day_in_the_table() -> None:
    shown = made(line("2026-10-05 09:00"), by=By.DAY, period=Period(date(2026, 10, 1), date(2026, 10, 31)))
    drawn = charts.chart(T, shown)
    assert drawn
    assert (drawn.shape, drawn.title) == (charts.Shape.LINE, "By day · October 2026")
    assert len(rows(T, shown)) == 31


def test_a_week_begins_in_the_chart_as_where_the_person_lives() -> None:
    shown = made(line("2026-10-05 09:00"), by=By.DAY, period=Period(date(2026, 10, 1), date(2026, 10, 31)))
    american, german = (charts.chart(replace(T, locale=locale), shown) for locale in ("en-US", "de-DE"))
    assert american and american.labels == ("Oct 1", "Oct 4", "Oct 11", "Oct 18", "Oct 25")
    assert german and german.labels == ("1. Okt.", "5. Okt.", "12. Okt.", "19. Okt.", "26. Okt.")


def test_statuses_are_parts_of_a_whole_and_one_thing_alone_is_no_chart() -> None:
    drawn = charts.chart(T, made(line("2026-11-09 09:00", status="a"), line("2026-11-10 09:00"), by=By.STATUS))
    assert drawn and drawn.shape is charts.Shape.PIE
    assert charts.chart(T, made(line("2026-11-09 09:00"))) is None


def test_what_does_not_fit_the_chart_is_other_and_stays_in_the_table() -> None:
    lines = [line(f"2026-11-{9 + number % 5:02} 0{number % 9}:00", project=f"P{number}") for number in range(30)]
    shown = made(*lines)
    drawn = charts.chart(T, shown)
    assert drawn
    assert (len(drawn.labels), drawn.labels[-1]) == (8, "Other")
    assert drawn.series[0][1][-1] == 23
    assert len(table(T, shown).to_dict()["rows"]) == 31


def test_namesakes_are_told_apart_in_the_chart() -> None:
    one, other = line("2026-11-09 09:00", project="ab"), line("2026-11-10 09:00", project="ba")
    renamed = replace(other, entry=replace(other.entry, task=replace(other.entry.task, project_id=9, project="ab")))  # type: ignore[type-var]  # the task is there
    drawn = charts.chart(T, made(one, renamed))
    assert drawn and sorted(drawn.labels) == ["ab", "ab (2)"]


def test_the_chart_is_also_said_in_words() -> None:
    assert "Hours: Website 3, Shop 1" in views.report(T, some()).text


def test_columns_stand_below_each_other_and_cannot_be_broken_out_of() -> None:
    shown = made(
        line("2026-11-09 09:00", project="```<!here>```"),
        line("2026-11-10 09:00", hours=3, project="日本語の長い名前のプロジェクト"),
    )
    lines = columns(T, shown).splitlines()
    assert lines[0] == lines[-1] == "```"
    assert "```" not in "".join(lines[1:-1])
    assert "&lt;!here&gt;" in lines[2]


def test_rounding_is_said_and_also_when_it_is_unknown() -> None:
    assert "Each entry is rounded up to 15 min" in taken(views.report(T, some(rounding=Rounding(Direction.UP, 15))))
    assert "I could not read how your workspace rounds" in taken(views.report(T, some(rounding_unknown=True)))


def test_an_empty_period_says_what_to_do_next() -> None:
    said = taken(views.report(T, made()))
    assert "*Nothing tracked* · Mon, Nov 9 – Sun, Nov 15, 2026" in said
    assert "/track log 1h30m write report" in said
    assert "Previous period" in said
    breaks = taken(views.report(T, made(line("2026-11-09 09:00", kind="break"))))
    assert "Nothing tracked" in breaks and "Breaks are not included: 1 h." in breaks


def test_a_report_without_time_blocks_says_where_they_come_from() -> None:
    assert "come from the calendar in Toggl" in taken(views.report(T, made(line("2026-11-09 09:00"), by=By.BLOCK)))


def test_what_is_shared_is_what_the_form_showed_and_names_who_shared_it() -> None:
    shown = some()
    form = [
        block for block in report_sharing.share_form(T, shown, "U1").to_dict()["blocks"] if block["type"] != "input"
    ]
    posted = report_sharing.shared(T, shown, "U1").payload["blocks"]
    assert [block for block in posted if block["type"] != "data_visualization"] == form[1:]
    assert posted[0]["text"]["text"].startswith("<@U1> shared a report of their own time.")
    assert not [block for block in posted if block["type"] == "actions"]


def test_a_button_carries_its_report() -> None:
    asked = Asked(WEEK, By.STATUS)
    assert views.read_value(views.value(asked)) == asked
    with pytest.raises(ValueError, match="unpack"):
        views.read_value("soonish")


@pytest.mark.parametrize("by", [By.PROJECT, By.STATUS, By.DAY])
def test_a_chart_is_drawn_as_a_picture_with_its_text(by: By) -> None:
    drawn = charts.chart(T, some(by))
    assert drawn
    assert png(drawn).startswith(PNG)
    blank = replace(drawn, title="", labels=("",) * len(drawn.labels))
    assert len(png(blank)) < len(png(drawn))  # the font is there: text is drawn


def read(content: bytes) -> list[list[str]]:
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_the_file_has_a_row_for_each_entry_and_its_hours_add_up_to_the_total() -> None:
    lines = (
        line("2026-11-08 23:00", hours=2, project="Über uns", client="Bergmann", task="Schnitt, Ton"),
        line("2026-11-10 09:00", hours=0.1, status="✅ Done", description="two\nlines"),
        line("2026-11-16 10:00", hours=None),
        line("2026-11-11 10:00", hours=None),
        line("2026-11-03 09:00"),
    )
    shown = made(*lines, rounding=Rounding(Direction.UP, 15))
    header, *entries = read(csv_file(T, shown, lines))
    assert header[:5] == ["Date", "Start time", "End time", "Duration", "Counted hours"]
    assert [row[:5] for row in entries[:2]] == [
        ["2026-11-08", "2026-11-08 23:00:00", "2026-11-09 01:00:00", "2:00:00", "1.0000"],
        ["2026-11-10", "2026-11-10 09:00:00", "2026-11-10 09:06:00", "0:06:00", "0.2500"],
    ]
    assert entries[0][6:9] == ["Schnitt, Ton", "Über uns", "Bergmann"]
    assert [row[3] for row in entries] == ["2:00:00", "0:06:00", ""]
    assert sum(float(row[4]) for row in entries) == shown.total / timedelta(hours=1)
    assert file_name(shown) == "report-2026-11-09-2026-11-15.csv"


@given(name=st.text(max_size=40) | st.sampled_from(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]))
def test_no_cell_of_the_file_is_a_formula_and_every_name_is_read_back(name: str) -> None:
    entry = line("2026-11-10 09:00", task=name, project=name, description=name)
    _, row = read(csv_file(T, made(entry), [entry]))
    assert len(row) == 13
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)
    assert row[6] in {name, f"'{name}"}


def test_months_and_years_are_said_by_name() -> None:
    assert T.days(date(2026, 11, 1), date(2026, 11, 30)) == "November 2026"
    assert T.days(date(2026, 1, 1), date(2026, 12, 31)) == "2026"
    assert T.days(date(2026, 11, 9), date(2026, 11, 9)) == "Mon, Nov 9, 2026"
    german = Translator(locale="de-DE", now=datetime(2026, 11, 16, tzinfo=UTC))
    assert german.days(date(2026, 11, 9), date(2026, 11, 15)) == "Mo., 9. – So., 15. Nov. 2026"
