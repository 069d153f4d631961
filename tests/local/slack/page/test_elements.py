from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.page.elements import control, template_of
from bot.local.slack.page.surface import Surface
from tests.local.slack.page.gallery import PRIORITIES, option
from tests.local.slack.page.readers import reader


def picked(element: dict[str, Any], state: dict[str, Any] | None = None) -> list[str]:
    surface = Surface(kind="message", key="C.1", state={"b": {"a": state}} if state else {})
    shown = control({"action_id": "a", **element}, {"type": "actions", "block_id": "b"}, surface, reader())
    return [shown.value] if shown.value else [entry.value for entry in shown.picked]


def test_what_was_picked_wins_over_what_the_app_set_at_first() -> None:
    element = {"type": "static_select", "options": PRIORITIES, "initial_option": PRIORITIES[0]}
    assert picked(element) == ["high"]
    assert picked(element, {"type": "static_select", "selected_option": PRIORITIES[2]}) == ["low"]
    assert picked(element, {"type": "static_select", "selected_option": None}) == []


def test_people_and_channels_are_named_by_id() -> None:
    assert picked({"type": "users_select", "initial_user": "UBOB"}) == ["UBOB"]
    assert picked({"type": "multi_channels_select", "initial_channels": ["CGENERAL"]}) == ["CGENERAL"]


@pytest.mark.parametrize(
    ("include", "offered"),
    [
        (None, ["CGENERAL", "CLEADS", "DBOB"]),
        (["public"], ["CGENERAL"]),
        (["public", "private"], ["CGENERAL", "CLEADS"]),
        (["im"], ["DBOB"]),
    ],
)
def test_only_the_kinds_of_conversations_are_offered_that_the_app_asked_for(
    include: list[str] | None, offered: list[str]
) -> None:
    who = reader(
        channels={"CGENERAL": "general", "CLEADS": "leads"},
        directs={"DBOB": "Bob"},
        kinds={"CGENERAL": "public", "CLEADS": "private", "DBOB": "im"},
    )
    wanted = {"filter": {"include": include}} if include else {}
    element = {"type": "conversations_select", "action_id": "a", **wanted}
    shown = control(element, {"type": "input", "block_id": "b"}, Surface(kind="modal", key="V1"), who)
    assert [entry.value for entry in shown.entries] == offered


def test_a_datetime_is_shown_in_the_readers_zone() -> None:
    assert picked({"type": "datetimepicker", "initial_date_time": 1794481200}) == ["2026-11-12T06:00"]


def test_grouped_options_keep_their_group() -> None:
    groups = [{"label": {"type": "plain_text", "text": "Recent"}, "options": [option("A", "a")]}]
    surface = Surface(kind="modal", key="V1")
    element = {"type": "static_select", "action_id": "a", "option_groups": groups}
    shown = control(element, {"type": "input", "block_id": "b"}, surface, reader())
    assert [(entry.group, entry.value) for entry in shown.entries] == [("Recent", "a")]
    assert not shown.presses


@pytest.mark.parametrize(
    ("kind", "name"),
    [("multi_users_select", "select"), ("button", "button"), ("datetimepicker", "picker"), ("teleporter", "unknown")],
)
def test_every_element_has_a_drawing(kind: str, name: str) -> None:
    assert template_of({"type": kind}) == f"elements/{name}.html"
