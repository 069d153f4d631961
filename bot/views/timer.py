"""The running timer and what was done with it, as messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement, InteractiveElement

from bot.domain.tracking import Entry, Task
from bot.domain.when import When
from bot.i18n import Mrkdwn, Translator, escape
from bot.views.choices import Choice, entry_name, place
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, section
from bot.views.messages import Message

_RECENTS = 4  # beside *Start…* the row then holds five buttons, which fit a phone


def started(t: Translator, entry: Entry, *, previous: Entry | None, undo_id: str, when: When | None = None) -> Message:
    """A timer was started, perhaps in place of another."""
    if previous:
        said = t.md(
            "Switched from *{previous}* ({length}) to *{task}* at {at}.",
            previous=entry_name(previous),
            length=previous.length,
            task=entry_name(entry),
            at=entry.started_at,
        )
    else:
        said = t.md("Started *{task}* at {at}.", task=entry_name(entry), at=entry.started_at)
    buttons = actions(*running_buttons(t, entry), undo(t, undo_id))
    return Message(said, (section(said), *where(t, entry.task, when), buttons))


def moved(t: Translator, entry: Entry, *, undo_id: str) -> Message:
    """The running entry's start was changed."""
    said = t.md("*{task}* now counts from {at}.", task=entry_name(entry), at=entry.started_at)
    buttons = actions(*running_buttons(t, entry), undo(t, undo_id))
    return Message(said, (section(said), *where(t, entry.task), buttons))


def already_running(t: Translator, entry: Entry, *, elapsed: timedelta) -> Message:
    """What was to be started runs already."""
    said = t.md(
        "*{task}* is already running, since {at} ({elapsed}). Nothing was changed.",
        task=entry_name(entry),
        at=entry.started_at,
        elapsed=elapsed,
    )
    return Message(said, (section(said), *where(t, entry.task), actions(*running_buttons(t, entry))))


def gone(t: Translator, sentence: str, *, running: Entry | None) -> Message:
    """A button's timer does not run any more, as `sentence` (mrkdwn) says; what runs now, if anything."""
    if running is None:
        said = Mrkdwn(sentence + " " + t.md("No timer is running."))
        return Message(said, (section(said),))
    now = t.md("*{task}* is running, since {at}.", task=entry_name(running), at=running.started_at)
    said = Mrkdwn(sentence + " " + now)
    return Message(said, (section(said), *where(t, running.task), actions(*running_buttons(t, running))))


def stopped(
    t: Translator, entry: Entry, *, day_total: timedelta | None, undo_id: str, when: When | None = None
) -> Message:
    """A timer was stopped."""
    said = t.md("Stopped *{task}* after {length}.", task=entry_name(entry), length=entry.length)
    if day_total is not None:
        said = Mrkdwn(said + " " + t.md("Today: {total}.", total=day_total))
    buttons: list[InteractiveElement] = [undo(t, undo_id)]
    if entry.task:
        value = Choice.of(entry.task).value()
        buttons.insert(0, button(t("Continue"), Actions.START_TASK, value=value, label=_label(t("Continue"), entry)))
    return Message(said, (section(said), *where(t, entry.task, when), actions(*buttons)))


def now(
    t: Translator,
    running: Entry | None,
    *,
    elapsed: timedelta,
    day_total: timedelta,
    hours: timedelta | None = None,
    recents: Sequence[Task],
) -> Message:
    """The card of `/track`: what runs, the day (of `hours`, if known), and what could be started with one click."""
    total = t.md("Today: {total}.", total=day_total) if day_total else t.md("Today: nothing yet.")
    if hours:
        told = {"total": day_total, "hours": hours}
        total = (
            t.md("Today: {total} of {hours}.", **told) if day_total else t.md("Today: nothing yet of {hours}.", **told)
        )
    if running is None:
        said = t.md("No timer is running.")
        blocks: list[Block] = [section(said + " " + total)]
    else:
        said = t.md(
            "*{task}* is running: {elapsed}, since {at}.",
            task=entry_name(running),
            elapsed=elapsed,
            at=running.started_at,
        )
        blocks = [section(said + " " + total), *where(t, running.task), actions(*running_buttons(t, running))]
    startable = [task for task in recents if running is None or task.id != running.task_id][:_RECENTS]
    starts = [start_button(t, task, n) for n, task in enumerate(startable)]
    if starts:
        blocks.append(context(t.md("Start again:") if running is None else t.md("Switch to:")))
    if running is None:
        starts.append(button(t("Start…"), Actions.OPEN_START, style=None if starts else "primary"))
    if starts:
        blocks.append(actions(*starts))
    return Message(said, tuple(blocks))


def start_undone(t: Translator, entry: Entry, *, running: Entry | None) -> Message:
    """A start was taken back; `running` is the timer that had ended for it and runs again."""
    if running is None:
        return _undone(
            t, t.md("Undone: *{task}* is not running, and its entry is deleted.", task=entry_name(entry)), None
        )
    return _undone(
        t,
        t.md(
            "Undone: *{previous}* is running again since {at}, and the entry of *{task}* is deleted.",
            previous=entry_name(running),
            at=running.started_at,
            task=entry_name(entry),
        ),
        running,
    )


def stop_undone(t: Translator, running: Entry) -> Message:
    """A stop was taken back."""
    said = t.md("Undone: *{task}* is running again since {at}.", task=entry_name(running), at=running.started_at)
    return _undone(t, said, running)


def move_undone(t: Translator, running: Entry) -> Message:
    """A changed start was taken back."""
    said = t.md("Undone: *{task}* counts from {at} again.", task=entry_name(running), at=running.started_at)
    return _undone(t, said, running)


def undo(t: Translator, undo_id: str) -> ButtonElement:
    """The button that takes a change back."""
    return button(t("Undo"), Actions.UNDO, value=undo_id)


def running_buttons(t: Translator, entry: Entry) -> tuple[ButtonElement, ...]:
    """What can be done with a timer that runs."""
    value = str(entry.id)
    return (
        button(t("Stop"), Actions.STOP, value=value, style="danger", label=_label(t("Stop"), entry)),
        button(t("Switch…"), Actions.OPEN_START, value=value),
        button(t("Edit start…"), Actions.EDIT_START, value=f"{value}:{int(entry.started_at.timestamp())}"),
    )


def start_button(t: Translator, task: Task, n: int) -> ButtonElement:
    """The `n`th button that starts a task with one click."""
    around = place(task)
    label = t("Start {task}", task=f"{task.name}, {around}" if around else task.name)
    return button(task.name, Actions.START_TASK, value=Choice.of(task).value(), label=label, index=n)


def _undone(t: Translator, said: str, running: Entry | None) -> Message:
    buttons = (actions(*running_buttons(t, running)),) if running else ()
    return Message(said, (section(said), *buttons))


def _label(verb: str, entry: Entry) -> str:
    return f"{verb}: {entry_name(entry)}"


def where(t: Translator, task: Task | None, when: When | None = None) -> tuple[Block, ...]:
    """The small print: the task's project and client, and what was assumed in reading a time."""
    notes = [escape(place(task))] if task and place(task) else []
    if when:
        notes += [t.md(assumed.value, said=when.said, at=when.at) for assumed in when.assumed]
    return (context(*notes),) if notes else ()
