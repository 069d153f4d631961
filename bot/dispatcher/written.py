"""What a message in Slack says: apps often leave its text empty, and a file that is shared may have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.i18n import escape

IN_RICH_TEXT = ("text", "url", "name")
"""Where the parts of a rich text have their words, as far as they are read aloud."""


def written(message: Any) -> str:
    """The message as mrkdwn, a paragraph a line: its text, else its blocks, attachments and files; else nothing."""
    found = message if isinstance(message, Mapping) else {}
    text = found.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return "\n".join(said for said in _parts(found) if said.strip())


def _parts(message: Mapping[str, Any]) -> Iterator[str]:
    for block in _objects(message, "blocks"):
        yield from _of_block(block)
    for attachment in _objects(message, "attachments"):
        own = list(written(attachment).splitlines())
        own = [_string(attachment, "pretext"), escape(_string(attachment, "title")), *own]
        yield from own if any(own) else [_string(attachment, "fallback")]
    for file in _objects(message, "files"):
        yield escape(_string(file, "title") or _string(file, "name"))


def _of_block(block: Mapping[str, Any]) -> Iterator[str]:
    for held in [block.get("text"), *_objects(block, "fields")]:
        if isinstance(held, Mapping):
            text = _string(held, "text")
            yield text if held.get("type") == "mrkdwn" else escape(text)
        elif isinstance(held, str):
            yield held  # a markdown block's
    if block.get("type") == "rich_text":
        for part in _objects(block, "elements"):
            yield "".join(_of_rich_text(part))


def _of_rich_text(part: Mapping[str, Any]) -> Iterator[str]:
    if "elements" in part:
        for inner in _objects(part, "elements"):
            yield from _of_rich_text(inner)
            yield "\n" if inner.get("type") == "rich_text_section" else ""
    else:
        yield escape(next((said for name in IN_RICH_TEXT if (said := _string(part, name))), ""))


def _objects(held: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = held.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _string(held: Mapping[str, Any], name: str) -> str:
    found = held.get(name)
    return found if isinstance(found, str) else ""
