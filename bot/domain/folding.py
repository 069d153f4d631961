"""Make words comparable: one case, no accents, one width, single spaces."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """`text` for comparing only: "Über ABC" becomes "uber abc". Japanese sound marks are no accents and stay."""
    if text.isascii():
        text = text.lower()
        # Nearly every name, many thousands at a time: only printable characters, so the only white space is spaces.
        return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).casefold().split())
