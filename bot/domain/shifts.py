"""How far people mean by `+15`, `-1h30m` or `10 min earlier`."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.durations import parse_duration
from bot.domain.not_understood import DurationNotUnderstood, NotUnderstood
from bot.i18n import N_

FARTHEST = timedelta(days=7)
_SIGN = re.compile(r"^\s*([+\-−–])\s*(.*)$", re.DOTALL)
_WORD = re.compile(
    r"^(.*\S)(?:\s+(earlier|later|früher|später|antes|después)|\s*(前|後))\s*$", re.IGNORECASE | re.DOTALL
)
_BACK = frozenset({"-", "−", "–", "earlier", "früher", "antes", "前"})
_MINUTES = re.compile(r"\d{1,5}", re.ASCII)


class ShiftNotUnderstood(NotUnderstood):
    """The words say no distance, or not in which direction."""

    sentence = N_("I don’t understand “{said}” as a shift. Try `-15`, `+1h` or `10 min earlier`.")


def parse_shift(text: str) -> timedelta:
    """The distance that all of `text` means, negative for earlier; a bare number is minutes.

    Raises ShiftNotUnderstood, and DurationTooLong beyond a week.
    """
    found = _SIGN.match(text)
    direction, said = found.groups() if found else ("", "")
    if not found and (worded := _WORD.match(text)):
        said, direction = worded.group(1), (worded.group(2) or worded.group(3)).casefold()
    if not direction:
        raise ShiftNotUnderstood(text)
    said = said.strip()
    try:
        distance = parse_duration(f"{said} min" if _MINUTES.fullmatch(said) else said, longest=FARTHEST)
    except DurationNotUnderstood:
        raise ShiftNotUnderstood(text) from None
    return -distance if direction in _BACK else distance
