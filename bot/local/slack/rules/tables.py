"""Tables and charts: rows that fit their header, series that fit their axis."""

from __future__ import annotations

from typing import Any

from bot.local.slack.rules.objects import IDENTIFIER
from bot.local.slack.rules.rich_text import RICH_TEXT
from bot.local.slack.rules.schema import (
    Json,
    Problem,
    Problems,
    boolean,
    fields,
    integer,
    items,
    kind,
    number,
    one_of,
    tagged,
    text,
)

_RAW_TEXT = kind("raw_text", {"text": text()})
_RAW_NUMBER = kind("raw_number", {"value": number}, {"text": text()})
_MOST_CELL_CHARACTERS = 10_000


def texts_in(value: Any) -> int:
    """How many characters all `text` strings inside `value` have together."""
    if isinstance(value, dict):
        return sum(
            len(part) if name == "text" and isinstance(part, str) else texts_in(part) for name, part in value.items()
        )
    return sum(map(texts_in, value)) if isinstance(value, list) else 0


def _not_too_long(value: Json, at: str) -> Problems:
    if texts_in(value["rows"]) > _MOST_CELL_CHARACTERS:
        return [Problem(f"{at}/rows", f"must be less than {_MOST_CELL_CHARACTERS + 1} characters in all cells")]
    return []


def _even_rows(value: Json, at: str) -> Problems:
    width = len(value["rows"][0])
    return [
        Problem(f"{at}/rows/{position}", f"must have the same number of cells as the header: {width}")
        for position, row in enumerate(value["rows"])
        if len(row) != width
    ]


def _plain_header(value: Json, at: str) -> Problems:
    return [
        Problem(f"{at}/rows/0/{position}", "rich_text is not allowed in the header")
        for position, cell in enumerate(value["rows"][0])
        if cell["type"] == "rich_text"
    ]


def _existing_header_column(value: Json, at: str) -> Problems:
    if value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        return [Problem(f"{at}/row_header_column_index", "must be the index of a column")]
    return []


_COLUMN = fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
TABLE = kind(
    "table",
    {"rows": items(items(tagged({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT}), most=20), most=100)},
    {"block_id": IDENTIFIER, "column_settings": items(_COLUMN, most=20)},
    _not_too_long,
)
_CELL = tagged({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
DATA_TABLE = kind(
    "data_table",
    {"caption": text(), "rows": items(items(_CELL, most=20), least=2, most=201)},
    {
        "block_id": IDENTIFIER,
        "page_size": integer(least=1, most=100),
        "row_header_column_index": integer(least=0),
    },
    _even_rows,
    _plain_header,
    _existing_header_column,
    _not_too_long,
)


def _positive(value: Any, at: str) -> Problems:
    return number(value, at) or ([] if value > 0 else [Problem(at, "must be more than 0")])


def _series_fit_the_axis(value: Json, at: str) -> Problems:
    problems: Problems = []
    categories = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        problems.append(Problem(f"{at}/axis_config/categories", "categories must be unique"))
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        problems.append(Problem(f"{at}/series", "series names must be unique"))
    problems += [
        Problem(f"{at}/series/{position}/data", "labels must match the categories of axis_config")
        for position, series in enumerate(value["series"])
        if sorted(point["label"] for point in series["data"]) != sorted(categories)
    ]
    return problems


_LABEL = text(most=20)
_SERIES = fields(
    {"name": _LABEL, "data": items(fields({"label": _LABEL, "value": number}), most=20)},
)
_AXES = fields({"categories": items(_LABEL, most=20)}, {"x_label": text(most=50), "y_label": text(most=50)})
_CHARTS = {
    name: kind(name, {"series": items(_SERIES, most=6), "axis_config": _AXES}, None, _series_fit_the_axis)
    for name in ("bar", "line", "area")
}
_PIE = kind("pie", {"segments": items(fields({"label": _LABEL, "value": _positive}), most=6)})
DATA_VISUALIZATION = kind(
    "data_visualization",
    {"title": text(most=50), "chart": tagged({**_CHARTS, "pie": _PIE})},
    {"block_id": IDENTIFIER},
)
