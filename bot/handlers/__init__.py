"""Every route on one screen."""

from __future__ import annotations

from bot.dispatcher import Action, Command, Route, Submission, TaskText, Typeahead, When
from bot.handlers import timer, undo
from bot.i18n import N_
from bot.views.ids import Actions, Callbacks

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
    Command("track", "stop", timer.stop, N_("Stop the timer, now or earlier"), "stop 10m ago", args=(When("at"),)),
    Command(
        "track", "continue", timer.continue_last, N_("Start the last task again"), "continue", synonyms=("resume",)
    ),
    Command("track", "undo", undo.last, N_("Take your last change back"), "undo"),
)

ACTIONS = (
    Action(Actions.STOP, timer.press_stop),
    Action(Actions.START_TASK, timer.press_start),
    Action(Actions.CREATE_AND_START, timer.press_create),
    Action(Actions.OPEN_START, timer.open_start),
    Action(Actions.EDIT_START, timer.open_edit_start),
    Action(Actions.UNDO, undo.press),
)

SUBMISSIONS = (
    Submission(Callbacks.START, timer.submit_start),
    Submission(Callbacks.EDIT_START, timer.submit_edit_start),
    Submission(Callbacks.CREATE_TASK, timer.submit_new_task),
)

TYPEAHEADS = (
    Typeahead(Actions.TASK, timer.suggest_tasks),
    Typeahead(Actions.PROJECT, timer.suggest_projects),
)

ROUTES: tuple[Route, ...] = (*COMMANDS, *ACTIONS, *SUBMISSIONS, *TYPEAHEADS)
