from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.page.charts import draw_chart
from bot.local.slack.page.scale import scale_of, written
from tests.local.slack.page.gallery import CHART_CATEGORIES, chart

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def drawn(block: dict[str, Any]) -> list[str]:
    return [element.tag for element in ET.fromstring(draw_chart(block).svg)]  # noqa: S314 (what we drew ourselves)


@pytest.mark.parametrize(("kind", "shape", "count"), [("bar", "rect", 10), ("line", "circle", 10), ("area", "path", 4)])
def test_every_value_is_drawn(kind: str, shape: str, count: int) -> None:
    assert drawn(chart(kind, "Hours")).count(shape) == count


def test_a_pie_has_a_slice_for_each_part_and_says_its_share() -> None:
    pie = draw_chart(chart("pie", "Hours"))
    assert drawn(chart("pie", "Hours")).count("circle") == 4
    assert pie.rows[1] == ("Design", "12.5", "30%")
    assert pie.legend == ("Design", "Build", "Meetings", "Support")


def test_the_numbers_stand_in_a_table_beside_the_chart() -> None:
    rows = draw_chart(chart("bar", "Hours")).rows
    assert rows[0] == ("Day", "Billable", "Other")
    assert [row[0] for row in rows[1:]] == CHART_CATEGORIES
    assert rows[2] == ("Tue", "7.5", "0.5")


def test_labels_are_escaped() -> None:
    block = {"title": "<b>", "chart": {"type": "pie", "segments": [{"label": "<i>&", "value": 1}]}}
    svg = draw_chart(block).svg
    assert "<b>" not in svg
    assert "<i>" not in svg


@given(st.lists(NUMBERS, max_size=8))
def test_an_axis_holds_every_value_between_round_numbers(values: list[float]) -> None:
    scale = scale_of(values)
    assert scale.low <= 0 <= scale.high
    assert all(scale.low <= value <= scale.high for value in values)
    assert 2 <= len(scale.ticks) <= 8


@pytest.mark.parametrize(("value", "text"), [(1.5, "1.5"), (12.0, "12"), (3200, "3,200"), (0.333, "0.33")])
def test_numbers_are_as_short_as_they_can_be(value: float, text: str) -> None:
    assert written(value) == text
