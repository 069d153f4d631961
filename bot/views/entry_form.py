"""The form with every field of an entry, the one that moves it, and what both are filled with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DateTimePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)
from slack_sdk.models.blocks.block_elements import ButtonElement
from slack_sdk.models.views import View

from bot.domain.entry_details import Details
from bot.domain.projects import Named
from bot.domain.tracking import Task
from bot.i18n import Mrkdwn, Translator
from bot.views.entry_pieces import Deed, deed_button, listed, name, notes, span
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, confirm, context, cut, lines, option, section
from bot.views.project_inputs import MOST_TAGS, named_options
from bot.views.start_modal import task_option

BILLABLE = "billable"
DESCRIPTION = 3000


def loading(t: Translator) -> View:
    """What stands in the form's place while Toggl is asked for the entry."""
    return modal(t, t("Edit entry"), [section(t.md("Looking up the entry…"))], close=t("Cancel"))


def edit(t: Translator, entry: Details, *, there: Details | None = None) -> View:
    """Every field of `entry`. With `there`, what Toggl has now beside what the person wants."""
    fields = [_task(t, entry.entry.task, optional=entry.task_id is None), _start(t, entry.start)]
    if entry.end is not None:
        fields += [_end(t, entry.end), _length(t)]
    fields.append(_type(t, entry))
    if entry.extras is not None:
        fields += [_description(t, entry.extras.description), *_tags(t, entry.tags)]
        fields.append(_billable(t, billable=entry.extras.billable))
    blocks: list[Block] = [*fields]
    if there is not None:
        for field in fields:
            field.block_id = f"{field.block_id}:{there.mark}"  # Under its old id Slack may keep what was in the field.
        blocks.insert(0, section(_differences(t, entry, there)))
    blocks.append(actions(*_deeds(t, there or entry)))
    facts = (
        [t.md("The timer is running: stop it with `{track} stop` to give the entry an end.")]
        if entry.end is None
        else []
    )
    if entry.archived:
        facts.append(t.md("This entry is archived."))
    if facts:
        blocks.append(context(*facts))
    return modal(
        t, t("Edit entry"), blocks, callback=Callbacks.EDIT_ENTRY, submit=t("Save mine") if there else t("Save")
    )


def move(t: Translator, entry: Details) -> View:
    """Choose the task that `entry` belongs to."""
    return modal(
        t,
        t("Move to task"),
        [
            section(lines([t.md("*{task}*", task=name(entry)), "  ·  ".join([span(t, entry), *notes(t, entry)])])),
            _task(t, None, optional=False),
        ],
        callback=Callbacks.MOVE_ENTRY,
        submit=t("Move"),
    )


def task_options(tasks: Sequence[Task]) -> list[Option]:
    """The entries of the typeahead of tasks that are there."""
    return [task_option(task) for task in tasks]


def _task(t: Translator, task: Task | None, *, optional: bool) -> InputBlock:
    return input_block(
        t("Task"),
        Blocks.TASK,
        ExternalDataSelectElement(
            action_id=Actions.ENTRY_TASK,
            placeholder=t("Search tasks, projects, clients"),
            min_query_length=0,
            initial_option=task_option(task) if task else None,
        ),
        optional=optional,
    )


def _start(t: Translator, start: datetime) -> InputBlock:
    return input_block(
        t("Start time"),
        Blocks.START,
        DateTimePickerElement(action_id=Actions.ENTRY_START, initial_date_time=int(start.timestamp())),
    )


def _end(t: Translator, end: datetime) -> InputBlock:
    return input_block(
        t("End time"),
        Blocks.END,
        DateTimePickerElement(action_id=Actions.ENTRY_END, initial_date_time=int(end.timestamp())),
    )


def _length(t: Translator) -> InputBlock:
    return input_block(
        t("Or the duration"),
        Blocks.LENGTH,
        PlainTextInputElement(action_id=Actions.ENTRY_LENGTH, max_length=100),
        hint=t("For example 1h30m, 1:30 or 90m, counted from the start. If empty, the end above is used."),
        optional=True,
    )


def _type(t: Translator, entry: Details) -> InputBlock:
    types = {"activity": option(t("Activity"), "activity"), "break": option(t("Break"), "break")}
    return input_block(
        t("Type"),
        Blocks.TYPE,
        RadioButtonsElement(
            action_id=Actions.ENTRY_TYPE, options=list(types.values()), initial_option=types[entry.type]
        ),
    )


def _description(t: Translator, text: str) -> InputBlock:
    return input_block(
        t("Description"),
        Blocks.DESCRIPTION,
        PlainTextInputElement(
            action_id=Actions.ENTRY_DESCRIPTION, initial_value=cut(text, DESCRIPTION) or None, max_length=DESCRIPTION
        ),
        optional=True,
    )


def _tags(t: Translator, tags: Sequence[Named]) -> list[InputBlock]:
    """Which tags it has; nothing where they are more than a picker holds."""
    element = ExternalDataMultiSelectElement(
        action_id=Actions.ENTRY_TAGS,
        placeholder=t("Search tags"),
        min_query_length=0,
        initial_options=named_options(tags) or None,
    )
    named = input_block(t("Tags"), Blocks.TAGS, element, optional=True)
    return [named] if len(tags) <= MOST_TAGS else []


def _billable(t: Translator, *, billable: bool) -> InputBlock:
    ticked = option(t("Billable"), BILLABLE)
    return input_block(
        t("Billing"),
        Blocks.BILLABLE,
        CheckboxesElement(
            action_id=Actions.ENTRY_BILLABLE, options=[ticked], initial_options=[ticked] if billable else None
        ),
        optional=True,
    )


def _deeds(t: Translator, entry: Details) -> list[ButtonElement]:
    """What is done at once, whatever the fields say."""
    sure = confirm(
        t("Delete this entry?"),
        t.md("*{task}*, {span}. You can undo this for 30 minutes.", task=name(entry, 100), span=span(t, entry)),
        yes=t("Delete"),
        no=t("Keep it"),
        style="danger",
    )
    aside = Deed.UNARCHIVE if entry.archived else Deed.ARCHIVE
    can_be_put_aside = entry.task_id is not None and entry.end is not None
    at_once = [Deed.EARLIER_5, Deed.EARLIER_15, *([aside] if can_be_put_aside else [])]
    return [
        *(deed_button(t, deed, entry.entry, index=n) for n, deed in enumerate(at_once)),
        deed_button(t, Deed.DELETE, entry.entry, style="danger", confirm=sure, index=len(at_once)),
    ]


def _differences(t: Translator, mine: Details, there: Details) -> Mrkdwn:
    """What Toggl has now, where it is not what the person wants."""
    said = [t.md(":warning: *This entry was changed in Toggl in the meantime.* What is there now, and what you want:")]
    if mine.task_id != there.task_id:
        said.append(t.md("Task: *{there}*, yours *{mine}*", there=name(there), mine=name(mine)))
    if (mine.start, mine.seconds) != (there.start, there.seconds):
        said.append(t.md("Time: *{there}*, yours *{mine}*", there=span(t, there), mine=span(t, mine)))
    if mine.type != there.type:
        words = {"activity": t("activity"), "break": t("break")}
        said.append(t.md("Type: *{there}*, yours *{mine}*", there=words[there.type], mine=words[mine.type]))
    if mine.extras and there.extras and mine.extras.description != there.extras.description:
        told = {"there": there.extras.description or "–", "mine": mine.extras.description or "–"}
        said.append(t.md("Description: *{there}*, yours *{mine}*", **told))
    if mine.extras and there.extras and mine.extras.billable != there.extras.billable:
        said.append(t.md("Billable: now *{there}*", there=t("yes") if there.extras.billable else t("no")))
    if mine.extras and there.extras and mine.extras.tag_ids != there.extras.tag_ids:
        told = {"there": listed(there.tags) or "–", "mine": listed(mine.tags) or "–"}
        said.append(t.md("Tags: *{there}*, yours *{mine}*", **told))
    if len(said) == 1:
        return t.md(
            ":warning: *This entry was changed in Toggl in the meantime.* Everything this form shows is already "
            "as you want it."
        )
    return Mrkdwn("\n".join(said))
