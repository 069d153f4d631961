"""Finding the task a person means, and making one that is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from bot.domain.matching import Matches, match
from bot.domain.said import mentioned
from bot.domain.tracking import Project, Task, recent_tasks
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entries
from bot.services.context import Context
from bot.store import channels
from bot.toggl import (
    CredentialMissing,
    CredentialRefused,
    Forbidden,
    NotFound,
    TogglError,
    Trouble,
    UnreadableReceipt,
    models,
)
from bot.toggl.models.requests import TaskFields

_PAGE = 100
_OFFERED = 8
_MENTIONED = 5
_SUGGESTIONS = 99  # of Slack's 100 options one is kept for creating


class TaskCreatedOnly(UserError):
    """A task was made for an entry or a timer, which then failed."""

    sentence = N_("The task *{task}* was created, but the rest failed: {reason}")


@contextmanager
def then(task: Task) -> Iterator[None]:
    """Around what follows the making of `task`. Raises TaskCreatedOnly: not nothing was saved where that fails."""
    try:
        yield
    except (CredentialRefused, CredentialMissing):
        raise  # the answer to these is to connect again
    except TogglError as error:
        raise TaskCreatedOnly(task=task.name, reason=error) from error


async def find(context: Context, text: str) -> Matches[Task]:
    """The tasks that `text` may mean, the channel's project and recent ones first; `clear` where there is no doubt.

    Toggl is asked only where the kept tasks leave a doubt: a list of under 100 is whole, a longer one is searched.
    """
    found = await _find(context, text, limit=_SUGGESTIONS)
    return replace(found, several=_first_of(await _channel_project(context), found.several)[:_OFFERED])


async def suggest(context: Context, query: str, *, project_id: int | None = None) -> tuple[Task, ...]:
    """What a typeahead shows for `query`, recent tasks first; all of them for an empty one.

    Those of the project `project_id`, or else of the channel's default project, come before the others.
    """
    if query.strip():
        matches = await _find(context, query, limit=_SUGGESTIONS)
        found = _distinct([matches.clear] if matches.clear else [], matches.several)
    else:
        recents, listed, _ = await _candidates(context)
        found = _distinct(recents, listed)
    return _first_of(project_id or await _channel_project(context), found)[:_SUGGESTIONS]


async def mentioned_in(context: Context, text: str, *, project: Project | None) -> tuple[Task, ...]:
    """The tasks whose names stand in `text`, those of `project` first."""
    recents, listed, _ = await _candidates(context)
    found = mentioned(text, _distinct(recents, listed))
    return _first_of(project.id if project else None, found)[:_MENTIONED]


async def recognize(context: Context, task: Task) -> Task:
    """`task`, of which an option only told id and name, with its project and client as far as they are kept."""
    recents, listed, _ = await _candidates(context)
    return next((known for known in _distinct(recents, listed) if known.id == task.id), task)


async def create(context: Context, name: str, *, project: Project | None, description: str = "") -> Task:
    """Make the task `name`, in `project` if one is given. Raises TogglError."""
    fields: TaskFields = {}
    if project:
        fields["project_id"] = project.id
    if description:
        fields["description"] = description
    created = await context.toggl.tasks.create(name=name, **fields)
    task = Task.of(created)
    if task is None:
        raise UnreadableReceipt(Trouble("create_task"))
    return task if task.project or project is None else replace(task, project_id=project.id, project=project.name)


async def suggest_projects(context: Context, query: str) -> tuple[Project, ...]:
    """The projects a new task may belong to that fit `query`; the first ones for an empty one.

    Toggl is asked only for what the first hundred, which are kept, do not have.
    """
    page = await context.toggl.projects.cached()
    if not query.strip():
        return _projects(page.data)[:_SUGGESTIONS]
    matches = match(query, _projects(page.data), limit=_SUGGESTIONS)
    words = "".join(character for character in query if character.isprintable()).strip()
    if not matches.clear and not matches.several and len(page.data) >= _PAGE and words:
        searched = await context.toggl.projects.cached(name=words)
        matches = match(query, _projects(searched.data), limit=_SUGGESTIONS)
    return (matches.clear,) if matches.clear else matches.several


async def default_project(context: Context) -> Project | None:
    """The project that new tasks of this channel belong to; None where none was chosen."""
    if context.channel_id is None:
        return None
    async with context.store.reading() as db:
        row = await channels.get(db, tenant_id=context.person.tenant_id, channel_id=context.channel_id)
    return Project(row.default_project_id, row.default_project_name or "") if row.default_project_id else None


async def remember_project(context: Context, project: Project) -> None:
    """Let new tasks of this channel belong to `project`."""
    if context.channel_id is None:
        return
    async with context.store.writing() as db:
        await channels.set_default_project(
            db,
            tenant_id=context.person.tenant_id,
            channel_id=context.channel_id,
            project_id=project.id,
            project_name=project.name,
            user_id=context.person.user_id,
            now=context.now,
        )


async def _channel_project(context: Context) -> int | None:
    project = await default_project(context)
    return project.id if project else None


async def _find(context: Context, text: str, *, limit: int) -> Matches[Task]:
    recents, listed, whole = await _candidates(context)
    recent_ids = [task.id for task in recents]
    found = match(text, _distinct(recents, listed), context=_surroundings, recent_ids=recent_ids, limit=limit)
    if whole or found.clear:
        return found
    searched = _tasks((await context.toggl.tasks.cached(name=text)).data)
    everything = _distinct(recents, listed, searched)
    return match(text, everything, context=_surroundings, recent_ids=recent_ids, limit=limit)


async def _candidates(context: Context) -> tuple[tuple[Task, ...], tuple[Task, ...], bool]:
    """The recent tasks, the listed ones, and whether these are all there are."""
    recents = recent_tasks(await entries.read(context))
    try:
        page = await context.toggl.tasks.cached()
    except (Forbidden, NotFound):
        # Listing tasks is not among Toggl's documented operations: without it, what was tracked lately is offered.
        return recents, (), True
    return recents, _tasks(page.data), len(page.data) < _PAGE


def _surroundings(task: Task) -> str:
    return f"{task.project or ''} {task.client or ''}"


def _tasks(answers: Sequence[models.Task]) -> tuple[Task, ...]:
    usable = (task for task in answers if task.archived_at is None and task.deleted_at is None)
    return tuple(task for task in map(Task.of, usable) if task)


def _projects(answers: Sequence[models.Project]) -> tuple[Project, ...]:
    return tuple(project for project in map(Project.of, answers) if project)


def _first_of(project_id: int | None, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The tasks of the project before the others."""
    return tuple(sorted(tasks, key=lambda task: project_id is None or task.project_id != project_id))


def _distinct(*groups: Iterable[Task]) -> tuple[Task, ...]:
    return tuple({task.id: task for group in groups for task in group}.values())
