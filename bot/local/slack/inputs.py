"""What people type and pick, in the shape of Slack's `state.values`, checked as Slack's own app checks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from bot.local.slack.outcomes import Impossible, Value
from bot.local.slack.rules.blocks import elements_of
from bot.local.slack.rules.elements import STATEFUL
from bot.local.slack.rules.objects import offered_options
from bot.local.slack.world import Json, StateValues

REQUIRED = "Please complete this required field."
_SINGLE = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
_MANY = {
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
_OPTION_TYPES = frozenset({"static_select", "radio_buttons", "multi_static_select", "checkboxes", "overflow"})
_EXTERNAL_TYPES = frozenset({"external_select", "multi_external_select"})


def stateful_elements(blocks: Iterable[Json]) -> list[tuple[str, Json, Json]]:
    """Every element that holds a value: its block_id, itself and its block."""
    return [
        (block["block_id"], element, block)
        for block in blocks
        for _, element in elements_of(block)
        if element["type"] in STATEFUL
    ]


def find_element(blocks: Iterable[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The element with these ids and its block. Raises Impossible when nothing there can be used."""
    for block in blocks:
        if block["block_id"] == block_id:
            for _, element in elements_of(block):
                if element.get("action_id") == action_id:
                    return element, block
    raise Impossible(f"there is nothing to use at {block_id!r}, {action_id!r}")


def field_of(kind: str) -> str:
    """The field that holds the value of an element of this type."""
    if kind in _SINGLE:
        return _SINGLE[kind][0]
    return _MANY[kind][0] if kind in _MANY else "value"


def initial_state(blocks: Iterable[Json]) -> StateValues:
    """The state before anybody touched anything: initial values, else null or nothing chosen."""
    state: StateValues = {}
    for block_id, element, _ in stateful_elements(blocks):
        kind = element["type"]
        if kind in _MANY:
            value: Any = list(element.get(_MANY[kind][1], ()))
        elif kind in _SINGLE:
            value = element.get(_SINGLE[kind][1])
        else:
            value = element.get("initial_value")
        state.setdefault(block_id, {})[element["action_id"]] = {"type": kind, field_of(kind): value}
    return state


def carried_over(old: StateValues, blocks: Iterable[Json]) -> StateValues:
    """The state after an update: what was filled in stays where block_id, action_id and type are the same."""
    state = initial_state(blocks)
    for block_id, actions in state.items():
        for action_id, entry in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == entry["type"]:
                actions[action_id] = before
    return state


def pick(element: Json, value: Value, offered: Iterable[Json] = ()) -> Json:
    """The state entry after a person picked `value` in `element`; `offered` are an external select's last options.

    Raises Impossible for what cannot be typed or picked there.
    """
    kind = element["type"]
    if kind in _MANY:
        chosen = [_one(element, item, offered) for item in ([] if value is None else value)]
        most = element.get("max_selected_items")
        if most is not None and len(chosen) > most:
            raise Impossible(f"no more than {most} can be chosen")
        return {"type": kind, field_of(kind): chosen}
    return {"type": kind, field_of(kind): None if value is None or value == "" else _one(element, value, offered)}


def _one(element: Json, value: Value, offered: Iterable[Json]) -> Any:
    kind = element["type"]
    if kind in _OPTION_TYPES or kind in _EXTERNAL_TYPES:
        candidates = offered if kind in _EXTERNAL_TYPES else offered_options(element)
        for option in candidates:
            if option.get("value") == value:
                return option
        raise Impossible(f"{value!r} is not among the options")
    if kind == "datetimepicker":
        return int(value)
    if not isinstance(value, str | dict):
        raise Impossible(f"{kind} does not take {value!r}")
    try:
        if kind == "datepicker":
            date.fromisoformat(str(value))
        elif kind == "timepicker":
            time.fromisoformat(str(value))
    except ValueError:
        raise Impossible(f"{value!r} cannot be picked in a {kind}") from None
    return value


def flatten(blocks: Iterable[Json], values: Mapping[str, Any]) -> list[tuple[Json, Json, Value]]:
    """Pairs each value with its element and block. Raises Impossible for a block or element that is not there."""
    by_block: dict[str, list[tuple[Json, Json]]] = {}
    for block_id, element, block in stateful_elements(blocks):
        by_block.setdefault(block_id, []).append((element, block))
    pairs = []
    for block_id, value in values.items():
        elements = by_block.get(block_id)
        if not elements:
            raise Impossible(f"nothing can be filled in at {block_id!r}")
        if isinstance(value, Mapping) and not (set(value) & {"type", "elements"}):
            for action_id, part in value.items():
                match = [pair for pair in elements if pair[0]["action_id"] == action_id]
                if not match:
                    raise Impossible(f"nothing can be filled in at {block_id!r}, {action_id!r}")
                pairs.append((*match[0], part))
        elif len(elements) == 1:
            pairs.append((*elements[0], value))
        else:
            raise Impossible(f"{block_id!r} holds several elements: name the action_id")
    return pairs


def complaints(blocks: Iterable[Json], state: StateValues) -> dict[str, str]:
    """The errors that Slack's own app shows before anything is sent to the app, by block_id."""
    errors = {}
    for block_id, element, block in stateful_elements(blocks):
        if block["type"] != "input":
            continue
        value = state[block_id][element["action_id"]][field_of(element["type"])]
        if value in (None, "", []):
            if not block.get("optional", False):
                errors[block_id] = REQUIRED
        elif complaint := _complaint(element, value):
            errors[block_id] = complaint
    return errors


def _complaint(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(value) < least:
            return f"Enter at least {least} characters."
        if len(value) > most:
            return f"Enter no more than {most} characters."
    if kind == "number_input":
        return _number_complaint(element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not (urlsplit(value).scheme and urlsplit(value).netloc):
        return "Enter a valid URL."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value) or ("." in value and not element["is_decimal_allowed"]):
        return "Enter a number." if element["is_decimal_allowed"] else "Enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Enter a number no less than {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Enter a number no more than {element['max_value']}."
    return None
