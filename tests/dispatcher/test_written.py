"""What messages say that have no text of their own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dispatcher.written import written

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*PAY-7* &amp; more"}}
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "Ship <it>"}}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "Fix "}, {"type": "link", "url": "https://a.example"}],
        },
        {
            "type": "rich_text_list",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
            ],
        },
    ],
}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"text": "Hello", "blocks": [HEADER]}, "Hello"),
        ({"text": "", "blocks": [HEADER, SECTION, {"type": "divider"}]}, "Ship &lt;it&gt;\n*PAY-7* &amp; more"),
        ({"blocks": [RICH]}, "Fix https://a.example\none\ntwo\n"),
        (
            {"text": " ", "attachments": [{"title": "Bug <1>", "text": "It fails", "fallback": "no"}]},
            "Bug &lt;1&gt;\nIt fails",
        ),
        ({"attachments": [{"fallback": "Build failed"}, {"blocks": [SECTION]}]}, "Build failed\n*PAY-7* &amp; more"),
        ({"text": "", "files": [{"title": "Layout", "name": "layout.png"}, {"name": "b.pdf"}]}, "Layout\nb.pdf"),
        ({"text": None, "blocks": None, "attachments": [None], "files": "no"}, ""),
        (None, ""),
    ],
)
def test_a_message_says_what_people_see_of_it(message: Any, said: str) -> None:
    assert written(message) == said
