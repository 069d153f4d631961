"""What the pipeline keeps in a modal's `private_metadata`: where its answer belongs, and the view's own data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.dispatcher.request import Origin

_LARGEST = 2**63


class UnreadableError(ValueError):
    """The metadata was not written by `remembered`."""


def remembered(origin: Origin, data: Mapping[str, Any]) -> str:
    """The `private_metadata` of a modal: where its answer belongs, and the view's own `data`."""
    place = {
        "channel": origin.channel_id,
        "thread": origin.thread_ts,
        "url": origin.response_url,
        "message": origin.message_ts,
        "since": int(origin.since.timestamp()) if origin.since else None,
        "home": origin.home,
        "workspace": origin.workspace_id,
    }
    return json.dumps(
        {"origin": {key: value for key, value in place.items() if value}, "data": dict(data)},
        separators=(",", ":"),
        ensure_ascii=False,
    )


def recalled(kept_text: Any, *, trigger_id: str | None) -> tuple[Origin, Mapping[str, Any]]:
    """What `remembered` wrote; a modal without it came from nowhere in particular. Raises UnreadableError."""
    try:
        kept = json.loads(kept_text or "{}")
        place, data = kept.get("origin", {}), kept.get("data", {})
        since = place.get("since")
        origin = Origin(
            channel_id=place.get("channel"),
            thread_ts=place.get("thread"),
            response_url=place.get("url"),
            message_ts=place.get("message"),
            trigger_id=trigger_id,
            since=datetime.fromtimestamp(since, UTC) if since else None,
            home=place.get("home") is True,
            workspace_id=_number(place.get("workspace")),
        )
    except (ValueError, TypeError, AttributeError, OverflowError, OSError, RecursionError) as error:
        raise UnreadableError from error
    if not isinstance(data, Mapping):
        raise UnreadableError
    return origin, data


def _number(kept: Any) -> int | None:
    """A number of a row; None where there is none. Raises ValueError."""
    if kept is not None and (type(kept) is not int or not 0 < kept < _LARGEST):
        raise ValueError
    return kept
