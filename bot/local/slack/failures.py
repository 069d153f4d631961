"""The one way a Web API call, a response_url or an acknowledgement is refused: Slack's error and its details."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.local.slack.rules import Problem, check_message, check_view
from bot.local.slack.world import Json, World

_WHOLE_CODES = ("no_text", "msg_blocks_too_long", "metadata_too_large", "view_too_large")


class ApiError(Exception):
    """`{"ok": false, "error": code}` with `problems` as json-pointer messages and `extra` fields."""

    def __init__(self, code: str, problems: Iterable[Problem] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = [str(problem) for problem in problems]
        self.extra = extra

    def body(self) -> Json:
        """The answer's JSON."""
        answer: Json = {"ok": False, "error": self.code, **self.extra}
        if self.details:
            answer["errors"] = self.details
            answer["response_metadata"] = {"messages": [f"[ERROR] {detail}" for detail in self.details]}
        return answer


class RateLimited(ApiError):
    """429: too many calls; again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def demand_message(payload: Json, world: World) -> None:
    """Raise ApiError with Slack's code when the message would be refused, by Slack or by this very workspace."""
    problems = check_message(payload) or [
        Problem(f"/blocks/{position}", f"unsupported type: {block['type']}")
        for position, block in enumerate(payload.get("blocks") or ())
        if block["type"] in world.unknown_blocks
    ]
    if not problems:
        return
    for code in _WHOLE_CODES:
        if any(problem.text == code for problem in problems):
            raise ApiError(code)
    if any(problem.pointer.startswith("/blocks") for problem in problems):
        raise ApiError("invalid_blocks", problems)
    if any(problem.pointer.startswith("/attachments") for problem in problems):
        raise ApiError("invalid_attachments", problems)
    if any(problem.pointer.startswith("/metadata") for problem in problems):
        raise ApiError("invalid_metadata_format", problems)
    raise ApiError("invalid_arguments", problems)


def demand_view(view: Any) -> Json:
    """`view`, or ApiError with Slack's code when it would be refused."""
    problems = check_view(view)
    if any(problem.text == "view_too_large" for problem in problems):
        raise ApiError("view_too_large")
    if problems or not isinstance(view, dict):
        raise ApiError("invalid_arguments", problems)
    return view
