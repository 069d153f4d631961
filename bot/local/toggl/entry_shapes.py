"""Time entries, tasks and what hangs on them, as Focus shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.toggl.call import Profile
    from bot.local.toggl.records import Entry, Project, Task
    from bot.local.toggl.world import World


def entry_shape(entry: Entry, world: World, profile: Profile) -> dict[str, Any]:
    """A time entry. `duration` is in seconds; of one that runs it is null, or (`2026-08`) absent: both are seen."""
    shape: dict[str, Any] = {
        "archived_at": entry.archived_at,
        "created_at": entry.created_at,
        "deleted_at": entry.deleted_at,
        "duration": entry.duration,
        "id": entry.id,
        "start": entry.start,
        "task_id": entry.task_id,
        "time_block_id": entry.time_block_id,
        "toggl_user_id": entry.toggl_user_id,
        "type": entry.type,
        "updated_at": entry.updated_at,
        "workspace_id": entry.workspace_id,
    }
    if profile == "pages":
        return shape
    if entry.duration is None:
        del shape["duration"]
    return shape | {
        "description": entry.description,
        "project_id": entry.project_id,
        "tag_ids": entry.tag_ids,
        "tags": tags_shape(entry.tag_ids, world),
        "billable": entry.billable,
        "timezone": entry.timezone,
        "planned_start": entry.planned_start,
        "planned_duration": entry.planned_duration,
    }


def with_tasks(world: World, profile: Profile) -> Callable[[Entry], dict[str, Any]]:
    """The shape of entries in lists of the workspace: with their tasks embedded, each task encoded once."""
    known: dict[int, msgspec.Raw] = {}

    def shape(entry: Entry) -> dict[str, Any]:
        task = world.state.tasks.get(entry.task_id) if entry.task_id is not None else None
        if task is not None and task.id not in known:
            known[task.id] = msgspec.Raw(msgspec.json.encode(task_shape(task, world, profile)))
        return entry_shape(entry, world, profile) | {"task": known[task.id] if task is not None else None}

    return shape


def task_shape(task: Task, world: World, profile: Profile) -> dict[str, Any]:
    """A task with its project, client, status and tags."""
    state = world.state
    project = state.projects.get(task.project_id) if task.project_id is not None else None
    client = state.clients.get(project.client_id) if project is not None and project.client_id is not None else None
    status = state.statuses.get(task.status_id)
    parent = state.tasks.get(task.parent_task_id) if task.parent_task_id is not None else None
    return {
        "archived_at": task.archived_at,
        "assignee_user_ids": task.assignee_user_ids,
        "auto_log_time": False,
        "billable": task.billable,
        "client": {"id": client.id, "name": client.name} if client is not None else None,
        "color": project.color if project is not None else None,
        "created_at": task.created_at,
        "deleted_at": task.deleted_at,
        "description": task.description,
        "end_date": task.end_date,
        "estimated_mins": task.estimated_mins,
        "ghost_assignee_ids": [],
        "id": task.id,
        "metadata": None,
        "name": task.name,
        "notes": task.notes,
        "parent_task_id": task.parent_task_id,
        "parent_task_name": parent.name if parent is not None else None,
        "pinned": task.pinned,
        "position": task.position,
        "priority": task.priority,
        "priority_at": None,
        "private": task.private,
        "project": _embedded_project(project) if project is not None else None,
        "project_id": task.project_id,
        "recurring_task_id": None,
        "reucrrence_date" if profile == "pages" else "recurrence_date": {},
        "rrule": None,
        "source": "focus",
        "start_date": task.start_date,
        "status": {"emoji": status.emoji, "id": status.id, "name": status.name, "type": status.type}
        if status is not None
        else None,
        "status_id": task.status_id,
        "status_updated_at": task.updated_at,
        "tag_ids": task.tag_ids,
        "tags": tags_shape(task.tag_ids, world),
        "toggl_user_id": task.toggl_user_id,
        "updated_at": task.updated_at,
        "workspace_id": task.workspace_id,
    }


def tags_shape(tag_ids: list[int], world: World) -> list[dict[str, Any]]:
    """The tags with these numbers."""
    known = world.state.tags
    return [{"color": known[tag].color, "id": tag, "name": known[tag].name} for tag in tag_ids if tag in known]


def _embedded_project(project: Project) -> dict[str, Any]:
    return {
        "color": project.color,
        "id": project.id,
        "name": project.name,
        "permissions": None,
        "private": project.private,
        "rate": None,
    }
