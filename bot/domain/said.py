"""What a message in Slack asks for: a task's name in it, and the tasks that it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from bot.domain.folding import fold
from bot.domain.matching import Named

LONGEST_NAME = 140
"""A message's first line may go on and on; a task's name is read at a glance."""

_SHORTEST = 3
_MENTION = re.compile(r"<[@#!][^>]*>")
_LINK = re.compile(r"<[^|>]+\|([^>]*)>|<([^>]*)>")
_MARKS = re.compile(r"[*_~`]+|^\s*(?:&gt;\s?|[•◦▪-]\s|\d+[.)]\s)+")
_WORD = re.compile(r"\w+")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
T = TypeVar("T", bound=Named)


def task_name(mrkdwn: str) -> str:
    """What a task made of a message could be called: its first line with words, without who was called and marks.

    Empty where the message has no words.
    """
    for line in mrkdwn.splitlines():
        bare = _LINK.sub(lambda link: link.group(1) or link.group(2) or "", _MENTION.sub("", line))
        bare = " ".join(_plain(_MARKS.sub("", bare)).split()).strip(" ,:;")
        if _WORD.search(bare):
            return bare if len(bare) <= LONGEST_NAME else bare[: LONGEST_NAME - 1].rstrip() + "…"
    return ""


def mentioned(text: str, named: Iterable[T]) -> tuple[T, ...]:
    """Those of `named` whose whole name stands in `text`, the longest name first."""
    words = f" {' '.join(_WORD.findall(fold(text)))} "
    found = []
    for thing in named:
        name = " ".join(_WORD.findall(fold(thing.name)))
        if len(name) >= _SHORTEST and f" {name} " in words:
            found.append((len(name), thing))
    return tuple(thing for _, thing in sorted(found, key=lambda pair: -pair[0]))


def _plain(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
