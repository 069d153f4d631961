"""Administrative changes in words: what kind they are, and what is other than before, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from bot.domain.administration import Change
from bot.i18n import N_, Mrkdwn, Translator
from bot.views import members
from bot.views.kit import actions, called, lines, section
from bot.views.messages import Message
from bot.views.timer import undo

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "member.edit": N_("Change of a member"),
        "member.remove": N_("Removal of a member"),
        "status.create": N_("New status"),
        "status.edit": N_("Change of a status"),
        "status.delete": N_("Deletion of a status"),
        "status.restore": N_("Return of a deleted status"),
    }
)
"""What each kind of change is called, by `Change.kind`: a noun, for it stands in lists and requests, too."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "member.name": N_("Name"),
        "member.role": N_("Role"),
        "member.groups": N_("Groups"),
        "member.minutes": N_("Working hours a day"),
        "member.active": N_("Active"),
        "status.name": N_("Name"),
        "status.emoji": N_("Emoji"),
        "status.position": N_("Place"),
    }
)
"""What each field is called, by what the change is about, a dot, and the field's name. One that is not here is not
shown: it is for the bot alone."""

VALUES: Mapping[str, Callable[[Translator, Any], str]] = MappingProxyType(
    {
        "member.role": members.role,
        "member.groups": lambda t, said: ", ".join(members.group_name(t, number) for number in said),
        "member.minutes": lambda t, said: t.duration(timedelta(minutes=said)),
    }
)
"""How the values of a field are said, by the same names, where not as they are: plain text."""

LONGEST = 300


def title(t: Translator, change: Change) -> str:
    """What kind of change it is, in plain text."""
    return t(TITLES[change.kind]) if change.kind in TITLES else change.kind


def value(t: Translator, change: Change, field: str, said: Any) -> str:
    """One value of a field, in plain text."""
    if said is None or said in ("", [], {}):
        return t("none")
    if show := VALUES.get(f"{change.subject}.{field}"):
        return show(t, said)
    if isinstance(said, bool):
        return t("yes") if said else t("no")
    return ", ".join(str(each) for each in said) if isinstance(said, list | tuple) else str(said)


def difference(t: Translator, change: Change, field: str, before: Any, after: Any) -> Mrkdwn:
    """One field as it was and as it is to be."""
    old, new = (called(value(t, change, field, said), LONGEST) for said in (before, after))
    return t.md("{field}: {before} → {after}", field=t(FIELDS[f"{change.subject}.{field}"]), before=old, after=new)


def differences(t: Translator, change: Change) -> Mrkdwn:
    """Every field that the change changes, a line each; nothing where it changes none that people know."""
    known = {name: new for name, new in change.fields.items() if f"{change.subject}.{name}" in FIELDS}
    return Mrkdwn(
        lines(difference(t, change, name, (change.before or {}).get(name), new) for name, new in known.items())
    )


def others(t: Translator, change: Change, found: Mapping[str, tuple[Any, Any]]) -> Mrkdwn:
    """What somebody else changed meanwhile, a line each, from `ChangedSince.differences`."""
    known = {name: values for name, values in found.items() if f"{change.subject}.{name}" in FIELDS}
    return Mrkdwn(lines(difference(t, change, name, *values) for name, values in known.items()))


def told(t: Translator, change: Change) -> Mrkdwn:
    """A whole change in a few lines: what kind, of what, and each field."""
    head = t.md("{title}: *{name}*", title=title(t, change), name=called(change.name))
    return Mrkdwn(lines((head, differences(t, change))))


def done(t: Translator, change: Change, *, undo_id: str | None) -> Message:
    """A change that was made, with its Undo where it has one."""
    said = t.md("Done. {told}", told=told(t, change))
    return Message(said, (section(said), *([actions(undo(t, undo_id))] if undo_id else [])))


def taken_back(t: Translator, change: Change) -> Message:
    """A change that was taken back; `change` is its opposite, which was done."""
    said = t.md("Undone. {told}", told=told(t, change))
    return Message(said, (section(said),))
