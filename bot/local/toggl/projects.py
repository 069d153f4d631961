"""Projects: found, created, replaced, patched; pinned, archived, deleted and restored; their parents and children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.local.toggl import rules
from bot.local.toggl.bodies import given
from bot.local.toggl.call import NO_CONTENT, NOTHING, Answer
from bot.local.toggl.errors import forbidden, not_found
from bot.local.toggl.paging import ordered, page
from bot.local.toggl.project_bodies import NewProject, ProjectPatch, WholeProject, checked
from bot.local.toggl.project_filters import filtered
from bot.local.toggl.project_shapes import project_shape
from bot.local.toggl.records import Project

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

_ORDER = (
    "id", "name", "created_at", "updated_at", "start_date", "end_date", "estimated_mins", "pinned", "private",
    "client_id", "archived_at",
)  # fmt: skip


def list_all(call: Call) -> Answer:
    """The projects open to the caller that pass the filters, by name, with a total."""
    found = ordered(filtered(call), call.query, _ORDER, "name")
    with_rates = call.query.flag("include_rates") or False
    return Answer(200, page(found, call.query, project_shape(call, with_rates=with_rates), total=True))


def get(call: Call) -> Answer:
    """One project."""
    return Answer(200, project_shape(call)(addressed(call)))


def create(call: Call) -> Answer:
    """Make a project, managed by its maker; private and billable as the workspace has it unless it is said."""
    if call.workspace.settings.only_admins_may_create_projects and call.member.role != "admin":
        raise forbidden()
    settings = call.workspace.settings
    defaults = {"private": settings.projects_private_by_default, "billable": settings.projects_billable_by_default}
    values = defaults | checked(call, given(call.body(NewProject)))
    project = Project(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        toggl_user_id=call.person.focus_id,
        users={call.person.focus_id: True},
        created_at=call.now,
        updated_at=call.now,
        **values,
    )
    call.world.state.projects[project.id] = project
    _tell(call, "created", project)
    return call.created(project_shape(call)(project))


def replace(call: Call) -> Answer:
    """Put the whole project: every field that is left out is cleared, but the name, which is demanded."""
    project = managed(call)
    sent = given(call.body(WholeProject))
    cleared = {name: _EMPTY.get(name) for name in WholeProject.__struct_fields__}
    return _changed(call, project, cleared | checked(call, sent, project, whole=True))


def update(call: Call) -> Answer:
    """Change what was sent; null clears."""
    project = managed(call)
    return _changed(call, project, checked(call, given(call.body(ProjectPatch)), project))


def children(call: Call) -> Answer:
    """The project itself, then its sub-projects at every depth that are open to the caller."""
    top = addressed(call)
    family = {top.id: top}
    for project in sorted(rules.visible_projects(call), key=lambda project: project.id):
        if project.parent_project_id in family:
            family[project.id] = project
    others = ordered((each for each in family.values() if each is not top), call.query, _ORDER, "name")
    return Answer(200, page([top, *others], call.query, project_shape(call)))


def parents(call: Call) -> Answer:
    """The project itself, then its parent, that one's parent, and so on, as far as they are open to the caller."""
    visible = {project.id: project for project in rules.visible_projects(call)}
    line = [addressed(call)]
    while line[-1].parent_project_id in visible:
        line.append(visible[line[-1].parent_project_id])
    others = ordered(line[1:], call.query, _ORDER, "id") if call.query.text("order_by") else line[1:]
    return Answer(200, page([line[0], *others], call.query, project_shape(call, with_totals=False)))


def pin(call: Call) -> Answer:
    """Pin; whoever sees a project may."""
    return _set(call, addressed(call), pinned=True)


def unpin(call: Call) -> Answer:
    """Unpin."""
    return _set(call, addressed(call), pinned=False)


def archive(call: Call) -> Answer:
    """Archive; a second time changes nothing."""
    project = managed(call)
    return _set(call, project, archived_at=project.archived_at or call.now)


def unarchive(call: Call) -> Answer:
    """Take out of the archive."""
    return _set(call, managed(call), archived_at=None)


def delete(call: Call) -> Answer:
    """Delete softly; its tasks and their time stay."""
    return _set(call, managed(call), deleted_at=call.now)


def restore(call: Call) -> Answer:
    """Undelete, leaving `archived_at` alone."""
    return _set(call, managed(call, deleted=True), deleted_at=None)


def addressed(call: Call, *, deleted: bool = False) -> Project:
    """The project of the path, open to the caller. Raises `Refusal` (404)."""
    project = call.world.state.projects.get(call.ids["project_id"])
    if (
        project is None
        or project.workspace_id != call.workspace.id
        or (project.deleted_at is not None and not deleted)
        or not call.world.sees_project(call.member, project)
    ):
        raise not_found("Project does not exist")
    return project


def managed(call: Call, *, deleted: bool = False) -> Project:
    """The project of the path, which the caller may change. Raises `Refusal`: 404, 403."""
    project = addressed(call, deleted=deleted)
    if not call.world.manages_project(call.member, project):
        raise forbidden()
    return project


_EMPTY: dict[str, Any] = {
    "auto_compute_estimates": False, "billable": False, "pinned": False, "private": False, "tag_ids": [],
}  # fmt: skip


def _changed(call: Call, project: Project, values: dict[str, Any]) -> Answer:
    """The project with `values`; 201 in `pages`, 204 in 2026-08."""
    _set(call, project, **values)
    if call.modern:
        return Answer(NO_CONTENT)
    return Answer(201, project_shape(call)(call.world.state.projects[project.id]) if call.echoes else NOTHING)


def _set(call: Call, project: Project, **values: Any) -> Answer:
    changed = msgspec.structs.replace(project, **values, updated_at=call.now)
    call.world.state.projects[project.id] = changed
    _tell(call, "deleted" if changed.deleted_at else "updated", changed)
    return Answer(NO_CONTENT)


def _tell(call: Call, action: str, project: Project) -> None:
    call.tell(action, "project", project_shape(call, with_rates=False, with_totals=False)(project))
