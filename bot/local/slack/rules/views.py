"""Views: what a modal and a Home must hold."""

from __future__ import annotations

import json
from typing import Any

from bot.local.slack.rules.blocks import check_blocks, elements_of
from bot.local.slack.rules.objects import plain_text
from bot.local.slack.rules.schema import Json, Problem, Problems, Rule, boolean, kind, tagged, text

MOST_VIEW_BYTES = 250_000
_ANY_BLOCKS: dict[str, Rule] = {"blocks": lambda _value, _at: []}
_KEPT = {
    "private_metadata": text(least=0, most=3000),
    "callback_id": text(least=0, most=255),
    "external_id": text(least=0, most=255),
}
_SHAPE = tagged(
    {
        "modal": kind(
            "modal",
            {"title": plain_text(24), **_ANY_BLOCKS},
            {
                **_KEPT,
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        "home": kind("home", _ANY_BLOCKS, _KEPT),
    }
)
_FIELD_ERROR = text(most=3000)


def check_view(view: Any, at: str = "/view") -> Problems:
    """What Slack would refuse about a view. [] when it would be accepted."""
    problems = _SHAPE(view, at)
    if not isinstance(view, dict):
        return problems
    modal = view.get("type") != "home"
    if "blocks" in view:
        faults = check_blocks(view["blocks"], "modal" if modal else "home", f"{at}/blocks")
        problems += faults or _about_the_whole(view, modal=modal, at=at)
    if len(json.dumps(view).encode()) > MOST_VIEW_BYTES:
        problems.append(Problem(at, "view_too_large"))
    return problems


def check_errors(errors: Any, blocks: list[Json], at: str = "/errors") -> Problems:
    """What Slack would refuse about field errors: they belong to input blocks of the submitted view."""
    if not isinstance(errors, dict) or not errors:
        return [Problem(at, "must provide an object")]
    inputs = {block["block_id"] for block in blocks if block["type"] == "input"}
    problems = [
        Problem(f"{at}/{block_id}", "no input block of the view has this block_id")
        for block_id in errors
        if block_id not in inputs
    ]
    for block_id, sentence in errors.items():
        problems += _FIELD_ERROR(sentence, f"{at}/{block_id}")
    return problems


def _about_the_whole(view: Json, *, modal: bool, at: str) -> Problems:
    blocks = view["blocks"]
    problems: Problems = []
    if modal and not blocks:
        problems.append(Problem(f"{at}/blocks", "no fewer than 1 items required"))
    if modal and "submit" not in view and any(block["type"] == "input" for block in blocks):
        problems.append(Problem(at, "missing required field: submit (the view has an input block)"))
    if modal:
        problems += _one_response_url(blocks, at)
    return problems


def _one_response_url(blocks: list[Json], at: str) -> Problems:
    problems: Problems = []
    enabled = 0
    for position, block in enumerate(blocks):
        for pointer, part in elements_of(block):
            if part.get("response_url_enabled"):
                enabled += 1
                if block["type"] != "input":
                    problems.append(
                        Problem(f"{at}/blocks/{position}{pointer}", "response_url_enabled works only in an input block")
                    )
    if enabled > 1:
        problems.append(Problem(f"{at}/blocks", "only one element may have response_url_enabled"))
    return problems
