"""The message shortcut *Track time on this*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Reply, Request
from bot.dispatcher.payloads import plain_text
from bot.dispatcher.written import written
from bot.domain.said import task_name
from bot.domain.when import NotUnderstood
from bot.handlers import timer
from bot.services import tasks
from bot.services.timer import known_running
from bot.services.timer_problems import NoEntryBefore
from bot.views import start_modal
from bot.views import track_this as views
from bot.views.choices import NEW, read_project, read_task
from bot.views.ids import Blocks
from bot.views.kit import cut

_KEPT = 600
"""Characters of a message that come back with its form, to look for tasks in."""


async def open_form(request: Request) -> Answer:
    """Read the message, look for its tasks, and ask on which to track."""
    said = written(request.payload.get("message"))
    kept = cut(said, _KEPT)

    async def fill() -> tuple[View, Mapping[str, Any]]:
        project = await tasks.default_project(request.context)
        form = views.form(
            request.t,
            name=task_name(said),
            text=plain_text(said),
            link=await request.find_permalink(),
            found=await tasks.mentioned_in(request.context, kept, project=project),
            project=project,
            running=known_running(request.context),
        )
        return form, {"said": kept}

    return OpenModal(views.loading(request.t), fill=fill)


async def suggest(request: Request) -> Answer:
    """The typeahead: what the message mentions and could become first, then as in the start modal."""
    found = await tasks.suggest(request.context, request.text)
    if request.text.strip():
        return Choices(start_modal.task_options(request.t, request.text, found))
    said = str(request.data.get("said", ""))
    project = await tasks.default_project(request.context)
    mentioned = await tasks.mentioned_in(request.context, said, project=project)
    return Choices(views.options(request.t, task_name(said), mentioned, found))


async def submit(request: Request) -> Answer:
    """The form was sent: make the task where it is new, and start."""
    try:
        when, at = await timer.typed(request)
    except (NotUnderstood, NoEntryBefore) as error:
        return FieldErrors({Blocks.WHEN: error})
    chosen = request.values.get(Blocks.TRACK_ON) or ""
    if chosen.startswith(NEW):
        project = request.values.get(Blocks.PROJECT)
        task = await tasks.create(
            request.context,
            chosen.removeprefix(NEW),
            project=read_project(project) if project else None,
            description=request.values.get(Blocks.DESCRIPTION) or "",
        )
        with tasks.then(task):
            answer = await timer.begin(request, task, at, when=when)
    else:
        task = await tasks.recognize(request.context, read_task(chosen))
        answer = await timer.begin(request, task, at, when=when)
    # A message's own permission to answer must not replace that message.
    return replace(answer, replace=False) if isinstance(answer, Reply) else answer
