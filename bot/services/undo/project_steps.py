"""What a change to a project leaves behind to be taken back with: plain data, kept as JSON."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.domain.projects import Change, Project


class ProjectChangeUndo(msgspec.Struct, frozen=True, tag="project change"):
    """Undoes what was done to a project as a whole: pinned, archived, deleted and the opposites."""

    project_id: int
    name: str
    change: Change


class ProjectCreateUndo(msgspec.Struct, frozen=True, tag="create project"):
    """Undoes a new project: it is deleted, unless it was changed since."""

    project: Project


class ProjectEditUndo(msgspec.Struct, frozen=True, tag="edit project"):
    """Undoes changed fields of a project: as they were, and as they were left."""

    before: Project
    after: Project


class ProjectMembersUndo(msgspec.Struct, frozen=True, kw_only=True, tag="project members"):
    """Undoes a change of who is in a project: people by Focus's number, groups by theirs.

    `role_id` is the role that counts again after undoing a removal or another role; None for Toggl's own choice.
    `manager` tells whether they manage the project since, or did until they were taken out.
    """

    project_id: int
    project: str
    did: Literal["added", "removed", "changed"]
    names: tuple[str, ...]
    user_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    role_id: int | None = None
    manager: bool = False


class DefaultProjectUndo(msgspec.Struct, frozen=True, tag="default project"):
    """Undoes the choice of a channel's default project: the one before counts again, or none."""

    channel_id: str
    project_id: int | None
    before_id: int | None
    before: str | None


ProjectStep = ProjectChangeUndo | ProjectCreateUndo | ProjectEditUndo | ProjectMembersUndo | DefaultProjectUndo
