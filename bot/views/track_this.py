"""Track time on what a message says: on a task that it mentions, or on one that is made of it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, InputBlock, Option, PlainTextInputElement
from slack_sdk.models.views import View

from bot.domain.tracking import Entry, Project, Task
from bot.i18n import Translator
from bot.views.choices import NEW, OPTION_VALUE, entry_name
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import TITLE_TEXT, context, cut, option, plain, section
from bot.views.start_modal import project_options, task_option, when_input

DESCRIPTION_LENGTH = 3000


def loading(t: Translator) -> View:
    """What stands in the form's place while tasks are looked up."""
    return View(
        type="modal",
        title=plain(t("Track time on this"), TITLE_TEXT),
        close=plain(t("Cancel"), TITLE_TEXT),
        blocks=[section(t.md("Looking up your tasks…"))],
    )


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
        InputBlock(
            block_id=Blocks.TRACK_ON,
            label=plain(t("Task"), 2000),
            element=ExternalDataSelectElement(
                action_id=Actions.TRACK_ON,
                placeholder=t("Search tasks, projects, clients"),
                min_query_length=0,
                initial_option=chosen,
            ),
        ),
        when_input(t, "", optional=True),
        InputBlock(
            block_id=Blocks.PROJECT,
            optional=True,
            label=plain(t("Project of a new task"), 2000),
            element=ExternalDataSelectElement(
                action_id=Actions.PROJECT,
                placeholder=t("Search projects"),
                min_query_length=0,
                initial_option=project_options([project])[0] if project else None,
            ),
        ),
        InputBlock(
            block_id=Blocks.DESCRIPTION,
            optional=True,
            label=plain(t("Description of a new task"), 2000),
            element=PlainTextInputElement(
                action_id=Actions.TRACK_DESCRIPTION,
                multiline=True,
                initial_value="\n".join(filter(None, (kept, link))) or None,
                max_length=DESCRIPTION_LENGTH,
            ),
        ),
    ]
    if running:
        blocks.append(context(t.md("*{task}* is running and will stop then.", task=entry_name(running))))
    return View(
        type="modal",
        callback_id=Callbacks.TRACK_THIS,
        title=plain(t("Track time on this"), TITLE_TEXT),
        submit=plain(t("Switch") if running else t("Start"), TITLE_TEXT),
        close=plain(t("Cancel"), TITLE_TEXT),
        blocks=blocks,
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
