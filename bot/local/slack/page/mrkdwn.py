"""Turns Slack's mrkdwn into HTML. Everything is escaped first; only what is recognised becomes markup."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from bot.local.slack.page.dates import format_slack_date
from bot.local.slack.page.emoji import with_emoji
from bot.local.slack.page.surface import Reader

_FENCE: Final = re.compile(r"```(?:\n)?(.+?)(?:\n)?```", re.DOTALL)
_QUOTE: Final = re.compile(r"^(?:&gt;|>)(?!&gt;|>) ?")
_INLINE: Final = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<bold>(?![\s*])[^*\n]*(?<!\s))\*(?![\w*])"
    r"|(?<![A-Za-z0-9_])_(?P<italic>(?![\s_])[^\n]{0,1000}?(?<!\s))_(?![A-Za-z0-9_])"
    r"|(?<![\w~])~(?P<strike>(?![\s~])[^~\n]*(?<!\s))~(?![\w~])"
    r"|(?P<url>https?://[^\s<>|`*]*[^\s<>|`*.,;:!?'\")\]_~])"
)
_TAGS: Final = {"bold": "b", "italic": "i", "strike": "s"}
_SCHEMES: Final = ("http://", "https://", "mailto:", "tel:")
_BROADCASTS: Final = frozenset({"here", "channel", "everyone"})
_DATE: Final = re.compile(r"!date\^(-?\d{1,15})\^([^|^]+)(?:\^([^|]+))?")


def render_mrkdwn(text: str, reader: Reader) -> Markup:
    """`text` as HTML for `reader`: `*bold*`, code, quotes, links, mentions, dates and emoji."""
    pieces: list[Markup] = []
    end = 0
    for fence in _FENCE.finditer(text):
        pieces += (_lines(text[end : fence.start()].removesuffix("\n"), reader), code_block(fence[1]))
        end = fence.end()
    pieces.append(_lines(text[end:].removeprefix("\n") if end else text, reader))
    return Markup("").join(pieces)


def render_plain(text: str, *, emoji: bool = True) -> Markup:
    """A `plain_text` object's words as HTML: emoji, line breaks, nothing else."""
    words = with_emoji(text) if emoji else escape(text)
    return Markup("<br>").join(Markup(line) for line in words.split("\n"))  # noqa: S704 (escaped by with_emoji)


def code_block(text: str) -> Markup:
    """`text` as Slack shows what stands between three backticks. Link targets inside are shown as written."""
    return Markup('<pre class="code-block">{}</pre>').format(_unescape(_LINK_IN_CODE.sub(_label, text)))


def link(address: str, label: Markup | str) -> Markup:
    """A link that opens in a new tab, or only its label when the address is none that Slack links."""
    if not address.lower().startswith(_SCHEMES):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, label)


def mention(user_id: str, reader: Reader, fallback: str = "") -> Markup:
    """`@Ada`, highlighted when the reader is meant."""
    name = reader.people.get(user_id) or fallback or user_id
    kind = "mention mention-me" if user_id == reader.person_id else "mention"
    return Markup('<span class="{}" data-user-id="{}">@{}</span>').format(kind, user_id, name)


def channel_mention(channel_id: str, reader: Reader, fallback: str = "") -> Markup:
    """`#general` as a link to the channel, or what Slack shows for a channel the reader cannot see."""
    name = reader.channels.get(channel_id) or fallback
    if not name:
        return Markup('<span class="mention">#private-channel</span>')
    return Markup('<a class="mention" href="/as/{}/{}">#{}</a>').format(reader.person_id, channel_id, name)


def broadcast(name: str) -> Markup:
    """`@channel` and its like, in the colour that says: this woke everybody."""
    return Markup('<span class="mention mention-me broadcast">@{}</span>').format(name)


_LINK_IN_CODE: Final = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")


def _label(match: re.Match[str]) -> str:
    return match[2] or match[1]


def _lines(text: str, reader: Reader) -> Markup:
    """Lines joined by breaks; neighbouring lines that start with `>` become one quotation."""
    if not text:
        return Markup("")
    if text.startswith(("&gt;&gt;&gt;", ">>>")):
        rest = re.sub(r"^(&gt;|>){3} ?", "", text)
        return Markup("<blockquote>{}</blockquote>").format(_broken(rest.split("\n"), reader))
    pieces: list[Markup] = []
    after_quote = True
    for quoted, group in groupby(text.split("\n"), key=lambda line: _QUOTE.match(line) is not None):
        lines = [_QUOTE.sub("", line) if quoted else line for line in group]
        if not (quoted or after_quote):
            pieces.append(Markup("<br>"))
        body = _broken(lines, reader)
        pieces.append(Markup("<blockquote>{}</blockquote>").format(body) if quoted else body)
        after_quote = quoted
    return Markup("").join(pieces)


def _broken(lines: list[str], reader: Reader) -> Markup:
    return Markup("<br>").join(_inline(line, reader) for line in lines)


def _inline(text: str, reader: Reader) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for match in _INLINE.finditer(text):
        pieces += (with_emoji(_unescape(text[end : match.start()])), _recognised(match, reader))
        end = match.end()
    pieces.append(with_emoji(_unescape(text[end:])))
    return Markup("").join(pieces)


def _recognised(match: re.Match[str], reader: Reader) -> Markup:
    kind = match.lastgroup or ""
    inner = match[kind]
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(_unescape(_LINK_IN_CODE.sub(_label, inner)))
        case "angle":
            return _angle(inner, reader)
        case "url":
            address = _unescape(inner)
            return link(address, address)
        case _:
            tag = Markup(_TAGS[kind])  # noqa: S704 (one of three constants)
            return Markup("<{0}>{1}</{0}>").format(tag, _inline(inner, reader))


def _angle(inner: str, reader: Reader) -> Markup:
    """What stands between `<` and `>`: a mention, a date, a link; shown as it is when it is none of them."""
    target, _, label = inner.partition("|")
    fallback = _unescape(label)
    if target.startswith("@"):
        return mention(target[1:], reader, fallback)
    if target.startswith("#"):
        return channel_mention(target[1:], reader, fallback)
    if target.startswith("!"):
        return _special(target, fallback, reader)
    address = _unescape(target)
    if address.lower().startswith(_SCHEMES):
        return link(address, with_emoji(fallback) if fallback else address.removeprefix("mailto:"))
    return escape(f"<{_unescape(inner)}>")


def _special(target: str, fallback: str, reader: Reader) -> Markup:
    name = target[1:]
    if name in _BROADCASTS:
        return broadcast(name)
    if name.startswith("subteam^"):
        return Markup('<span class="mention">{}</span>').format(fallback or f"@{name.removeprefix('subteam^')}")
    date = _DATE.fullmatch(target)
    if date is None:
        return escape(fallback or f"<{target}>")
    written = format_slack_date(int(date[1]), date[2], reader)
    shown = Markup("<time>{}</time>").format(fallback or date[2] if written is None else written)
    return link(_unescape(date[3]), shown) if date[3] else shown


def _unescape(text: str) -> str:
    """Slack's three entities as characters; whoever puts the result into HTML escapes it again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
