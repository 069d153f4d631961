"""Views: the whole of a modal and of a Home."""

from __future__ import annotations

import pytest

from bot.local.slack.rules import Problem, check_errors, check_options, check_view
from tests.local.slack.conftest import Json

DIVIDER = {"type": "divider"}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x" * 24}, "blocks": [DIVIDER]}
SELECT = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
INPUT = {"type": "input", "block_id": "i", "label": {"type": "plain_text", "text": "x"}, "element": SELECT}


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    "view",
    [
        MODAL,
        {**MODAL, "blocks": [DIVIDER] * 100, "private_metadata": "x" * 3000, "callback_id": "x" * 255},
        {**MODAL, "submit": plain("x" * 24), "close": plain("x" * 24), "blocks": [INPUT]},
        {**MODAL, "clear_on_close": True, "notify_on_close": False, "external_id": "x"},
        {"type": "home", "blocks": [], "private_metadata": ""},
    ],
)
def test_a_view_within_the_rules_has_no_problem(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ("x", Problem("/view", "must provide an object")),
        ({}, Problem("/view", "missing required field: type")),
        ({"type": "sheet"}, Problem("/view/type", "unsupported type: sheet")),
        ({**MODAL, "title": plain("x" * 25)}, Problem("/view/title/text", "must be less than 25 characters")),
        ({**MODAL, "title": plain("")}, Problem("/view/title/text", "must be more than 0 characters")),
        ({**MODAL, "submit": plain("x" * 25)}, Problem("/view/submit/text", "must be less than 25 characters")),
        ({**MODAL, "blocks": [DIVIDER] * 101}, Problem("/view/blocks", "no more than 100 items allowed")),
        ({**MODAL, "blocks": []}, Problem("/view/blocks", "no fewer than 1 items required")),
        (
            {**MODAL, "private_metadata": "x" * 3001},
            Problem("/view/private_metadata", "must be less than 3001 characters"),
        ),
        ({**MODAL, "callback_id": "x" * 256}, Problem("/view/callback_id", "must be less than 256 characters")),
        ({**MODAL, "state": {}}, Problem("/view", "invalid additional property: state")),
        (
            {**MODAL, "blocks": [INPUT]},
            Problem("/view", "missing required field: submit (the view has an input block)"),
        ),
        (
            {**MODAL, "submit": plain("x"), "blocks": [INPUT, {**INPUT, "block_id": "j"}]},
            Problem("/view/blocks", "only one element may have response_url_enabled"),
        ),
        (
            {**MODAL, "blocks": [{"type": "actions", "elements": [SELECT]}]},
            Problem("/view/blocks/0/elements/0", "response_url_enabled works only in an input block"),
        ),
        ({"type": "home", "blocks": [], "title": plain("x")}, Problem("/view", "invalid additional property: title")),
        ({"type": "home", "blocks": [{"type": "alert"}]}, Problem("/view/blocks/0/type", "unsupported type: alert")),
    ],
)
def test_a_view_beyond_the_rules_says_where(view: Json, problem: Problem) -> None:
    assert problem in check_view(view)


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    cell = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert Problem("/view", "view_too_large") in check_view({**MODAL, "blocks": [cell] * 90})


def test_field_errors_belong_to_inputs_of_the_view() -> None:
    blocks: list[Json] = [INPUT, {"type": "divider", "block_id": "d"}]
    assert check_errors({"i": "Wrong."}, blocks) == []
    assert check_errors({"d": "Wrong."}, blocks) == [
        Problem("/errors/d", "no input block of the view has this block_id")
    ]
    assert check_errors({}, blocks) == [Problem("/errors", "must provide an object")]
    assert check_errors({"i": ""}, blocks) == [Problem("/errors/i", "must be more than 0 characters")]


def test_options_are_at_most_a_hundred_and_may_be_none() -> None:
    option = {"text": plain("x"), "value": "x"}
    many = [{"text": plain("x"), "value": str(number)} for number in range(101)]
    assert check_options({"options": []}) == []
    assert check_options({"options": many[:100]}) == []
    assert check_options({"options": many}) == [Problem("/options", "no more than 100 items allowed")]
    assert check_options({"options": [option], "option_groups": []}) != []
    assert check_options({"option_groups": [{"label": plain("Recent"), "options": [option]}]}) == []
