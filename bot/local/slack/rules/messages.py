"""Messages: text, blocks, attachments and metadata together."""

from __future__ import annotations

import json
from typing import Any

from bot.local.slack.rules.blocks import check_blocks
from bot.local.slack.rules.schema import Json, Problem, Problems
from bot.local.slack.rules.tables import texts_in

MOST_ATTACHMENTS = 100
MOST_BLOCK_CHARACTERS = 13_200
"""Undocumented: Slack answers `msg_blocks_too_long` beyond it (slackapi/bolt-js issue 2509)."""
MOST_METADATA_BYTES = 16_384
_SCALARS = (str, int, float, bool)


def check_message(payload: Json) -> Problems:
    """What Slack would refuse about a message: `{"text", "blocks", "attachments", "metadata", …}`.

    [] when it would be accepted. Other fields (`channel`, `thread_ts`, …) are not looked at.
    """
    problems: Problems = []
    text = payload.get("text")
    said = text.strip() if isinstance(text, str) else text
    if not (said or any(payload.get(name) for name in ("blocks", "attachments", "markdown_text"))):
        problems.append(Problem("", "no_text"))
    if "text" in payload and not isinstance(payload["text"], str | None):
        problems.append(Problem("/text", "must be a string"))
    if payload.get("blocks") is not None:
        problems += check_blocks(payload["blocks"], "message")
        if texts_in(payload["blocks"]) > MOST_BLOCK_CHARACTERS:
            problems.append(Problem("/blocks", "msg_blocks_too_long"))
    if payload.get("attachments") is not None:
        problems += check_attachments(payload["attachments"])
    if payload.get("metadata") is not None:
        problems += check_metadata(payload["metadata"])
    return problems


def check_attachments(attachments: Any, at: str = "/attachments") -> Problems:
    """What Slack would refuse about legacy attachments; the blocks inside them are held to the same rules."""
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        return [Problem(at, "must be an array of objects")]
    problems = []
    if len(attachments) > MOST_ATTACHMENTS:
        problems.append(Problem(at, f"no more than {MOST_ATTACHMENTS} items allowed"))
    for position, attachment in enumerate(attachments):
        if "blocks" in attachment:
            problems += check_blocks(attachment["blocks"], "message", f"{at}/{position}/blocks")
        elif not attachment:
            problems.append(Problem(f"{at}/{position}", "must not be empty"))
    return problems


def check_metadata(metadata: Any, at: str = "/metadata") -> Problems:
    """What Slack would refuse about message metadata: a type, and a payload of scalars, flat objects and lists."""
    if not isinstance(metadata, dict):
        return [Problem(at, "must provide an object")]
    problems = [
        Problem(at, f"invalid additional property: {name}")
        for name in metadata
        if name not in {"event_type", "event_payload", "entities"}
    ]
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        problems.append(Problem(at, "missing required field: event_type"))
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        return [*problems, Problem(at, "missing required field: event_payload")]
    if len(json.dumps(payload).encode()) > MOST_METADATA_BYTES:
        problems.append(Problem(f"{at}/event_payload", "metadata_too_large"))
    return problems + [
        Problem(f"{at}/event_payload/{name}", "must be a scalar, an object or an array")
        for name, value in payload.items()
        if not isinstance(value, (*_SCALARS, dict, list))
    ]
