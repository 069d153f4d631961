from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from bot.local.slack import page
from bot.local.slack.page.emoji import CODES, with_emoji


def test_every_name_has_its_drawing() -> None:
    sprite = Path(page.__file__).parent / "static" / "emoji.svg"
    drawn = {symbol.attrib["id"] for symbol in ET.fromstring(sprite.read_text("utf-8"))}  # noqa: S314 (our own file)
    assert set(CODES.values()) <= drawn


def test_a_sign_that_is_text_by_default_is_drawn_only_when_it_asks_for_it() -> None:
    assert with_emoji("✔") == "✔"
    assert "2714" in with_emoji("✔\ufe0f")


def test_what_stands_around_emoji_is_escaped() -> None:
    assert with_emoji("<:tada:>").startswith("&lt;<span")
