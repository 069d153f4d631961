"""A project as it was last seen, and what happened to it since: pure comparison, nothing is asked or written here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from bot.domain.projects import Fields, Project
from bot.domain.subscriptions import MILESTONES, ProjectEvent

_TENTH = 10


class Teammate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person (`id` is Focus's number) or a group in a project."""

    id: int
    name: str
    group: bool = False
    manager: bool = False

    @property
    def who(self) -> tuple[bool, int]:
        """What tells them from others."""
        return self.group, self.id


class Created(msgspec.Struct, frozen=True, tag="created"):
    """It is new."""


class Renamed(msgspec.Struct, frozen=True, tag="renamed"):
    """It is called something else."""

    before: str
    after: str


class Redated(msgspec.Struct, frozen=True, tag="dates"):
    """It begins or ends on another day: from when to when, either open."""

    before: tuple[date | None, date | None]
    after: tuple[date | None, date | None]


class Reestimated(msgspec.Struct, frozen=True, tag="estimate"):
    """It is to take another time, in minutes; None for no estimate."""

    before: int | None
    after: int | None


class Archived(msgspec.Struct, frozen=True, tag="archived"):
    """It was put aside, or taken back from there."""

    after: bool


class Deleted(msgspec.Struct, frozen=True, tag="deleted", omit_defaults=True):
    """It is gone, or back. `sure` is false where Toggl hides it from the subscriber without saying why."""

    after: bool
    sure: bool = True


class Pinned(msgspec.Struct, frozen=True, tag="pinned"):
    """It was put on top, or taken from there."""

    after: bool


class Regrouped(msgspec.Struct, frozen=True, tag="members", omit_defaults=True):
    """Others are in it, or have another role: each as they are now, those who left as they were."""

    added: tuple[Teammate, ...] = ()
    removed: tuple[Teammate, ...] = ()
    changed: tuple[Teammate, ...] = ()


class Passed(msgspec.Struct, frozen=True, tag="hours"):
    """So many percent of the estimate are used up: one of MILESTONES."""

    percent: int


Update = Created | Renamed | Redated | Reestimated | Archived | Deleted | Pinned | Regrouped | Passed

EVENTS: dict[type[Update], ProjectEvent] = {
    kind: ProjectEvent(str(kind.__struct_config__.tag))
    for kind in (Created, Renamed, Redated, Reestimated, Archived, Deleted, Pinned, Regrouped, Passed)
}
"""Which of a channel's choices each belongs to."""


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of a project between two looks: what its card shows, and what can happen to it.

    `members` is None where nobody asked for them. `reached` is the milestone that was told last under this estimate.
    """

    project: Project
    gone: bool = False
    members: tuple[Teammate, ...] | None = None
    reached: int = 0

    @classmethod
    def of(cls, project: Project, *, members: tuple[Teammate, ...] | None = None) -> Snapshot:
        """The project as it is seen for the first time: what it has passed already is nothing new."""
        kept = trimmed(project)
        return cls(project=kept, members=members, reached=milestone(kept))

    def seen(self, project: Project, *, members: tuple[Teammate, ...] | None = None) -> Snapshot:
        """The same project as it is now; without `members` they are as they were."""
        now = trimmed(project)
        same = _minutes(now) == _minutes(self.project)
        reached = max(self.reached, milestone(now)) if same else milestone(now)
        return Snapshot(project=now, members=self.members if members is None else members, reached=reached)

    def lost(self) -> Snapshot:
        """The same project, not there any more."""
        return msgspec.structs.replace(self, gone=True)

    @property
    def shown(self) -> tuple[Any, ...]:
        """What a card shows of it: two that are equal in this look the same, tracked time aside within a tenth."""
        project = self.project
        tenth = None if project.percent is None else min(project.percent // _TENTH, _TENTH)
        return project.fields, project.archived, self.gone, self.members, project.estimate, tenth, self.reached


def updates(before: Snapshot, after: Snapshot) -> tuple[Update, ...]:
    """What happened between the two, in the order in which people are told."""
    if before.gone or after.gone:
        return () if before.gone and after.gone else (Deleted(after.gone),)
    return tuple(_differences(before, after))


def milestone(project: Project) -> int:
    """The highest milestone that the project has passed; 0 for none, or where that is not known."""
    return max((percent for percent in MILESTONES if percent <= (project.percent or 0)), default=0)


def trimmed(project: Project) -> Project:
    """The project without what is not told of it: descriptions and prices stay in Toggl."""
    fields = project.fields
    shown = Fields(
        name=fields.name,
        client=fields.client,
        start=fields.start,
        end=fields.end,
        estimate=fields.estimate,
        estimated_by_tasks=fields.estimated_by_tasks,
        private=fields.private,
        pinned=fields.pinned,
    )
    return Project(
        id=project.id,
        fields=shown,
        archived=project.archived,
        task_estimate=project.task_estimate if fields.estimated_by_tasks else None,
        tracked_secs=project.tracked_secs,
    )


def _differences(before: Snapshot, after: Snapshot) -> Iterable[Update]:
    then, now = before.project, after.project
    if then.name != now.name:
        yield Renamed(then.name, now.name)
    days = (then.fields.start, then.fields.end), (now.fields.start, now.fields.end)
    if days[0] != days[1]:
        yield Redated(*days)
    if _minutes(then) != _minutes(now):
        yield Reestimated(_minutes(then), _minutes(now))
    if then.archived != now.archived:
        yield Archived(now.archived)
    if then.fields.pinned != now.fields.pinned:
        yield Pinned(now.fields.pinned)
    if before.members is not None and after.members is not None and (team := _team(before.members, after.members)):
        yield team
    if after.reached > before.reached:
        yield Passed(after.reached)


def _team(before: Iterable[Teammate], after: Iterable[Teammate]) -> Regrouped | None:
    then, now = {mate.who: mate for mate in before}, {mate.who: mate for mate in after}
    found = Regrouped(
        added=tuple(mate for who, mate in now.items() if who not in then),
        removed=tuple(mate for who, mate in then.items() if who not in now),
        changed=tuple(mate for who, mate in now.items() if who in then and mate.manager != then[who].manager),
    )
    return found if found != Regrouped() else None


def _minutes(project: Project) -> int | None:
    return None if project.estimate is None else int(project.estimate.total_seconds() // 60)
