"""What a step asks for, as a change in plain words: for requests to admins and for the audit log."""

from __future__ import annotations

from typing import Any

from bot.domain.administration import AdministrationStep, AdministrationSteps, Change
from bot.domain.projects import Fields, Project
from bot.services import undo
from bot.services.undo import Step

Askable = (
    AdministrationStep
    | AdministrationSteps
    | undo.ProjectChangeUndo
    | undo.ProjectEditUndo
    | undo.ProjectMembersUndo
    | undo.NewProjectStep
    | undo.LogForStep
)
"""The steps that an admin can do for somebody else: about the workspace and its projects, not about one's own time."""

_MEMBERS = {"removed": "project.add_people", "added": "project.remove_people", "changed": "project.change_role"}


def described(step: Askable) -> Change:
    """What doing `step` changes."""
    match step:
        case AdministrationStep(change=change):
            return change
        case AdministrationSteps(name, changes):
            return Change(kind=f"{changes[0].kind}_all", name=name, after={"names": [each.name for each in changes]})
        case undo.LogForStep(person, entries=entries):
            return Change(
                kind="entry.log_for",
                subject_id=person,
                name=", ".join(dict.fromkeys(entry.name for entry in entries)),
                after={
                    "for": person,
                    "entries": [[entry.name, entry.start.isoformat(), entry.seconds] for entry in entries],
                },
            )
        case project:
            return _of_project(project)


def opposite(step: Askable) -> Step | None:
    """What takes `step` back once it is done; None where nothing does."""
    match step:
        case undo.ProjectChangeUndo(number, name, change):
            return undo.ProjectChangeUndo(number, name, change.opposite)
        case undo.ProjectEditUndo(before, after):
            return undo.ProjectEditUndo(before=after, after=before)
    return None


def plain(fields: Fields) -> dict[str, Any]:
    """A project's fields as people read them."""
    return {
        "name": fields.name,
        "client": fields.client and fields.client.name,
        "parent": fields.parent and fields.parent.name,
        "description": fields.description or None,
        "start": fields.start and fields.start.isoformat(),
        "end": fields.end and fields.end.isoformat(),
        "estimate": fields.estimate,
        "color": fields.color,
        "fee": fields.fee and [fields.fee.amount, fields.fee.currency],
        "tags": [tag.name for tag in fields.tags],
        "estimated_by_tasks": fields.estimated_by_tasks,
        "billable": fields.billable,
        "private": fields.private,
        "pinned": fields.pinned,
    }


def same_subject(step: undo.ProjectChangeUndo, now: Project) -> bool:
    """Whether the project is still the one that was shown, and not yet as was asked."""
    change = step.change.opposite
    as_asked = {"archive": now.archived, "unarchive": not now.archived}.get(str(change), False)
    return now.name == step.name and not as_asked


def _of_project(
    step: undo.ProjectChangeUndo | undo.ProjectEditUndo | undo.ProjectMembersUndo | undo.NewProjectStep,
) -> Change:
    match step:
        case undo.ProjectChangeUndo(number, name, change):
            return Change(kind=f"project.{change.opposite}", subject_id=str(number), name=name)
        case undo.ProjectEditUndo(before=wanted, after=now):
            return Change(
                kind="project.edit",
                subject_id=str(now.id),
                name=now.fields.name,
                before=plain(now.fields),
                after=plain(wanted.fields),
            )
        case undo.ProjectMembersUndo(project_id=number, project=name, did=did, names=names):
            return Change(kind=_MEMBERS[did], subject_id=str(number), name=name, after={"people": list(names)})
        case undo.NewProjectStep(fields):
            return Change(kind="project.new", name=fields.name, after=_filled(fields))


def _filled(fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in plain(fields).items() if value not in (None, [], False)}
