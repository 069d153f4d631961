"""The running timer: get, start, stop, and the companion that starts from a description."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from bot.local.toggl import rules
from bot.local.toggl.call import NO_CONTENT, Answer
from bot.local.toggl.entry_bodies import Description, Start, Stop
from bot.local.toggl.entry_shapes import entry_shape, task_shape
from bot.local.toggl.errors import Refusal, invalid, not_found, unprocessable
from bot.local.toggl.queries import moment_from
from bot.local.toggl.records import Entry, Task

if TYPE_CHECKING:
    from datetime import datetime

    from bot.local.toggl.call import Call


def current(call: Call) -> Answer:
    """200 with the running entry, 204 when none runs."""
    running = call.world.find_running(call.workspace.id, call.person.focus_id)
    return Answer(200, _shown(call, running)) if running is not None else Answer(NO_CONTENT)


def start(call: Call) -> Answer:
    """Start an entry; while one runs 422 (`pages`), or that one is stopped first (`2026-08`)."""
    body = call.body(Start)
    started_at = _start_of(call, body.start)
    if body.task_id is UNSET:
        if not call.modern:
            raise invalid("task_id is required", field="task_id")
    else:
        rules.task_to_track(call, body.task_id)
    entry = rules.new_entry(
        call,
        call.person.focus_id,
        task_id=None if body.task_id is UNSET else body.task_id,
        type=body.type,
        start=started_at,
        time_block_id=None if body.time_block_id is UNSET else body.time_block_id,
        extras=body,
    )
    rules.check_required_fields(call, [entry], "required_fields_missing")
    running = call.world.find_running(call.workspace.id, call.person.focus_id)
    if running is not None:
        if not call.modern:
            raise unprocessable("multiple_time_entries", "Cannot track multiple time entries at the same time")
        _finish(call, running, max(started_at, running.start))
    call.world.add_entry(entry)
    call.tell("created", "time_entry", _shown(call, entry))
    return Answer(200, _shown(call, entry))


def stop(call: Call) -> Answer:
    """Stop the running entry at `end`, which must be later than its start (400); 404 when none runs."""
    end = moment_from(call.body(Stop).end, "end")
    running = call.world.find_running(call.workspace.id, call.person.focus_id)
    if running is None:
        raise not_found("Not tracking a time entry")
    if end <= running.start:
        raise invalid("Invalid end: must be later than the start", field="end")
    rules.check_required_fields(call, [running], "required_fields_missing")
    _finish(call, running, end)
    return Answer(200, _shown(call, running))


def start_from_description(call: Call) -> Answer:
    """Start on the task of this name, made where asked for; 409 while a timer runs, in both profiles."""
    body = call.body(Description)
    started_at = _start_of(call, body.start)
    if call.world.find_running(call.workspace.id, call.person.focus_id) is not None:
        raise Refusal(409, "already_tracking", "A time entry is already being tracked")
    task = _task_named(call, body)
    created = task is None
    if task is None:
        if not body.create_task_if_not_found:
            raise not_found("Task not found")
        task = _new_task(call, body)
    entry = rules.new_entry(call, call.person.focus_id, task_id=task.id, type=body.type, start=started_at)
    rules.check_required_fields(call, [entry], "required_fields_missing")
    call.world.state.tasks[task.id] = task
    call.world.add_entry(entry)
    call.tell("created", "time_entry", _shown(call, entry))
    return Answer(
        200,
        {
            "task": task_shape(task, call.world, call.profile),
            "task_created": created,
            "time_entry": _shown(call, entry),
            "match_reason": "created" if created else body.resolution_strategy,
        },
    )


def _shown(call: Call, entry: Entry) -> dict[str, Any]:
    return entry_shape(entry, call.world, call.profile)


def _start_of(call: Call, sent: str | UnsetType) -> datetime:
    return call.now.replace(microsecond=0) if isinstance(sent, UnsetType) else moment_from(sent, "start")


def _finish(call: Call, running: Entry, end: datetime) -> None:
    running.duration = (end - running.start) // timedelta(seconds=1)
    running.updated_at = call.now
    call.tell("updated", "time_entry", _shown(call, running))


def _task_named(call: Call, body: Description) -> Task | None:
    project_name = body.project_name if isinstance(body.project_name, str) else None
    for task in rules.visible_tasks(call):
        if task.archived_at is not None or task.name.casefold() != body.name.casefold():
            continue
        if body.resolution_strategy in {"uri", "name"} or project_name is None:
            return task
        project = call.world.state.projects.get(task.project_id or 0)
        if project is not None and project.name.casefold() == project_name.casefold():
            return task
    return None


def _new_task(call: Call, body: Description) -> Task:
    """A task of this name, not kept yet; in the project of that name, if the person sees one."""
    wanted = body.project_name.casefold() if isinstance(body.project_name, str) else None
    projects = (project for project in rules.visible_projects(call) if project.archived_at is None)
    project = next((project for project in projects if project.name.casefold() == wanted), None)
    return Task(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        name=body.name,
        toggl_user_id=call.person.focus_id,
        assignee_user_ids=[call.person.focus_id],
        status_id=rules.default_status(call).id,
        project_id=project.id if project is not None else None,
        created_at=call.now,
        updated_at=call.now,
    )
