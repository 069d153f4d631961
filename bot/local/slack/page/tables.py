"""Reads the cells of Slack's `table` and `data_table` blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from bot.local.slack.page.emoji import with_emoji
from bot.local.slack.page.rich_text import render_rich_text
from bot.local.slack.page.scale import written
from bot.local.slack.page.surface import Reader
from bot.local.slack.world import Json


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its HTML, and whether it stands to the right as numbers do."""

    html: Markup
    align: str = "left"
    wrapped: bool = True


def rows_of(block: Json, reader: Reader) -> list[list[Cell]]:
    """The rows of either block; the first one holds the headings."""
    settings = block.get("column_settings") or []
    rows = block.get("rows") or []
    numbers = {index for row in rows[1:2] for index, cell in enumerate(row) if _is_number(cell)}
    return [
        [
            _cell(cell, settings[index] if index < len(settings) else None, numeric=index in numbers, reader=reader)
            for index, cell in enumerate(row)
        ]
        for row in rows
    ]


def _cell(cell: Any, setting: Any, *, numeric: bool, reader: Reader) -> Cell:
    setting = setting if isinstance(setting, dict) else {}
    align = str(setting.get("align") or ("right" if numeric else "left"))
    return Cell(_html(cell, reader), align, bool(setting.get("is_wrapped", True)))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("type") == "raw_number"


def _html(cell: Any, reader: Reader) -> Markup:
    if not isinstance(cell, dict):
        return escape(cell)
    if cell.get("type") == "rich_text":
        return render_rich_text(cell, reader)
    if _is_number(cell):
        value = cell.get("value")
        return escape(cell.get("text") or (written(value) if isinstance(value, int | float) else ""))
    return with_emoji(str(cell.get("text", "")))
