"""Blocks: which may stand on which surface, and what each must hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from bot.local.slack.rules.elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    element,
)
from bot.local.slack.rules.objects import IDENTIFIER, SLACK_FILE, any_text, plain_text
from bot.local.slack.rules.rich_text import RICH_TEXT
from bot.local.slack.rules.schema import (
    Json,
    Problem,
    Problems,
    Rule,
    at_least_one,
    boolean,
    exactly_one,
    items,
    kind,
    one_of,
    tagged,
    text,
    url,
)
from bot.local.slack.rules.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE, texts_in

Surface = Literal["message", "modal", "home"]
_ID = {"block_id": IDENTIFIER}


def _dispatching(value: Json, at: str) -> Problems:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        return [Problem(f"{at}/dispatch_action", "file_input cannot dispatch actions")]
    return []


BLOCKS: dict[str, Rule] = {
    "section": kind(
        "section",
        {},
        {
            **_ID,
            "text": any_text(3000),
            "fields": items(any_text(2000), most=10),
            "accessory": element(IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "divider": kind("divider", {}, _ID),
    "header": kind("header", {"text": plain_text(150)}, _ID),
    "context": kind("context", {"elements": items(element(IN_CONTEXT), most=10)}, _ID),
    "context_actions": kind("context_actions", {"elements": items(element(IN_CONTEXT_ACTIONS), most=5)}, _ID),
    "actions": kind("actions", {"elements": items(element(IN_ACTIONS), most=25)}, _ID),
    "image": kind(
        "image",
        {"alt_text": text(most=2000)},
        {**_ID, "image_url": url, "slack_file": SLACK_FILE, "title": plain_text(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": kind(
        "input",
        {"label": plain_text(2000), "element": element(IN_INPUT)},
        {**_ID, "dispatch_action": boolean, "hint": plain_text(2000), "optional": boolean},
        _dispatching,
    ),
    "rich_text": RICH_TEXT,
    "markdown": kind("markdown", {"text": text(most=12_000)}, _ID),
    "alert": kind(
        "alert",
        {"text": any_text(200)},
        {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "video": kind(
        "video",
        {"alt_text": text(), "title": plain_text(199), "thumbnail_url": url, "video_url": url},
        {
            **_ID,
            "author_name": text(most=49),
            "description": plain_text(200),
            "provider_icon_url": url,
            "provider_name": text(),
            "title_url": url,
        },
    ),
}
_EVERYWHERE = ("section", "divider", "header", "context", "actions", "image", "input", "rich_text", "video")
_CHARTS = ("table", "data_table", "data_visualization")
SURFACES: dict[Surface, tuple[str, ...]] = {
    "message": (*_EVERYWHERE, *_CHARTS, "markdown", "context_actions"),
    "home": (*_EVERYWHERE, *_CHARTS),
    "modal": (*_EVERYWHERE, "alert"),
}
_MOST_BLOCKS: dict[Surface, int] = {"message": 50, "home": 100, "modal": 100}
_MOST_OF_ONE_TYPE = {"table": 1, "data_visualization": 2}
_MOST_TABLE_CHARACTERS = 10_000


def check_blocks(blocks: Any, surface: Surface, at: str = "/blocks") -> Problems:
    """What Slack would refuse about a list of blocks on a surface."""
    allowed = tagged({name: BLOCKS[name] for name in SURFACES[surface]})
    problems = items(allowed, least=0, most=_MOST_BLOCKS[surface])(blocks, at)
    return problems or [
        *_unique_ids(blocks, at),
        *_not_too_many(blocks, at),
        *_one_focus(blocks, at),
        *_only_in_modals(blocks, surface, at),
    ]


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The interactive elements of a block, each with its pointer inside the block."""
    for position, part in enumerate(block.get("elements", ())):
        if block["type"] in {"actions", "context_actions"}:
            yield f"/elements/{position}", part
    for name in ("accessory", "element"):
        if name in block and block[name]["type"] != "image":
            yield f"/{name}", block[name]


def _unique_ids(blocks: list[Json], at: str) -> Problems:
    problems: Problems = []
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            problems.append(Problem(f"{at}/{position}/block_id", f"duplicate block_id: {block_id}"))
        seen.add(block_id or "")
        actions: set[str] = set()
        for pointer, part in elements_of(block):
            action_id = part.get("action_id")
            if action_id is not None and action_id in actions:
                problems.append(Problem(f"{at}/{position}{pointer}/action_id", f"duplicate action_id: {action_id}"))
            actions.add(action_id or "")
    return problems


def _not_too_many(blocks: list[Json], at: str) -> Problems:
    problems = [
        Problem(at, f"no more than {most} {name} blocks allowed")
        for name, most in _MOST_OF_ONE_TYPE.items()
        if sum(block["type"] == name for block in blocks) > most
    ]
    tables = [block["rows"] for block in blocks if block["type"] in {"table", "data_table"}]
    if texts_in(tables) > _MOST_TABLE_CHARACTERS:
        problems.append(Problem(at, f"must be less than {_MOST_TABLE_CHARACTERS + 1} characters in all tables"))
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > 12_000:  # noqa: PLR2004 (see BLOCKS)
        problems.append(Problem(at, "must be less than 12001 characters in all markdown blocks"))
    return problems


def _one_focus(blocks: list[Json], at: str) -> Problems:
    focused = [part for block in blocks for _, part in elements_of(block) if part.get("focus_on_load")]
    return [Problem(at, "only one element may have focus_on_load")] if len(focused) > 1 else []


def _only_in_modals(blocks: list[Json], surface: Surface, at: str) -> Problems:
    if surface == "modal":
        return []
    return [
        Problem(f"{at}/{position}{pointer}", f"{part['type']} is only available in modals")
        for position, block in enumerate(blocks)
        for pointer, part in elements_of(block)
        if part["type"] == "file_input" or part.get("response_url_enabled")
    ]
