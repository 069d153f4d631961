"""Reads what a browser's form says about the inputs of a message or view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.local.slack.page.elements import TAKES_MANY, field_name, rich_of, seconds_of
from bot.local.slack.page.surface import Reader
from bot.local.slack.world import Json


def elements_of(blocks: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Every interactive element with its block's id."""
    for block in blocks:
        block_id = str(block.get("block_id", ""))
        for element in (block.get("element"), block.get("accessory"), *(block.get("elements") or ())):
            if isinstance(element, dict) and "action_id" in element:
                yield block_id, element


def find_element(blocks: Iterable[Json], block_id: str, action_id: str) -> Json | None:
    """The element with these ids, or None."""
    return next(
        (item for block, item in elements_of(blocks) if block == block_id and item["action_id"] == action_id), None
    )


def read_values(
    pairs: Iterable[tuple[str, str]], key: str, blocks: Iterable[Json], reader: Reader
) -> dict[str, dict[str, Any]]:
    """block_id → action_id → what the form holds, for every input that the browser sent (`name`, `value` pairs).

    Inputs of other surfaces, and of blocks that the app took away meanwhile, are left out.
    """
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    values: dict[str, dict[str, Any]] = {}
    for block_id, element in elements_of(blocks):
        given = sent.get(field_name(key, block_id, element["action_id"]))
        if given is not None:
            values.setdefault(block_id, {})[element["action_id"]] = _value(element, given, reader)
    return values


def _value(element: Json, given: list[str], reader: Reader) -> Any:
    kind = str(element.get("type"))
    filled = [value for value in given if value]
    if kind in TAKES_MANY:
        return filled
    if not filled:
        return None
    if kind == "datetimepicker":
        return seconds_of(filled[0], reader)
    words = filled[0].replace("\r\n", "\n")
    return rich_of(words) if kind == "rich_text_input" else words
