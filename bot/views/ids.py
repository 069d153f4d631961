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
    ENTRY_MENU = "entry.menu"
    ENTRY_DEED = "entry.deed"
    DELETE_ENTRY = "entry.delete"
    KEEP_ENTRY = "entry.keep"
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
    # every change
    UNDO = "undo"
    # every error that may be tried again
    RETRY = "retry"


class Callbacks(StrEnum):
    """`callback_id` of modals and shortcuts."""

    START = "timer.start"
    EDIT_START = "timer.edit_start"
    CREATE_TASK = "timer.create_task"
    EDIT_ENTRY = "entry.edit"
    MOVE_ENTRY = "entry.move"
    BULK_CHOOSE = "bulk.choose"
    BULK_APPLY = "bulk.apply"
    CONNECT = "connect"


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
    DESCRIPTION = "description"
    BILLABLE = "billable"
    BULK_DEED = "deed"
    BULK_SHIFT = "shift"
    CONNECT_KEY = "key"
    CONNECT_EMAIL = "email"
    CONNECT_PASSWORD = "password"  # noqa: S105 (the name of a field)
    CONNECT_ADDRESS = "address"
