"""For whom something is logged: `for @ann`, taken out of what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.errors import UserError
from bot.i18n import N_


class PersonNotChosen(UserError):
    """`for @…` names nobody whom Slack knows."""

    sentence = N_("I do not know who @{name} is. Type @ and choose the person from Slack’s list. Nothing was logged.")


class SeveralPeople(UserError):
    """Entries for more than one person at once."""

    sentence = N_("That is for more than one person. Nothing was logged: log for one person at a time.")


def split_colleague(text: str, people: Mapping[str, str]) -> tuple[str, str | None]:
    """`text` without its `for @name`, and that person's id in Slack; (`text`, None) where it names nobody.

    `people` are the ids of those who are mentioned, by name. Raises PersonNotChosen, SeveralPeople.
    """
    pattern = _pattern(people)
    names = {found["before"] or found["after"] for found in pattern.finditer(text)}
    if not names:
        return text, None
    unknown = next((name for name in sorted(names) if name not in people), None)
    if unknown is not None:
        raise PersonNotChosen(name=unknown)
    if len({people[name] for name in names}) > 1:
        raise SeveralPeople
    return pattern.sub("", text), people[names.pop()]


def _pattern(people: Iterable[str]) -> re.Pattern[str]:
    """`for` and a name: one of `people`'s, which may have spaces and dots in it, or else a word."""
    known = "".join(f"{re.escape(name)}|" for name in sorted(people, key=len, reverse=True) if name)
    return re.compile(
        rf"(?:^|(?<=\s))(?:for|für|para)\s+@(?P<before>{known}\S+?)[.!?]?(?=[\s,;:]|$)"
        rf"|@(?P<after>{known}\S+?)\s*の(?:ため|分)に?",
        re.IGNORECASE,
    )
