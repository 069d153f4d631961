"""The companions for tasks, without which no timer could start: list and create."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.local.toggl import rules
from bot.local.toggl.bodies import Id, Minutes, Name, Text, has_name
from bot.local.toggl.call import Answer
from bot.local.toggl.entry_shapes import task_shape
from bot.local.toggl.errors import invalid
from bot.local.toggl.paging import ordered, page
from bot.local.toggl.records import Priority, Task

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

_ORDER = ("id", "name", "position", "priority", "created_at", "updated_at", "start_date", "end_date", "project_id")


class NewTask(msgspec.Struct, kw_only=True):
    """The body of `create_task`."""

    name: Name
    project_id: Id | None = None
    status_id: Id | None = None
    estimated_mins: Minutes | None = None
    parent_task_id: Id | None = None
    description: Text | None = None
    priority: Priority = "none"
    tag_ids: list[Id] = msgspec.field(default_factory=list)
    assignee_user_ids: list[Id] | None = None
    billable: bool = False
    private: bool = False
    pinned: bool = False


def list_all(call: Call) -> Answer:
    """The tasks open to the caller, pages and a total; `name` matches task, project or client name."""
    words = (call.query.text("name") or "").casefold()
    projects, statuses = call.query.numbers("project_id"), call.query.numbers("status_id")
    pinned, archived = call.query.flag("pinned"), call.query.flag("archived") or False
    found = (
        task
        for task in rules.visible_tasks(call)
        if (projects is None or task.project_id in projects)
        and (statuses is None or task.status_id in statuses)
        and (pinned is None or task.pinned == pinned)
        and (task.archived_at is not None) == archived
        and (not words or words in _searched(call, task))
    )
    tasks = ordered(found, call.query, _ORDER, "position")
    shown = page(tasks, call.query, lambda task: task_shape(task, call.world, call.profile), total=True)
    return Answer(200, shown)


def create(call: Call) -> Answer:
    """Make a task; always answered with the object."""
    body = call.body(NewTask)
    has_name(body.name)
    state = call.world.state
    if body.project_id is not None and body.project_id not in {project.id for project in rules.visible_projects(call)}:
        raise invalid(f"Project {body.project_id} does not exist", field="project_id")
    status = state.statuses.get(body.status_id) if body.status_id is not None else rules.default_status(call)
    if status is None or status.workspace_id != call.workspace.id or status.deleted_at is not None:
        raise invalid(f"Status {body.status_id} does not exist", field="status_id")
    parents = {task.id for task in rules.visible_tasks(call)}
    if body.parent_task_id is not None and body.parent_task_id not in parents:
        raise invalid(f"Task {body.parent_task_id} does not exist", field="parent_task_id")
    members = {state.people[member.person_id].focus_id for member in call.world.members(call.workspace.id)}
    assignees = [call.person.focus_id] if body.assignee_user_ids is None else body.assignee_user_ids
    if not members.issuperset(assignees):
        raise invalid("User does not exist in the workspace", field="assignee_user_ids")
    task = Task(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        name=body.name,
        toggl_user_id=call.person.focus_id,
        status_id=status.id,
        created_at=call.now,
        updated_at=call.now,
        project_id=body.project_id,
        assignee_user_ids=assignees,
        description=body.description,
        estimated_mins=body.estimated_mins,
        parent_task_id=body.parent_task_id,
        priority=body.priority,
        pinned=body.pinned,
        private=body.private,
        billable=body.billable,
        tag_ids=rules.tags_exist(call, body.tag_ids),
    )
    state.tasks[task.id] = task
    return Answer(201, task_shape(task, call.world, call.profile))


def _searched(call: Call, task: Task) -> str:
    """All text of a task in which `name` searches, line by line so that no match spans two names."""
    state = call.world.state
    project = state.projects.get(task.project_id) if task.project_id is not None else None
    client = state.clients.get(project.client_id) if project is not None and project.client_id is not None else None
    names = (task.name, project.name if project is not None else "", client.name if client is not None else "")
    return "\n".join(names).casefold()
