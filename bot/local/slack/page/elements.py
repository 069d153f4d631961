"""Says what an interactive element shows and is called: its form field, its options, and what is picked in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.local.slack.page.dates import moment
from bot.local.slack.page.surface import Reader, Surface, words_of
from bot.local.slack.world import Json

_STATE: Final = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
"""Element type → its key in `state.values`, and its property for what is picked at first."""

TAKES_MANY: Final = frozenset({"checkboxes"} | {kind for kind in _STATE if kind.startswith("multi_")})
_TEMPLATES: Final = {
    "button": "button",
    "workflow_button": "button",
    "icon_button": "icon_button",
    "feedback_buttons": "feedback_buttons",
    "overflow": "overflow",
    "datepicker": "picker",
    "timepicker": "picker",
    "datetimepicker": "picker",
    "checkboxes": "choices",
    "radio_buttons": "choices",
    "plain_text_input": "text_input",
    "rich_text_input": "text_input",
    "email_text_input": "text_input",
    "url_text_input": "text_input",
    "number_input": "text_input",
    "image": "image",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One option of a select, menu, group of boxes: `text` and `description` are Slack text objects or strings."""

    text: Any
    value: str
    description: Any = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """An element in its place. `name` is its form field, `id` its HTML id, `value` the text of a plain input."""

    name: str
    id: str
    value: str = ""
    picked: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    source: str = ""
    many: bool = False
    presses: bool = True

    @property
    def picked_values(self) -> frozenset[str]:
        """The values of `picked`."""
        return frozenset(entry.value for entry in self.picked)


def template_of(element: Json) -> str:
    """The file that draws the element; one that says so for a type nobody knows."""
    kind = str(element.get("type"))
    name = "select" if kind.endswith("_select") and kind in _STATE else _TEMPLATES.get(kind, "unknown")
    return f"elements/{name}.html"


def field_name(surface_key: str, block_id: str, action_id: str) -> str:
    """The form field of an element. Ids may hold any character, so it is JSON."""
    return json.dumps([surface_key, block_id, action_id])


def control(element: Json, block: Json, surface: Surface, reader: Reader) -> Control:
    """How `element`, which stands in `block` on `surface`, is to be drawn for `reader`."""
    kind = str(element.get("type"))
    block_id, action_id = str(block.get("block_id", "")), str(element.get("action_id", ""))
    current = _current(element, surface.picked(block_id, action_id))
    entries = _entries(element, reader)
    return Control(
        name=field_name(surface.key, block_id, action_id),
        id=surface.dom_id(block_id, action_id),
        value=_text(kind, current, reader),
        picked=_picked(current, entries),
        entries=entries,
        source=kind.removeprefix("multi_").removesuffix("_select"),
        many=kind in TAKES_MANY,
        presses=block.get("type") != "input" or bool(block.get("dispatch_action")),
    )


def _current(element: Json, state: Json | None) -> Any:
    state_key, initial = _STATE.get(str(element.get("type")), ("value", "initial_value"))
    if state is not None and state_key in state:
        return state[state_key]
    return element.get(initial)


def _text(kind: str, current: Any, reader: Reader) -> str:
    """What a text or picker input holds: unix seconds as the reader's local time, rich text as its words."""
    if kind == "rich_text_input":
        return plain_of(current)
    if kind == "datetimepicker" and isinstance(current, int | float):
        at = moment(current, reader)
        return "" if at is None else at.replace(tzinfo=None).isoformat(timespec="minutes")
    return str(current) if isinstance(current, str | int | float) else ""


def plain_of(rich: Any) -> str:
    """The words of a rich_text object, a line for each of its parts."""
    if not isinstance(rich, Mapping):
        return ""
    parts = [part.get("elements") or [] for part in rich.get("elements") or []]
    return "\n".join("".join(str(element.get("text", "")) for element in part) for part in parts)


def rich_of(words: str) -> Json:
    """The rich_text object that Slack's editor makes of unadorned words."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}


def seconds_of(local: str, reader: Reader) -> int | None:
    """The unix seconds of a datetime input's `2026-11-20T09:30` in the reader's zone, or None when it is empty."""
    return int(datetime.fromisoformat(local).replace(tzinfo=reader.zone).timestamp()) if local else None


def _picked(current: Any, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    known = {entry.value: entry for entry in entries}
    chosen = current if isinstance(current, list) else [] if current is None else [current]
    return tuple(
        _entry(option) if isinstance(option, Mapping) else known.get(str(option), Entry(str(option), str(option)))
        for option in chosen
    )


def _entry(option: Mapping[str, Any], group: str = "") -> Entry:
    return Entry(option.get("text"), str(option.get("value", "")), option.get("description"), group)


def _entries(element: Json, reader: Reader) -> tuple[Entry, ...]:
    kind = str(element.get("type"))
    if kind.endswith("users_select"):
        return _named((user_id, name) for user_id, name in reader.people.items() if user_id in reader.humans)
    if kind.endswith("channels_select"):
        return _named((channel_id, f"#{name}") for channel_id, name in reader.channels.items())
    if kind.endswith("conversations_select"):
        channels = ((channel_id, f"#{name}") for channel_id, name in reader.channels.items())
        wanted = element.get("filter", {}).get("include")
        return _named(
            (place, name)
            for place, name in (*channels, *reader.directs.items())
            if wanted is None or reader.kinds.get(place) in wanted
        )
    grouped = (
        _entry(option, words_of(group.get("label")))
        for group in element.get("option_groups") or ()
        for option in group.get("options") or ()
    )
    return (*(_entry(option) for option in element.get("options") or ()), *grouped)


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    return tuple(Entry(name, key) for key, name in pairs)
