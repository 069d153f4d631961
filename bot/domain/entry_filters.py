"""Which entries people mean by `task:report status:done type:break archived`, and by other words."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.entry_details import Details
from bot.domain.folding import fold
from bot.domain.periods import Period, split_period
from bot.domain.quotes import unquote
from bot.domain.tracking import EntryType
from bot.errors import UserError
from bot.i18n import N_

LONGEST = 100
"""Characters of one filter: more tells no two names apart, and all of them have to fit into a button."""

_QUOTED = r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」"
_FILTER = re.compile(rf"(?<!\S)(task|project|status|type|tag):(?:({_QUOTED})|(\S*))", re.IGNORECASE)
_ARCHIVED = re.compile(r"(?<!\S)archived(?::(yes|no))?(?!\S)", re.IGNORECASE)
_QUOTES = re.compile(_QUOTED)
_SEVERAL = "tag"
"""The filter of which an entry has more than one."""
_TYPES: dict[str, EntryType] = {
    **dict.fromkeys(("activity", "activities", "aktivität", "actividad", "アクティビティ"), "activity"),
    **dict.fromkeys(("break", "breaks", "pause", "pausen", "descanso", "pausa", "休憩"), "break"),
}


class FilterEmpty(UserError):
    """A filter without its value."""

    sentence = N_('`{name}:` needs a value right after it, for example `{name}:review` or `{name}:"two words"`.')


class FilterTwice(UserError):
    """The same filter twice: an entry has one task, one project, one status and one type."""

    sentence = N_("`{name}:` appears twice, but an entry has only one. Keep one of them.")


class TypeNotUnderstood(UserError):
    """`type:` with neither of the two types."""

    sentence = N_("“{said}” is not a type of entry. Use `type:activity` or `type:break`.")


class EntryFilters(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry must be like; None is not asked for. `words` may be in the names of task, project and client.

    `tag` has words that have to be in the tags of the entry or of its task.
    """

    task: str | None = None
    project: str | None = None
    status: str | None = None
    type: EntryType | None = None
    archived: bool | None = None
    words: str | None = None
    tag: str | None = None

    def __bool__(self) -> bool:
        return self != EntryFilters()

    def take(self, entry: Details) -> bool:
        """Whether `entry` passes all of them."""
        return (
            (self.type is None or entry.type == self.type)
            and (self.archived is None or entry.archived == self.archived)
            and _begins(self.task, entry.task)
            and _begins(self.project, entry.project)
            and (_begins(self.status, entry.status) or _same_type(self.status, entry.status_type))
            and _begins(self.tag, *(tag.name for tag in entry.tags), *entry.task_tags)
            and _begins(self.words, f"{entry.task or ''} {entry.project or ''} {entry.client or ''}", _note(entry))
        )


def parse_filters(text: str) -> tuple[EntryFilters, str]:
    """The filters named in `text`, and the words that are left. Raises FilterEmpty, FilterTwice, TypeNotUnderstood."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f" \0{len(kept) - 1}\0 "

    found: dict[str, str] = {}
    for match in _FILTER.finditer(text):
        name, said = match.group(1).lower(), _clean(unquote(match.group(2) or match.group(3)))
        if not said:
            raise FilterEmpty(name=name)
        if name in found and name != _SEVERAL:
            raise FilterTwice(name=name)
        found[name] = _clean(f"{found.get(name, '')} {said}")
    # What stands in quotation marks is a name: an `archived` in it asks for nothing.
    rest = _QUOTES.sub(keep, _FILTER.sub(" ", text.replace("\0", " ")))
    archived = [match.group(1) != "no" for match in _ARCHIVED.finditer(rest.lower())]
    rest = re.sub("\0(\\d+)\0", lambda match: kept[int(match.group(1))], _ARCHIVED.sub(" ", rest))
    filters = EntryFilters(
        task=found.get("task"),
        project=found.get("project"),
        status=found.get("status"),
        type=_type(found["type"]) if "type" in found else None,
        archived=archived[-1] if archived else None,
        tag=found.get("tag"),
    )
    return filters, " ".join(rest.split())


def parse_looking(
    text: str, *, now: datetime, zone: ZoneInfo, first_weekday: int
) -> tuple[EntryFilters, Period | None]:
    """The filters and the period in `text`; words that are neither are looked for in names.

    Raises FilterEmpty, FilterTwice, TypeNotUnderstood, and what `split_period` raises.
    """
    filters, rest = parse_filters(text)
    rest, period = split_period(rest, now=now, zone=zone, first_weekday=first_weekday)
    words = _clean(unquote(rest))
    return msgspec.structs.replace(filters, words=words or None), period


def _type(said: str) -> EntryType:
    found = _TYPES.get(said.casefold())
    if found is None:
        raise TypeNotUnderstood(said=said)
    return found


def _clean(said: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:LONGEST].strip()


def _begins(wanted: str | None, *names: str | None) -> bool:
    """Whether every wanted word begins a word of the names; without a word, whether they stand in one."""
    if wanted is None:
        return True
    name = fold(" ".join(filter(None, names)))
    words = fold(wanted).split()
    return bool(words) and (all(f" {word}" in f" {name}" for word in words) or " ".join(words) in name)


def _same_type(wanted: str | None, status_type: str | None) -> bool:
    return wanted is not None and status_type is not None and fold(wanted).replace(" ", "_") == status_type


def _note(entry: Details) -> str | None:
    return entry.extras.description if entry.extras else None
