"""What an app may offer in an external select."""

from __future__ import annotations

from typing import Any

from bot.local.slack.rules.objects import OPTION, OPTION_GROUP, distinct_options
from bot.local.slack.rules.schema import Problems, exactly_one, fields, items

_ANSWER = fields(
    {},
    {"options": items(OPTION, least=0, most=100), "option_groups": items(OPTION_GROUP, least=0, most=100)},
    exactly_one("options", "option_groups"),
    distinct_options,
)


def check_options(answer: Any, at: str = "") -> Problems:
    """What Slack would refuse about an answer to `block_suggestion`. [] when it would be accepted."""
    return _ANSWER(answer, at)
