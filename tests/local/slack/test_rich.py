"""What people write, as Slack passes it on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.slack.manifest import read_manifest
from bot.local.slack.rich import encode, mentions, rich_text_of
from bot.local.slack.rules import check_blocks
from bot.local.slack.seed import DESIGN, SOFIA, seed
from bot.local.slack.world import World
from tests.local.slack.conftest import make_manifest


def world() -> World:
    """The seeded world."""
    return seed(read_manifest(make_manifest()), datetime(2026, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("@sofia hi", f"<@{SOFIA}> hi"),
        ("hi @sofia.", f"hi <@{SOFIA}>."),
        ("mail@sofia", "mail@sofia"),
        ("@nobody", "@nobody"),
        ("#design", f"<#{DESIGN}|design>"),
        ("#nowhere", "#nowhere"),
        ("@here look", "<!here> look"),
        ("see https://example.com/a?b=1&c=2", "see <https://example.com/a?b=1&amp;c=2>"),
    ],
)
def test_text_is_escaped_and_marked(typed: str, sent: str) -> None:
    assert encode(typed, world()) == sent


def test_commands_name_the_person() -> None:
    assert encode("@sofia", world(), names=True) == f"<@{SOFIA}|sofia>"


@given(st.text(max_size=200))
def test_whatever_is_typed_mentions_nobody_unless_it_names_them(text: str) -> None:
    assert mentions(encode(text.replace("@", ""), world())) == []


@given(st.text(alphabet="ab @#<>&|!https://.sofia design here", min_size=1, max_size=60))
def test_the_rich_text_of_what_was_typed_keeps_slacks_own_rules(text: str) -> None:
    assert check_blocks(rich_text_of(encode(text, world())), "message") == []
