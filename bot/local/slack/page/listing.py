"""Finds what has to be sent when a list of messages changed: the new and changed ones, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

OUT_OF_BAND: Final = Markup('hx-swap-oob="morph"')
"""Tells htmx that an element takes the place of the one with its id. Text cannot forge it: its quotes are escaped."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The messages of a channel as they are drawn: each one's HTML by its id, oldest first, and all in their frame."""

    rows: Mapping[str, str]
    head: str
    whole: Callable[[], str]


def difference(before: Listing | None, now: Listing) -> str:
    """What brings a browser that shows `before` to `now`; nothing when they are the same."""
    if before is None or before.head != now.head or list(now.rows)[: len(before.rows)] != list(before.rows):
        return now.whole()
    changed = [html for key, html in now.rows.items() if key in before.rows and before.rows[key] != html]
    added = [html for key, html in now.rows.items() if key not in before.rows]
    return "".join(changed) + (_appended(added) if added else "")


def _appended(rows: list[str]) -> str:
    return f'<div hx-swap-oob="beforeend:#messages">{in_place("".join(rows))}</div>'


def in_place(html: str) -> str:
    """Messages to be shown where they stand, not in the place of others."""
    return html.replace(str(OUT_OF_BAND), "")
