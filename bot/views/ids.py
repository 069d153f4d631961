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
    CONNECT = "connect"


class Blocks(StrEnum):
    """`block_id` of inputs: the key of their value on submission and of their errors."""

    TASK = "task"
    WHEN = "when"
    NAME = "name"
    REMEMBER = "remember"
    PROJECT = "project"
    CONNECT_KEY = "key"
    CONNECT_EMAIL = "email"
    CONNECT_PASSWORD = "password"  # noqa: S105 (the name of a field)
    CONNECT_ADDRESS = "address"
