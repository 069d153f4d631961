"""Completes blocks as Slack does when it keeps them: missing ids and defaults filled in."""

from __future__ import annotations

from typing import Any

from bot.local.slack.ids import Ids
from bot.local.slack.rules.blocks import elements_of
from bot.local.slack.world import Json


def complete_blocks(blocks: list[Json]) -> list[Json]:
    """A copy of `blocks` (which passed the rules) with every `block_id`, `action_id`, `emoji` and `verbatim` set."""
    completed: list[Json] = [_with_defaults(block) for block in blocks]
    taken = {block["block_id"] for block in completed if "block_id" in block}
    for block in completed:
        if "block_id" not in block:
            block["block_id"] = _fresh(taken)
        actions = {part["action_id"] for _, part in elements_of(block) if "action_id" in part}
        for _, part in elements_of(block):
            if "action_id" not in part:
                part["action_id"] = _fresh(actions)
    return completed


def complete_attachments(attachments: list[Json]) -> list[Json]:
    """A copy of `attachments` with numbered ids and completed blocks."""
    return [
        {
            "id": position,
            "fallback": "[no preview available]",
            **attachment,
            **({"blocks": complete_blocks(attachment["blocks"])} if "blocks" in attachment else {}),
        }
        for position, attachment in enumerate(attachments, start=1)
    ]


def _with_defaults(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_defaults(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _with_defaults(part) for name, part in value.items()}
    if copy.get("type") == "plain_text" and "text" in copy:
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn" and "text" in copy:
        copy.setdefault("verbatim", False)
    return copy


def _fresh(taken: set[str]) -> str:
    while (name := Ids.short()) in taken:
        pass
    taken.add(name)
    return name
