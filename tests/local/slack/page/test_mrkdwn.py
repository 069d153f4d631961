from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.page.mrkdwn import render_mrkdwn, render_plain
from tests.local.slack.page.html import Found, assert_harmless
from tests.local.slack.page.readers import NOW, reader

SPECIAL = st.sampled_from(
    [
        "*",
        "_",
        "~",
        "`",
        "```",
        "<",
        ">",
        "|",
        "@UADA",
        "#C1",
        "!date^0^{time}|x",
        "!channel",
        "&lt;",
        "&amp;",
        "\n",
        "<script>",
        "<https://x.y|z>",
        "javascript:alert(1)",
        ":tada:",
        "<javascript:x|y>",
        '"',
        "'",
        "> ",
        "&gt; ",
        " ",
    ]
)
TEXTS = st.lists(SPECIAL | st.text(max_size=8), max_size=24).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold*", "<b>bold</b>"),
        ("_italic_ ~gone~", "<i>italic</i> <s>gone</s>"),
        ("*a _b_ c*", "<b>a <i>b</i> c</b>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("* not bold*", "* not bold*"),
        ("`*code*`", "<code>*code*</code>"),
        ("```\na\n b\n```", '<pre class="code-block">a\n b</pre>'),
        ("&gt; quoted\n&gt; twice\nafter", "<blockquote>quoted<br>twice</blockquote>after"),
        ("one\ntwo", "one<br>two"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("&amp;lt;", "&amp;lt;"),
        (":not_there:", ":not_there:"),
    ],
)
def test_formatting_becomes_elements(text: str, html: str) -> None:
    assert render_mrkdwn(text, reader()) == html


def test_a_link_opens_elsewhere_under_its_label() -> None:
    (link,) = Found(render_mrkdwn("<https://toggl.com/a?b=1&amp;c=2|Toggl>", reader())).elements
    assert link == (
        "a",
        {"href": "https://toggl.com/a?b=1&c=2", "target": "_blank", "rel": "noopener noreferrer"},
    )


def test_a_bare_address_is_linked_without_the_full_stop_after_it() -> None:
    found = Found(render_mrkdwn("See https://example.com/x.", reader()))
    assert found.elements[0][1]["href"] == "https://example.com/x"
    assert found.text == "See https://example.com/x."


def test_an_address_of_another_scheme_stays_text() -> None:
    found = Found(render_mrkdwn("<javascript:alert(1)|click>", reader()))
    assert found.elements == []
    assert found.text == "<javascript:alert(1)|click>"


def test_mentions_show_names_and_light_up_for_who_is_meant() -> None:
    found = Found(render_mrkdwn("<@UADA> and <@UBOB|bob> and <#CGENERAL> and <#CHIDDEN>", reader()))
    assert found.text == "@Ada Lovelace and @Bob and #general and #private-channel"
    assert [attributes["class"] for _, attributes in found.elements] == ["mention mention-me", *["mention"] * 3]


def test_a_broadcast_is_highlighted_and_an_escaped_one_is_not() -> None:
    assert "broadcast" in render_mrkdwn("<!channel>", reader())
    assert Found(render_mrkdwn("&lt;!channel&gt;", reader())).elements == []


def test_a_date_is_in_the_readers_zone_and_language() -> None:
    token = f"<!date^{int(NOW.timestamp())}^{{date_short_pretty}} {{time}}|fallback>"
    assert Found(render_mrkdwn(token, reader())).text == "today 6:00 AM"
    assert Found(render_mrkdwn(token, reader(locale="de-DE"))).text == "heute 06:00"


def test_a_date_of_unknown_form_shows_its_fallback() -> None:
    assert Found(render_mrkdwn("<!date^1^{nonsense}|some day>", reader())).text == "some day"


def test_an_emoji_is_a_picture_with_its_name() -> None:
    found = Found(render_mrkdwn(":tada: 🎉", reader()))
    assert [attributes["aria-label"] for tag, attributes in found.elements if tag == "span"] == [":tada:"] * 2


@given(TEXTS)
def test_whatever_was_written_nothing_gets_out_of_its_text(text: str) -> None:
    assert_harmless(render_mrkdwn(text, reader()))


@given(TEXTS)
def test_plain_text_shows_every_character_as_it_was_written(text: str) -> None:
    assert Found(render_plain(text, emoji=False)).text == text
