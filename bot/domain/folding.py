"""Make words comparable: one case, no accents, one width, single spaces."""

from __future__ import annotations

import unicodedata

_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"


def fold(text: str) -> str:
    """`text` for comparing only: "Über ABC" becomes "uber abc". Japanese sound marks are no accents and stay."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in decomposed if not _FIRST_ACCENT <= c <= _LAST_ACCENT))
    return " ".join(text.casefold().split())
