"""People who look, for tests of rendering."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.local.slack.page.surface import Reader

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)


def reader(**changes: Any) -> Reader:
    """Ada in New York, who knows Bob, the app and one channel."""
    known: dict[str, Any] = {
        "person_id": "UADA",
        "zone": ZoneInfo("America/New_York"),
        "locale": "en-US",
        "now": NOW,
        "people": {"UADA": "Ada Lovelace", "UBOB": "Bob", "UAPP": "Toggl"},
        "channels": {"CGENERAL": "general"},
        "humans": frozenset({"UADA", "UBOB"}),
    }
    return Reader(**(known | changes))
