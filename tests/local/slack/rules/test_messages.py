"""Messages: text, number and size of blocks, attachments, metadata."""

from __future__ import annotations

import pytest

from bot.local.slack.rules import Problem, check_message
from tests.local.slack.conftest import Json

DIVIDER = {"type": "divider"}


def section(text: str) -> Json:
    """A paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "x"},
        {"blocks": [DIVIDER]},
        {"text": "x", "blocks": [DIVIDER] * 50},
        {"attachments": [{"fallback": "x"}]},
        {"text": "x", "attachments": [{"color": "#fff", "blocks": [section("x")]}]},
        {"text": "x", "metadata": {"event_type": "t", "event_payload": {"a": 1, "b": ["x"], "c": {"d": "e"}}}},
        {"text": "x", "blocks": None},
    ],
)
def test_a_message_within_the_rules_has_no_problem(payload: Json) -> None:
    assert check_message(payload) == []


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({}, Problem("", "no_text")),
        ({"text": ""}, Problem("", "no_text")),
        ({"text": " \n"}, Problem("", "no_text")),
        ({"blocks": []}, Problem("", "no_text")),
        ({"text": 7}, Problem("/text", "must be a string")),
        ({"text": "x", "blocks": [DIVIDER] * 51}, Problem("/blocks", "no more than 50 items allowed")),
        ({"text": "x", "blocks": [section("x" * 3000)] * 5}, Problem("/blocks", "msg_blocks_too_long")),
        ({"text": "x", "blocks": [{"type": "input"}]}, Problem("/blocks/0", "missing required field: label")),
        ({"text": "x", "attachments": [{}]}, Problem("/attachments/0", "must not be empty")),
        ({"text": "x", "attachments": "x"}, Problem("/attachments", "must be an array of objects")),
        (
            {"text": "x", "attachments": [{"blocks": [{"type": "nothing"}]}]},
            Problem("/attachments/0/blocks/0/type", "unsupported type: nothing"),
        ),
        (
            {"text": "x", "attachments": [{"text": "x"}] * 101},
            Problem("/attachments", "no more than 100 items allowed"),
        ),
        ({"text": "x", "metadata": "x"}, Problem("/metadata", "must provide an object")),
        ({"text": "x", "metadata": {}}, Problem("/metadata", "missing required field: event_type")),
        (
            {"text": "x", "metadata": {"event_type": "t", "event_payload": {"a": None}}},
            Problem("/metadata/event_payload/a", "must be a scalar, an object or an array"),
        ),
        (
            {"text": "x", "metadata": {"event_type": "t", "event_payload": {"a": "x" * 17_000}}},
            Problem("/metadata/event_payload", "metadata_too_large"),
        ),
    ],
)
def test_a_message_beyond_the_rules_says_where(payload: Json, problem: Problem) -> None:
    assert problem in check_message(payload)
