"""Turns Slack's `rich_text` block into HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup, escape

from bot.local.slack.page.dates import format_slack_date
from bot.local.slack.page.emoji import picture, with_emoji
from bot.local.slack.page.mrkdwn import broadcast, channel_mention, link, mention
from bot.local.slack.page.surface import Reader
from bot.local.slack.world import Json

_STYLES: Final = (("code", "code"), ("bold", "b"), ("italic", "i"), ("strike", "s"), ("underline", "u"))


def render_rich_text(block: Json, reader: Reader) -> Markup:
    """The whole block. Neighbouring lists become one list, nested as their `indent` says."""
    pieces: list[Markup] = []
    for is_list, group in groupby(_dicts(block.get("elements")), key=lambda part: part.get("type") == "rich_text_list"):
        parts = list(group)
        pieces.append(_lists(parts, reader) if is_list else Markup("").join(_part(part, reader) for part in parts))
    return Markup("").join(pieces)


def render_inline(elements: Iterable[Json], reader: Reader) -> Markup:
    """A section's elements in a row."""
    return Markup("").join(_element(element, reader) for element in elements)


def _part(part: Json, reader: Reader) -> Markup:
    inner = _dicts(part.get("elements"))
    match part.get("type"):
        case "rich_text_preformatted":
            plain = "".join(str(element.get("text") or element.get("url") or "") for element in inner)
            return Markup('<pre class="code-block">{}</pre>').format(plain)
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(render_inline(inner, reader))
        case _:
            return Markup('<div class="rich-section">{}</div>').format(render_inline(inner, reader))


def _lists(parts: list[Json], reader: Reader) -> Markup:
    return Markup("").join(
        Markup('<{0} class="rich-list" data-indent="{1}" data-style="{0}"{2}>{3}</{0}>').format(
            "ol" if part.get("style") == "ordered" else "ul",
            min(_integer(part.get("indent")), 8),
            Markup(' start="{}"').format(_integer(part.get("offset")) + 1) if part.get("offset") else "",
            Markup("").join(
                Markup("<li>{}</li>").format(render_inline(_dicts(item.get("elements")), reader))
                for item in _dicts(part.get("elements"))
            ),
        )
        for part in parts
    )


def _element(element: Json, reader: Reader) -> Markup:
    draw = _ELEMENTS.get(str(element.get("type")))
    shown = escape("") if draw is None else draw(element, reader)
    style = element.get("style")
    for key, tag in _STYLES:
        if isinstance(style, dict) and style.get(key):
            shown = Markup("<{0}>{1}</{0}>").format(tag, shown)
    return shown


def _text(element: Json, _reader: Reader) -> Markup:
    lines = str(element.get("text", "")).split("\n")
    return Markup("<br>").join(with_emoji(line) for line in lines)


def _link(element: Json, _reader: Reader) -> Markup:
    address = str(element.get("url", ""))
    return link(address, str(element.get("text") or address))


def _emoji(element: Json, _reader: Reader) -> Markup:
    name = str(element.get("name", ""))
    return picture(name) or escape(f":{name}:")


def _date(element: Json, reader: Reader) -> Markup:
    pattern = str(element.get("format", ""))
    written = format_slack_date(_integer(element.get("timestamp")), pattern, reader)
    shown = Markup("<time>{}</time>").format(written or element.get("fallback") or pattern)
    return link(str(element["url"]), shown) if element.get("url") else shown


_ELEMENTS: Final[dict[str, Callable[[Json, Reader], Markup]]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "date": _date,
    "user": lambda element, reader: mention(str(element.get("user_id", "")), reader),
    "channel": lambda element, reader: channel_mention(str(element.get("channel_id", "")), reader),
    "broadcast": lambda element, _reader: broadcast(str(element.get("range", "channel"))),
    "usergroup": lambda element, _reader: Markup('<span class="mention">@{}</span>').format(
        str(element.get("usergroup_id", ""))
    ),
    "color": lambda element, _reader: Markup("<code>{}</code>").format(str(element.get("value", ""))),
}


def _dicts(items: Any) -> list[Json]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _integer(number: Any) -> int:
    return int(number) if isinstance(number, int | float) else 0
