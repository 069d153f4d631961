"""Which changes people mean by `by:lena about:rate last month`, and by other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.entry_filters import LONGEST, FilterEmpty
from bot.domain.folding import fold
from bot.domain.periods import split_period
from bot.domain.quotes import unquote
from bot.errors import UserError
from bot.i18n import N_

PER_PAGE = 10
_QUOTED = r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」"
_FILTER = re.compile(rf"(?<!\S)(by|about):(?:({_QUOTED})|(\S*))", re.IGNORECASE)

SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "member": "member",
        "status": "status",
        "workspace": "workspace",
        "rate": "rate",
        "alert": "alert",
        "reminder": "reminder",
        "webhook": "webhook",
        "project": "project",
        "entry": "entry",
        "statuses": "status",
        "entries": "entry",
        **{f"{name}s": name for name in ("member", "workspace", "rate", "alert", "reminder", "webhook", "project")},
    }
)
"""What may be written behind `about:`, and what it means."""


class NoSuchSubject(UserError):
    """`about:` with something that nothing is recorded of."""

    sentence = N_(
        "Nothing is recorded about “{said}”. Use one of `member`, `status`, `workspace`, `rate`, `alert`, "
        "`reminder`, `webhook`, `project`, `entry`."
    )


class AuditQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose changes of what, and when; None is not asked for. `first` and `last` are whole days.

    `user_id` is an id in Slack, `by` a part of what Toggl calls the person; `words` are in the subject's name.
    """

    by: str | None = None
    user_id: str | None = None
    about: str | None = None
    words: str | None = None
    first: date | None = None
    last: date | None = None

    def fits(self, name: str, who: str) -> bool:
        """Whether a change of something called so, by somebody called so, is meant, as far as names tell."""
        return _in(self.words, name) and (self.user_id is not None or _in(self.by, who))


def parse_audit(
    text: str, *, people: Mapping[str, str], now: datetime, zone: ZoneInfo, first_weekday: int
) -> AuditQuery:
    """The query in `text`. `people` are the ids in Slack of those whom the text names behind an @.

    Raises FilterEmpty, NoSuchSubject, and what `split_period` raises.
    """
    found: dict[str, str] = {}
    for match in _FILTER.finditer(text):
        name, said = match.group(1).lower(), _clean(unquote(match.group(2) or match.group(3)))
        if not said:
            raise FilterEmpty(name=name)
        found[name] = said
    rest, period = split_period(_FILTER.sub(" ", text), now=now, zone=zone, first_weekday=first_weekday)
    by, about = found.get("by"), found.get("about")
    if about is not None and fold(about) not in SUBJECTS:
        raise NoSuchSubject(said=about)
    return AuditQuery(
        by=by.removeprefix("@") if by else None,
        user_id=people.get(by.removeprefix("@")) if by and by.startswith("@") else None,
        about=SUBJECTS[fold(about)] if about else None,
        words=_clean(unquote(rest)) or None,
        first=period.first if period else None,
        last=period.last if period else None,
    )


def _in(words: str | None, name: str) -> bool:
    return words is None or all(word in fold(name) for word in fold(words).split())


def _clean(said: str) -> str:
    shown: Iterable[str] = (c if c.isprintable() else " " for c in said)
    return " ".join("".join(shown).split())[:LONGEST].strip()
