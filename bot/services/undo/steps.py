"""What a change leaves behind to be taken back with: plain data, kept as JSON."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.domain.administration import AdministrationStep, AdministrationSteps
from bot.domain.entry_details import Details
from bot.domain.entry_extras import Extras
from bot.domain.reminders import Rule
from bot.domain.statistics_plans import Plan
from bot.domain.tracking import Entry, EntryType, Task
from bot.services.undo.project_steps import (
    DefaultProjectUndo,
    ProjectChangeUndo,
    ProjectCreateUndo,
    ProjectEditUndo,
    ProjectMembersUndo,
)
from bot.services.undo.requested import LogForStep, NewProjectStep
from bot.services.undo.subscription_steps import ChannelSettingsUndo, MuteUndo, SubscriptionUndo


class Snapshot(msgspec.Struct, frozen=True):
    """An entry as it was: enough to start it again. `task_id` is 0 where it has no task."""

    entry_id: int
    task_id: int
    name: str
    start: datetime
    type: EntryType
    length: float | None
    """Seconds, or None for a timer that was running."""
    time_block_id: int | None = None
    extras: Extras | None = None


class StartUndo(msgspec.Struct, frozen=True, tag="start"):
    """Undoes a start or a switch: the started entry goes, the one that ended for it runs again.

    `ended_before` are entries that end when the started one begins, and had ended already: they are left alone.
    """

    started: Snapshot
    ended_before: tuple[int, ...] = ()


class StopUndo(msgspec.Struct, frozen=True, tag="stop"):
    """Undoes a stop: the timer runs again from its old start, and the stopped entry goes."""

    stopped: Snapshot


class MoveStartUndo(msgspec.Struct, frozen=True, tag="move start"):
    """Undoes a changed start."""

    entry: Snapshot
    start: datetime


class LogUndo(msgspec.Struct, frozen=True, tag="log"):
    """Undoes the logging of past time: the entries go. Those whose id is 0 are found by what they are."""

    entries: tuple[Snapshot, ...]
    logged_at: datetime


class ChangeUndo(msgspec.Struct, frozen=True, tag="change entries"):
    """Undoes changed fields of one entry, or of several changed together: each as it was, and as it was left."""

    changes: tuple[tuple[Details, Details], ...]


class ArchiveUndo(msgspec.Struct, frozen=True, tag="archive entry"):
    """Undoes archiving an entry, or with `archived` false taking it back from there."""

    entry: Details
    archived: bool


class DeleteUndo(msgspec.Struct, frozen=True, tag="delete entries"):
    """Undoes deleting entries: they come back."""

    entries: tuple[Details, ...]


class RestoreUndo(msgspec.Struct, frozen=True, tag="restore entries"):
    """Undoes bringing entries back: they go again."""

    entries: tuple[Details, ...]


class RemindersUndo(msgspec.Struct, frozen=True, kw_only=True, tag="reminders"):
    """Undoes a change of one's reminders: the one that was `made` (its schedule) goes, the `removed` come back."""

    made: int | None = None
    rule: Rule | None = None
    removed: tuple[Rule, ...] = ()


class StatisticsScheduleUndo(msgspec.Struct, frozen=True, kw_only=True, tag="statistics schedule"):
    """Undoes the removal of a schedule of statistics: it comes back as it was, also where it was paused."""

    owner_id: int | None
    channel_id: str
    pattern: str
    zone: str
    plan: Plan
    paused: bool
    reason: str | None


Step = (
    StartUndo
    | StopUndo
    | MoveStartUndo
    | LogUndo
    | ChangeUndo
    | ArchiveUndo
    | DeleteUndo
    | RestoreUndo
    | ProjectChangeUndo
    | ProjectCreateUndo
    | ProjectEditUndo
    | ProjectMembersUndo
    | DefaultProjectUndo
    | SubscriptionUndo
    | ChannelSettingsUndo
    | MuteUndo
    | RemindersUndo
    | StatisticsScheduleUndo
    | AdministrationStep
    | AdministrationSteps
    | NewProjectStep
    | LogForStep
)


def snapshot(entry: Entry) -> Snapshot:
    """`entry` as it is now, to be put back later."""
    return Snapshot(
        entry_id=entry.id,
        task_id=entry.task_id or 0,
        name=entry.name,
        start=entry.started_at,
        type=entry.type,
        length=entry.length.total_seconds() if entry.length is not None else None,
        time_block_id=entry.time_block_id,
        extras=entry.extras,
    )


def entry_of(then: Snapshot) -> Entry:
    """The entry that `then` remembers."""
    return Entry(
        id=then.entry_id,
        started_at=then.start,
        length=timedelta(seconds=then.length) if then.length is not None else None,
        task_id=then.task_id or None,
        task=Task(then.task_id, then.name) if then.task_id else None,
        type=then.type,
        time_block_id=then.time_block_id,
        extras=then.extras,
    )
