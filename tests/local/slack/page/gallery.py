"""Every kind of block and element, as an app sends them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

CHART_CATEGORIES = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str = "") -> Json:
    """An option object."""
    return {"text": plain(text), "value": value, **({"description": plain(description)} if description else {})}


PRIORITIES = [option("High", "high", "Needs somebody today"), option("Medium", "medium"), option("Low", "low")]

TEXT: list[Json] = [
    {"type": "header", "text": plain("Header :tada:")},
    {
        "type": "section",
        "text": mrkdwn(
            "*Bold*, _italic_, ~struck~ and `code`. A <https://toggl.com|link>, https://example.com, "
            "<@U0LENAHOFFM>, <@U0MARCUSBEL>, <#C0GENERAL01>, <!here> :rocket: :not_an_emoji:\n"
            "&gt; A quotation\n&gt; of two lines\n• A bullet\n```\ndef code(block):\n    return block\n```"
            "<!date^1794999600^{date_short_pretty} at {time}|a while ago>"
        ),
    },
    {
        "type": "section",
        "text": mrkdwn("*Write report* · Website relaunch"),
        "fields": [mrkdwn(f"*{name}*\n{value}") for name, value in (("Started", "9:15"), ("Length", "1 h 30 min"))],
        "accessory": {
            "type": "overflow",
            "action_id": "overflow",
            "options": [option("Edit…", "edit"), option("Start earlier", "earlier"), option("Delete", "delete")],
        },
    },
    {"type": "divider"},
    {
        "type": "context",
        "elements": [mrkdwn(":stopwatch: Running since 9:15"), mrkdwn("Undo until <!date^1794999600^{time}|10:00>")],
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich "},
                    {"type": "text", "text": "text", "style": {"bold": True, "italic": True}},
                    {"type": "text", "text": " for "},
                    {"type": "user", "user_id": "U0MARCUSBEL"},
                    {"type": "emoji", "name": "wave"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "First"}]},
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "Second"}]},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Numbered"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Quoted"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "make demo"}]},
        ],
    },
]

ELEMENTS: list[Json] = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {"type": "button", "action_id": "stop", "text": plain("Stop"), "style": "danger", "value": "1"},
            {"type": "button", "action_id": "start", "text": plain("Start"), "style": "primary"},
            {"type": "button", "action_id": "switch", "text": plain("Switch…")},
            {"type": "button", "action_id": "open", "text": plain("Open Toggl"), "url": "https://toggl.com"},
            {
                "type": "button",
                "action_id": "delete",
                "text": plain("Delete"),
                "confirm": {
                    "title": plain("Delete this entry?"),
                    "text": mrkdwn("*Write report* goes to the bin."),
                    "confirm": plain("Delete"),
                    "deny": plain("Keep it"),
                    "style": "danger",
                },
            },
        ],
    },
    {
        "type": "actions",
        "block_id": "selects",
        "elements": [
            {
                "type": "static_select",
                "action_id": "priority",
                "placeholder": plain("Priority"),
                "options": PRIORITIES,
            },
            {
                "type": "external_select",
                "action_id": "task",
                "placeholder": plain("Find a task"),
                "min_query_length": 0,
            },
            {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-12"},
            {"type": "timepicker", "action_id": "time", "initial_time": "09:15"},
        ],
    },
    {
        "type": "section",
        "block_id": "boxes",
        "text": mrkdwn("*Remind me*"),
        "accessory": {
            "type": "checkboxes",
            "action_id": "days",
            "options": [option("Weekdays", "week"), option("Weekends", "end", "Only when something is due")],
            "initial_options": [option("Weekdays", "week")],
        },
    },
]


def chart(kind: str, title: str) -> Json:
    """A data_visualization block of that kind."""
    if kind == "pie":
        parts = [("Design", 12.5), ("Build", 20), ("Meetings", 6), ("Support", 3.25)]
        drawn: Json = {"type": "pie", "segments": [{"label": label, "value": value} for label, value in parts]}
    else:
        drawn = {
            "type": kind,
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": day, "value": value} for day, value in zip(CHART_CATEGORIES, values, strict=True)
                    ],
                }
                for name, values in (("Billable", [6, 7.5, 5, 8, 4]), ("Other", [1, 0.5, 2, 0, 3]))
            ],
            "axis_config": {"categories": CHART_CATEGORIES, "x_label": "Day", "y_label": "Hours"},
        }
    return {"type": "data_visualization", "title": title, "chart": drawn}


TABLES: list[Json] = [
    {
        "type": "table",
        "column_settings": [{"align": "left"}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Project"}, {"type": "raw_text", "text": "Hours"}],
            [{"type": "raw_text", "text": "Website relaunch"}, {"type": "raw_text", "text": "12.5"}],
            [{"type": "raw_text", "text": "Winter campaign"}, {"type": "raw_text", "text": "4.0"}],
        ],
    },
]
DATA_TABLE = {
    "type": "data_table",
    "caption": "Hours this week",
    "page_size": 3,
    "rows": [
        [{"type": "raw_text", "text": "Task"}, {"type": "raw_text", "text": "Hours"}],
        *(
            [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": hours, "text": f"{hours} h"}]
            for name, hours in (("Write", 3), ("Draw", 12), ("Call", 1.5), ("Ship", 7), ("Rest", 2))
        ),
    ],
}
MARKDOWN = {
    "type": "markdown",
    "text": "## A heading\nSome **bold** and *italic* [words](https://example.com).\n\n- one\n- two\n\n> quoted\n",
}


def modal(**changes: Any) -> Json:
    """A modal with every kind of input."""
    return {
        "type": "modal",
        "callback_id": "gallery",
        "title": plain("Start a timer"),
        "submit": plain("Start"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "alert", "level": "info", "text": plain("A timer runs already: starting another one stops it.")},
            {
                "type": "input",
                "block_id": "task",
                "label": plain("Task"),
                "hint": plain("Recent ones come first."),
                "element": {
                    "type": "external_select",
                    "action_id": "task",
                    "placeholder": plain("Find a task"),
                    "min_query_length": 0,
                },
            },
            {
                "type": "input",
                "block_id": "note",
                "optional": True,
                "label": plain("Note"),
                "element": {"type": "plain_text_input", "action_id": "note", "multiline": True, "max_length": 60},
            },
            {
                "type": "input",
                "block_id": "day",
                "label": plain("Day"),
                "element": {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-12"},
            },
            {
                "type": "input",
                "block_id": "kind",
                "label": plain("Kind"),
                "element": {
                    "type": "radio_buttons",
                    "action_id": "kind",
                    "options": [option("Work", "work", "Counts as hours"), option("Break", "break")],
                    "initial_option": option("Work", "work", "Counts as hours"),
                },
            },
            {
                "type": "input",
                "block_id": "tags",
                "optional": True,
                "label": plain("Tags"),
                "element": {
                    "type": "multi_static_select",
                    "action_id": "tags",
                    "placeholder": plain("Choose tags"),
                    "options": PRIORITIES,
                },
            },
            {
                "type": "input",
                "block_id": "hours",
                "optional": True,
                "label": plain("Estimate"),
                "element": {"type": "number_input", "action_id": "hours", "is_decimal_allowed": True},
            },
        ],
        **changes,
    }
