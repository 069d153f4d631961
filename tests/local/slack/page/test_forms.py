from __future__ import annotations

from typing import Any

from bot.local.slack.page.elements import field_name, plain_of
from bot.local.slack.page.forms import find_element, read_values
from tests.local.slack.page.gallery import modal
from tests.local.slack.page.readers import reader

BLOCKS = modal()["blocks"]


def read(*pairs: tuple[str, str], blocks: list[dict[str, Any]] | None = None) -> dict[str, dict[str, Any]]:
    sent = [(field_name("V1", name, name), value) for name, value in pairs]
    return read_values(sent, "V1", blocks or BLOCKS, reader())


def test_each_input_gives_its_value() -> None:
    assert read(("task", ""), ("task", "t1"), ("note", "a\r\nb"), ("day", "2026-11-12")) == {
        "task": {"task": "t1"},
        "note": {"note": "a\nb"},
        "day": {"day": "2026-11-12"},
    }


def test_nothing_chosen_and_several_chosen_differ() -> None:
    assert read(("tags", "")) == {"tags": {"tags": []}}
    assert read(("tags", ""), ("tags", "high"), ("tags", "low")) == {"tags": {"tags": ["high", "low"]}}


def test_an_emptied_input_is_none() -> None:
    assert read(("note", "")) == {"note": {"note": None}}


def test_a_local_time_becomes_unix_seconds_in_the_readers_zone() -> None:
    blocks = [
        {"type": "input", "block_id": "at", "element": {"type": "datetimepicker", "action_id": "at"}, "label": {}},
    ]
    assert read(("at", "2026-11-12T06:00"), blocks=blocks) == {"at": {"at": 1794481200}}


def test_words_in_a_rich_text_input_become_rich_text_and_are_shown_again_as_words() -> None:
    element = {"type": "rich_text_input", "action_id": "text"}
    blocks = [{"type": "input", "block_id": "text", "element": element}]
    value = read(("text", "a\r\nb"), blocks=blocks)["text"]["text"]
    assert value["type"] == "rich_text"
    assert plain_of(value) == "a\nb"


def test_fields_of_other_surfaces_and_gone_blocks_are_left_out() -> None:
    sent = [(field_name("V2", "note", "note"), "x"), (field_name("V1", "gone", "gone"), "x"), ("text", "x")]
    assert read_values(sent, "V1", BLOCKS, reader()) == {}


def test_an_element_is_found_by_both_ids() -> None:
    assert (find_element(BLOCKS, "note", "note") or {})["type"] == "plain_text_input"
    assert find_element(BLOCKS, "note", "task") is None
