"""What people entered into a modal: read as plain values, and put back into the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views.errors import form_problem

ALERT_BLOCK = "pipeline.alert"
SETTABLE = (
    "type",
    "title",
    "submit",
    "close",
    "callback_id",
    "private_metadata",
    "clear_on_close",
    "notify_on_close",
)
"""The fields of a view that came from Slack and may be sent back."""

# An element's type, where Slack reports what was entered, and where the same form takes it as a default.
ENTERED_AND_INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", None),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "button": ("value", None),
}


def entered(element: Mapping[str, Any]) -> Any:
    """What one element holds: text, the chosen option's value, a list of values, or None."""
    source, _ = ENTERED_AND_INITIAL.get(str(element.get("type")), ("value", None))
    found = element.get(source)
    if isinstance(found, Mapping) and source == "selected_option":
        return found.get("value")
    if isinstance(found, list) and source == "selected_options":
        return [option.get("value") for option in found if isinstance(option, Mapping)]
    return found


def values(state: Any) -> dict[str, Any]:
    """Everything entered, by `block_id`; where one block holds several elements, a dict by `action_id`."""
    blocks = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(blocks, Mapping):
        return {}
    read: dict[str, Any] = {}
    for block_id, elements in blocks.items():
        if isinstance(elements, Mapping):
            held = {key: entered(element) for key, element in elements.items() if isinstance(element, Mapping)}
            read[block_id] = next(iter(held.values())) if len(held) == 1 else held
    return read


def inputs(view: Mapping[str, Any]) -> set[str]:
    """The `block_id`s under which Slack can show an error."""
    return {str(block.get("block_id")) for block in _blocks(view) if block.get("type") == "input"}


def refilled(view: Mapping[str, Any], *, alert: str | None = None, below: Iterable[Block] = ()) -> dict[str, Any]:
    """The modal that came from Slack as it may be sent back: with what was entered, and `alert` (mrkdwn) at its top.

    `below` comes under the alert; their ids begin with that of the alert's block, and they go with it.
    """
    held = view.get("state")
    state = held.get("values") if isinstance(held, Mapping) else None
    kept = [
        _with_entered(block, state if isinstance(state, Mapping) else {})
        for block in _blocks(view)
        if not str(block.get("block_id")).startswith(ALERT_BLOCK)
    ]
    if alert is not None:
        kept = [form_problem(alert, block_id=ALERT_BLOCK).to_dict(), *(block.to_dict() for block in below), *kept]
    return {**{key: view[key] for key in SETTABLE if view.get(key)}, "blocks": kept}


def _blocks(view: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    blocks = view.get("blocks")
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []


def _with_entered(block: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """`block` with the defaults of its elements replaced by what was entered in them."""
    held = state.get(str(block.get("block_id")))
    if not isinstance(held, Mapping):
        return dict(block)
    changed = dict(block)
    for place in ("element", "accessory"):
        if isinstance(block.get(place), Mapping):
            changed[place] = _element(block[place], held)
    if isinstance(block.get("elements"), list):
        changed["elements"] = [_element(element, held) for element in block["elements"]]
    return changed


def _element(element: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    now = held.get(str(element.get("action_id")))
    source, target = ENTERED_AND_INITIAL.get(str(element.get("type")), ("value", None))
    if target is None or not isinstance(now, Mapping):
        return dict(element)
    changed = {key: value for key, value in element.items() if key not in {target, "default_to_current_conversation"}}
    return {**changed, target: now[source]} if now.get(source) else changed
