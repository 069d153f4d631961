"""Which list a menu or a form was opened from: it shows the change then, in its place, where that costs no call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from bot.dispatcher import Request
from bot.views.kit import read_block

T = TypeVar("T")
_KEY = "list"


def behind(request: Request, read: Callable[[str], T]) -> T | None:
    """The page of the list whose menu was used, or behind the form that it opened; None where there is none."""
    value = request.data.get(_KEY) or _pressed(request)
    try:
        return read(value) if value else None
    except msgspec.DecodeError:
        return None


def remembered(request: Request) -> Mapping[str, Any]:
    """What a form has to bring back for that."""
    value = request.data.get(_KEY) or _pressed(request)
    return {_KEY: value} if value else {}


def _pressed(request: Request) -> str | None:
    actions = request.payload.get("actions") or [{}]
    return read_block(str(actions[0].get("block_id") or ""))
