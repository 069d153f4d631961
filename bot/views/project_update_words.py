"""What happened to a project, in words: each thing on a line of its own, with who did it where that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.domain.project_snapshots import (
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Redated,
    Reestimated,
    Regrouped,
    Renamed,
    Snapshot,
    Teammate,
    Update,
)
from bot.domain.project_updates import Told
from bot.i18n import N_, Mrkdwn, Translator, escape, mention
from bot.views.kit import called, cut, lines
from bot.views.project_pieces import days, progress

_NAMED = 10
_NAME = 60
_FULL = 100


def said(t: Translator, snapshot: Snapshot, told: Sequence[Told]) -> Mrkdwn:
    """Everything that is told of a project, its name first; one thing stands beside the name, several below it."""
    name, doers = title(t, snapshot), {one.by for one in told}
    if len(doers) == 1 and None not in doers:
        [person] = doers
        what = what_happened(t, snapshot, [Told(one.update) for one in told])
        if len(what) > 1:
            head = t.md("{project_name} · by {person}", project_name=name, person=mention(person or ""))
            return _list(head, what)
    what = what_happened(t, snapshot, told)
    return Mrkdwn(f"{name} · {what[0]}") if len(what) == 1 else _list(name, what)


def what_happened(t: Translator, snapshot: Snapshot, told: Iterable[Told]) -> list[Mrkdwn]:
    """Each thing that is told, without the project's name."""
    return [line for one in told for line in _lines(t, snapshot, one)]


def _list(head: Mrkdwn, what: Iterable[Mrkdwn]) -> Mrkdwn:
    return Mrkdwn(lines([head, *(f"• {line}" for line in what)]))


def title(t: Translator, snapshot: Snapshot) -> Mrkdwn:
    """The project's name, and the client's."""
    name = t.md("*{name}*", name=called(snapshot.project.name))
    client = snapshot.project.fields.client
    return Mrkdwn(f"{name} ({called(client.name, _NAME)})") if client else name


def people(t: Translator, members: Sequence[Teammate]) -> Mrkdwn:
    """Who is in a project, those who manage it first, as mrkdwn; how many more there are."""
    shown = ", ".join(_named(t, mate) for mate in members[:_NAMED])
    more = len(members) - _NAMED
    return Mrkdwn(f"{shown} {escape(t('and {n} more', n=more))}" if more > 0 else shown)


def _named(t: Translator, mate: Teammate) -> str:
    name = escape(cut(mate.name, _NAME))
    return t.md("group {name}", name=name) if mate.group else name


def _lines(t: Translator, snapshot: Snapshot, told: Told) -> Iterable[Mrkdwn]:
    for line in _words(t, snapshot, told.update):
        yield t.md("{what} · by {person}", what=line, person=mention(told.by)) if told.by else line


def _words(t: Translator, snapshot: Snapshot, update: Update) -> Iterable[Mrkdwn]:
    match update:
        case Created():
            yield t.md("New")
        case Renamed(before, _):
            yield t.md("Renamed from *{name}*", name=called(before))
        case Redated(before, after):
            yield _changed(t, _DATES, _days(t, before), _days(t, after))
        case Reestimated(before, after):
            yield _changed(t, _ESTIMATE, _length(t, before), _length(t, after))
        case Archived(after):
            yield t.md("Archived") if after else t.md("Unarchived")
        case Deleted(after, sure):
            yield _deleted(t, after=after, sure=sure)
        case Pinned(after):
            yield t.md("Pinned") if after else t.md("Unpinned")
        case Regrouped(added, removed, changed):
            yield from _team(t, added, removed, changed)
        case Passed(percent):
            yield _passed(t, snapshot, percent)


_DATES = (N_("Dates: {after}"), N_("Dates: {after} (before: {before})"), N_("Dates removed (before: {before})"))
_ESTIMATE = (
    N_("Estimate: {after}"),
    N_("Estimate: {after} (before: {before})"),
    N_("Estimate removed (before: {before})"),
)


def _changed(t: Translator, sentences: tuple[str, str, str], before: str, after: str) -> Mrkdwn:
    """Something is there now, is another, or is gone."""
    new, other, gone = sentences
    if not before:
        return t.md(new, after=after)
    return t.md(other, before=before, after=after) if after else t.md(gone, before=before)


def _days(t: Translator, ends: tuple[date | None, date | None]) -> str:
    return days(t, *ends)


def _length(t: Translator, length: int | None) -> str:
    return "" if length is None else t.duration(timedelta(minutes=length))


def _deleted(t: Translator, *, after: bool, sure: bool) -> Mrkdwn:
    if not after:
        return t.md("Back again")
    return t.md("Deleted") if sure else t.md("No longer in Toggl: deleted, or hidden from whoever subscribed")


def _team(
    t: Translator, added: Sequence[Teammate], removed: Sequence[Teammate], changed: Sequence[Teammate]
) -> Iterable[Mrkdwn]:
    managers = [mate for mate in changed if mate.manager]
    others = [mate for mate in changed if not mate.manager]
    for sentence, mates in (
        (N_("Now in the team: {names}"), added),
        (N_("No longer in the team: {names}"), removed),
        (N_("Now managing it: {names}"), managers),
        (N_("No longer managing it: {names}"), others),
    ):
        if mates:
            yield t.md(sentence, names=people(t, mates))


def _passed(t: Translator, snapshot: Snapshot, percent: int) -> Mrkdwn:
    share = t.percent(percent / 100)
    head = t.md("The estimate is used up") if percent >= _FULL else t.md("{share} of the estimate is used", share=share)
    done = progress(t, snapshot.project)
    return Mrkdwn(f"{head}: {done}") if done else head
