"""A chart as a PNG, for where Slack takes no chart block: drawn as SVG, with a font of our own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from pathlib import Path

from bot.views.charts import Chart, Shape
from bot.views.kit import cut

_FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
_FAMILY = "DejaVu Sans"
_WIDTH, _HEIGHT = 800, 420
_ZOOM = 2.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 84, 40
_TICKS = 4
_STEPS = (1, 2, 2.5, 5, 10)
_TILTED = 6  # beyond so many categories their labels are tilted
_TILTED_LABEL = 14  # characters: more would leave the picture
_LETTER = 7  # pixels, of the size that labels have
_INK, _QUIET, _GRID = "#1d1c1d", "#616061", "#e2e2e4"
# Told apart by lightness too, and by what stands beside each slice (Okabe and Ito's palette for all eyes).
_FILLS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
_BEFORE = "url(#before)"
_HATCH = (
    '<defs><pattern id="before" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#f1f1f3"/><rect width="3" height="7" fill="#8d8d94"/></pattern></defs>'
)


def png(chart: Chart) -> bytes:
    """The chart as a picture of 1,600 × 840 pixels, readable on light and dark."""
    import resvg_py  # noqa: PLC0415 (memory that only a workspace without charts needs)

    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg(chart), font_files=[str(_FONT)], font_family=_FAMILY, sans_serif_family=_FAMILY, zoom=_ZOOM
    )
    return drawn


def svg(chart: Chart) -> str:
    """The chart as SVG."""
    body = _pie(chart) if chart.shape is Shape.PIE else _plotted(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" font-family="{_FAMILY}">{_HATCH}'
        f'<rect width="100%" height="100%" rx="8" fill="#ffffff"/>'
        f"{_text(24, 38, chart.title, size=18)}{''.join(body)}</svg>"
    )


def _plotted(chart: Chart) -> Iterator[str]:
    """Bars or lines over an axis of hours."""
    tilted = len(chart.labels) > _TILTED
    base = _HEIGHT - _BOTTOM - (56 if tilted else 0)
    top, step = _scale(max(max(values) for _, values in chart.series))
    room = base - _TOP

    def height(value: float) -> float:
        return room * value / top

    if len(chart.series) > 1:
        yield from _legend([name for name, _ in chart.series])
    yield _text(24, 62, chart.unit, size=12, fill=_QUIET)
    for number in range(math.floor(top / step) + 1):
        y = base - height(number * step)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_GRID}"/>'
        yield _text(_LEFT - 8, y + 4, f"{number * step:g}", size=12, fill=_QUIET, anchor="end")
    band = (_WIDTH - _LEFT - _RIGHT) / len(chart.labels)
    middles = [_LEFT + band * (place + 0.5) for place in range(len(chart.labels))]
    for label, x in zip(chart.labels, middles, strict=True):
        turn = f' transform="rotate(-35 {x:.1f} {base + 18})"' if tilted else ""
        shown = cut(label, _TILTED_LABEL if tilted else max(_TILTED, int(band / _LETTER)))
        yield _text(x, base + 18, shown, size=12, anchor="end" if tilted else "middle", more=turn)
    draw = _line if chart.shape is Shape.LINE else _bars
    for place, (_, values) in enumerate(chart.series):
        yield from draw(values, middles, band, place, len(chart.series), base, [height(value) for value in values])


def _bars(
    values: Sequence[float],
    middles: Sequence[float],
    band: float,
    place: int,
    of: int,
    base: float,
    heights: list[float],
) -> Iterator[str]:
    width = min(band * 0.76 / of, 56)
    fill = _BEFORE if place else _FILLS[0]
    for value, middle, height in zip(values, middles, heights, strict=True):
        x = middle + (place - of / 2) * width
        box = f'x="{x + 1:.1f}" y="{base - height:.1f}" width="{width - 2:.1f}" height="{height:.1f}"'
        yield f'<rect {box} fill="{fill}"/>'
        if value and width > 20:  # noqa: PLR2004 (what a number needs)
            yield _text(x + width / 2, base - height - 5, f"{value:g}", size=11, anchor="middle")


def _line(
    values: Sequence[float],
    middles: Sequence[float],
    band: float,
    place: int,
    of: int,
    base: float,
    heights: list[float],
) -> Iterator[str]:
    del band, of
    points = [(x, base - height) for x, height in zip(middles, heights, strict=True)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    colour, dash = (_QUIET, ' stroke-dasharray="7 5"') if place else (_FILLS[0], "")
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"{dash}/>'
    for (x, y), value in zip(points, values, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
        if not place:
            yield _text(x, y - 10, f"{value:g}", size=11, anchor="middle")


def _pie(chart: Chart) -> Iterator[str]:
    """A ring, and beside it each part with its colour, name, hours and share."""
    _, values = chart.series[0]
    total = sum(values)
    x, y, radius, thickness = 210, 230, 110, 62
    around = 2 * math.pi * radius
    starts = [0.0, *accumulate(values)]
    for place, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        fill, share = _FILLS[place % len(_FILLS)], value / total
        turned = 360 * starts[place] / total - 90
        yield (
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{fill}" stroke-width="{thickness}" '
            f'stroke-dasharray="{max(around * share - 2, 1):.1f} {around:.1f}" '
            f'transform="rotate({turned:.2f} {x} {y})"/>'
        )
        line = y - 22 * (len(values) - 1) + 44 * place
        yield f'<rect x="420" y="{line - 14}" width="20" height="20" rx="3" fill="{fill}"/>'
        yield _text(452, line + 2, label, size=16)
        yield _text(_WIDTH - _RIGHT, line + 2, f"{value:g}  ({share:.0%})", size=16, anchor="end")


def _legend(names: Sequence[str]) -> Iterator[str]:
    x = _WIDTH - _RIGHT
    for place in reversed(range(len(names))):
        x -= _LETTER * len(names[place])
        yield _text(x, 62, names[place], size=12)
        x -= 20
        yield f'<rect x="{x}" y="51" width="14" height="14" rx="2" fill="{_BEFORE if place else _FILLS[0]}"/>'
        x -= 20


def _scale(most: float) -> tuple[float, float]:
    """The end of the axis, and the step between its lines: round numbers."""
    rough = max(most, 0.01) / _TICKS
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough * (1 - 1e-9))
    return math.ceil(most / step * (1 - 1e-9)) * step or step, step


def _text(x: float, y: float, text: str, *, size: int, fill: str = _INK, anchor: str = "start", more: str = "") -> str:
    written = escape("".join(character if character.isprintable() else " " for character in text).strip())
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{more}>{written}</text>'
    )
