from __future__ import annotations

import pytest

from bot.domain.emoji import MisspeltEmoji, NotOneEmoji, UnknownEmoji, read_emoji, show_emoji
from bot.local.slack.page.emoji import _TABLE


@pytest.mark.parametrize(
    ("written", "emoji"),
    [
        (":rocket:", "🚀"),
        ("rocket", "🚀"),
        (" 🚀 ", "🚀"),
        (":+1:", "👍"),
        (":thumbsup:", "👍"),
        (":large_green_circle:", "🟢"),
        (":flag-de:", "🇩🇪"),
        (":one:", "1️⃣"),
        ("👩‍💻", "👩‍💻"),
        (":ROCKET:", "🚀"),
    ],
)
def test_names_of_slacks_picker_and_real_emoji_are_understood(written: str, emoji: str) -> None:
    assert read_emoji(written) == emoji


@pytest.mark.parametrize(
    ("written", "emoji"),
    [
        (":wave::skin-tone-4:", "👋🏽"),
        (":technologist::skin-tone-6:", "🧑🏿‍💻"),
        (":point_up::skin-tone-2:", "☝🏻"),
        ("👋🏽", "👋🏽"),
        (":rocket::skin-tone-2:", "🚀"),
    ],
)
def test_skin_tones_are_kept_where_an_emoji_comes_in_them(written: str, emoji: str) -> None:
    assert read_emoji(written) == emoji


def test_a_plain_character_becomes_the_one_that_is_shown_in_colours() -> None:
    assert read_emoji("\u2764") == "\u2764\ufe0f"


def test_an_emoji_newer_than_the_table_is_taken_as_it_is() -> None:
    assert read_emoji("\U0001fadd") == "\U0001fadd"


@pytest.mark.parametrize("written", ["", " ", "🚀🚀", "🚀 go", "go now", "#", "a", "0", ":rocket: :tada:", "::", "ä"])
def test_anything_but_one_emoji_is_refused(written: str) -> None:
    with pytest.raises(NotOneEmoji):
        read_emoji(written)


def test_an_emoji_of_this_slack_alone_is_refused_with_the_reason() -> None:
    with pytest.raises(UnknownEmoji, match="your Slack workspace may have added it"):
        read_emoji(":nordlicht_logo:")


def test_a_misspelt_name_gets_the_nearest_one() -> None:
    with pytest.raises(MisspeltEmoji, match="Did you mean 🚀 `:rocket:`"):
        read_emoji(":rokcet:")


@pytest.mark.parametrize(
    ("kept", "shown"), [("🚀", "🚀"), (":rocket:", "🚀"), ("rocket", "🚀"), ("?!", "?!"), ("", ""), ("zz", "zz")]
)
def test_whatever_toggl_keeps_can_be_looked_at(kept: str, shown: str) -> None:
    assert show_emoji(kept) == shown


def test_what_the_local_slack_can_draw_is_understood_but_for_names_it_made_up() -> None:
    made_up = {"facepalm", "pause_button", "stop_button", "record_button", "next_track_button"}
    for pair in _TABLE.split():
        name = pair.partition("=")[0]
        if name not in made_up:
            assert read_emoji(f":{name}:")
