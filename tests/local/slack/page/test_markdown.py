from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.page.markdown import render_markdown
from tests.local.slack.page.html import assert_harmless

SPECIAL = st.sampled_from(["#", "# ", "*", "**", "_", "`", "```\n", "- ", "1. ", "> ", "\n", "[a](", ")", "---", "<b>"])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** *italic* ~~gone~~", "<p><b>bold</b> <i>italic</i> <s>gone</s></p>"),
        ("# Title", '<p class="md-heading md-h1">Title</p>'),
        ("- a\n- b", '<ul class="rich-list" data-style="ul"><li>a</li><li>b</li></ul>'),
        ("1. a", '<ol class="rich-list" data-style="ol"><li>a</li></ol>'),
        ("> q\n\n---", "<blockquote>q</blockquote><hr>"),
        ("```python\nx = 1\n```", '<pre class="code-block">x = 1</pre>'),
        ("[x](javascript:alert)", "<p>x</p>"),
        ("<b>", "<p>&lt;b&gt;</p>"),
    ],
)
def test_markdown_becomes_elements(text: str, html: str) -> None:
    assert render_markdown(text) == html


@given(st.lists(SPECIAL | st.text(max_size=6), max_size=20).map("".join))
def test_whatever_was_written_nothing_gets_out_of_its_text(text: str) -> None:
    assert_harmless(render_markdown(text))
