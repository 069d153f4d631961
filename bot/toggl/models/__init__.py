"""Toggl's things, typed: every documented field, each of which may be missing."""

from bot.toggl.models.members import OrganizationUser, Role, User, WorkspaceUser
from bot.toggl.models.page import Page
from bot.toggl.models.tasks import Named, ProjectRate, Tag, Task, TaskMetadata, TaskProject, TaskStatus
from bot.toggl.models.time_entries import StartedFromDescription, TimeEntry
from bot.toggl.models.workspaces import (
    Constraints,
    Me,
    MySettings,
    QuotaLeft,
    Statistics,
    StatisticsAdmin,
    Subscription,
    TrackWorkspace,
    WorkspaceContext,
)

__all__ = [
    "Constraints",
    "Me",
    "MySettings",
    "Named",
    "OrganizationUser",
    "Page",
    "ProjectRate",
    "QuotaLeft",
    "Role",
    "StartedFromDescription",
    "Statistics",
    "StatisticsAdmin",
    "Subscription",
    "Tag",
    "Task",
    "TaskMetadata",
    "TaskProject",
    "TaskStatus",
    "TimeEntry",
    "TrackWorkspace",
    "User",
    "WorkspaceContext",
    "WorkspaceUser",
]
