"""The running timer, choosing what to start, and tracking time on a message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.when import Assumed, When
from bot.views import start_modal, timer, track_this
from bot.views.choices import Choice
from bot.views.ids import Callbacks
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

UNDO = "u7f3a91c04b2e6d5"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the timer's views."""
    yield from _messages(studio)
    yield from _undone(studio)
    yield from _modals(studio)


def _messages(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    running, before = studio.entry(tasks[0], "13:00"), studio.entry(tasks[1], "9:15", 225)
    alone, nameless = studio.entry(tasks[4], "14:24"), studio.entry(None, "13:00")
    yield sample("", timer.started, t, studio.entry(tasks[0], "14:24"), previous=None, undo_id=UNDO)
    yield sample("a task of its own", timer.started, t, alone, previous=None, undo_id=UNDO)
    yield sample("instead of another", timer.started, t, running, previous=before, undo_id=UNDO)
    late = studio.entry(tasks[0], "23:40", days_ago=1)
    when = When(late.started_at, said="23:40", assumed=(Assumed.DAY,))
    yield sample("a time taken as yesterday's", timer.started, t, late, previous=None, undo_id=UNDO, when=when)
    yield sample("", timer.moved, t, running, undo_id=UNDO)
    over = t.md("That timer is not running any more, so nothing was changed.")
    yield sample("nothing runs", timer.gone, t, over, running=None)
    yield sample("another runs", timer.gone, t, over, running=running)
    yield sample("", timer.already_running, t, running, elapsed=running.elapsed(NOW))
    day = timedelta(hours=5, minutes=9)
    yield sample("", timer.stopped, t, studio.entry(tasks[0], "13:00", 84), day_total=day, undo_id=UNDO)
    yield sample("the day not known", timer.stopped, t, before, day_total=None, undo_id=UNDO)
    yield sample("a task that has gone", timer.stopped, t, studio.entry(None, "14:23", 0), day_total=day, undo_id=UNDO)
    yield sample("running", timer.now, t, running, elapsed=running.elapsed(NOW), day_total=day, recents=tasks)
    yield sample("running, nothing before", timer.now, t, alone, elapsed=timedelta(), day_total=timedelta(), recents=())
    yield sample("a task that has gone", timer.now, t, nameless, elapsed=day, day_total=day, recents=tasks[:1])
    yield sample("nothing runs", timer.now, t, None, elapsed=timedelta(), day_total=day, recents=tasks)
    hours = timedelta(hours=8)
    yield sample("of a day", timer.now, t, None, elapsed=timedelta(), day_total=day, hours=hours, recents=tasks)
    yield sample(
        "of a day, nothing yet", timer.now, t, None, elapsed=timedelta(), day_total=timedelta(), hours=hours, recents=()
    )
    yield sample("nothing yet", timer.now, t, None, elapsed=timedelta(), day_total=timedelta(), recents=())
    yield sample("several match", start_modal.pick, t, Choice("report"), (tasks[0], tasks[8]))
    wanted = Choice("report", at=studio.at("9:15"))
    yield sample("many, for an earlier time", start_modal.pick, t, wanted, tasks * 2)
    yield sample("none matches", start_modal.pick, t, Choice(studio.typed("Photo shoot")), ())


def _undone(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    running, before = studio.entry(tasks[0], "13:00"), studio.entry(tasks[1], "9:15")
    yield sample("", timer.start_undone, t, running, running=None)
    yield sample("the one before runs again", timer.start_undone, t, running, running=before)
    yield sample("", timer.stop_undone, t, running)
    yield sample("", timer.move_undone, t, running)


def _modals(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    running = studio.entry(tasks[1], "9:15")
    yield sample("", start_modal.loading, t)
    yield sample("", start_modal.start, t)
    yield sample("while one runs", start_modal.start, t, running=running)
    yield sample("task and time filled in", start_modal.start, t, task=tasks[0], when="25m ago")
    yield sample("to start", start_modal.new_task, t, studio.typed("Photo shoot"))
    yield sample("to log", start_modal.new_task, t, studio.typed("Photo shoot"), then=Callbacks.CREATE_AND_LOG)
    yield sample("", start_modal.edit_start, t, at=studio.at("9:15"))
    yield sample("changed elsewhere", start_modal.edit_start, t, at=studio.at("9:15"), there=studio.at("9:30"))
    said = studio.say("The navigation works on small screens now. Could someone try it with a screen reader?")
    link = "https://nordlicht-studio.slack.com/archives/C0WEBSITE01/p1762945200000100"
    yield sample("", track_this.loading, t)
    yield sample(
        "a new task", track_this.form, t, name=said, text=said, link=link, found=(), project=None, running=None
    )
    yield sample(
        "a task it mentions, in the channel's project",
        track_this.form,
        t,
        name=said,
        text=said,
        link=link,
        found=tasks[1:2],
        project=studio.project(),
        running=studio.entry(tasks[0]),
    )
    yield sample(
        "nothing to go by", track_this.form, t, name="", text="", link=None, found=(), project=None, running=None
    )
