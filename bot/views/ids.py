"""Every id that a view gives out and a route takes in: one enum member each, so that they cannot drift apart."""

from __future__ import annotations

from enum import StrEnum


class Actions(StrEnum):
    """`action_id` of buttons, menus, selects and inputs."""

    # the timer
    STOP = "timer.stop"
    EDIT_START = "timer.edit_start"
    START_TASK = "timer.start_task"
    CREATE_AND_START = "timer.create_and_start"
    OPEN_START = "timer.open_start"
    TASK = "timer.task"
    WHEN = "timer.when"
    PROJECT = "timer.project"
    NAME = "timer.name"
    REMEMBER = "timer.remember"
    # looking at and changing entries
    EDIT_ENTRY = "entry.edit"
    ENTRY_DEED = "entry.deed"
    LIST_PAGE = "entries.page"
    ENTRY_TASK = "entry.task"
    ENTRY_START = "entry.start"
    ENTRY_END = "entry.end"
    ENTRY_LENGTH = "entry.length"
    ENTRY_TYPE = "entry.type"
    ENTRY_DESCRIPTION = "entry.description"
    ENTRY_BILLABLE = "entry.billable"
    # many entries at once
    BULK_CHOICE = "bulk.choice"
    BULK_PAGE = "bulk.page"
    BULK_DEED = "bulk.deed"
    BULK_SHIFT = "bulk.shift"
    # logging past time
    OPEN_LOG = "log.open"
    LOG_ON_TASK = "log.on_task"
    CREATE_AND_LOG = "log.create"
    LOG_ANYWAY = "log.anyway"
    CHANGE_LOG = "log.change"
    CHANGE_LINES = "log.change_lines"
    LOG_LENGTH = "log.length"
    LOG_DAY = "log.day"
    LOG_TYPE = "log.type"
    LOG_PERSON = "log.person"
    LOG_LINES = "log.lines"
    # reports
    REPORT_BY = "report.by"
    REPORT_SHOW = "report.show"
    REPORT_CSV = "report.csv"
    REPORT_SHARE = "report.share"
    REPORT_CHANNEL = "report.channel"
    # connecting and the account
    CONNECT = "connect.open"
    CONNECT_LINK = "connect.link"
    CONFIRM_CONNECT = "connect.confirm"
    NOT_ME = "connect.not_me"
    FIRST_WORKSPACE = "connect.first_workspace"
    LIST_WORKSPACES = "account.list_workspaces"
    CHOOSE_WORKSPACE = "account.choose_workspace"
    DISCONNECT = "account.disconnect"
    CONNECT_KEY = "connect.key"
    CONNECT_EMAIL = "connect.email"
    CONNECT_PASSWORD = "connect.password"  # noqa: S105 (the name of a field)
    CONNECT_ADDRESS = "connect.address"
    # the App Home and what was said in Slack
    REFRESH_HOME = "home.refresh"
    START_IN_PROJECT = "home.start_in_project"
    SHOW_ACCOUNT = "home.account"
    TRACK_ON = "track_this.on"
    TRACK_DESCRIPTION = "track_this.description"
    # every change
    UNDO = "undo"
    # every error that may be tried again
    RETRY = "retry"


class Callbacks(StrEnum):
    """`callback_id` of modals and shortcuts."""

    START = "timer.start"
    EDIT_START = "timer.edit_start"
    CREATE_TASK = "timer.create_task"
    LOG = "log"
    LOG_LINES = "log.lines"
    CREATE_AND_LOG = "log.create_task"
    EDIT_ENTRY = "entry.edit"
    MOVE_ENTRY = "entry.move"
    BULK_CHOOSE = "bulk.choose"
    BULK_APPLY = "bulk.apply"
    BULK_RESTORE = "bulk.restore"
    SHARE_REPORT = "report.share"
    CONNECT = "connect"
    # shortcuts, by the ids in the manifest
    START_SHORTCUT = "shortcut.start"
    LOG_SHORTCUT = "shortcut.log"
    TRACK_THIS_SHORTCUT = "shortcut.track_this"
    TRACK_THIS = "track_this"


class Blocks(StrEnum):
    """`block_id` of inputs: the key of their value on submission and of their errors."""

    TASK = "task"
    WHEN = "when"
    NAME = "name"
    REMEMBER = "remember"
    PROJECT = "project"
    START = "start"
    END = "end"
    LENGTH = "length"
    TYPE = "type"
    DAY = "day"
    PERSON = "person"
    LINES = "lines"
    DESCRIPTION = "description"
    BILLABLE = "billable"
    BULK_DAY = "day"
    BULK_DEED = "deed"
    BULK_SHIFT = "shift"
    CHANNEL = "channel"
    TRACK_ON = "track_on"
    CONNECT_KEY = "key"
    CONNECT_EMAIL = "email"
    CONNECT_PASSWORD = "password"  # noqa: S105 (the name of a field)
    CONNECT_ADDRESS = "address"
