"""Many entries at once: the form that chooses them, the one that says what to do, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.domain.bulk import BulkChange, BulkDeed, token
from bot.domain.entry_details import Details
from bot.i18n import Mrkdwn, Translator, escape
from bot.views.choices import entry_name, place
from bot.views.entry_pieces import NAME, name, span
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, context, cut, lines, option, section
from bot.views.messages import Message
from bot.views.timer import undo

PER_PAGE = 40
"""Entries on a page of the form: each on a day of its own stays well under a modal's 100 blocks."""

_BOXES = 10
_NAME = 50  # 100 lines with names of this length stay within a message
_LINES = 20


def loading(t: Translator) -> View:
    """What stands in the form's place while Toggl is asked."""
    return modal(t, t("Several entries"), [section(t.md("Looking up your entries…"))], close=t("Cancel"))


def choose(
    t: Translator, entries: Sequence[Details], *, page: int, chosen: Sequence[str], deleted: bool = False
) -> View:
    """One page of `entries` (newest first) to tick; `chosen` are the tokens of those that are ticked on any page."""
    pages = max(1, -(-len(entries) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = on_page(entries, page)
    if not shown:
        hint = t.md("There is nothing to choose from. Try a longer period, for example `{track} bulk last month`.")
        return modal(t, t("Several entries"), [section(hint)], close=t("Cancel"))
    here = {token(entry) for entry in shown}
    elsewhere = sum(each not in here for each in chosen)
    said = t.md("Select entries. You choose what to do with them next.")
    if deleted:
        said = t.md("Select the entries to restore.")
    if elsewhere:
        more = t.plural("{n} more is selected on other pages.", "{n} more are selected on other pages.", elsewhere)
        said = Mrkdwn(f"{said} {more}")
    blocks: list[Block] = [section(said), *_boxes(t, shown, set(chosen))]
    turns = []
    if page > 1:
        turns.append(button(t("Newer"), Actions.BULK_PAGE, value=str(page - 1), index=0))
    if page < pages:
        turns.append(button(t("Older"), Actions.BULK_PAGE, value=str(page + 1), index=1))
    if turns:
        blocks += [actions(*turns), context(t.md("Page {page} of {pages}", page=page, pages=pages))]
    return modal(
        t,
        t("Restore entries") if deleted else t("Several entries"),
        blocks,
        callback=Callbacks.BULK_RESTORE if deleted else Callbacks.BULK_CHOOSE,
        submit=t("Restore") if deleted else t("Next"),
    )


def on_page(entries: Sequence[Details], page: int) -> Sequence[Details]:
    """The entries that `choose` shows on a page."""
    return entries[(page - 1) * PER_PAGE : page * PER_PAGE]


def first_block() -> str:
    """The `block_id` under which a problem with the choice is shown."""
    return f"{Blocks.BULK_DAY}:0"


def decide(t: Translator, entries: Sequence[Details], deed: BulkDeed, *, problem: str | None = None) -> View:
    """What to do with the chosen `entries`; `problem` (mrkdwn) is what has changed meanwhile."""
    count = len(entries)
    blocks: list[Block] = []
    if problem:
        blocks.append(section(f":warning: {problem}"))
    blocks.append(
        input_block(
            t("What to do"),
            Blocks.BULK_DEED,
            RadioButtonsElement(
                action_id=Actions.BULK_DEED,
                options=[_deed_option(t, each) for each in BulkDeed],
                initial_option=_deed_option(t, deed),
            ),
            dispatch=True,
        )
    )
    blocks += _asked(t, deed)
    total = sum((entry.length or timedelta() for entry in entries), timedelta())
    all_of_them = t.plural("*{n} entry*, {total}:", "*{n} entries*, {total}, all or none:", count, total=total)
    blocks.append(section(all_of_them))
    blocks += [section(part) for part in _listed(t, entries, _LINES)]
    words = {
        BulkDeed.MOVE: t("Move {count}", count=count),
        BulkDeed.SHIFT: t("Shift {count}", count=count),
        BulkDeed.DELETE: t("Delete {count}", count=count),
    }
    submit = words.get(deed, t("Change {count}", count=count))
    return modal(t, t("Several entries"), blocks, callback=Callbacks.BULK_APPLY, submit=submit)


def done(t: Translator, wanted: BulkChange, after: Sequence[Details], *, undo_id: str) -> Message:
    """What was done with which entries."""
    said = _said(t, wanted, len(after))
    parts = [section(part) for part in _listed(t, after, len(after))]
    return Message(said, (section(said), *parts, actions(undo(t, undo_id))))


def restored(t: Translator, entries: Sequence[Details], *, undo_id: str) -> Message:
    """Which entries came back."""
    said = Mrkdwn(t.plural("Restored {n} entry.", "Restored {n} entries.", len(entries)))
    parts = [section(part) for part in _listed(t, entries, len(entries))]
    return Message(said, (section(said), *parts, actions(undo(t, undo_id))))


def changed_elsewhere(t: Translator, *, changed: int, gone: int) -> str:
    """Why nothing was done yet, as mrkdwn."""
    told = [t.md("*Nothing was changed yet.*")]
    if changed:
        told.append(
            Mrkdwn(
                t.plural(
                    "{n} of them has changed in Toggl in the meantime, and is shown as it is now.",
                    "{n} of them have changed in Toggl in the meantime, and are shown as they are now.",
                    changed,
                )
            )
        )
    if gone:
        told.append(Mrkdwn(t.plural("{n} no longer exists.", "{n} no longer exist.", gone)))
    return " ".join([*told, t.md("Continue with these?")])


def all_gone(t: Translator) -> Message:
    """None of the chosen entries is there any more."""
    return Message(t("None of these entries exists any more, so nothing was changed."))


def _said(t: Translator, wanted: BulkChange, n: int) -> Mrkdwn:
    match wanted.deed:
        case BulkDeed.MOVE:
            task = escape(cut(wanted.task.name, NAME)) if wanted.task else ""
            return Mrkdwn(t.plural("Moved {n} entry to *{task}*.", "Moved {n} entries to *{task}*.", n, task=task))
        case BulkDeed.SHIFT if wanted.shift < timedelta():
            earlier = -wanted.shift
            return Mrkdwn(
                t.plural(
                    "Shifted {n} entry {length} earlier.", "Shifted {n} entries {length} earlier.", n, length=earlier
                )
            )
        case BulkDeed.SHIFT:
            later = wanted.shift
            return Mrkdwn(
                t.plural("Shifted {n} entry {length} later.", "Shifted {n} entries {length} later.", n, length=later)
            )
        case BulkDeed.DELETE:
            return Mrkdwn(t.plural("Deleted {n} entry.", "Deleted {n} entries.", n))
        case BulkDeed.BREAK:
            return Mrkdwn(t.plural("{n} entry is a break now.", "{n} entries are breaks now.", n))
    return Mrkdwn(t.plural("{n} entry is an activity now.", "{n} entries are activities now.", n))


def _asked(t: Translator, deed: BulkDeed) -> list[Block]:
    """What has to be known besides."""
    if deed is BulkDeed.MOVE:
        element = ExternalDataSelectElement(
            action_id=Actions.ENTRY_TASK, placeholder=t("Search tasks, projects, clients"), min_query_length=0
        )
        return [input_block(t("To task"), Blocks.TASK, element)]
    if deed is BulkDeed.SHIFT:
        typed = PlainTextInputElement(action_id=Actions.BULK_SHIFT, placeholder="-15", max_length=100)
        return [
            input_block(
                t("By how much"),
                Blocks.BULK_SHIFT,
                typed,
                hint=t("For example -15 (minutes), +1h, or 10 min earlier. Durations stay as they are."),
            )
        ]
    if deed is BulkDeed.DELETE:
        return [
            context(t.md("*Undo* brings deleted entries back for 30 minutes; `{track} restore` does so later, too."))
        ]
    return []


def _deed_option(t: Translator, deed: BulkDeed) -> Option:
    words = {
        BulkDeed.MOVE: t("Move to another task"),
        BulkDeed.BREAK: t("Change to breaks"),
        BulkDeed.ACTIVITY: t("Change to activities"),
        BulkDeed.SHIFT: t("Shift earlier or later"),
        BulkDeed.DELETE: t("Delete"),
    }
    return option(words[deed], deed)


def _boxes(t: Translator, entries: Sequence[Details], chosen: set[str]) -> Iterator[Block]:
    """The entries as boxes to tick, at most ten in a block, each day under its name."""
    today = t.now.astimezone(t.zone).date() if t.now else date.max
    number = 0
    for day, group in groupby(entries, key=lambda entry: entry.start.astimezone(t.zone).date()):
        of_day = list(group)
        for first in range(0, len(of_day), _BOXES):
            options = [(_box(t, entry), token(entry)) for entry in of_day[first : first + _BOXES]]
            ticked = [box for box, each in options if each in chosen]
            named = t.day(day, today=today)
            named = named[:1].upper() + named[1:]
            yield input_block(
                t("{day}, continued", day=named) if first else named,
                f"{Blocks.BULK_DAY}:{number}",
                CheckboxesElement(
                    action_id=Actions.BULK_CHOICE, options=[box for box, _ in options], initial_options=ticked or None
                ),
                optional=True,
            )
            number += 1


def _box(t: Translator, entry: Details) -> Option:
    length = t.duration(entry.length) if entry.length is not None else t("running")
    task = entry.entry.task
    told = [length, place(task) if task else ""]
    told += [t("break") if entry.type == "break" else "", t("archived") if entry.archived else ""]
    text = f"{t.time(entry.start)}  {entry_name(entry.entry)}"
    return option(text, token(entry), description=" · ".join(filter(None, told)))


def _listed(t: Translator, entries: Sequence[Details], most: int) -> Iterator[str]:
    """A line for each of the entries, in paragraphs short enough for Slack."""
    told = [t.md("• *{task}*, {span}", task=name(entry, _NAME), span=span(t, entry)) for entry in entries[:most]]
    if len(entries) > most:
        told.append(Mrkdwn(t.plural("… and {n} more", "… and {n} more", len(entries) - most)))
    for first in range(0, len(told), _LINES):
        yield lines(told[first : first + _LINES])
