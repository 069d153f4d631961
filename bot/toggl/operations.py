"""Every operation of Toggl that the client calls, as frozen data: the 62 documented ones and the companions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Product(Enum):
    """Which of Toggl's two products serves an operation."""

    FOCUS = "Toggl Focus"
    TRACK = "Toggl Track"


@dataclass(frozen=True, slots=True)
class Operation:
    """`name` is the `operationId`; `path` holds its `{named}` places; a companion is on none of the five pages."""

    name: str
    product: Product
    method: str
    path: str
    companion: bool = False
    webhooks: bool = False
    """Whether Track serves it under the address of its webhooks."""

    @property
    def reads(self) -> bool:
        """Whether it changes nothing at Toggl."""
        return self.method == "GET"

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is the same as doing it once, so that a lost answer may be asked for again."""
        return self.method in {"GET", "PUT", "DELETE"}


def _focus(name: str, method: str, path: str, *, companion: bool = False) -> Operation:
    return Operation(name, Product.FOCUS, method, path, companion)


def _track(name: str, method: str, path: str, *, companion: bool = False) -> Operation:
    return Operation(name, Product.TRACK, method, path, companion)


def _webhooks(name: str, method: str, path: str) -> Operation:
    return Operation(name, Product.TRACK, method, path, companion=True, webhooks=True)


_HOME = "/organizations/{organization_id}/workspaces/{workspace_id}"
_STATUS = "/workspaces/{workspace_id}/statuses"  # The one Focus path without an organization.
_PROJECT = _HOME + "/projects/{project_id}"
_TASK_ENTRIES = _HOME + "/tasks/{task_id}/time-entries"
_ENTRY = _TASK_ENTRIES + "/{time_entry_id}"
_ENTRIES = _HOME + "/time-entries"
_TRACK = "/workspaces/{workspace_id}"
_SUBSCRIPTIONS = "/subscriptions/{workspace_id}"
_SUBSCRIPTION = _SUBSCRIPTIONS + "/{subscription_id}"

GET_CURRENT_TRACKING = _focus("get_current_tracking", "GET", _HOME + "/tracking/current")
START_TRACKING = _focus("start_tracking", "POST", _HOME + "/tracking/start")
STOP_TRACKING = _focus("stop_tracking", "POST", _HOME + "/tracking/stop")

LIST_TASK_TIME_ENTRIES = _focus("list_task_time_entries", "GET", _TASK_ENTRIES)
CREATE_TIME_ENTRY = _focus("create_time_entry", "POST", _TASK_ENTRIES)
GET_TIME_ENTRY = _focus("get_time_entry", "GET", _ENTRY)
REPLACE_TIME_ENTRY = _focus("replace_time_entry", "PUT", _ENTRY)
UPDATE_TIME_ENTRY = _focus("update_time_entry", "PATCH", _ENTRY)
DELETE_TIME_ENTRY = _focus("delete_time_entry", "DELETE", _ENTRY)
RESTORE_TIME_ENTRY = _focus("restore_time_entry", "PATCH", _ENTRY + "/restore")
ARCHIVE_TIME_ENTRY = _focus("archive_time_entry", "POST", _ENTRY + "/archive")
UNARCHIVE_TIME_ENTRY = _focus("unarchive_time_entry", "POST", _ENTRY + "/unarchive")
LIST_TIME_ENTRIES = _focus("list_time_entries", "GET", _ENTRIES)
CREATE_TIME_ENTRIES = _focus("create_time_entries", "POST", _ENTRIES + "/bulk")
UPDATE_TIME_ENTRIES = _focus("update_time_entries", "PATCH", _ENTRIES + "/bulk")
DELETE_TIME_ENTRIES = _focus("delete_time_entries", "DELETE", _ENTRIES + "/bulk")
RESTORE_TIME_ENTRIES = _focus("restore_time_entries", "PATCH", _ENTRIES + "/bulk/restore")
STREAM_TIME_ENTRIES = _focus("stream_time_entries", "GET", _ENTRIES + "/stream")
STREAM_TIME_ENTRIES_BY_TIME_BLOCK = _focus(
    "stream_time_entries_by_time_block", "GET", _ENTRIES + "/time-block-ids/stream"
)

LIST_PROJECTS = _focus("list_projects", "GET", _HOME + "/projects")
CREATE_PROJECT = _focus("create_project", "POST", _HOME + "/projects")
GET_PROJECT = _focus("get_project", "GET", _PROJECT)
REPLACE_PROJECT = _focus("replace_project", "PUT", _PROJECT)
UPDATE_PROJECT = _focus("update_project", "PATCH", _PROJECT)
DELETE_PROJECT = _focus("delete_project", "DELETE", _PROJECT)
RESTORE_PROJECT = _focus("restore_project", "PATCH", _PROJECT + "/restore")
ARCHIVE_PROJECT = _focus("archive_project", "PATCH", _PROJECT + "/archive")
UNARCHIVE_PROJECT = _focus("unarchive_project", "PATCH", _PROJECT + "/unarchive")
PIN_PROJECT = _focus("pin_project", "POST", _PROJECT + "/pinned")
UNPIN_PROJECT = _focus("unpin_project", "DELETE", _PROJECT + "/pinned")
LIST_PROJECT_CHILDREN = _focus("list_project_children", "GET", _PROJECT + "/children")
LIST_PROJECT_PARENTS = _focus("list_project_parents", "GET", _PROJECT + "/parents")
LIST_PROJECT_MEMBERS = _focus("list_project_members", "GET", _PROJECT + "/members")
ADD_PROJECT_MEMBERS = _focus("add_project_members", "POST", _PROJECT + "/members")
UPDATE_PROJECT_MEMBER_ROLE = _focus("update_project_member_role", "PUT", _PROJECT + "/members")
REMOVE_PROJECT_MEMBER = _focus("remove_project_member", "DELETE", _PROJECT + "/members")

LIST_STATUSES = _focus("list_statuses", "GET", _STATUS)
CREATE_STATUS = _focus("create_status", "POST", _STATUS)
GET_STATUS = _focus("get_status", "GET", _STATUS + "/{status_id}")
UPDATE_STATUS = _focus("update_status", "PUT", _STATUS + "/{status_id}")
DELETE_STATUS = _focus("delete_status", "DELETE", _STATUS + "/{status_id}")
RESTORE_STATUS = _focus("restore_status", "PATCH", _STATUS + "/{status_id}/restore")

SEARCH_WORKSPACES = _track("search_workspaces", "GET", "/workspaces")
GET_WORKSPACE = _track("get_workspace", "GET", _TRACK)
UPDATE_WORKSPACE = _track("update_workspace", "PUT", _TRACK)
CREATE_WORKSPACE = _track("create_workspace", "POST", "/organizations/{organization_id}/workspaces")
GET_WORKSPACE_STATISTICS = _track("get_workspace_statistics", "GET", _TRACK + "/statistics")
GET_TIME_ENTRY_CONSTRAINTS = _track("get_time_entry_constraints", "GET", _TRACK + "/time_entry_constraints")

LIST_WORKSPACE_USERS = _track("list_workspace_users", "GET", _HOME + "/workspace_users")
DELETE_WORKSPACE_USERS = _track("delete_workspace_users", "PATCH", _HOME + "/workspace_users")
UPDATE_WORKSPACE_USER = _track("update_workspace_user", "PUT", _TRACK + "/workspace_users/{workspace_user_id}")
DELETE_WORKSPACE_USER = _track("delete_workspace_user", "DELETE", _TRACK + "/workspace_users/{workspace_user_id}")
LIST_USERS = _track("list_users", "GET", _TRACK + "/users")
UPDATE_USER = _track("update_user", "PUT", _TRACK + "/users/{user_id}")

LIST_RATES = _track("list_rates", "GET", _TRACK + "/rates/{level}/{level_id}")
CREATE_RATE = _track("create_rate", "POST", _TRACK + "/rates")

CREATE_ALERT = _track("create_alert", "POST", _TRACK + "/alerts")
DELETE_ALERT = _track("delete_alert", "DELETE", _TRACK + "/alerts/{alert_id}")

LIST_TRACK_REMINDERS = _track("list_track_reminders", "GET", _TRACK + "/track_reminders")
CREATE_TRACK_REMINDER = _track("create_track_reminder", "POST", _TRACK + "/track_reminders")
UPDATE_TRACK_REMINDER = _track("update_track_reminder", "PUT", _TRACK + "/track_reminders/{reminder_id}")
DELETE_TRACK_REMINDER = _track("delete_track_reminder", "DELETE", _TRACK + "/track_reminders/{reminder_id}")

# Companions: on none of the five pages. The bot must still work where one answers 403 or 404.
LIST_TASKS = _focus("list_tasks", "GET", _HOME + "/tasks", companion=True)
CREATE_TASK = _focus("create_task", "POST", _HOME + "/tasks", companion=True)
START_FROM_DESCRIPTION = _focus(
    "start_tracking_from_description", "POST", _HOME + "/tracking/start-from-description", companion=True
)
GET_MY_SETTINGS = _focus("get_my_settings", "GET", "/users/me/settings", companion=True)
LIST_ORGANIZATION_USERS = _focus(
    "list_organization_users", "GET", "/organizations/{organization_id}/users", companion=True
)
LIST_ROLES = _focus("list_roles", "GET", "/organizations/{organization_id}/roles", companion=True)
LIST_PUBLIC_HOLIDAYS = _focus(
    "list_public_holidays", "GET", "/organizations/{organization_id}/public-holidays", companion=True
)
LIST_TIME_OFF = _focus("list_time_off", "GET", "/organizations/{organization_id}/timeoff", companion=True)
GET_WORKSPACE_CONTEXT = _focus("get_workspace_context", "GET", "/workspaces/{workspace_id}/context", companion=True)
GET_ME = _track("get_me", "GET", "/me", companion=True)
LIST_MY_WORKSPACES = _track("list_my_workspaces", "GET", "/me/workspaces", companion=True)
GET_MY_QUOTA = _track("get_my_quota", "GET", "/me/quota", companion=True)
LIST_ALERTS = _track("list_alerts", "GET", _TRACK + "/alerts", companion=True)

LIST_EVENT_FILTERS = _webhooks("list_event_filters", "GET", "/event_filters")
LIST_SUBSCRIPTIONS = _webhooks("list_subscriptions", "GET", _SUBSCRIPTIONS)
CREATE_SUBSCRIPTION = _webhooks("create_subscription", "POST", _SUBSCRIPTIONS)
REPLACE_SUBSCRIPTION = _webhooks("replace_subscription", "PUT", _SUBSCRIPTION)
ENABLE_SUBSCRIPTION = _webhooks("enable_subscription", "PATCH", _SUBSCRIPTION)
DELETE_SUBSCRIPTION = _webhooks("delete_subscription", "DELETE", _SUBSCRIPTION)
PING_SUBSCRIPTION = _webhooks("ping_subscription", "POST", "/ping/{workspace_id}/{subscription_id}")
VALIDATE_SUBSCRIPTION = _webhooks(
    "validate_subscription", "GET", "/validate/{workspace_id}/{subscription_id}/{validation_code}"
)
