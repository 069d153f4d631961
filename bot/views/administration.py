"""Administrative changes in words: what kind they are, and what is other than before, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.administration import Change
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.change_words import FIELDS, TITLES, VALUES
from bot.views.kit import actions, called, lines, section
from bot.views.messages import Message
from bot.views.timer import undo

CHANGED_SINCE = N_(":warning: *{name}* was changed by somebody else in the meantime. Nothing was saved yet:")
SAVE_AGAIN = N_("What you entered is still here. Press *Save* again to overwrite their changes.")
DELETE_AGAIN = N_("Press *Delete* again to delete it as it is now.")

LONGEST = 300
LONGEST_LIST = 2000
"""Who allows something about many sees all of them."""


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


def _field(t: Translator, change: Change, field: str, said: Any) -> Mrkdwn:
    shown = called(value(t, change, field, said), LONGEST_LIST if isinstance(said, list) else LONGEST)
    return t.md("{field}: {value}", field=t(FIELDS[f"{change.subject}.{field}"]), value=shown)


def differences(t: Translator, change: Change) -> Mrkdwn:
    """Every field that the change changes, a line each; of what was not there before, what it is now."""
    known = {name: new for name, new in change.fields.items() if f"{change.subject}.{name}" in FIELDS}
    before = change.before or {}
    return Mrkdwn(
        lines(
            difference(t, change, name, before[name], new) if name in before else _field(t, change, name, new)
            for name, new in known.items()
        )
    )


def fields_in_words(t: Translator, change: Change, fields: Mapping[str, Any] | None) -> str:
    """The fields of one side of a change that are other than on the other side, in plain text, for a file."""
    other = change.after if fields is change.before else change.before
    told = [
        t("{field}: {value}", field=t(FIELDS[f"{change.subject}.{name}"]), value=value(t, change, name, said))
        for name, said in (fields or {}).items()
        if f"{change.subject}.{name}" in FIELDS and (other is None or other.get(name) != said)
    ]
    return "; ".join(told)


def others(t: Translator, change: Change, found: Mapping[str, tuple[Any, Any]]) -> Mrkdwn:
    """What somebody else changed meanwhile, a line each, from `ChangedSince.differences`."""
    known = {name: values for name, values in found.items() if f"{change.subject}.{name}" in FIELDS}
    return Mrkdwn(lines(difference(t, change, name, *values) for name, values in known.items()))


def conflict(
    t: Translator, change: Change, found: Mapping[str, tuple[Any, Any]], *, again: str = "", lead: str = CHANGED_SINCE
) -> list[Mrkdwn]:
    """What is said above a form that comes back: somebody else was faster, `found` is what they changed.

    `again` is what sending it once more does: SAVE_AGAIN, DELETE_AGAIN, or nothing where the form says so itself.
    """
    said = [t.md(lead, name=change.name), others(t, change, found)]
    return [*said, t.md(again)] if again else said


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
