"""Everything the local Toggl answers, in one table; ids are the documented operation ids, and the companions'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.local.toggl import (
    alerts,
    me,
    members,
    organizations,
    project_members,
    projects,
    rates,
    reminders,
    statuses,
    tasks,
    time_entries,
    time_entries_bulk,
    tracking,
    webhooks,
    workspaces,
)
from bot.local.toggl.call import Answer, Call
from bot.local.toggl.errors import Product

PREFIXES: dict[Product, str] = {"track": "/api/v9", "webhooks": "/webhooks/api/v1", "focus": "/api"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `path` is below its product's prefix; `companion` marks those that the five pages do not have.

    `unknown_workspace` is the status for a workspace that does not exist: 404, or 400 where the page says so, in the
    page's `unknown_words`.
    """

    id: str
    method: str
    path: str
    run: Callable[[Call], Answer]
    product: Product = "focus"
    companion: bool = False
    unknown_workspace: int = 404
    unknown_words: str = "Workspace not found"

    @property
    def full_path(self) -> str:
        """The path with its product's prefix."""
        return PREFIXES[self.product] + self.path


_ORGANIZATION = "/organizations/{organization_id}"
_WORKSPACE = _ORGANIZATION + "/workspaces/{workspace_id}"
_TRACKING = _WORKSPACE + "/tracking"
_ENTRIES = _WORKSPACE + "/time-entries"
_OF_TASK = _WORKSPACE + "/tasks/{task_id}/time-entries"
_ENTRY = _OF_TASK + "/{time_entry_id}"
_PROJECT = _WORKSPACE + "/projects/{project_id}"
_STATUSES = "/workspaces/{workspace_id}/statuses"
_STATUS = _STATUSES + "/{status_id}"
_TRACK = "/workspaces/{workspace_id}"
_USERS = _WORKSPACE + "/workspace_users"
_USER = _TRACK + "/workspace_users/{workspace_user_id}"
_REMINDERS = _TRACK + "/track_reminders"
_REMINDER = _REMINDERS + "/{reminder_id}"

FOCUS = (
    Operation("list_statuses", "GET", _STATUSES, statuses.list_all),
    Operation("create_status", "POST", _STATUSES, statuses.create),
    Operation("get_status", "GET", _STATUS, statuses.get),
    Operation("update_status", "PUT", _STATUS, statuses.update),
    Operation("delete_status", "DELETE", _STATUS, statuses.delete),
    Operation("restore_status", "PATCH", _STATUS + "/restore", statuses.restore),
    Operation("list_projects", "GET", _WORKSPACE + "/projects", projects.list_all),
    Operation("create_project", "POST", _WORKSPACE + "/projects", projects.create),
    Operation("get_project", "GET", _PROJECT, projects.get),
    Operation("replace_project", "PUT", _PROJECT, projects.replace),
    Operation("update_project", "PATCH", _PROJECT, projects.update),
    Operation("delete_project", "DELETE", _PROJECT, projects.delete),
    Operation("archive_project", "PATCH", _PROJECT + "/archive", projects.archive),
    Operation("unarchive_project", "PATCH", _PROJECT + "/unarchive", projects.unarchive),
    Operation("restore_project", "PATCH", _PROJECT + "/restore", projects.restore),
    Operation("pin_project", "POST", _PROJECT + "/pinned", projects.pin),
    Operation("unpin_project", "DELETE", _PROJECT + "/pinned", projects.unpin),
    Operation("list_project_children", "GET", _PROJECT + "/children", projects.children),
    Operation("list_project_parents", "GET", _PROJECT + "/parents", projects.parents),
    Operation("list_project_members", "GET", _PROJECT + "/members", project_members.list_all),
    Operation("add_project_members", "POST", _PROJECT + "/members", project_members.add),
    Operation("update_project_member_role", "PUT", _PROJECT + "/members", project_members.change_role),
    Operation("remove_project_member", "DELETE", _PROJECT + "/members", project_members.remove),
    Operation("get_current_tracking", "GET", _TRACKING + "/current", tracking.current),
    Operation("start_tracking", "POST", _TRACKING + "/start", tracking.start),
    Operation("stop_tracking", "POST", _TRACKING + "/stop", tracking.stop),
    Operation("list_time_entries", "GET", _ENTRIES, time_entries.list_of_workspace),
    Operation("stream_time_entries", "GET", _ENTRIES + "/stream", time_entries.stream_of_workspace),
    Operation(
        "stream_time_entries_by_time_block",
        "GET",
        _ENTRIES + "/time-block-ids/stream",
        time_entries.stream_of_time_blocks,
    ),
    Operation("create_time_entries", "POST", _ENTRIES + "/bulk", time_entries_bulk.create),
    Operation("update_time_entries", "PATCH", _ENTRIES + "/bulk", time_entries_bulk.update),
    Operation("delete_time_entries", "DELETE", _ENTRIES + "/bulk", time_entries_bulk.delete),
    Operation("restore_time_entries", "PATCH", _ENTRIES + "/bulk/restore", time_entries_bulk.restore),
    Operation("list_task_time_entries", "GET", _OF_TASK, time_entries.list_of_task),
    Operation("create_time_entry", "POST", _OF_TASK, time_entries.create),
    Operation("get_time_entry", "GET", _ENTRY, time_entries.get),
    Operation("replace_time_entry", "PUT", _ENTRY, time_entries.replace),
    Operation("update_time_entry", "PATCH", _ENTRY, time_entries.update),
    Operation("delete_time_entry", "DELETE", _ENTRY, time_entries.delete),
    Operation("archive_time_entry", "POST", _ENTRY + "/archive", time_entries.archive),
    Operation("unarchive_time_entry", "POST", _ENTRY + "/unarchive", time_entries.unarchive),
    Operation("restore_time_entry", "PATCH", _ENTRY + "/restore", time_entries.restore),
)

TRACK = (
    Operation("create_workspace", "POST", _ORGANIZATION + "/workspaces", workspaces.create, "track"),
    Operation("search_workspaces", "GET", "/workspaces", workspaces.search, "track"),
    Operation("get_workspace", "GET", _TRACK, workspaces.get, "track"),
    Operation("update_workspace", "PUT", _TRACK, workspaces.update, "track"),
    Operation("get_workspace_statistics", "GET", _TRACK + "/statistics", workspaces.statistics, "track"),
    Operation(
        "get_time_entry_constraints",
        "GET",
        _TRACK + "/time_entry_constraints",
        workspaces.constraints,
        "track",
        unknown_workspace=400,
    ),
    Operation("list_workspace_users", "GET", _USERS, members.list_workspace_users, "track"),
    Operation("delete_workspace_users", "PATCH", _USERS, members.delete_workspace_users, "track"),
    Operation("update_workspace_user", "PUT", _USER, members.update_workspace_user, "track"),
    Operation("delete_workspace_user", "DELETE", _USER, members.delete_workspace_user, "track"),
    Operation("list_users", "GET", _TRACK + "/users", members.list_users, "track"),
    Operation("update_user", "PUT", _TRACK + "/users/{user_id}", members.update_user, "track"),
    Operation(
        "create_rate",
        "POST",
        _TRACK + "/rates",
        rates.create,
        "track",
        unknown_workspace=400,
        unknown_words="Invalid workspace ID",
    ),
    Operation(
        "list_rates",
        "GET",
        _TRACK + "/rates/{level}/{level_id}",
        rates.list_all,
        "track",
        unknown_workspace=400,
        unknown_words="Invalid workspace ID",
    ),
    Operation(
        "create_alert",
        "POST",
        _TRACK + "/alerts",
        alerts.create,
        "track",
        unknown_workspace=400,
        unknown_words="invalid workspace ID",
    ),
    Operation("delete_alert", "DELETE", _TRACK + "/alerts/{alert_id}", alerts.delete, "track"),
    Operation("list_track_reminders", "GET", _REMINDERS, reminders.list_all, "track"),
    Operation("create_track_reminder", "POST", _REMINDERS, reminders.create, "track"),
    Operation("update_track_reminder", "PUT", _REMINDER, reminders.update, "track"),
    Operation("delete_track_reminder", "DELETE", _REMINDER, reminders.delete, "track"),
)

COMPANIONS = (
    Operation("list_tasks", "GET", _WORKSPACE + "/tasks", tasks.list_all, companion=True),
    Operation("create_task", "POST", _WORKSPACE + "/tasks", tasks.create, companion=True),
    Operation(
        "start_tracking_from_description",
        "POST",
        _TRACKING + "/start-from-description",
        tracking.start_from_description,
        companion=True,
    ),
    Operation("get_my_settings", "GET", "/users/me/settings", me.settings, companion=True),
    Operation(
        "get_workspace_context", "GET", "/workspaces/{workspace_id}/context", me.workspace_context, companion=True
    ),
    Operation("list_organization_users", "GET", _ORGANIZATION + "/users", organizations.users, companion=True),
    Operation("list_roles", "GET", _ORGANIZATION + "/roles", organizations.roles, companion=True),
    Operation(
        "list_public_holidays", "GET", _ORGANIZATION + "/public-holidays", organizations.public_holidays, companion=True
    ),
    Operation("list_time_off", "GET", _ORGANIZATION + "/timeoff", organizations.time_off, companion=True),
    Operation("get_me", "GET", "/me", me.get, "track", companion=True),
    Operation("list_my_workspaces", "GET", "/me/workspaces", me.workspaces, "track", companion=True),
    Operation("list_alerts", "GET", _TRACK + "/alerts", alerts.list_all, "track", companion=True),
    Operation("get_my_quota", "GET", "/me/quota", me.quota, "track", companion=True),
)

_SUBSCRIPTIONS = "/subscriptions/{workspace_id}"
_SUBSCRIPTION = _SUBSCRIPTIONS + "/{subscription_id}"
_ONE = "{workspace_id}/{subscription_id}"

WEBHOOKS = (
    Operation("list_event_filters", "GET", "/event_filters", webhooks.event_filters, "webhooks", companion=True),
    Operation("list_subscriptions", "GET", _SUBSCRIPTIONS, webhooks.list_all, "webhooks", companion=True),
    Operation("create_subscription", "POST", _SUBSCRIPTIONS, webhooks.create, "webhooks", companion=True),
    Operation("replace_subscription", "PUT", _SUBSCRIPTION, webhooks.replace, "webhooks", companion=True),
    Operation("enable_subscription", "PATCH", _SUBSCRIPTION, webhooks.enable, "webhooks", companion=True),
    Operation("delete_subscription", "DELETE", _SUBSCRIPTION, webhooks.delete, "webhooks", companion=True),
    Operation("ping_subscription", "POST", f"/ping/{_ONE}", webhooks.ping, "webhooks", companion=True),
    Operation(
        "validate_subscription",
        "GET",
        f"/validate/{_ONE}/{{validation_code}}",
        webhooks.validate,
        "webhooks",
        companion=True,
    ),
)

OPERATIONS = FOCUS + TRACK + COMPANIONS + WEBHOOKS
OPERATION_IDS = frozenset(operation.id for operation in OPERATIONS)
