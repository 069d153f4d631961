"""Rules that several operations share: what a person sees, and what an entry must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from bot.local.toggl.errors import forbidden, invalid, not_found, unprocessable
from bot.local.toggl.queries import moment_from
from bot.local.toggl.records import Entry, EntryType, Project, Status, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.local.toggl.call import Call
    from bot.local.toggl.entry_bodies import Extras

_EXTRAS = ("description", "project_id", "tag_ids", "billable", "timezone", "planned_start", "planned_duration")


def visible_projects(call: Call) -> Iterator[Project]:
    """The undeleted projects of the workspace that are open to the caller."""
    return (
        project
        for project in call.world.state.projects.values()
        if project.workspace_id == call.workspace.id
        and project.deleted_at is None
        and call.world.sees_project(call.member, project)
    )


def visible_tasks(call: Call) -> Iterator[Task]:
    """The undeleted tasks of the workspace that are open to the caller."""
    return (
        task
        for task in call.world.state.tasks.values()
        if task.workspace_id == call.workspace.id
        and task.deleted_at is None
        and call.world.sees_task(call.member, task)
    )


def task_to_track(call: Call, task_id: int) -> Task:
    """The task with this number, open to the caller. Raises `Refusal` (404)."""
    task = call.world.state.tasks.get(task_id)
    if (
        task is None
        or task.workspace_id != call.workspace.id
        or task.deleted_at is not None
        or not call.world.sees_task(call.member, task)
    ):
        raise not_found("User task does not exist")
    return task


def default_status(call: Call) -> Status:
    """The status that a new task gets."""
    return min(
        (
            status
            for status in call.world.state.statuses.values()
            if status.workspace_id == call.workspace.id and status.deleted_at is None and status.type == "todo"
        ),
        key=lambda status: (not status.default, status.position),
    )


def tags_exist(call: Call, tag_ids: Iterable[int]) -> list[int]:
    """`tag_ids`, each once. Raises `Refusal` (400) for one that the workspace does not have."""
    known = call.world.state.tags
    wanted = list(dict.fromkeys(tag_ids))
    for tag_id in wanted:
        if tag_id not in known or known[tag_id].workspace_id != call.workspace.id:
            raise invalid(f"Tag {tag_id} does not exist", field="tag_ids")
    return wanted


def may_manage_entries(call: Call) -> bool:
    """The permission `manage_time_entries`: admins and team leads have it."""
    return call.member.role in {"admin", "teamlead"}


def owner_of_new_entry(call: Call, user_id: int | None) -> int:
    """For whom an entry is made (`toggl_user_id`). Raises `Refusal`: 403 without the right, 400 for a stranger."""
    if user_id is None or user_id == call.person.focus_id:
        return call.person.focus_id
    if not may_manage_entries(call):
        raise forbidden()
    person = call.world.find_person(user_id)
    if person is None or call.world.find_member(call.workspace.id, person.id) is None:
        raise invalid("User does not exist in the workspace", field="user_id")
    return user_id


def new_entry(
    call: Call,
    owner: int,
    *,
    task_id: int | None,
    type: EntryType,  # noqa: A002 (Toggl's word)
    start: datetime,
    duration: int | None = None,
    time_block_id: int | None = None,
    extras: Extras | None = None,
) -> Entry:
    """An entry of `owner`, not kept yet; in 2026-08 with what was sent of its newer fields."""
    entry = Entry(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        toggl_user_id=owner,
        task_id=task_id,
        type=type,
        start=start,
        duration=duration,
        time_block_id=time_block_id,
        timezone=call.person.zone,
        created_at=call.now,
        updated_at=call.now,
    )
    task = call.world.state.tasks.get(task_id) if task_id is not None else None
    if task is not None:
        entry.project_id, entry.billable = task.project_id, task.billable
    if extras is not None:
        for name, value in extra_changes(call, extras).items():
            setattr(entry, name, value)
    return entry


def cleared_extras(call: Call, entry: Entry) -> dict[str, Any]:
    """What a PUT makes of the newer fields that it leaves out; nothing in `pages`, which does not know them."""
    if not call.modern:
        return {}
    task = call.world.state.tasks.get(entry.task_id) if entry.task_id is not None else None
    cleared: dict[str, Any] = {"description": None, "tag_ids": [], "planned_start": None, "planned_duration": None}
    of_task = {"project_id": task.project_id, "billable": task.billable} if task is not None else {}
    return cleared | {"project_id": None, "billable": False} | of_task


def extra_changes(call: Call, extras: Extras) -> dict[str, Any]:
    """What `extras` sets of the newer fields, checked; nothing in `pages`. Raises `Refusal` (400)."""
    if not call.modern:
        return {}
    sent = {name: value for name in _EXTRAS if (value := getattr(extras, name)) is not UNSET}
    if sent.get("project_id") is not None:
        projects = {project.id for project in visible_projects(call)}
        if sent["project_id"] not in projects:
            raise invalid(f"Project {sent['project_id']} does not exist", field="project_id")
    if "tag_ids" in sent:
        sent["tag_ids"] = tags_exist(call, sent["tag_ids"] or [])
    if sent.get("planned_start") is not None:
        sent["planned_start"] = moment_from(sent["planned_start"], "planned_start")
    return sent


def missing_fields(call: Call, entry: Entry) -> list[str]:
    """The names of what the workspace demands of an entry and this one lacks; only 2026-08 looks."""
    demanded = call.workspace.constraints
    if not call.modern or not demanded.time_entry_constraints_enabled or entry.type == "break":
        return []
    lacks = {
        "description": demanded.description_present and not (entry.description or "").strip(),
        "project": demanded.project_present and entry.project_id is None,
        "tags": demanded.tag_present and not entry.tag_ids,
        "task": demanded.task_present and entry.task_id is None,
    }
    return [name for name, lacking in lacks.items() if lacking]


def check_required_fields(call: Call, entries: Iterable[Entry], code: str) -> None:
    """Raise `Refusal` (422, `code`) when one of `entries` lacks what the workspace demands."""
    for entry in entries:
        missing = missing_fields(call, entry)
        if missing:
            raise unprocessable(code, f"Required fields are missing: {', '.join(missing)}", missing_fields=missing)
