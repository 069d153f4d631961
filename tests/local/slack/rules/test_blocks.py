"""Blocks and elements: what each must hold, at the very border of each limit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.rules import Problem, check_blocks
from bot.local.slack.rules.blocks import Surface
from tests.local.slack.conftest import Json


def plain(text: str = "x") -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def options(count: int, **more: Any) -> list[Json]:
    """That many different options."""
    return [{"text": plain(f"o{number}"), "value": f"v{number}", **more} for number in range(count)]


def button(**more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": "b", "text": plain(), **more}


def actions(*elements: Json, **more: Any) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def field(element: Json, **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "label": plain(), "element": element, **more}


def select(count: int = 2, **more: Any) -> Json:
    """A static select."""
    return {"type": "static_select", "action_id": "s", "options": options(count), **more}


def table(rows: int, cells: int = 2) -> Json:
    """A table of text."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * cells] * rows}


def data_table(rows: int, cells: int = 2, **more: Any) -> Json:
    """A data table of text."""
    return {**table(rows, cells), "type": "data_table", "caption": "Hours", **more}


def bars(series: int = 1, categories: int = 2, **more: Any) -> Json:
    """A bar chart."""
    labels = [f"c{number}" for number in range(categories)]
    data = [{"label": label, "value": 1.5} for label in labels]
    chart = {
        "type": "bar",
        "series": [{"name": f"s{number}", "data": data} for number in range(series)],
        "axis_config": {"categories": labels},
    }
    return {"type": "data_visualization", "title": "Hours", "chart": chart, **more}


def pie(*values: float) -> Json:
    """A pie."""
    segments = [{"label": f"s{number}", "value": value} for number, value in enumerate(values)]
    return {"type": "data_visualization", "title": "Hours", "chart": {"type": "pie", "segments": segments}}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"}

ACCEPTED: list[tuple[Surface, Json]] = [
    ("message", {"type": "section", "text": mrkdwn("x" * 3000)}),
    ("message", {"type": "section", "fields": [mrkdwn("x" * 2000)] * 6, "block_id": "i" * 255}),
    ("message", {"type": "section", "fields": [mrkdwn("x")] * 10}),
    ("message", {"type": "section", "text": mrkdwn(), "accessory": button(value="v" * 2000)}),
    ("message", {"type": "section", "text": mrkdwn(), "accessory": IMAGE}),
    ("message", {"type": "header", "text": plain("x" * 150)}),
    ("message", {"type": "context", "elements": [mrkdwn()] * 9 + [IMAGE]}),
    ("message", actions(*(button(action_id=f"b{number}") for number in range(25)))),
    ("message", actions(button(text=plain("x" * 75), style="primary", confirm=CONFIRM, accessibility_label="x" * 75))),
    ("message", actions({"type": "overflow", "action_id": "o", "options": options(5)})),
    ("message", actions({"type": "overflow", "action_id": "o", "options": options(1, url="https://example.com")})),
    ("message", actions(select(100, initial_option=options(2)[1], placeholder=plain("x" * 150)))),
    ("message", actions({"type": "checkboxes", "action_id": "c", "options": options(10)})),
    ("message", actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-02-28"})),
    (
        "message",
        actions({"type": "timepicker", "action_id": "t", "initial_time": "23:59", "timezone": "Europe/Berlin"}),
    ),
    ("message", actions({"type": "external_select", "action_id": "e", "min_query_length": 0})),
    ("message", {**IMAGE, "title": plain("x" * 2000)}),
    ("message", {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x" * 2000}),
    ("message", {"type": "markdown", "text": "x" * 12_000}),
    ("message", table(100, 20)),
    ("home", data_table(201, 20, page_size=100, row_header_column_index=1)),
    ("home", bars(6, 20)),
    ("message", pie(1, 2, 3, 4, 5, 6)),
    ("modal", {"type": "alert", "text": plain("x" * 200), "level": "error"}),
    ("modal", field({"type": "plain_text_input", "action_id": "p", "min_length": 1, "max_length": 3000})),
    ("modal", field({"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "initial_value": "2"})),
    ("modal", field({"type": "datetimepicker", "initial_date_time": 1_763_676_000})),
    ("modal", field({"type": "file_input", "max_files": 10})),
    ("modal", field({"type": "multi_external_select", "max_selected_items": 3}, optional=True, hint=plain("x" * 2000))),
    ("modal", field({"type": "conversations_select", "response_url_enabled": True, "filter": {"include": ["im"]}})),
]


@pytest.mark.parametrize(("surface", "block"), ACCEPTED)
def test_a_block_at_the_border_is_accepted(surface: Surface, block: Json) -> None:
    assert check_blocks([block], surface) == []


REFUSED: list[tuple[Surface, Json, str, str]] = [
    ("message", {"type": "section", "text": mrkdwn("x" * 3001)}, "/text/text", "must be less than 3001 characters"),
    ("message", {"type": "section", "text": mrkdwn("")}, "/text/text", "must be more than 0 characters"),
    ("message", {"type": "section"}, "", "must define either text or fields"),
    ("message", {"type": "section", "text": "x"}, "/text", "must provide an object"),
    ("message", {"type": "section", "fields": []}, "/fields", "no fewer than 1 items required"),
    ("message", {"type": "section", "fields": [mrkdwn()] * 11}, "/fields", "no more than 10 items allowed"),
    (
        "message",
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "/fields/0/text",
        "must be less than 2001 characters",
    ),
    ("message", {"type": "section", "text": mrkdwn(), "color": "red"}, "", "invalid additional property: color"),
    ("message", {"type": "section", "text": mrkdwn(), "accessory": None}, "/accessory", "must not be null"),
    (
        "message",
        {"type": "section", "text": mrkdwn(), "accessory": {"type": "plain_text_input"}},
        "/accessory/type",
        "unsupported type: plain_text_input",
    ),
    (
        "message",
        {"type": "section", "text": mrkdwn(), "block_id": "i" * 256},
        "/block_id",
        "must be less than 256 characters",
    ),
    ("message", {"type": "header", "text": mrkdwn()}, "/text/type", "unsupported type: mrkdwn"),
    ("message", {"type": "header", "text": plain("x" * 151)}, "/text/text", "must be less than 151 characters"),
    (
        "message",
        {"type": "header", "text": {**plain(), "verbatim": True}},
        "/text",
        "invalid additional property: verbatim",
    ),
    ("message", {"type": "context", "elements": [mrkdwn()] * 11}, "/elements", "no more than 10 items allowed"),
    ("message", {"type": "context", "elements": [button()]}, "/elements/0/type", "unsupported type: button"),
    ("message", actions(), "/elements", "no fewer than 1 items required"),
    ("message", actions(*(button(action_id=f"b{n}") for n in range(26))), "/elements", "no more than 25 items allowed"),
    ("message", actions(button(), button()), "/elements/1/action_id", "duplicate action_id: b"),
    ("message", actions(button(text=plain("x" * 76))), "/elements/0/text/text", "must be less than 76 characters"),
    ("message", actions(button(text=mrkdwn())), "/elements/0/text/type", "unsupported type: mrkdwn"),
    ("message", actions(button(value="v" * 2001)), "/elements/0/value", "must be less than 2001 characters"),
    ("message", actions(button(value="")), "/elements/0/value", "must be more than 0 characters"),
    ("message", actions(button(style="blue")), "/elements/0/style", "must be a valid enum value: primary, danger"),
    ("message", actions(button(url="example")), "/elements/0/url", "must be a valid URL"),
    (
        "message",
        actions(button(url="https://e.com/" + "x" * 3000)),
        "/elements/0/url",
        "must be less than 3001 characters",
    ),
    (
        "message",
        actions(button(accessibility_label="x" * 76)),
        "/elements/0/accessibility_label",
        "must be less than 76 characters",
    ),
    ("message", actions(button(confirm={"title": plain()})), "/elements/0/confirm", "missing required field: text"),
    (
        "message",
        actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)})),
        "/elements/0/confirm/deny/text",
        "must be less than 31 characters",
    ),
    (
        "message",
        actions({"type": "overflow", "options": options(6)}),
        "/elements/0/options",
        "no more than 5 items allowed",
    ),
    ("message", actions({"type": "overflow", "options": []}), "/elements/0/options", "no fewer than 1 items required"),
    ("message", actions(select(0)), "/elements/0/options", "no fewer than 1 items required"),
    ("message", actions(select(101)), "/elements/0/options", "no more than 100 items allowed"),
    (
        "message",
        actions({"type": "static_select"}),
        "/elements/0",
        "must define exactly one of: options, option_groups",
    ),
    (
        "message",
        actions(select(initial_option=options(3)[2])),
        "/elements/0/initial_option",
        "initial option must match one of the provided options",
    ),
    (
        "message",
        actions(select(initial_option={**options(1)[0], "description": plain("other")})),
        "/elements/0/initial_option",
        "initial option must match one of the provided options",
    ),
    ("message", actions(select(options=options(1) * 2)), "/elements/0", "option values must be unique"),
    (
        "message",
        actions(select(options=[{"text": plain(), "value": "v" * 151}])),
        "/elements/0/options/0/value",
        "must be less than 151 characters",
    ),
    (
        "message",
        actions(select(options=[{"text": mrkdwn(), "value": "v"}])),
        "/elements/0/options/0/text/type",
        "unsupported type: mrkdwn",
    ),
    (
        "message",
        actions({"type": "radio_buttons", "options": options(11)}),
        "/elements/0/options",
        "no more than 10 items allowed",
    ),
    (
        "message",
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "/elements/0/initial_date",
        "must be a date in the format YYYY-MM-DD",
    ),
    (
        "message",
        actions({"type": "datepicker", "initial_date": "20260228"}),
        "/elements/0/initial_date",
        "must be a date in the format YYYY-MM-DD",
    ),
    (
        "message",
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "/elements/0/initial_time",
        "must be a time in the format HH:mm",
    ),
    ("message", actions({"type": "plain_text_input"}), "/elements/0/type", "unsupported type: plain_text_input"),
    ("message", {"type": "image", "image_url": "https://example.com/a.png"}, "", "missing required field: alt_text"),
    ("message", {"type": "image", "alt_text": "x"}, "", "must define exactly one of: image_url, slack_file"),
    ("message", {"type": "markdown", "text": "x" * 12_001}, "/text", "must be less than 12001 characters"),
    ("message", {"type": "alert", "text": plain()}, "/type", "unsupported type: alert"),
    ("home", {"type": "markdown", "text": "x"}, "/type", "unsupported type: markdown"),
    ("modal", table(1), "/type", "unsupported type: table"),
    ("modal", bars(), "/type", "unsupported type: data_visualization"),
    ("message", table(101), "/rows", "no more than 100 items allowed"),
    ("message", table(1, 21), "/rows/0", "no more than 20 items allowed"),
    ("message", data_table(1), "/rows", "no fewer than 2 items required"),
    ("message", data_table(202), "/rows", "no more than 201 items allowed"),
    ("message", data_table(2, caption=""), "/caption", "must be more than 0 characters"),
    ("message", data_table(2, row_header_column_index=2), "/row_header_column_index", "must be the index of a column"),
    (
        "message",
        {**data_table(2), "rows": [[{"type": "raw_text", "text": "x"}] * 2, [{"type": "raw_text", "text": "x"}]]},
        "/rows/1",
        "must have the same number of cells as the header: 2",
    ),
    ("message", bars(7), "/chart/series", "no more than 6 items allowed"),
    ("message", bars(1, 21), "/chart/series/0/data", "no more than 20 items allowed"),
    ("message", bars(title="x" * 51), "/title", "must be less than 51 characters"),
    ("message", pie(1, 2, 3, 4, 5, 6, 7), "/chart/segments", "no more than 6 items allowed"),
    ("message", pie(0), "/chart/segments/0/value", "must be more than 0"),
    (
        "message",
        {"type": "data_visualization", "title": "x", "chart": {"type": "donut"}},
        "/chart/type",
        "unsupported type: donut",
    ),
    ("modal", {"type": "alert", "text": plain("x" * 201)}, "/text/text", "must be less than 201 characters"),
    ("modal", field({"type": "number_input"}), "/element", "missing required field: is_decimal_allowed"),
    (
        "modal",
        field({"type": "number_input", "is_decimal_allowed": False, "min_value": "1.5"}),
        "/element",
        "must be whole numbers where is_decimal_allowed is false",
    ),
    (
        "modal",
        field({"type": "number_input", "is_decimal_allowed": True, "min_value": 1}),
        "/element/min_value",
        "must be a string",
    ),
    (
        "modal",
        field({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
        "/element/min_length",
        "must not exceed max_length",
    ),
    ("modal", field({"type": "plain_text_input", "max_length": 3001}), "/element/max_length", "must be at most 3000"),
    ("modal", field({"type": "button", "text": plain()}), "/element/type", "unsupported type: button"),
    ("modal", {**field(select()), "label": mrkdwn()}, "/label/type", "unsupported type: mrkdwn"),
    ("message", field({"type": "file_input"}), "/element", "file_input is only available in modals"),
    (
        "message",
        field({"type": "channels_select", "response_url_enabled": True}),
        "/element",
        "channels_select is only available in modals",
    ),
    ("message", {"text": mrkdwn()}, "", "missing required field: type"),
    ("message", {"type": 7}, "/type", "unsupported type: 7"),
]


@pytest.mark.parametrize(("surface", "block", "pointer", "text"), REFUSED)
def test_a_block_beyond_the_border_is_refused_with_its_place(
    surface: Surface, block: Json, pointer: str, text: str
) -> None:
    problems = check_blocks([block], surface)
    assert any(problem.pointer.startswith(f"/blocks/0{pointer}") and problem.text == text for problem in problems), (
        problems
    )


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ("x", Problem("/blocks", "must be an array")),
        (["x"], Problem("/blocks/0", "must provide an object")),
        (
            [{"type": "divider", "block_id": "a"}] * 2,
            Problem("/blocks/1/block_id", "duplicate block_id: a"),
        ),
        ([table(1)] * 2, Problem("/blocks", "no more than 1 table blocks allowed")),
        ([bars()] * 3, Problem("/blocks", "no more than 2 data_visualization blocks allowed")),
        (
            [{"type": "markdown", "text": "x" * 7000}] * 2,
            Problem("/blocks", "must be less than 12001 characters in all markdown blocks"),
        ),
        (
            [actions({"type": "datepicker", "focus_on_load": True})] * 2,
            Problem("/blocks", "only one element may have focus_on_load"),
        ),
    ],
)
def test_blocks_are_held_to_rules_together(blocks: Any, problem: Problem) -> None:
    assert problem in check_blocks(blocks, "message")


def test_the_text_of_all_tables_counts() -> None:
    cell = {"type": "raw_text", "text": "x" * 6000}
    one = {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "h"}], [cell]]}
    assert check_blocks([one], "message") == []
    assert check_blocks([one, one], "message") != []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "element", "accessory", "options", "rows", "chart", "fields"])
            | st.text(max_size=4),
            inner
            | st.sampled_from(["section", "actions", "input", "static_select", "table", "plain_text", "rich_text"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JUNK, st.sampled_from(["message", "modal", "home"]))
def test_whatever_comes_is_judged_and_never_breaks_the_judge(blocks: Any, surface: Surface) -> None:
    assert isinstance(check_blocks(blocks, surface), list)


@given(st.integers(min_value=2950, max_value=3050))
def test_a_section_is_refused_from_3001_characters(length: int) -> None:
    accepted = check_blocks([{"type": "section", "text": mrkdwn("x" * length)}], "message") == []
    assert accepted is (length <= 3000)
