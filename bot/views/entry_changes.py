"""What was done to one entry, what is asked before, and which one is meant, as messages."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.entry_details import Details
from bot.i18n import Mrkdwn, Translator
from bot.views.entry_pieces import Deed, deed_button, edit_button, listed, name, notes, span
from bot.views.kit import actions, context, section
from bot.views.messages import Message
from bot.views.timer import undo

_SHOWN = 8


def changed(t: Translator, before: Details, after: Details, *, undo_id: str) -> Message:
    """Some fields of an entry were changed."""
    if before.task_id != after.task_id and _times(before) == _times(after):
        said = t.md("Moved from *{old}* to *{new}*: {span}.", span=span(t, after), old=name(before), new=name(after))
    else:
        said = t.md("Changed *{task}*: {span}.", task=name(after), span=span(t, after))
    was = _was(t, before, after)
    told = [context(*was)] if was else []
    return Message(said, (section(said), *told, actions(edit_button(t, after.entry), undo(t, undo_id))))


def archived(t: Translator, entry: Details, *, undo_id: str) -> Message:
    """An entry was archived, or taken back from there."""
    sentence = t.md("Archived *{task}*, {span}.", task=name(entry), span=span(t, entry))
    if not entry.archived:
        sentence = t.md("*{task}*, {span}, is no longer archived.", task=name(entry), span=span(t, entry))
    return Message(sentence, (section(sentence), actions(edit_button(t, entry.entry), undo(t, undo_id))))


def deleted(t: Translator, entry: Details, *, undo_id: str) -> Message:
    """An entry was deleted."""
    said = t.md("Deleted *{task}*, {span}.", task=name(entry), span=span(t, entry))
    return Message(said, (section(said), actions(undo(t, undo_id))))


def restored(t: Translator, entry: Details, *, undo_id: str) -> Message:
    """A deleted entry came back."""
    said = t.md("Restored *{task}*, {span}.", task=name(entry), span=span(t, entry))
    return Message(said, (section(said), actions(edit_button(t, entry.entry), undo(t, undo_id))))


def ask_delete(t: Translator, entry: Details) -> Message:
    """Whether to delete this entry."""
    said = t.md("Delete *{task}*, {span}?", task=name(entry), span=span(t, entry))
    told = notes(t, entry)
    row = actions(
        deed_button(t, Deed.DELETE, entry.entry, style="danger", index=0),
        deed_button(t, Deed.KEEP, entry.entry, index=1),
    )
    return Message(said, (section(said), *([context(*told)] if told else []), row))


def kept(t: Translator) -> Message:
    """Nothing was deleted after all."""
    return Message(t("Kept. Nothing was deleted."))


def which(t: Translator, deed: Deed, found: Sequence[Details], *, text: str) -> Message:
    """Several entries may be meant: each with the button for what was wanted."""
    said = t.md("Which entry? “{text}” matches {count} of them.", text=text, count=len(found))
    blocks: list[Block] = [section(said)]
    for n, entry in enumerate(found[:_SHOWN]):
        line = "\n".join([t.md("*{task}*", task=name(entry)), "  ·  ".join([span(t, entry), *notes(t, entry)])])
        blocks.append(section(line, accessory=deed_button(t, deed, entry.entry, index=n)))
    if len(found) > _SHOWN:
        blocks.append(context(t.md("These are the newest {shown}. A time, such as `9:15`, picks one.", shown=_SHOWN)))
    return Message(said, tuple(blocks))


def changed_elsewhere(t: Translator, deed: Deed, now: Details) -> Message:
    """What was to be changed is not as it was shown: how it is now, and the same again if it is still wanted."""
    said = t.md(
        "*{task}* has changed in Toggl since this was shown, so nothing was done. It is now {span}.",
        task=name(now),
        span=span(t, now),
    )
    told = notes(t, now)
    again = deed_button(t, deed, now.entry, style="danger" if deed is Deed.DELETE else None)
    row = actions(again, edit_button(t, now.entry))
    return Message(said, (section(said), *([context(*told)] if told else []), row))


def nothing(t: Translator, sentence: str) -> Message:
    """There was nothing to do."""
    return Message(t(sentence))


def change_undone(t: Translator, before: Sequence[Details]) -> Message:
    """Entries have the fields again that they had before."""
    if len(before) == 1:
        [entry] = before
        said = t.md("Undone: *{task}* is back to {span}.", task=name(entry), span=span(t, entry))
    else:
        said = Mrkdwn(t.plural("Undone: {n} entry is as it was.", "Undone: {n} entries are as they were.", len(before)))
    return Message(said, (section(said),))


def archive_undone(t: Translator, entry: Details, *, archived: bool) -> Message:
    """An entry is out of the archive again, or in it."""
    said = t.md("Undone: *{task}*, {span}, is archived again.", task=name(entry), span=span(t, entry))
    if archived:
        said = t.md("Undone: *{task}*, {span}, is not archived.", task=name(entry), span=span(t, entry))
    return Message(said, (section(said),))


def delete_undone(t: Translator, entries: Sequence[Details]) -> Message:
    """Deleted entries are back."""
    if len(entries) == 1:
        [entry] = entries
        said = t.md("Undone: *{task}*, {span}, is back.", task=name(entry), span=span(t, entry))
    else:
        said = Mrkdwn(t.plural("Undone: {n} entry is back.", "Undone: {n} entries are back.", len(entries)))
    return Message(said, (section(said),))


def restore_undone(t: Translator, entries: Sequence[Details]) -> Message:
    """Restored entries are deleted again."""
    said = Mrkdwn(
        t.plural("Undone: {n} entry is deleted again.", "Undone: {n} entries are deleted again.", len(entries))
    )
    return Message(said, (section(said),))


def _was(t: Translator, before: Details, after: Details) -> list[Mrkdwn]:
    told = []
    if _times(before) != _times(after):
        told.append(t.md("It was {span}.", span=span(t, before)))
        if before.task_id != after.task_id:
            told.append(t.md("Its task was *{task}*.", task=name(before)))
    if before.type != after.type:
        told.append(t.md("It is a break now.") if after.type == "break" else t.md("It is no longer a break."))
    if before.extras != after.extras and before.extras and after.extras:
        if before.extras.description != after.extras.description:
            told.append(
                t.md("Its description is “{text}” now.", text=after.extras.description)
                if after.extras.description
                else t.md("Its description is empty now.")
            )
        if before.extras.billable != after.extras.billable:
            told.append(t.md("It is billable now.") if after.extras.billable else t.md("It is no longer billable."))
        if before.extras.tag_ids != after.extras.tag_ids:
            told.append(
                t.md("Its tags are {names} now.", names=listed(after.tags))
                if after.tags
                else t.md("It has no tags now.")
            )
    return told


def _times(entry: Details) -> tuple[object, ...]:
    return entry.start, entry.seconds
