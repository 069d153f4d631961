"""Block elements: buttons, menus, pickers, inputs, images; and where each may stand."""

from __future__ import annotations

import re
from datetime import date

from bot.local.slack.rules.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    IDENTIFIER,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    any_text,
    distinct_options,
    initial_among_options,
    plain_text,
)
from bot.local.slack.rules.rich_text import RICH_TEXT
from bot.local.slack.rules.schema import (
    Json,
    Problem,
    Problems,
    Rule,
    boolean,
    exactly_one,
    fields,
    integer,
    items,
    kind,
    one_of,
    tagged,
    text,
    url,
)

_ID = {"action_id": IDENTIFIER}
_FOCUS = {"focus_on_load": boolean}
_CONFIRM = {"confirm": CONFIRM}
_PLACEHOLDER = {"placeholder": plain_text(150)}
_MENU = {**_ID, **_FOCUS, **_CONFIRM, **_PLACEHOLDER}
_MULTI = {**_MENU, "max_selected_items": integer(least=1)}
_TYPED = {**_ID, **_FOCUS, **_PLACEHOLDER, "dispatch_action_config": DISPATCH_ACTION_CONFIG}
_OPTIONS = {"options": items(OPTION, most=100), "option_groups": items(OPTION_GROUP, most=100)}
_CONVERSATIONS = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_PERSON, _CHANNEL = text(pattern="[UW][A-Z0-9]+"), text(pattern="[CDG][A-Z0-9]+")


def _calendar_date(value: object, at: str) -> Problems:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return [Problem(at, "must be a date in the format YYYY-MM-DD")]
    try:
        date.fromisoformat(value)
    except ValueError:
        return [Problem(at, "must be a date in the format YYYY-MM-DD")]
    return []


def _at_most_selected(value: Json, at: str) -> Problems:
    for name, chosen in value.items():
        if (
            name.startswith("initial_")
            and isinstance(chosen, list)
            and len(chosen) > value.get("max_selected_items", 100)
        ):
            return [Problem(f"{at}/{name}", "must not exceed max_selected_items")]
    return []


def _length_range(value: Json, at: str) -> Problems:
    problems = []
    if value.get("min_length", 0) > value.get("max_length", 3000):
        problems.append(Problem(f"{at}/min_length", "must not exceed max_length"))
    if "initial_value" in value and len(value["initial_value"]) > value.get("max_length", 3000):
        problems.append(Problem(f"{at}/initial_value", "must not exceed max_length"))
    return problems


_NUMERAL = text(pattern=r"-?\d+(\.\d+)?", says="must be a number written as a string")


def _number_range(value: Json, at: str) -> Problems:
    given = {name: float(value[name]) for name in ("min_value", "initial_value", "max_value") if name in value}
    if list(given.values()) != sorted(given.values()):
        return [Problem(at, "must be in the order min_value, initial_value, max_value")]
    if not value["is_decimal_allowed"] and any("." in value[name] for name in given):
        return [Problem(at, "must be whole numbers where is_decimal_allowed is false")]
    return []


BUTTON = kind(
    "button",
    {"text": plain_text(75)},
    {
        **_ID,
        **_CONFIRM,
        "url": url,
        "value": text(most=2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": text(most=75),
    },
)
IMAGE = kind(
    "image",
    {"alt_text": text(most=2000)},
    {"image_url": url, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
_STATIC = (exactly_one("options", "option_groups"), distinct_options)
_FEEDBACK = fields({"text": plain_text(75), "value": text(most=2000)}, {"accessibility_label": text(most=75)})

ELEMENTS: dict[str, Rule] = {
    "button": BUTTON,
    "image": IMAGE,
    "overflow": kind("overflow", {"options": items(OVERFLOW_OPTION, most=5)}, {**_ID, **_CONFIRM}, distinct_options),
    "static_select": kind(
        "static_select",
        {},
        {**_MENU, **_OPTIONS, "initial_option": OPTION},
        *_STATIC,
        initial_among_options("initial_option"),
    ),
    "multi_static_select": kind(
        "multi_static_select",
        {},
        {**_MULTI, **_OPTIONS, "initial_options": items(OPTION, most=100)},
        *_STATIC,
        initial_among_options("initial_options"),
        _at_most_selected,
    ),
    "external_select": kind(
        "external_select", {}, {**_MENU, "initial_option": OPTION, "min_query_length": integer(least=0)}
    ),
    "multi_external_select": kind(
        "multi_external_select",
        {},
        {**_MULTI, "initial_options": items(OPTION, most=100), "min_query_length": integer(least=0)},
        _at_most_selected,
    ),
    "users_select": kind("users_select", {}, {**_MENU, "initial_user": _PERSON}),
    "multi_users_select": kind(
        "multi_users_select", {}, {**_MULTI, "initial_users": items(_PERSON)}, _at_most_selected
    ),
    "conversations_select": kind(
        "conversations_select",
        {},
        {**_MENU, **_CONVERSATIONS, "initial_conversation": text(), "response_url_enabled": boolean},
    ),
    "multi_conversations_select": kind(
        "multi_conversations_select",
        {},
        {**_MULTI, **_CONVERSATIONS, "initial_conversations": items(text())},
        _at_most_selected,
    ),
    "channels_select": kind(
        "channels_select", {}, {**_MENU, "initial_channel": _CHANNEL, "response_url_enabled": boolean}
    ),
    "multi_channels_select": kind(
        "multi_channels_select", {}, {**_MULTI, "initial_channels": items(_CHANNEL)}, _at_most_selected
    ),
    "datepicker": kind("datepicker", {}, {**_MENU, "initial_date": _calendar_date}),
    "timepicker": kind(
        "timepicker",
        {},
        {
            **_MENU,
            "initial_time": text(pattern=r"([01]\d|2[0-3]):[0-5]\d", says="must be a time in the format HH:mm"),
            "timezone": text(),
        },
    ),
    "datetimepicker": kind(
        "datetimepicker",
        {},
        {**_ID, **_FOCUS, **_CONFIRM, "initial_date_time": integer(least=1_000_000_000, most=9_999_999_999)},
    ),
    "checkboxes": kind(
        "checkboxes",
        {"options": items(MARKED_OPTION, most=10)},
        {**_ID, **_FOCUS, **_CONFIRM, "initial_options": items(MARKED_OPTION, most=10)},
        distinct_options,
        initial_among_options("initial_options"),
    ),
    "radio_buttons": kind(
        "radio_buttons",
        {"options": items(MARKED_OPTION, most=10)},
        {**_ID, **_FOCUS, **_CONFIRM, "initial_option": MARKED_OPTION},
        distinct_options,
        initial_among_options("initial_option"),
    ),
    "plain_text_input": kind(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": text(least=0),
            "multiline": boolean,
            "min_length": integer(least=0, most=3000),
            "max_length": integer(least=1, most=3000),
        },
        _length_range,
    ),
    "email_text_input": kind("email_text_input", {}, {**_TYPED, "initial_value": text()}),
    "url_text_input": kind("url_text_input", {}, {**_TYPED, "initial_value": text()}),
    "number_input": kind(
        "number_input",
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
        _number_range,
    ),
    "rich_text_input": kind("rich_text_input", {}, {**_TYPED, "initial_value": RICH_TEXT}),
    "file_input": kind("file_input", {}, {**_ID, "filetypes": items(text()), "max_files": integer(least=1, most=10)}),
    "feedback_buttons": kind("feedback_buttons", {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ID),
    "icon_button": kind(
        "icon_button",
        {"icon": one_of("trash"), "text": plain_text(75)},
        {
            **_ID,
            **_CONFIRM,
            "value": text(most=2000),
            "accessibility_label": text(most=75),
            "visible_to_user_ids": items(text()),
        },
    ),
    "mrkdwn": any_text(3000),
    "plain_text": any_text(3000),
}

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)
_CHOICES = ("checkboxes", "radio_buttons")
_PICKERS = ("datepicker", "timepicker")
_TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")

IN_ACTIONS = ("button", "overflow", "datetimepicker", *_SELECTS, *_MULTI_SELECTS, *_CHOICES, *_PICKERS)
IN_SECTION = ("button", "image", "overflow", *_SELECTS, *_MULTI_SELECTS, *_CHOICES, *_PICKERS)
IN_INPUT = ("datetimepicker", *_SELECTS, *_MULTI_SELECTS, *_CHOICES, *_PICKERS, *_TEXTS)
IN_CONTEXT = ("image", "mrkdwn", "plain_text")
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")

STATEFUL = frozenset(IN_INPUT)
"""Elements whose value is part of a container's `state.values`."""


def element(names: tuple[str, ...]) -> Rule:
    """An element of one of these types."""
    return tagged({name: ELEMENTS[name] for name in names})
