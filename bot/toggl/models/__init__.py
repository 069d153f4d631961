"""Toggl's things, typed: every documented field, each of which may be missing."""

from bot.toggl.models.members import DayOff, OrganizationUser, Role, User, WorkspaceUser
from bot.toggl.models.page import Page
from bot.toggl.models.projects import FixedFee, Project, ProjectGroup, ProjectMembers, ProjectUser
from bot.toggl.models.rules import Alert, AlertProblem, Rate, TrackReminder
from bot.toggl.models.statuses import Status
from bot.toggl.models.tasks import Named, ProjectRate, Tag, Task, TaskMetadata, TaskProject, TaskStatus
from bot.toggl.models.time_entries import StartedFromDescription, TimeEntry
from bot.toggl.models.webhooks import EventFilter, WebhookSubscription
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
    "Alert",
    "AlertProblem",
    "Constraints",
    "DayOff",
    "EventFilter",
    "FixedFee",
    "Me",
    "MySettings",
    "Named",
    "OrganizationUser",
    "Page",
    "Project",
    "ProjectGroup",
    "ProjectMembers",
    "ProjectRate",
    "ProjectUser",
    "QuotaLeft",
    "Rate",
    "Role",
    "StartedFromDescription",
    "Statistics",
    "StatisticsAdmin",
    "Status",
    "Subscription",
    "Tag",
    "Task",
    "TaskMetadata",
    "TaskProject",
    "TaskStatus",
    "TimeEntry",
    "TrackReminder",
    "TrackWorkspace",
    "User",
    "WebhookSubscription",
    "WorkspaceContext",
    "WorkspaceUser",
]
