"""A change of a project made through the bot: what it makes of what was last seen, and what people are told of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.domain.project_snapshots import (
    Archived,
    Created,
    Deleted,
    Pinned,
    Regrouped,
    Snapshot,
    Teammate,
    Update,
    trimmed,
    updates,
)
from bot.domain.projects import Change, Project

_SET = ("name", "client", "start", "end", "estimate", "estimated_by_tasks", "private", "pinned")
"""The fields of which something is told or shown."""


class Deed(msgspec.Struct, frozen=True, tag="deed"):
    """It was pinned, archived, deleted, or the opposite."""

    change: Change


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """Some of its fields were changed: as they were, and as they are."""

    before: Project
    after: Project

    @classmethod
    def of(cls, before: Project, after: Project) -> Edit:
        """The edit, without what nobody is told of."""
        return cls(trimmed(before), trimmed(after))


class New(msgspec.Struct, frozen=True, tag="new"):
    """It was made."""

    project: Project

    @classmethod
    def of(cls, project: Project) -> New:
        """The new project, without what nobody is told of."""
        return cls(trimmed(project))


class Team(msgspec.Struct, frozen=True, tag="team"):
    """Some were let in or taken out, or have another role, each as they are now."""

    did: Literal["added", "removed", "changed"]
    mates: tuple[Teammate, ...]


Did = Deed | Edit | New | Team


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody (`by` is their id in Slack) did to a project of a workspace (Focus's numbers)."""

    organization: int
    workspace: int
    project: int
    by: str
    did: Did


def after(did: Did, before: Snapshot) -> Snapshot:
    """The project as it is now, by what was seen of it before."""
    match did:
        case New(project):
            return Snapshot.of(project)
        case Deed(Change.DELETE):
            return before.lost()
        case Deed(Change.RESTORE):
            return msgspec.structs.replace(before, gone=False)
        case Team():
            return before if before.members is None else msgspec.structs.replace(before, members=_team(did, before))
    return before.seen(_changed(did, before.project))


def told(did: Did, before: Snapshot | None) -> tuple[Update, ...]:
    """What people are told: what is new against `before`, or the change itself where nothing was seen yet."""
    if before is not None and not (isinstance(did, Team) and before.members is None):
        return updates(before, after(did, before))
    match did:
        case New():
            return (Created(),)
        case Edit():
            return updates(Snapshot.of(did.before), Snapshot.of(did.after))
        case Team():
            return (Regrouped(**{did.did: did.mates}),)
    return _DEEDS[did.change]


def is_private(did: Did) -> bool:
    """Whether it may be that not everybody sees the project now: a new or edited one that is private."""
    match did:
        case New(project):
            return project.fields.private
        case Edit():
            return did.after.fields.private
    return False


def _changed(did: Deed | Edit, project: Project) -> Project:
    """The project with only what was done: what others did meanwhile is found, and told, on its own."""
    if isinstance(did, Edit):
        then, now = did.before.fields, did.after.fields
        new = {name: getattr(now, name) for name in _SET if getattr(now, name) != getattr(then, name)}
        fields = msgspec.structs.replace(project.fields, **new)
        tasks = did.after.task_estimate if fields.estimated_by_tasks else None
        return msgspec.structs.replace(project, fields=fields, task_estimate=tasks or project.task_estimate)
    if did.change in {Change.PIN, Change.UNPIN}:
        pinned = msgspec.structs.replace(project.fields, pinned=did.change is Change.PIN)
        return msgspec.structs.replace(project, fields=pinned)
    return msgspec.structs.replace(project, archived=did.change is Change.ARCHIVE)


def _team(did: Team, before: Snapshot) -> tuple[Teammate, ...]:
    members = {mate.who: mate for mate in before.members or ()}
    for mate in did.mates:
        if did.did == "removed":
            members.pop(mate.who, None)
        else:
            members[mate.who] = mate
    return tuple(sorted(members.values(), key=lambda mate: (mate.group, not mate.manager, mate.name.casefold())))


_DEEDS: dict[Change, tuple[Update, ...]] = {
    Change.PIN: (Pinned(after=True),),
    Change.UNPIN: (Pinned(after=False),),
    Change.ARCHIVE: (Archived(after=True),),
    Change.UNARCHIVE: (Archived(after=False),),
    Change.DELETE: (Deleted(after=True),),
    Change.RESTORE: (Deleted(after=False),),
}
