from __future__ import annotations

from typing import Any

import pytest

from bot.dispatcher import state

ENTERED = [
    ({"type": "plain_text_input", "value": "a"}, "a"),
    ({"type": "plain_text_input", "value": None}, None),
    ({"type": "number_input", "value": "3"}, "3"),
    ({"type": "static_select", "selected_option": {"value": "x"}}, "x"),
    ({"type": "external_select", "selected_option": None}, None),
    ({"type": "radio_buttons", "selected_option": {"value": "x"}}, "x"),
    ({"type": "checkboxes", "selected_options": [{"value": "x"}, {"value": "y"}]}, ["x", "y"]),
    ({"type": "multi_static_select", "selected_options": []}, []),
    ({"type": "users_select", "selected_user": "U1"}, "U1"),
    ({"type": "multi_conversations_select", "selected_conversations": ["C1"]}, ["C1"]),
    ({"type": "datepicker", "selected_date": "2026-11-12"}, "2026-11-12"),
    ({"type": "timepicker", "selected_time": "09:15"}, "09:15"),
    ({"type": "datetimepicker", "selected_date_time": 1_700_000_000}, 1_700_000_000),
    ({"type": "of_next_year", "value": "v"}, "v"),
]


@pytest.mark.parametrize(("element", "value"), ENTERED)
def test_each_kind_of_input_is_read_as_a_plain_value(element: dict[str, Any], value: object) -> None:
    assert state.values({"values": {"block": {"action": element}}}) == {"block": value}


def test_several_elements_in_one_block_are_told_apart() -> None:
    held = {"a": {"type": "plain_text_input", "value": "1"}, "b": {"type": "plain_text_input", "value": "2"}}
    assert state.values({"values": {"block": held}}) == {"block": {"a": "1", "b": "2"}}


@pytest.mark.parametrize("odd", [None, 7, {}, {"values": []}, {"values": {"b": 7}}, {"values": {"b": {"a": None}}}])
def test_odd_states_are_read_without_failing(odd: object) -> None:
    assert all(value == {} for value in state.values(odd).values())


def view(element: dict[str, Any], entered: dict[str, Any], place: str = "element") -> dict[str, Any]:
    content: Any = [element] if place == "elements" else element
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "id": "V1",
        "hash": "h",
        "team_id": "T1",
        "blocks": [{"type": "input", "block_id": "b", place: content}],
        "state": {"values": {"b": {"a": entered}}},
    }


@pytest.mark.parametrize("place", ["element", "accessory", "elements"])
def test_what_was_entered_becomes_the_default_of_the_form(place: str) -> None:
    option = {"text": {"type": "plain_text", "text": "X"}, "value": "x"}
    old = {"type": "static_select", "action_id": "a", "initial_option": {"value": "old"}}
    shown = state.refilled(view(old, {"type": "static_select", "selected_option": option}, place))
    element = shown["blocks"][0][place]
    element = element[0] if isinstance(element, list) else element
    assert element["initial_option"] == option


def test_what_was_emptied_stays_empty() -> None:
    old = {"type": "plain_text_input", "action_id": "a", "initial_value": "old"}
    shown = state.refilled(view(old, {"type": "plain_text_input", "value": None}))
    assert "initial_value" not in shown["blocks"][0]["element"]


def test_only_what_slack_takes_back_is_sent_back() -> None:
    element = {"type": "plain_text_input", "action_id": "a"}
    shown = state.refilled(view(element, {"type": "plain_text_input", "value": "x"}))
    assert set(shown) == {"type", "title", "blocks"}


def test_a_second_alert_takes_the_place_of_the_first() -> None:
    element = {"type": "plain_text_input", "action_id": "a"}
    once = state.refilled(view(element, {"type": "plain_text_input", "value": "x"}), alert="first")
    twice = state.refilled(once, alert="second")
    assert [block["type"] for block in twice["blocks"]] == ["alert", "input"]
    assert twice["blocks"][0]["text"]["text"] == "second"


def test_the_fields_that_can_show_an_error_are_the_inputs() -> None:
    blocks = [{"type": "input", "block_id": "a"}, {"type": "section", "block_id": "b"}, "odd"]
    assert state.inputs({"blocks": blocks}) == {"a"}
    assert state.inputs({"blocks": None}) == set()
