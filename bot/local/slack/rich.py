"""What people write, as Slack passes it on: escaped, with mentions and links marked, and as rich_text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.local.slack.world import Json, World

_TOKEN = re.compile(r"<(?P<mark>[^<>]+)>")
_PERSON = re.compile(r"(?<![\w<])@([\w.-]+)")
_CHANNEL = re.compile(r"(?<![\w<&])#([\w-]+)")
_LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")
_BROADCASTS = frozenset({"here", "channel", "everyone"})


def encode(text: str, world: World, *, names: bool = False) -> str:
    """Composer text as Slack sends it: `&<>` as entities, `@lena` as `<@U…>`, `#design` as `<#C…|design>`, links in <>.

    `names` adds the name after the id of a person, as slash commands with `should_escape` have it.
    """
    people = {person.name.lower(): person.id for person in world.people.values()}
    people[world.app.name.lower()] = world.app.bot_user_id
    channels = {channel.name: channel.id for channel in world.channels.values() if channel.name}

    def person(match: re.Match[str]) -> str:
        name = match[1].rstrip(".")
        rest = match[1][len(name) :]
        if name in _BROADCASTS and not names:
            return f"<!{name}>{rest}"
        person_id = people.get(name.lower())
        if person_id is None:
            return match[0]
        return (f"<@{person_id}|{name.lower()}>" if names else f"<@{person_id}>") + rest

    def channel(match: re.Match[str]) -> str:
        channel_id = channels.get(match[1])
        return f"<#{channel_id}|{match[1]}>" if channel_id else match[0]

    return _CHANNEL.sub(channel, _PERSON.sub(person, _LINK.sub(lambda match: f"<{match[0]}>", escaped(text))))


def escaped(text: str) -> str:
    """`text` with Slack's three control characters as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mentions(text: str) -> list[str]:
    """The ids of whom an encoded text mentions."""
    return re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", text)


def rich_text_of(text: str) -> list[Json]:
    """The `blocks` Slack adds to what a person wrote: one rich_text block."""
    if not text:
        return []
    elements: list[Json] = []
    position = 0
    for match in _TOKEN.finditer(text):
        _add_text(elements, text[position : match.start()])
        elements.append(_element(match["mark"]))
        position = match.end()
    _add_text(elements, text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "rich", "elements": [section]}]


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": plain})


def _element(mark: str) -> Json:
    body, _, label = mark.partition("|")
    kinds: Mapping[str, Json] = {
        "@": {"type": "user", "user_id": body[1:]},
        "#": {"type": "channel", "channel_id": body[1:]},
        "!": {"type": "broadcast", "range": body[1:]},
    }
    link: Json = {"type": "link", "url": body, **({"text": label} if label else {})}
    return kinds.get(body[:1], link)
