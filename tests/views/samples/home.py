"""The App Home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.account import Account
from bot.domain.home import Home, Receipt, Tracked
from bot.domain.my_reminders import Mine, Reminder
from bot.domain.reminders import Running, Under
from bot.toggl.errors import CredentialRefused, Trouble, Unavailable
from bot.views import home, timer
from tests.views.samples.connecting import linked, only_key
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio
from tests.views.samples.timer import UNDO


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the Home."""
    t, tasks = studio.t, studio.tasks
    account, problem = linked(studio, count=3), Unavailable(Trouble("list_time_entries"))
    refused = CredentialRefused(Trouble("list_time_entries", 401), product="Focus")
    told = [
        timer.started(t, studio.entry(tasks[0]), previous=studio.entry(tasks[1], "9:15", 225), undo_id=UNDO).text,
        timer.stopped(t, studio.entry(tasks[2], "8:30", 45), day_total=None, undo_id=UNDO).text,
    ]
    receipts = (Receipt(told[0], studio.at("13:00"), UNDO), Receipt(told[1], studio.at("9:15")))
    tracked = Tracked(
        studio.entry(tasks[0]),
        _days(studio, 440, 505, 390, 309),
        timedelta(minutes=309),
        tasks,
        (studio.project(), studio.project("Harbour calendar", "")),
    )
    quiet = Tracked(None, _days(studio), timedelta())
    mine = Mine((Reminder(1, Under(timedelta(hours=6)), studio.at("17:00")), Reminder(2, Running(timedelta(hours=9)))))
    yield sample("a timer runs", home.home, t, Home(account, receipts, tracked, reminders=mine))
    stopped = Tracked(None, tracked.days, tracked.today, tasks)
    yield sample("nothing runs", home.home, t, Home(linked(studio), receipts[1:], stopped))
    yield sample("nothing yet", home.home, t, Home(only_key(studio), (), quiet))
    yield sample("before connecting", home.home, t, Home(Account()))
    yield sample("Toggl does not answer", home.home, t, Home(account, receipts, problem=problem))
    yield sample("refused by Toggl", home.home, t, Home(linked(studio, refused=True), (), problem=refused))
    unchosen = linked(studio, count=2, chosen=False)
    yield sample("no workspace chosen", home.home, t, Home(unchosen))


def _days(studio: Studio, *minutes: int) -> tuple[tuple[date, timedelta], ...]:
    """Each day of the week, from Monday on."""
    monday = studio.today - timedelta(days=studio.today.weekday())
    lengths = [*minutes, *[0] * (7 - len(minutes))]
    return tuple((monday + timedelta(days=day), timedelta(minutes=length)) for day, length in enumerate(lengths))
