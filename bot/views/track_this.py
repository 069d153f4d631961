"""Track time on what a message says: on a task that it mentions, or on one that is made of it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, Option, PlainTextInputElement
from slack_sdk.models.views import View

from bot.domain.tracking import Entry, Project, Task
from bot.i18n import Translator
from bot.views.choices import NEW, OPTION_VALUE, entry_name
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, cut, option, section
from bot.views.start_modal import project_options, task_option, when_input

DESCRIPTION_LENGTH = 3000


def loading(t: Translator) -> View:
    """What stands in the form's place while tasks are looked up."""
    return modal(t, t("Track time on this"), [section(t.md("Looking up your tasks…"))], close=t("Cancel"))


def form(
    t: Translator,
    *,
    name: str,
    text: str,
    link: str | None,
    found: Sequence[Task],
    project: Project | None,
    running: Entry | None,
) -> View:
    """A task of those `found` in the message, or a new one called `name` with the message in its description."""
    chosen = task_option(found[0]) if found else create_option(t, name) if name else None
    kept = cut(text, DESCRIPTION_LENGTH - len(link or "") - 1)
    blocks: list[Block] = [
        input_block(
            t("Task"),
            Blocks.TRACK_ON,
            ExternalDataSelectElement(
                action_id=Actions.TRACK_ON,
                placeholder=t("Search tasks, projects, clients"),
                min_query_length=0,
                initial_option=chosen,
            ),
        ),
        when_input(t, "", optional=True),
        input_block(
            t("Project of a new task"),
            Blocks.PROJECT,
            ExternalDataSelectElement(
                action_id=Actions.PROJECT,
                placeholder=t("Search projects"),
                min_query_length=0,
                initial_option=project_options([project])[0] if project else None,
            ),
            optional=True,
        ),
        input_block(
            t("Description of a new task"),
            Blocks.DESCRIPTION,
            PlainTextInputElement(
                action_id=Actions.TRACK_DESCRIPTION,
                multiline=True,
                initial_value="\n".join(filter(None, (kept, link))) or None,
                max_length=DESCRIPTION_LENGTH,
            ),
            optional=True,
        ),
    ]
    if running:
        blocks.append(context(t.md("*{task}* is running and will stop then.", task=entry_name(running))))
    return modal(
        t, t("Track time on this"), blocks, callback=Callbacks.TRACK_THIS, submit=t("Switch") if running else t("Start")
    )


def options(t: Translator, name: str, found: Sequence[Task], others: Sequence[Task]) -> list[Option]:
    """Before anything is typed: the tasks that the message mentions, the one it could become, then the recent ones."""
    mentioned = {task.id for task in found}
    create = [create_option(t, name)] if name else []
    rest = [task_option(task) for task in others if task.id not in mentioned]
    return [*(task_option(task) for task in found), *create, *rest]


def create_option(t: Translator, name: str) -> Option:
    """The entry that makes a task called `name`."""
    return option(t("Create “{text}”", text=name), NEW + name[: OPTION_VALUE - len(NEW)])
