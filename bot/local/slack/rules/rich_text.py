"""The rich_text block: sections, lists, quotes and code, and what may stand in them."""

from __future__ import annotations

from bot.local.slack.rules.objects import IDENTIFIER
from bot.local.slack.rules.schema import Rule, boolean, fields, integer, items, kind, one_of, tagged, text, url

_MARKS = {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean, "underline": boolean}
_STYLE = {"style": fields({}, _MARKS)}
_MENTION_STYLE = {"style": fields({}, {**_MARKS, "highlight": boolean, "client_highlight": boolean, "unlink": boolean})}
_DATE = kind("date", {"timestamp": integer(), "format": text()}, {"url": url, "fallback": text(), **_STYLE})
_LEAVES: dict[str, Rule] = {
    "text": kind("text", {"text": text()}, _STYLE),
    "link": kind("link", {"url": url}, {"text": text(), "unsafe": boolean, **_STYLE}),
    "emoji": kind("emoji", {"name": text()}, {"unicode": text(), **_STYLE}),
    "user": kind("user", {"user_id": text()}, _MENTION_STYLE),
    "usergroup": kind("usergroup", {"usergroup_id": text()}, _MENTION_STYLE),
    "channel": kind("channel", {"channel_id": text()}, _MENTION_STYLE),
    "broadcast": kind("broadcast", {"range": one_of("here", "channel", "everyone")}, _STYLE),
    "color": kind("color", {"value": text(pattern="#[0-9a-fA-F]{6}")}, _STYLE),
    "date": _DATE,
}
_INLINE = tagged(_LEAVES)
_PLAIN = tagged({name: _LEAVES[name] for name in ("text", "link")})
_SECTION = kind("rich_text_section", {"elements": items(_INLINE, least=0)})
_BORDER = {"border": integer(least=0, most=1)}

RICH_TEXT = kind(
    "rich_text",
    {
        "elements": items(
            tagged(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": kind(
                        "rich_text_list",
                        {"style": one_of("bullet", "ordered"), "elements": items(_SECTION)},
                        {"indent": integer(least=0, most=8), "offset": integer(least=0), **_BORDER},
                    ),
                    "rich_text_preformatted": kind(
                        "rich_text_preformatted", {"elements": items(_PLAIN, least=0)}, {"language": text(), **_BORDER}
                    ),
                    "rich_text_quote": kind("rich_text_quote", {"elements": items(_INLINE, least=0)}, _BORDER),
                }
            )
        )
    },
    {"block_id": IDENTIFIER},
)
