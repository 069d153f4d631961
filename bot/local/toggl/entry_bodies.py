"""What may be sent about time entries."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from bot.local.toggl.bodies import Id, Moment, Name, Seconds, Text
from bot.local.toggl.records import EntryType


class Extras(msgspec.Struct, kw_only=True):
    """What an entry gained in 2026-08; the pages know nothing of it, so there it is ignored."""

    description: Text | UnsetType | None = UNSET
    project_id: Id | UnsetType | None = UNSET
    tag_ids: list[Id] | UnsetType | None = UNSET
    billable: bool | UnsetType = UNSET
    timezone: Name | UnsetType | None = UNSET
    planned_start: Moment | UnsetType | None = UNSET
    planned_duration: Seconds | UnsetType | None = UNSET


class Start(Extras, kw_only=True):
    """The body of `start_tracking`."""

    type: EntryType
    start: Moment | UnsetType = UNSET
    task_id: Id | UnsetType = UNSET
    time_block_id: Id | UnsetType = UNSET


class Stop(msgspec.Struct, kw_only=True):
    """The body of `stop_tracking`."""

    end: Moment


class Description(msgspec.Struct, kw_only=True):
    """The body of `start_tracking_from_description`."""

    name: Name
    type: EntryType
    extension_source: Name
    project_name: Name | UnsetType | None = UNSET
    start: Moment | UnsetType = UNSET
    create_task_if_not_found: bool = False
    resolution_strategy: Literal["uri", "name", "name_project", "name_project_tags"] = "name"


class NewEntry(Extras, kw_only=True):
    """The body of `create_time_entry`. The page demands only `type`, but an entry without a length would run."""

    type: EntryType
    start: Moment
    duration: Seconds
    time_block_id: Id | UnsetType = UNSET
    user_id: Id | UnsetType = UNSET


class NewBulkEntry(NewEntry, kw_only=True):
    """One item of `create_time_entries`."""

    task_id: Id | UnsetType = UNSET


class WholeEntry(Extras, kw_only=True):
    """The body of `replace_time_entry`: what is left out is cleared, where an entry can be without it."""

    type: EntryType
    start: Moment
    duration: Seconds | UnsetType = UNSET
    time_block_id: Id | UnsetType = UNSET


class EntryPatch(Extras, kw_only=True):
    """The body of `update_time_entry`. The page lets `start` be null, but an entry cannot lose its start."""

    type: EntryType | UnsetType = UNSET
    start: Moment | UnsetType | None = UNSET
    duration: Seconds | UnsetType = UNSET
    task_id: Id | UnsetType = UNSET
    time_block_id: Id | UnsetType = UNSET


class BulkEntryPatch(EntryPatch, kw_only=True):
    """One item of `update_time_entries`."""

    id: Id
