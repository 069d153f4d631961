"""Charts as pictures: bars beside those of the period before, a line, and a ring."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.views.charts import Chart, alt_text, chart
from bot.views.pictures import png
from bot.views.report_csv import file_name
from bot.views.statistics import CHARTED
from bot.views.statistics_csv import file_name as statistics_name
from tests.views.samples import report, statistics
from tests.views.samples.sample import Picture
from tests.views.samples.studio import Studio


def pictures(studio: Studio) -> Iterator[Picture]:
    """One of each shape, of a report and of statistics."""
    t, told = studio.t, report.lines(studio, 900)
    week = report.week(studio)
    year = Period(studio.today.replace(month=1, day=1), studio.today.replace(month=12, day=31))
    for by, period in ((By.PROJECT, week), (By.STATUS, week), (By.DAY, year)):
        made = report.made_of(studio, told, period, by)
        yield from _picture("report", file_name(made, f"{by}.png"), chart(t, made))
    figures = statistics.made(studio)
    for by in CHARTED:
        yield from _picture("statistics", statistics_name(figures, by), chart(t, figures.reports[by]))


def _picture(feature: str, name: str, drawn: Chart | None) -> Iterator[Picture]:
    if drawn is not None:
        yield Picture(feature, name, png(drawn), drawn.title, alt_text(drawn))
