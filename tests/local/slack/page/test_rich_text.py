from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.page.rich_text import render_rich_text
from tests.local.slack.page.gallery import TEXT
from tests.local.slack.page.html import Found, assert_harmless
from tests.local.slack.page.readers import reader

KEYS = st.sampled_from(["type", "elements", "text", "style", "url", "user_id", "name", "indent", "timestamp", "format"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["rich_text_list", "link", "date"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def test_every_part_of_a_rich_text_is_shown() -> None:
    found = Found(render_rich_text(next(block for block in TEXT if block["type"] == "rich_text"), reader()))
    assert found.text == "Rich text for @U0MARCUSBELFirstSecondNumberedQuotedmake demo"
    assert {"b", "i", "ul", "ol", "blockquote", "pre"} <= {tag for tag, _ in found.elements}


def test_text_is_escaped_and_keeps_its_lines() -> None:
    html = render_rich_text(section({"type": "text", "text": "<b>\n&"}), reader())
    assert "&lt;b&gt;<br>&amp;" in html


def test_styles_nest() -> None:
    html = render_rich_text(section({"type": "text", "text": "x", "style": {"bold": True, "code": True}}), reader())
    assert "<b><code>x</code></b>" in html


@given(st.dictionaries(KEYS, VALUES))
def test_a_garbled_block_neither_raises_nor_escapes(block: dict[str, Any]) -> None:
    assert_harmless(render_rich_text(block, reader()))
