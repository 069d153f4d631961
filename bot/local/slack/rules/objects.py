"""Composition objects: texts, options, confirmations, filters."""

from __future__ import annotations

from typing import Any

from bot.local.slack.rules.schema import (
    Json,
    Problem,
    Problems,
    Rule,
    boolean,
    exactly_one,
    fields,
    items,
    kind,
    one_of,
    tagged,
    text,
    url,
)

IDENTIFIER = text(most=255)


def plain_text(most: int) -> Rule:
    """A `plain_text` object of at most `most` characters, and not empty."""
    return tagged({"plain_text": kind("plain_text", {"text": text(most=most)}, {"emoji": boolean})})


def any_text(most: int) -> Rule:
    """A `plain_text` or `mrkdwn` object of at most `most` characters, and not empty."""
    return tagged(
        {
            "plain_text": kind("plain_text", {"text": text(most=most)}, {"emoji": boolean}),
            "mrkdwn": kind("mrkdwn", {"text": text(most=most)}, {"verbatim": boolean}),
        }
    )


CONFIRM = fields(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)

OPTION = fields({"text": plain_text(75), "value": text(most=150)}, {"description": plain_text(75)})
MARKED_OPTION = fields({"text": any_text(75), "value": text(most=150)}, {"description": any_text(75)})
"""The options of radio buttons and checkboxes, which may hold mrkdwn."""
OVERFLOW_OPTION = fields({"text": plain_text(75), "value": text(most=150)}, {"description": plain_text(75), "url": url})
OPTION_GROUP = fields({"label": plain_text(75), "options": items(OPTION, most=100)})

SLACK_FILE = fields({}, {"id": text(), "url": url}, exactly_one("id", "url"))

CONVERSATION_FILTER = fields(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    lambda value, at: [] if value else [Problem(at, "must define at least one of the filter's fields")],
)

DISPATCH_ACTION_CONFIG = fields(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), most=2)}
)


def option_values(element: Json) -> list[str]:
    """The values of an element's options, those of its groups among them."""
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [option["value"] for option in [*element.get("options", ()), *grouped]]


def offered_options(element: Json) -> list[Any]:
    """An element's options themselves, those of its groups among them."""
    return [
        *element.get("options", ()),
        *(option for group in element.get("option_groups", ()) for option in group["options"]),
    ]


def distinct_options(value: Json, at: str) -> Problems:
    """No two options of one element share a value."""
    values = option_values(value)
    return [] if len(set(values)) == len(values) else [Problem(at, "option values must be unique")]


def initial_among_options(name: str) -> Rule:
    """`name` (an option or a list of options) repeats options that are offered."""

    def check(value: Json, at: str) -> Problems:
        if name not in value:
            return []
        offered = offered_options(value)
        chosen = value[name] if isinstance(value[name], list) else [value[name]]
        return [
            Problem(f"{at}/{name}", "initial option must match one of the provided options")
            for option in chosen
            if not any(same_option(option, candidate) for candidate in offered)
        ]

    return check


def same_option(one: Json, other: Json) -> bool:
    """Whether two options match exactly, as Slack wants it: value, text and description."""
    return _told(one) == _told(other)


def _told(option: Json) -> list[Any]:
    """What an option says, whether or not what is the default is written down."""
    texts = (option["text"], option.get("description"))
    return [option["value"], option.get("url"), *({"emoji": True, "verbatim": False, **(text or {})} for text in texts)]
