"""What people type and pick, and what Slack's own app says before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.inputs import REQUIRED, carried_over, complaints, flatten, initial_state, pick
from bot.local.slack.outcomes import Impossible
from tests.local.slack.conftest import Json

OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("a", "b", "c")]


def field(kind: str, *, optional: bool = False, **more: Any) -> Json:
    """An input block called `f` with an element `e`."""
    element = {"type": kind, "action_id": "e", **more}
    return {"type": "input", "block_id": "f", "optional": optional, "element": element}


@pytest.mark.parametrize(
    ("block", "entry"),
    [
        (field("plain_text_input"), {"value": None}),
        (field("plain_text_input", initial_value="x"), {"value": "x"}),
        (field("number_input", initial_value="2"), {"value": "2"}),
        (field("static_select", options=OPTIONS), {"selected_option": None}),
        (field("static_select", options=OPTIONS, initial_option=OPTIONS[1]), {"selected_option": OPTIONS[1]}),
        (field("multi_static_select", options=OPTIONS), {"selected_options": []}),
        (field("checkboxes", options=OPTIONS, initial_options=OPTIONS[:1]), {"selected_options": OPTIONS[:1]}),
        (field("radio_buttons", options=OPTIONS), {"selected_option": None}),
        (field("datepicker", initial_date="2026-11-20"), {"selected_date": "2026-11-20"}),
        (field("timepicker"), {"selected_time": None}),
        (field("datetimepicker", initial_date_time=1_763_676_000), {"selected_date_time": 1_763_676_000}),
        (field("users_select", initial_user="U1"), {"selected_user": "U1"}),
        (field("multi_users_select"), {"selected_users": []}),
        (field("conversations_select"), {"selected_conversation": None}),
        (field("channels_select"), {"selected_channel": None}),
        (field("file_input"), {"files": []}),
        (field("rich_text_input"), {"rich_text_value": None}),
    ],
)
def test_every_kind_of_input_starts_as_slack_starts_it(block: Json, entry: Json) -> None:
    assert initial_state([block]) == {"f": {"e": {"type": block["element"]["type"], **entry}}}


@pytest.mark.parametrize(
    ("block", "value", "entry"),
    [
        (field("plain_text_input"), "x", {"value": "x"}),
        (field("plain_text_input"), "", {"value": None}),
        (field("static_select", options=OPTIONS), "b", {"selected_option": OPTIONS[1]}),
        (field("static_select", options=OPTIONS), None, {"selected_option": None}),
        (field("checkboxes", options=OPTIONS), ["a", "c"], {"selected_options": [OPTIONS[0], OPTIONS[2]]}),
        (field("checkboxes", options=OPTIONS), None, {"selected_options": []}),
        (field("datepicker"), "2026-02-28", {"selected_date": "2026-02-28"}),
        (field("timepicker"), "09:30", {"selected_time": "09:30"}),
        (field("datetimepicker"), "1763676000", {"selected_date_time": 1_763_676_000}),
        (field("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
    ],
)
def test_a_choice_is_kept_in_slacks_shape(block: Json, value: Any, entry: Json) -> None:
    assert pick(block["element"], value) == {"type": block["element"]["type"], **entry}


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (field("static_select", options=OPTIONS), "z"),
        (field("multi_static_select", options=OPTIONS, max_selected_items=1), ["a", "b"]),
        (field("external_select"), "a"),
        (field("datepicker"), "2026-02-30"),
        (field("timepicker"), "25:00"),
        (field("plain_text_input"), 7),
    ],
)
def test_what_cannot_be_picked_is_impossible(block: Json, value: Any) -> None:
    with pytest.raises(Impossible):
        pick(block["element"], value)


@pytest.mark.parametrize(
    ("block", "value", "complaint"),
    [
        (field("plain_text_input"), None, REQUIRED),
        (field("checkboxes", options=OPTIONS), [], REQUIRED),
        (field("plain_text_input", optional=True), None, None),
        (field("plain_text_input", min_length=3), "ab", "Enter at least 3 characters."),
        (field("plain_text_input", max_length=3), "abcd", "Enter no more than 3 characters."),
        (field("plain_text_input", max_length=3), "abc", None),
        (field("plain_text_input"), "x" * 3001, "Enter no more than 3000 characters."),
        (field("number_input", is_decimal_allowed=True), "1,5", "Enter a number."),
        (field("number_input", is_decimal_allowed=False), "1.5", "Enter a whole number."),
        (field("number_input", is_decimal_allowed=True, min_value="1"), "0.5", "Enter a number no less than 1."),
        (field("number_input", is_decimal_allowed=True, max_value="1"), "1.5", "Enter a number no more than 1."),
        (field("number_input", is_decimal_allowed=True, max_value="2"), "1.5", None),
        (field("email_text_input"), "nobody", "Enter a valid email address."),
        (field("email_text_input"), "a@b.example", None),
        (field("url_text_input"), "example", "Enter a valid URL."),
        (field("url_text_input"), "https://example.com", None),
    ],
)
def test_slack_complains_before_it_sends(block: Json, value: Any, complaint: str | None) -> None:
    state = {"f": {"e": pick(block["element"], value)}}
    assert complaints([block], state).get("f") == complaint


def test_what_was_filled_in_survives_only_where_the_kind_stays() -> None:
    old = {"f": {"e": pick(field("plain_text_input")["element"], "x")}}
    assert carried_over(old, [field("plain_text_input", multiline=True)]) == old
    assert carried_over(old, [field("datepicker")])["f"]["e"]["selected_date"] is None


def test_values_are_given_by_block_or_by_element() -> None:
    row = {
        "type": "actions",
        "block_id": "row",
        "elements": [{"type": "datepicker", "action_id": "from"}, {"type": "datepicker", "action_id": "to"}],
    }
    assert [part[2] for part in flatten([field("plain_text_input")], {"f": "x"})] == ["x"]
    assert [part[2] for part in flatten([row], {"row": {"to": "2026-11-20"}})] == ["2026-11-20"]
    for wrong in ({"row": "2026-11-20"}, {"row": {"until": "x"}}, {"gone": "x"}):
        with pytest.raises(Impossible):
            flatten([row], wrong)
