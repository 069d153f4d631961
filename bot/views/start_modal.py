"""Choosing what to start: the message with several matches, the start modal with typeahead, and the new task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from bot.domain.tracking import Entry, Project, Task
from bot.i18n import Translator
from bot.views.choices import (
    NAME_LENGTH,
    NEW,
    OPTION_VALUE,
    Choice,
    entry_name,
    place,
    project_value,
    task_value,
)
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, called, context, cut, lines, option, plain, section
from bot.views.messages import Message

REMEMBER = "remember"
_SHOWN = 8


def pick(t: Translator, wanted: Choice, found: Sequence[Task]) -> Message:
    """Several tasks match what was typed, or none does: each with its button, and creating it as the last resort."""
    said = (
        t.md("Which task? These match “{text}”.", text=wanted.name)
        if found
        else t.md("No task matches “{text}”. Nothing was started.", text=wanted.name)
    )
    blocks: list[Block] = [section(said)]
    for task in found[:_SHOWN]:
        where = called(place(task))
        line = t.md("*{task}*", task=called(task.name))
        if where:
            line = t.md("*{task}*\n{place}", task=called(task.name), place=where)
        start = button(
            t("Start"),
            Actions.START_TASK,
            value=Choice.of(task, at=wanted.at).value(),
            label=t("Start {task}", task=task.name),
        )
        blocks.append(section(line, accessory=start))
    create = button(
        t("Create “{text}” and start", text=cut(wanted.name, 40)),
        Actions.CREATE_AND_START,
        value=wanted.value(),
        style=None if found else "primary",
    )
    blocks.append(actions(create, button(t("Choose another task…"), Actions.OPEN_START)))
    if wanted.at is not None:
        blocks.append(context(t.md("It will count from {at}.", at=wanted.at)))
    return Message(said, tuple(blocks))


def loading(t: Translator) -> View:
    """What stands in the start modal's place while Toggl is asked what runs."""
    return modal(t, t("Start a timer"), [section(t.md("Looking up what is running…"))], close=t("Cancel"))


def start(t: Translator, *, running: Entry | None = None, task: Task | None = None, when: str = "") -> View:
    """The start modal: a task by typeahead, recent ones first, and a start time in words."""
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
        when_input(t, when, optional=True),
    ]
    if running:
        blocks.append(context(t.md("*{task}* is running and will stop then.", task=entry_name(running))))
    return modal(
        t,
        t("Switch timer") if running else t("Start a timer"),
        blocks,
        callback=Callbacks.START,
        submit=t("Switch") if running else t("Start"),
    )


def new_task(t: Translator, name: str, *, then: Callbacks = Callbacks.CREATE_TASK) -> View:
    """A task that is not there yet: its name, and which project it belongs to; `then` tells what it is made for."""
    title = t("Create and log") if then is Callbacks.CREATE_AND_LOG else t("Create and start")
    remember = Option(
        text=plain(t("Use this project for new tasks in this channel"), 75),
        value=REMEMBER,
    )
    blocks: list[Block] = [
        input_block(
            t("New task"),
            Blocks.NAME,
            PlainTextInputElement(action_id=Actions.NAME, initial_value=cut(name, NAME_LENGTH), max_length=NAME_LENGTH),
        ),
        input_block(
            t("Project"),
            Blocks.PROJECT,
            ExternalDataSelectElement(action_id=Actions.PROJECT, placeholder=t("Search projects"), min_query_length=0),
            hint=t("Leave it empty for a task without a project."),
            optional=True,
        ),
        input_block(
            t("Next time"),
            Blocks.REMEMBER,
            CheckboxesElement(action_id=Actions.REMEMBER, options=[remember], initial_options=[remember]),
            optional=True,
        ),
    ]
    return modal(t, title, blocks, callback=then, submit=title)


def edit_start(t: Translator, *, at: datetime, there: datetime | None = None) -> View:
    """Change since when the running timer counts. With `there`, what Toggl has now beside what the person wants."""
    blocks: list[Block] = [when_input(t, t.moment(at, now=t.now or at), optional=False)]
    if there is not None:
        changed = t.md(
            ":warning: *This entry was changed in Toggl in the meantime.* What is there now, and what you want:"
        )
        blocks.insert(0, section(lines([changed, t.md("Time: *{there}*, yours *{mine}*", there=there, mine=at)])))
    return modal(
        t, t("Edit start"), blocks, callback=Callbacks.EDIT_START, submit=t("Save mine") if there else t("Save")
    )


def task_options(t: Translator, query: str, tasks: Sequence[Task]) -> list[Option]:
    """The typeahead's entries for `query`; the last one creates what was typed, unless a task has that very name."""
    options = [task_option(task) for task in tasks]
    text = query.strip()
    if text and not any(task.name.casefold() == text.casefold() for task in tasks):
        options.append(option(t("Create “{text}”", text=text), NEW + text[: OPTION_VALUE - len(NEW)]))
    return options


def task_option(task: Task) -> Option:
    """A task in a typeahead, with what tells it from its namesakes below it."""
    return option(task.name, task_value(task), description=place(task) or None)


def project_options(projects: Sequence[Project]) -> list[Option]:
    """The entries of the typeahead of projects."""
    return [option(project.name, project_value(project), description=project.client) for project in projects]


def when_input(t: Translator, words: str, *, optional: bool) -> InputBlock:
    """The field for a start in words."""
    return input_block(
        t("Start time"),
        Blocks.WHEN,
        PlainTextInputElement(
            action_id=Actions.WHEN,
            placeholder=t("now"),
            initial_value=words or None,
            max_length=100,
        ),
        hint=t("For example 9:15, 25m ago, since last, yesterday 16:00."),
        optional=optional,
    )
