"""Every route on one screen."""

from __future__ import annotations

from bot.dispatcher import (
    Action,
    Command,
    Event,
    Needs,
    Option,
    Period,
    Route,
    Shortcut,
    Submission,
    TaskText,
    Typeahead,
    When,
    Words,
)
from bot.domain.report_groups import By
from bot.handlers import account, bulk, connect, entry_changes, entry_list, home, log, report, timer, track_this, undo
from bot.i18n import N_
from bot.views.ids import Actions, Callbacks

_WHICH = Words("which", label="last|time|task")

COMMANDS = (
    Command("track", "", timer.now, N_("What is running, today, and what to start next"), ""),
    Command("track", "now", timer.now, N_("What is running, and today so far"), "now", synonyms=("status", "current")),
    Command(
        "track",
        "start",
        timer.start,
        N_("Start a timer, also in the past; while one runs, switch"),
        "start write report 9:15",
        args=(TaskText("task"), When("at")),
    ),
    Command(
        "track",
        "switch",
        timer.start,
        N_("Stop what runs and start something else, without a gap"),
        "switch review 5m ago",
        args=(TaskText("task"), When("at")),
    ),
    Command(
        "track",
        "stop",
        timer.stop,
        N_("Stop the timer, now or earlier"),
        "stop 10m ago",
        args=(When("at", alone=True),),
    ),
    Command(
        "track", "continue", timer.continue_last, N_("Start the last task again"), "continue", synonyms=("resume",)
    ),
    Command(
        "track",
        "log",
        log.log_time,
        N_("Log past time: one entry or several, apart by commas or lines"),
        "log 1h30m Write report yesterday",
        args=(Words("entries", label="duration or range, task, day"),),
        synonyms=("add",),
    ),
    Command(
        "track",
        "list",
        entry_list.show,
        N_("Your entries by day, of any period; filters: task: project: status: type: archived"),
        "list last week type:break",
        args=(Words("words", label="period] [filters"),),
        synonyms=("entries", "ls"),
    ),
    Command(
        "track",
        "edit",
        entry_changes.edit,
        N_("Change any field of an entry: the last, the one at a time, or of a task"),
        "edit last",
        args=(_WHICH,),
        synonyms=("change",),
    ),
    Command(
        "track", "archive", entry_changes.archive, N_("Put an entry aside"), "archive yesterday 9:15", args=(_WHICH,)
    ),
    Command("track", "unarchive", entry_changes.unarchive, N_("Take it back"), "unarchive last", args=(_WHICH,)),
    Command(
        "track",
        "delete",
        entry_changes.delete,
        N_("Delete an entry, after asking"),
        "delete 9:15",
        args=(_WHICH,),
        synonyms=("remove", "rm"),
    ),
    Command(
        "track",
        "restore",
        entry_changes.restore,
        N_("Bring back an entry that you deleted here"),
        "restore last",
        args=(_WHICH,),
        synonyms=("undelete",),
    ),
    Command(
        "track",
        "report",
        report.report,
        N_("What was tracked in a period, as a chart, a table or a file"),
        "report last week by task csv",
        args=(Period("period"), Option("by", tuple(By), lead="by"), Option("csv", ("csv",))),
        synonyms=("reports", "summary"),
    ),
    Command(
        "track",
        "bulk",
        bulk.open_choice,
        N_("Tick many entries, and move, shift, delete them or change their type in one go"),
        "bulk last week task:review",
        args=(Words("words", label="period] [filters"),),
    ),
    Command(
        "track",
        "bulk restore",
        bulk.open_deleted,
        N_("Tick entries that you deleted here, to restore them"),
        "bulk restore",
    ),
    Command("track", "undo", undo.last, N_("Take your last change back"), "undo"),
    Command("toggl", "", account.account, N_("Your Toggl account here"), "", needs=Needs.NOTHING),
    Command(
        "toggl",
        "connect",
        connect.connect,
        N_("Connect your Toggl account, or add a second credential"),
        "connect",
        needs=Needs.NOTHING,
        synonyms=("login", "signin"),
    ),
    Command(
        "toggl",
        "account",
        account.account,
        N_("What is connected, and what is left of your hourly calls"),
        "account",
        needs=Needs.NOTHING,
        synonyms=("whoami", "status"),
    ),
    Command(
        "toggl",
        "workspace",
        account.workspace,
        N_("Choose the workspace you work in"),
        "workspace studio",
        args=(Words("name"),),
        needs=Needs.NOTHING,
        synonyms=("workspaces",),
    ),
    Command(
        "toggl",
        "disconnect",
        account.ask_disconnect,
        N_("Forget your Toggl account here"),
        "disconnect",
        needs=Needs.NOTHING,
        synonyms=("logout", "signout"),
    ),
)

ACTIONS = (
    Action(Actions.STOP, timer.press_stop),
    Action(Actions.START_TASK, timer.press_start),
    Action(Actions.CREATE_AND_START, timer.press_create),
    Action(Actions.OPEN_START, timer.open_start),
    Action(Actions.EDIT_START, timer.open_edit_start),
    Action(Actions.OPEN_LOG, log.open_form),
    Action(Actions.LOG_ON_TASK, log.press_task),
    Action(Actions.CREATE_AND_LOG, log.press_create),
    Action(Actions.LOG_ANYWAY, log.press_anyway),
    Action(Actions.CHANGE_LOG, log.press_change),
    Action(Actions.CHANGE_LINES, log.press_change_lines),
    Action(Actions.LIST_PAGE, entry_list.turn),
    Action(Actions.EDIT_ENTRY, entry_changes.press_edit),
    Action(Actions.ENTRY_DEED, entry_changes.press),
    Action(Actions.REPORT_BY, report.show),
    Action(Actions.REPORT_SHOW, report.show),
    Action(Actions.REPORT_CSV, report.send_csv),
    Action(Actions.REPORT_SHARE, report.open_share),
    Action(Actions.BULK_PAGE, bulk.turn),
    Action(Actions.BULK_DEED, bulk.choose_deed),
    Action(Actions.UNDO, undo.press),
    Action(Actions.START_IN_PROJECT, timer.open_start_in_project),
    Action(Actions.REFRESH_HOME, home.refresh, needs=Needs.WHATEVER_IS_THERE),
    Action(Actions.SHOW_ACCOUNT, account.account, needs=Needs.NOTHING),
    Action(Actions.CONNECT, connect.open_modal, needs=Needs.NOTHING),
    Action(Actions.CONNECT_LINK, connect.follow_link, needs=Needs.NOTHING),
    Action(Actions.CONFIRM_CONNECT, connect.confirm, needs=Needs.NOTHING),
    Action(Actions.NOT_ME, connect.not_me, needs=Needs.NOTHING),
    Action(Actions.FIRST_WORKSPACE, connect.choose_first, needs=Needs.NOTHING),
    Action(Actions.LIST_WORKSPACES, account.list_workspaces, needs=Needs.NOTHING),
    Action(Actions.CHOOSE_WORKSPACE, account.choose_workspace, needs=Needs.NOTHING),
    Action(Actions.DISCONNECT, account.disconnect, needs=Needs.NOTHING),
)

SUBMISSIONS = (
    Submission(Callbacks.START, timer.submit_start),
    Submission(Callbacks.EDIT_START, timer.submit_edit_start),
    Submission(Callbacks.CREATE_TASK, timer.submit_new_task),
    Submission(Callbacks.TRACK_THIS, track_this.submit),
    Submission(Callbacks.LOG, log.submit_form),
    Submission(Callbacks.LOG_LINES, log.submit_lines),
    Submission(Callbacks.CREATE_AND_LOG, log.submit_new_task),
    Submission(Callbacks.EDIT_ENTRY, entry_changes.submit),
    Submission(Callbacks.MOVE_ENTRY, entry_changes.submit_move),
    Submission(Callbacks.SHARE_REPORT, report.submit_share),
    Submission(Callbacks.BULK_CHOOSE, bulk.submit_choice),
    Submission(Callbacks.BULK_APPLY, bulk.submit_deed),
    Submission(Callbacks.BULK_RESTORE, bulk.submit_restore),
    Submission(Callbacks.CONNECT, connect.submit_modal, needs=Needs.NOTHING),
)

TYPEAHEADS = (
    Typeahead(Actions.TASK, timer.suggest_tasks),
    Typeahead(Actions.TRACK_ON, track_this.suggest),
    Typeahead(Actions.ENTRY_TASK, entry_changes.suggest_tasks),
    Typeahead(Actions.PROJECT, timer.suggest_projects),
)

SHORTCUTS = (
    Shortcut(Callbacks.START_SHORTCUT, timer.open_start),
    Shortcut(Callbacks.LOG_SHORTCUT, log.open_form),
    Shortcut(Callbacks.TRACK_THIS_SHORTCUT, track_this.open_form),
)

EVENTS = (Event("app_home_opened", home.opened, needs=Needs.WHATEVER_IS_THERE),)

ROUTES: tuple[Route, ...] = (*COMMANDS, *ACTIONS, *SUBMISSIONS, *TYPEAHEADS, *SHORTCUTS, *EVENTS)
