"""Past time that was logged, or is to be: what was understood, what has to be asked, what was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.drafts import BUTTON, Draft
from bot.domain.log_lines import Line, Misread
from bot.domain.log_slots import Note
from bot.domain.tracking import Entry, Task
from bot.i18n import N_, Mrkdwn, Translator, escape, mention
from bot.views.choices import entry_name, place
from bot.views.entry_pieces import edit_button
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, cut, lines, section
from bot.views.messages import Message
from bot.views.spans import span
from bot.views.timer import undo

_VALUES = 6000
"""Characters that the buttons of one message carry together: each carries all of what is to be logged."""
_NOTES = 4
_OPTIONS = 8
_OVERLAPS = 5
_DAYS = 3


class Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """Entries as they were written, to be put right in the form; `person` is the id in Slack of whom they are for."""

    text: str
    person: str = ""

    @classmethod
    def read(cls, value: str) -> Written:
        """What a button carried. Raises msgspec.DecodeError."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """As a button's value."""
        return msgspec.json.encode(self).decode()


def logged(
    t: Translator,
    entries: Sequence[Entry],
    *,
    totals: Mapping[date, timedelta],
    undo_id: str | None,
    person: str = "",
    remarks: Sequence[Note] = (),
) -> Message:
    """What was saved: each entry with its exact times, what its day comes to, and how to take it back."""
    first, several = entries[0], len(entries) > 1
    if several:
        said = t.md("Logged {count} entries, {length} in total:", count=len(entries), length=_sum(entries))
        said = Mrkdwn(lines([said, *(_bullet(t, entry) for entry in entries)]))
    else:
        said = t.md(
            N_("Logged {length} on *{task}*: {when}.")
            if first.type == "activity"
            else N_("Logged a break of {length} on *{task}*: {when}."),
            length=first.length,
            task=entry_name(first),
            when=span(t, first),
        )
    said = _joined(said, _totals(t, totals), sign="\n" if several else " ")
    notes: list[str] = [] if several or not first.task or not place(first.task) else [escape(place(first.task))]
    notes += _notes(t, remarks)
    if person:
        notes.append(
            t.md("For {person}. Only they can see their entries, so I cannot undo this.", person=mention(person))
        )
    buttons: list[InteractiveElement] = [edit_button(t, first)] if undo_id and not several and first.id else []
    if undo_id:
        buttons.append(undo(t, undo_id))
    return Message(said, (section(said), *_small(notes), *_row(buttons)))


def undone(t: Translator, entries: Sequence[Entry]) -> Message:
    """What was logged is taken back."""
    if len(entries) == 1:
        said = t.md(
            "Undone: the entry of *{task}*, {when}, is deleted.", task=entry_name(entries[0]), when=span(t, entries[0])
        )
    else:
        said = t.md("Undone: these {count} entries are deleted:", count=len(entries))
        said = Mrkdwn(lines([said, *(_bullet(t, entry) for entry in entries)]))
    return Message(said, (section(said),))


def pick(
    t: Translator, draft: Draft, entries: Sequence[Entry], options: Sequence[Task], *, notes: Sequence[Note] = ()
) -> Message:
    """Which task the first undecided entry of `draft` is on: each that it may be, or a new one."""
    number = draft.undecided or 0
    wanted = draft.entries[number]
    said = (
        t.md("Which task is “{text}”? Nothing is logged yet.", text=wanted.name)
        if options
        else t.md("No task matches “{text}”. Nothing is logged yet.", text=wanted.name)
    )
    blocks: list[Block] = [section(said), _listed(t, entries, person=draft.person)]
    fitting = max(1, min(_OPTIONS, _VALUES // len(draft.dump())))
    for index, task in enumerate(options[:fitting]):
        value = draft.decide(number, task).dump()
        name, where = called(task.name), called(place(task))
        line = t.md("*{task}*\n{place}", task=name, place=where) if where else t.md("*{task}*", task=name)
        choose = button(
            t("Log"), Actions.LOG_ON_TASK, value=value, label=t("Log on {task}", task=task.name), index=index
        )
        blocks.append(section(line, accessory=choose if len(value) <= BUTTON else None))
    blocks += _small(_notes(t, notes))
    create = button(
        t("Create “{text}” and log", text=cut(wanted.name, 40)),
        Actions.CREATE_AND_LOG,
        value=draft.dump(),
        style=None if options else "primary",
    )
    blocks += _carrying(draft, create, _change(t, draft))
    return Message(said, tuple(blocks))


def confirm(
    t: Translator,
    draft: Draft,
    entries: Sequence[Entry],
    *,
    overlaps: Sequence[tuple[Entry, Entry]],
    notes: Sequence[Note],
) -> Message:
    """What is to be logged in full, and why it is asked first: doubts in reading it, what is there at the same time."""
    if overlaps:
        said = t.md("That overlaps with entries you already have. Nothing is logged yet.")
    elif len(entries) > 1:
        said = t.md("Log these {count} entries? Nothing is logged yet.", count=len(entries))
    else:
        said = t.md("Log this? Nothing is logged yet.")
    shown = [_overlap(t, entry, other, several=len(entries) > 1) for entry, other in overlaps[:_OVERLAPS]]
    if len(overlaps) > _OVERLAPS:
        shown.append(t.md("… and {count} more.", count=len(overlaps) - _OVERLAPS))
    blocks: list[Block] = [section(said), _listed(t, entries, person=draft.person)]
    if shown:
        blocks.append(section(lines([t.md("At the same time:"), *shown])))
    blocks += _small(_notes(t, notes))
    yes = button(
        t("Log anyway") if overlaps else t("Log"),
        Actions.LOG_ANYWAY,
        value=draft.dump(),
        style=None if overlaps else "primary",
    )
    blocks += _carrying(draft, yes, _change(t, draft))
    return Message(said, tuple(blocks))


def not_understood(t: Translator, read: Sequence[Line | Misread], written: Written) -> Message:
    """Several entries, not all of them understood: line by line what is clear, and what is missing."""
    said = t.md("Nothing was logged, because not every line is clear:")
    shown = [
        t.md(":warning: “{said}”: {reason}", said=cut(line.said, 100), reason=line.reason)
        if isinstance(line, Misread)
        else t.md(":white_check_mark: “{said}”", said=cut(line.said, 100))
        for line in read
    ]
    value = written.value()
    change = button(t("Change…"), Actions.CHANGE_LINES, value=value, style="primary")
    return Message(said, (section(said), section(lines(shown)), *(_row([change]) if len(value) <= BUTTON else ())))


def problems(t: Translator, read: Sequence[Line | Misread]) -> str:
    """What is wrong with which line, as plain text for the field they were written in."""
    wrong = [line for line in read if isinstance(line, Misread)]
    return " ".join(t("“{said}”: {reason}", said=cut(line.said, 60), reason=line.reason) for line in wrong)


def not_taken(t: Translator, problem: str, entries: Sequence[Entry], lacks: Sequence[Sequence[str]]) -> Message:
    """Toggl refused: `problem` (mrkdwn) says why, and each entry what it lacks, as far as Toggl tells."""
    shown = [
        _bullet(t, entry) if not missing else Mrkdwn(_bullet(t, entry) + ": " + _missing(t, missing))
        for entry, missing in zip(entries, lacks, strict=True)
    ]
    return Message(problem, (section(problem), section(lines(shown))))


def _missing(t: Translator, fields: Sequence[str]) -> Mrkdwn:
    words = {
        "project": N_("its task has no project"),
        "description": N_("it needs a description"),
        "tag": N_("it needs a tag"),
    }
    return escape(", ".join(t(words.get(field, N_("something is missing"))) for field in fields))


def _listed(t: Translator, entries: Sequence[Entry], *, person: str) -> Block:
    """Each entry in full, and for whom."""
    whose = t.md("For {person}:", person=mention(person)) if person else ""
    return section(lines([whose, *(_bullet(t, entry) for entry in entries)]))


def _bullet(t: Translator, entry: Entry) -> Mrkdwn:
    sentence = N_("• *{task}*, {when} ({length})")
    if entry.type == "break":
        sentence = N_("• *{task}*, break, {when} ({length})")
    return t.md(sentence, task=called(entry_name(entry)), when=span(t, entry), length=entry.length)


def _overlap(t: Translator, entry: Entry, other: Entry, *, several: bool) -> Mrkdwn:
    """What is there at the time of `entry`, which is named only where it is one of several."""
    task, there = called(entry_name(entry)), called(entry_name(other))
    if several:
        return t.md("• as *{task}*: *{other}*, {when}", task=task, other=there, when=_there(t, other))
    return t.md("• *{other}*, {when}", other=there, when=_there(t, other))


def _there(t: Translator, other: Entry) -> str:
    return t("since {at}", at=other.started_at) if other.running else span(t, other)


def _totals(t: Translator, totals: Mapping[date, timedelta]) -> Mrkdwn:
    today = t.now.astimezone(t.zone).date() if t.now else None
    said = [
        t.md("Today: {total}.", total=length)
        if day == today
        else t.md("Total {day}: {total}.", day=t.day(day, today=today or day), total=length)
        for day, length in list(totals.items())[-_DAYS:]
        if length
    ]
    return Mrkdwn(" ".join(said))


def _notes(t: Translator, notes: Sequence[Note]) -> list[str]:
    return [t.md(note.sentence, **note.values) for note in notes[:_NOTES]]


def _change(t: Translator, draft: Draft) -> InteractiveElement:
    return button(t("Change…"), Actions.CHANGE_LOG, value=draft.dump())


def _carrying(draft: Draft, *buttons: InteractiveElement) -> tuple[Block, ...]:
    """The buttons, where the draft is not too long for them."""
    return _row(buttons) if len(draft.dump()) <= BUTTON else ()


def _row(buttons: Sequence[InteractiveElement]) -> tuple[Block, ...]:
    return (actions(*buttons),) if buttons else ()


def _small(notes: Sequence[str]) -> tuple[Block, ...]:
    return (context(*notes),) if notes else ()


def _sum(entries: Sequence[Entry]) -> timedelta:
    return sum((entry.length or timedelta() for entry in entries), timedelta())


def _joined(*texts: str, sign: str) -> Mrkdwn:
    return Mrkdwn(sign.join(text for text in texts if text))
