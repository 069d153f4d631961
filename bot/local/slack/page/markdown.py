"""Turns the ordinary Markdown of Slack's `markdown` block into HTML: the parts that Slack shows."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.local.slack.page.emoji import with_emoji
from bot.local.slack.page.mrkdwn import link

_FENCE: Final = re.compile(r"^```[^\n]*\n(.*?)(?:\n```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|(\d{1,9})[.)])[ \t]+(.*)")
_RULE: Final = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_INLINE: Final = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)"
    r"|\*\*(?P<bold>(?!\s)(?:(?!\*\*)[^\n])+(?<!\s))\*\*"
    r"|__(?P<strong>(?!\s)(?:(?!__)[^\n])+(?<!\s))__"
    r"|~~(?P<strike>(?!\s)(?:(?!~~)[^\n])+(?<!\s))~~"
    r"|(?<![\w*])\*(?P<italic>(?![\s*])[^*\n]+(?<!\s))\*(?!\w)"
    r"|(?<!\w)_(?P<emphasis>(?![\s_])[^_\n]+(?<!\s))_(?!\w)"
)
_TAGS: Final = {"bold": "b", "strong": "b", "strike": "s", "italic": "i", "emphasis": "i"}


def render_markdown(text: str) -> Markup:
    """`text` as HTML: headings, emphasis, code, links, lists, quotations and rules."""
    pieces: list[Markup] = []
    end = 0
    for fence in _FENCE.finditer(text):
        pieces += (_blocks(text[end : fence.start()]), Markup('<pre class="code-block">{}</pre>').format(fence[1]))
        end = fence.end()
    pieces.append(_blocks(text[end:]))
    return Markup("").join(pieces)


def _blocks(text: str) -> Markup:
    groups = groupby(text.split("\n"), key=_kind)
    return Markup("").join(_block(kind, list(lines)) for kind, lines in groups)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _HEADING.fullmatch(line):
        return "heading"
    if _RULE.fullmatch(line):
        return "rule"
    if line.startswith(">"):
        return "quote"
    item = _ITEM.fullmatch(line)
    if item is not None:
        return "ol" if item[1] else "ul"
    return "text"


def _block(kind: str, lines: list[str]) -> Markup:
    match kind:
        case "blank":
            return Markup("")
        case "rule":
            return Markup("<hr>") * len(lines)
        case "heading":
            return Markup("").join(_heading(line) for line in lines)
        case "quote":
            return Markup("<blockquote>{}</blockquote>").format(_broken([line[1:].lstrip(" ") for line in lines]))
        case "ol" | "ul":
            items = [match[2] for line in lines if (match := _ITEM.fullmatch(line)) is not None]
            return Markup('<{0} class="rich-list" data-style="{0}">{1}</{0}>').format(
                kind, Markup("").join(Markup("<li>{}</li>").format(_inline(item)) for item in items)
            )
        case _:
            return Markup("<p>{}</p>").format(_broken(lines))


def _heading(line: str) -> Markup:
    match = _HEADING.fullmatch(line)
    if match is None:
        return _inline(line)
    return Markup('<p class="md-heading md-h{}">{}</p>').format(len(match[1]), _inline(match[2]))


def _broken(lines: list[str]) -> Markup:
    return Markup("<br>").join(_inline(line) for line in lines)


def _inline(text: str) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for match in _INLINE.finditer(text):
        pieces += (with_emoji(text[end : match.start()]), _recognised(match))
        end = match.end()
    pieces.append(with_emoji(text[end:]))
    return Markup("").join(pieces)


def _recognised(match: re.Match[str]) -> Markup:
    if match["code"] is not None:
        return Markup("<code>{}</code>").format(match["code"])
    if match["label"] is not None:
        return link(match["address"], _inline(match["label"]))
    kind = next(name for name in _TAGS if match[name] is not None)
    return Markup("<{0}>{1}</{0}>").format(_TAGS[kind], _inline(match[kind]))
