"""An emoji as people write it in Slack, by its name between colons or as it is, and as Toggl keeps it: as it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.errors import UserError
from bot.i18n import N_

_NAMES = Path(__file__).parent / "emoji_names.txt"
_NAMED = re.compile(r":(?P<name>[\w+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?|(?P<bare>[\w+'-]{3,})")
_TONES = {str(number): chr(0x1F3FB + place) for place, number in enumerate(range(2, 7))}
_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_SELECTOR = "\ufe0f"
_NEWER = re.compile("[\U0001f300-\U0001faff]")
"""One character of the blocks in which new emoji appear: the table is of Unicode 16."""
_LIKE = 75
"""From this likeness (0 to 100) on a name may be a known one misspelt."""


class NotOneEmoji(UserError):
    """What was written is no emoji, or more than one."""

    sentence = N_("Enter one emoji, for example 🚀 or `:rocket:`.")


class UnknownEmoji(UserError):
    """A name that the standard emoji do not have: one of this Slack's own, or misspelt."""

    sentence = N_(
        "Toggl accepts only standard emoji, and `:{name}:` is not one: your Slack workspace may have added it."
    )


class MisspeltEmoji(UnknownEmoji):
    """A name that is nearly one of them."""

    sentence = N_("Toggl cannot show an emoji called `:{name}:`. Did you mean {emoji} `:{near}:`?")


def read_emoji(text: str) -> str:
    """The one emoji in what was written: `:rocket:`, `rocket`, `🚀`, `:wave::skin-tone-3:`.

    Raises NotOneEmoji, UnknownEmoji, MisspeltEmoji.
    """
    written = text.strip()
    found = _drawn(written) or _named(written)
    if found is not None:
        return found
    name = _NAMED.fullmatch(written)
    if name is None:
        raise NotOneEmoji
    called = name["name"] or name["bare"]
    near = process.extractOne(called.lower(), list(_table()), scorer=fuzz.ratio, score_cutoff=_LIKE)
    if near is None:
        raise UnknownEmoji(name=called)
    raise MisspeltEmoji(name=called, near=near[0], emoji=_table()[near[0]])


def show_emoji(kept: str) -> str:
    """What Toggl keeps, to be looked at: a name of an emoji, as some programs may have left it there, becomes one."""
    return _named(kept.strip()) or kept


def _drawn(written: str) -> str | None:
    """The emoji itself, in the spelling that is shown in colours; None for anything else."""
    bare = written.replace(_SELECTOR, "")
    plain = _TONE.sub("", bare)
    if plain in _spellings():
        return _spellings()[plain] if plain == bare else written
    return written if _NEWER.fullmatch(bare) else None


def _named(written: str) -> str | None:
    found = _NAMED.fullmatch(written)
    emoji = _table().get((found["name"] or found["bare"]).lower()) if found else None
    if found is None or emoji is None or not found["tone"]:
        return emoji
    return emoji[0] + _TONES[found["tone"]] + emoji[1:].removeprefix(_SELECTOR) if emoji in _toned() else emoji


@functools.cache
def _lines() -> tuple[tuple[tuple[str, ...], str, bool], ...]:
    """Each emoji: its names, itself, and whether it comes in skin tones."""
    read = []
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        names, _, points = line.partition("|")
        emoji = "".join(chr(int(point, 16)) for point in points.removesuffix("+").split("-"))
        read.append((tuple(names.split()), emoji, points.endswith("+")))
    return tuple(read)


@functools.cache
def _table() -> Mapping[str, str]:
    return MappingProxyType({name: emoji for names, emoji, _ in _lines() for name in names})


@functools.cache
def _spellings() -> Mapping[str, str]:
    """Every emoji by its spelling without the sign that asks for colours."""
    return MappingProxyType({emoji.replace(_SELECTOR, ""): emoji for _, emoji, _ in _lines()})


@functools.cache
def _toned() -> frozenset[str]:
    return frozenset(emoji for _, emoji, toned in _lines() if toned)
