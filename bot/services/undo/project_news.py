"""What a change of a project, or its being taken back, is to everybody who follows the project."""

from __future__ import annotations

from typing import Literal

from bot.domain.project_news import Deed, Did, Edit, New, Team
from bot.domain.project_snapshots import Teammate
from bot.domain.projects import Change
from bot.services.undo.project_steps import (
    DefaultProjectUndo,
    ProjectChangeUndo,
    ProjectCreateUndo,
    ProjectEditUndo,
    ProjectMembersUndo,
    ProjectStep,
)

_BACK: dict[str, Literal["added", "removed", "changed"]] = {
    "added": "removed",
    "removed": "added",
    "changed": "changed",
}


def news_of(step: ProjectStep, *, undone: bool = False) -> tuple[int, Did] | None:
    """(project, what was done to it); None for what nobody follows. `undone`: the step was taken back."""
    match step:
        case ProjectChangeUndo(project_id, _, change):
            return project_id, Deed(change.opposite if undone else change)
        case ProjectCreateUndo(project):
            return project.id, Deed(Change.DELETE) if undone else New.of(project)
        case ProjectEditUndo(before, after):
            return before.id, Edit.of(after, before) if undone else Edit.of(before, after)
        case ProjectMembersUndo():
            return step.project_id, _team(step, undone=undone)
        case DefaultProjectUndo():
            return None


def _team(step: ProjectMembersUndo, *, undone: bool) -> Team:
    manager = step.manager is not (undone and step.did == "changed")
    numbers = [*((number, False) for number in step.user_ids), *((number, True) for number in step.group_ids)]
    mates = (Teammate(number, name, group, manager) for (number, group), name in zip(numbers, step.names, strict=False))
    return Team(_BACK[step.did] if undone else step.did, tuple(mates))
