"""Quotation marks around what a person wants taken as it is."""

from __future__ import annotations

_PAIRS = (('"', '"'), ("“", "”"), ("„", "“"), ("'", "'"), ("«", "»"), ("「", "」"))


def unquote(text: str) -> str:
    """`text` without the pair of quotation marks around it, straight or typographic."""
    stripped = text.strip()
    for opening, closing in _PAIRS:
        if len(stripped) > 1 and stripped.startswith(opening) and stripped.endswith(closing):
            return stripped[1:-1].strip()
    return stripped
