"""The forms to log past time: one entry with a field for each part, or several as lines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    PlainTextInputElement,
    RadioButtonsElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.drafts import Draft, DraftEntry
from bot.domain.tracking import EntryType, Task
from bot.i18n import Translator
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, option
from bot.views.start_modal import task_option

_LINES = 3000
_LONGEST_RANGE = timedelta(hours=16)
"""A range over midnight that is longer is not read as one."""


def form(
    t: Translator,
    *,
    day: date,
    task: Task | None = None,
    words: str = "",
    kind: EntryType = "activity",
    person: str = "",
) -> View:
    """One entry: task by typeahead, how long or from when to when, the day, activity or break, for whom."""
    types = [option(t("Activity"), "activity"), option(t("Break"), "break")]
    blocks: list[Block] = [
        input_block(
            t("Task"),
            Blocks.TASK,
            ExternalDataSelectElement(
                action_id=Actions.TASK,
                placeholder=t("Search tasks, projects, clients"),
                min_query_length=0,
                initial_option=task_option(task) if task else None,
                focus_on_load=True,
            ),
        ),
        input_block(
            t("How long, or from when to when"),
            Blocks.LENGTH,
            PlainTextInputElement(action_id=Actions.LOG_LENGTH, initial_value=words or None, max_length=100),
            hint=t("For example 1h30m, 90m, 9-10:30, 22:30-1:15, 1h 14:00."),
        ),
        input_block(t("Day"), Blocks.DAY, DatePickerElement(action_id=Actions.LOG_DAY, initial_date=day.isoformat())),
        input_block(
            t("Type"),
            Blocks.TYPE,
            RadioButtonsElement(
                action_id=Actions.LOG_TYPE, options=types, initial_option=types[0 if kind == "activity" else 1]
            ),
        ),
        _person(t, person),
        context(t.md("Several at once: `{track} log 9-10 review, 1h30m Write report`.")),
    ]
    return _view(t, Callbacks.LOG, blocks)


def lines_form(t: Translator, text: str, *, person: str = "") -> View:
    """Several entries, one in a line."""
    blocks: list[Block] = [
        input_block(
            t("One entry per line"),
            Blocks.LINES,
            PlainTextInputElement(
                action_id=Actions.LOG_LINES, multiline=True, initial_value=text[:_LINES] or None, max_length=_LINES
            ),
            hint=t("For example 9-10:30 Write report, or 1h30m review yesterday. Either all are logged, or none."),
        ),
        _person(t, person),
    ]
    return _view(t, Callbacks.LOG_LINES, blocks)


def changing(t: Translator, draft: Draft) -> View:
    """The form to change what `draft` is about to log."""
    if len(draft.entries) > 1:
        return lines_form(t, "\n".join(_line(t, entry) for entry in draft.entries), person=draft.person)
    [entry] = draft.entries
    task = Task(entry.task_id, entry.name) if entry.task_id is not None else None
    day = entry.start.astimezone(t.zone).date()
    return form(t, day=day, task=task, words=" ".join(_times(t, entry)).strip(), kind=entry.type, person=draft.person)


def _line(t: Translator, entry: DraftEntry) -> str:
    """An entry as a person could have written it."""
    how_long, start = _times(t, entry)
    kind = "" if entry.type == "activity" else "break "
    name = entry.name.replace('"', "'")
    day = entry.start.astimezone(t.zone).date().isoformat()
    return f'{how_long} {kind}"{name}" {day} {start}'.rstrip()


def _times(t: Translator, entry: DraftEntry) -> tuple[str, str]:
    """The range, or where none can say it the length and its start."""
    start, end = (moment.astimezone(t.zone) for moment in entry.span)
    if entry.length <= _LONGEST_RANGE and _clock(start) != _clock(end):
        return f"{_clock(start)}-{_clock(end)}", ""
    hours, rest = divmod(entry.seconds, 3600)
    return f"{hours}h{rest // 60:02}m{rest % 60:02}s", _clock(start)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _person(t: Translator, person: str) -> InputBlock:
    return input_block(
        t("For"),
        Blocks.PERSON,
        UserSelectElement(action_id=Actions.LOG_PERSON, placeholder=t("Myself"), initial_user=person or None),
        hint=t(
            "To log for somebody else, you need the right to manage their time in Toggl. Leave it empty for yourself."
        ),
        optional=True,
    )


def _view(t: Translator, callback: Callbacks, blocks: list[Block]) -> View:
    return modal(t, t("Log time"), blocks, callback=callback, submit=t("Log"))
