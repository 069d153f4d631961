"""Draws Slack's `data_visualization` block as SVG, and gives its numbers as a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.local.slack.page.scale import Scale, scale_of, written
from bot.local.slack.world import Json

WIDTH: Final = 600
HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 12, 34
_PLOT_WIDTH: Final = WIDTH - _LEFT - _RIGHT
_PLOT_HEIGHT: Final = HEIGHT - _TOP - _BOTTOM
_LABEL_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one colour of bars: a value for each category, None where the app gave none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as it is drawn: the SVG, what its colours mean, and its numbers (first row: headings)."""

    svg: Markup
    legend: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw_chart(block: Json) -> Chart:
    """The chart of a `data_visualization` block. One without numbers is an empty drawing."""
    chart = block.get("chart") or {}
    title = str(block.get("title", ""))
    if chart.get("type") == "pie":
        return _pie(title, chart)
    series = [_series(entry, chart) for entry in chart.get("series") or ()]
    categories = _categories(chart)
    draw = {"line": _lines, "area": _areas}.get(str(chart.get("type")), _bars)
    scale = scale_of([value for entry in series for value in entry.values if value is not None])
    axes = chart.get("axis_config") or {}
    body = _grid(scale, categories) + draw(series, scale, categories)
    header = (str(axes.get("x_label") or ""), *(entry.name for entry in series))
    numbers = tuple(
        (category, *(_cell(entry.values[index]) for entry in series)) for index, category in enumerate(categories)
    )
    legend = tuple(entry.name for entry in series) if len(series) > 1 else ()
    return Chart(_svg(title, body), legend, (header, *numbers))


def _categories(chart: Json) -> list[str]:
    named = (chart.get("axis_config") or {}).get("categories")
    if named:
        return [str(category) for category in named]
    return [str(point.get("label", "")) for point in (chart.get("series") or [{}])[0].get("data") or ()]


def _series(entry: Json, chart: Json) -> Series:
    by_label = {str(point.get("label")): point.get("value") for point in entry.get("data") or ()}
    values = (by_label.get(category) for category in _categories(chart))
    return Series(str(entry.get("name", "")), tuple(None if value is None else float(value) for value in values))


def _cell(value: float | None) -> str:
    return "–" if value is None else written(value)


def _svg(title: str, body: Markup) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, f"Chart: {title}", body
    )


def _y(value: float, scale: Scale) -> float:
    return round(_TOP + _PLOT_HEIGHT * (1 - scale.share(value)), 2)


def _x(index: int, count: int) -> float:
    """The middle of the category's band."""
    return round(_LEFT + _PLOT_WIDTH * (index + 0.5) / max(count, 1), 2)


def _grid(scale: Scale, categories: list[str]) -> Markup:
    lines = [
        Markup('<line class="grid{3}" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>').format(
            _LEFT, WIDTH - _RIGHT, _y(tick, scale), " base" if tick == 0 else ""
        )
        + Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(
            _LEFT - 8, _y(tick, scale) + 4, written(tick)
        )
        for tick in scale.ticks
    ]
    every = math.ceil(len(categories) / 12)
    labels = [
        Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _x(index, len(categories)), HEIGHT - 12, _cut(category)
        )
        for index, category in enumerate(categories)
        if index % every == 0
    ]
    return Markup("").join((*lines, *labels))


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…"


def _hover(series: Series, category: str, value: float) -> Markup:
    return Markup("<title>{}</title>").format(f"{series.name}: {category}, {written(value)}")


def _bars(series: list[Series], scale: Scale, categories: list[str]) -> Markup:
    band = _PLOT_WIDTH / max(len(categories), 1)
    width = round(min(band * 0.72 / max(len(series), 1), 44), 2)
    bars = []
    for number, entry in enumerate(series):
        for index, value in enumerate(entry.values):
            if value is None:
                continue
            left = _x(index, len(categories)) + (number - len(series) / 2) * width
            top, base = _y(max(value, 0), scale), _y(min(value, 0), scale)
            bars.append(
                Markup('<rect class="fill-{}" x="{}" y="{}" width="{}" height="{}" rx="2">{}</rect>').format(
                    number + 1,
                    round(left + 1, 2),
                    top,
                    max(width - 2, 1),
                    round(base - top, 2),
                    _hover(entry, categories[index], value),
                )
            )
    return Markup("").join(bars)


def _points(entry: Series, scale: Scale) -> list[tuple[float, float]]:
    return [(_x(i, len(entry.values)), _y(value, scale)) for i, value in enumerate(entry.values) if value is not None]


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(points))


def _lines(series: list[Series], scale: Scale, categories: list[str]) -> Markup:
    drawn = []
    for number, entry in enumerate(series, start=1):
        drawn.append(Markup('<path class="line stroke-{}" d="{}"/>').format(number, _path(_points(entry, scale))))
        drawn += [
            Markup('<circle class="fill-{} dot" cx="{}" cy="{}" r="4">{}</circle>').format(
                number, _x(index, len(categories)), _y(value, scale), _hover(entry, categories[index], value)
            )
            for index, value in enumerate(entry.values)
            if value is not None
        ]
    return Markup("").join(drawn)


def _areas(series: list[Series], scale: Scale, categories: list[str]) -> Markup:
    base = _y(0, scale)
    filled = []
    for number, entry in enumerate(series, start=1):
        points = _points(entry, scale)
        if points:
            outline = f"{_path(points)} L{points[-1][0]} {base} L{points[0][0]} {base} Z"
            filled.append(Markup('<path class="area fill-{}" d="{}"/>').format(number, outline))
    return Markup("").join(filled) + _lines(series, scale, categories)


def _pie(title: str, chart: Json) -> Chart:
    segments = [(str(part.get("label", "")), float(part.get("value") or 0)) for part in chart.get("segments") or ()]
    total = sum(value for _, value in segments)
    slices = []
    turned = 0.0
    for number, (label, value) in enumerate(segments, start=1):
        share = value / total if total else 0.0
        hover = Markup("<title>{}</title>").format(f"{label}: {written(value)} ({share:.0%})")
        slices.append(_slice(number, turned, share, hover))
        turned += share
    rows = tuple((label, written(value), f"{value / total:.0%}" if total else "–") for label, value in segments)
    svg = _svg(title, Markup("").join(slices))
    return Chart(svg, tuple(label for label, _ in segments), (("", "Value", "Share"), *rows))


def _slice(number: int, start: float, share: float, hover: Markup) -> Markup:
    """A part of the ring from `start`, both in turns clockwise from the top."""
    radius, thickness = 88.0, 44.0
    circumference = 2 * math.pi * radius
    return Markup(
        '<circle class="ring stroke-{}" cx="{}" cy="{}" r="{}" stroke-width="{}" stroke-dasharray="{} {}"'
        ' transform="rotate({} {} {})">{}</circle>'
    ).format(
        (number - 1) % 12 + 1,
        WIDTH / 2,
        HEIGHT / 2,
        radius,
        thickness,
        round(max(circumference * share - 2, 0), 2),
        round(circumference, 2),
        round(start * 360 - 90, 2),
        WIDTH / 2,
        HEIGHT / 2,
        hover,
    )
