"""Reminders: the list, the forms, and what comes as a direct message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.my_reminders import Asked, Mine, Reminder
from bot.domain.periods import Period
from bot.domain.reminded import Place, Plan, Wanted
from bot.domain.reminders import Idle, Preferences, Running, Shortfall, Under
from bot.domain.track_reminders import Every, TrackReminder
from bot.views import reminder_forms, reminder_messages, reminders, workspace_reminders
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

_HOUR = timedelta(hours=1)
UNDER, IDLE, RUNNING = Under(6 * _HOUR), Idle(days=(0, 2, 4)), Running(9 * _HOUR)
SUBJECT = "12:2026-11-12"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of them."""
    yield from _list(studio)
    yield from _forms(studio)
    yield from _messages(studio)
    yield from _for_admins(studio)


def _list(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    under = Reminder(12, UNDER, NOW + 3 * _HOUR)
    asked = (
        Asked(Every.DAY, 6 * _HOUR, studio.say("Nordlicht Studio"), NOW + 3 * _HOUR),
        Asked(Every.WEEK, 30 * _HOUR, "", NOW + 26 * _HOUR),
    )
    some = Mine((under, Reminder(13, IDLE, NOW + 20 * _HOUR), Reminder(14, RUNNING)), asked)
    yield sample("none", reminders.overview, t, Mine())
    yield sample("one", reminders.overview, t, Mine((under,)))
    yield sample("several", reminders.overview, t, some)
    yield sample("only the workspace’s", reminders.overview, t, Mine((), asked[:1]))
    off = Preferences(off=True, workspace_off=True)
    yield sample("off", reminders.overview, t, Mine(some.reminders, asked, off), said=reminders.off_words(t))
    today = Preferences(off_until=NOW + 9 * _HOUR)
    yield sample("off today", reminders.overview, t, Mine((under,), (), today), said=reminders.off_today_words(t))
    yield sample("resting", reminders.overview, t, Mine((under,), asked, resting=True))
    yield sample(
        "ten", reminders.overview, t, Mine(tuple(Reminder(n, UNDER, NOW + 3 * _HOUR) for n in range(10)), asked)
    )
    yield sample("made", reminders.new, t, Mine((under,)), under, undo_id="u1")
    yield sample("timer", reminders.new, t, Mine(), Reminder(14, RUNNING), undo_id="u1")
    yield sample("changed while off", reminders.new, t, Mine((), (), off), under, undo_id="u1", changed=True)
    yield sample("one removed", reminders.removed, t, Mine(), (UNDER,), undo_id="u1")
    yield sample("all removed", reminders.removed, t, Mine(), (UNDER, IDLE, RUNNING), undo_id="u1")
    yield sample("made", reminders.undone, t, made=UNDER, back=())
    yield sample("changed", reminders.undone, t, made=UNDER, back=(IDLE,))
    yield sample("removed", reminders.undone, t, made=None, back=(IDLE, RUNNING))
    yield sample("nothing left", reminders.undone, t, made=None, back=())
    yield sample("", reminders.silenced, t, reminders.off_today_words(t))


def _forms(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    mine = Preferences(working_days=(0, 1, 2, 3))
    yield sample("hours", reminder_forms.form, t, reminders.UNDER, Preferences())
    yield sample("timer", reminder_forms.form, t, reminders.RUNNING, Preferences())
    yield sample("idle", reminder_forms.form, t, reminders.IDLE, mine)
    yield sample("changing", reminder_forms.form, t, reminders.IDLE, mine, rule=IDLE)
    yield sample("", reminder_forms.habits, t, mine)


def _messages(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    today = Period(studio.today, studio.today)
    yesterday = Period(studio.today - timedelta(days=1), studio.today - timedelta(days=1))
    week = Period(studio.today - timedelta(days=3), studio.today + timedelta(days=3))
    some = Shortfall(today, 6 * _HOUR, 3.5 * _HOUR)
    running = studio.entry(tasks[0], "9:15")
    yield sample("today", reminder_messages.short, t, some, UNDER, subject=SUBJECT)
    yield sample("nothing", reminder_messages.short, t, Shortfall(today, 6 * _HOUR, 0 * _HOUR), UNDER, subject=SUBJECT)
    yield sample("running", reminder_messages.short, t, some, UNDER, subject=SUBJECT, running=running)
    yield sample(
        "past midnight", reminder_messages.short, t, Shortfall(yesterday, 6 * _HOUR, _HOUR), UNDER, subject=SUBJECT
    )
    name = studio.say("Nordlicht Studio")
    yield sample("daily", reminder_messages.asked, t, some, name, subject=SUBJECT)
    weekly = Shortfall(week, 30 * _HOUR, 22 * _HOUR)
    yield sample("weekly", reminder_messages.asked, t, weekly, name, subject=SUBJECT, running=running)
    empty = Shortfall(week, 30 * _HOUR, 0 * _HOUR)
    yield sample("weekly, nothing", reminder_messages.asked, t, empty, "", subject=SUBJECT)
    yield sample("", reminder_messages.overran, t, running, RUNNING, subject="14:7012345")
    yield sample("no task", reminder_messages.overran, t, studio.entry(None, "1:00"), RUNNING, subject="14:7012345")
    yield sample("", reminder_messages.idle, t, IDLE, subject=SUBJECT)
    yield sample("recents", reminder_messages.idle, t, IDLE, subject=SUBJECT, recents=tasks)
    yield sample("", reminder_messages.put_off, t, NOW + _HOUR)
    yield sample("", reminder_messages.reconnect, t, "Toggl Focus")


def _for_admins(studio: Studio) -> Iterator[Sample]:
    t, name = studio.t, studio.say("Nordlicht Studio")
    wanted = tuple(Wanted(Place(number, 1), Every.DAY, 6 * _HOUR) for number in range(4))
    daily = TrackReminder(id=1, every=Every.DAY, hours=7.5, slack=True)
    weekly = TrackReminder(id=2, every=Every.WEEK, hours=30, slack=True)
    told = workspace_reminders.delivered
    yield sample("some are not reached", told, t, Plan(wanted, (), 7), workspace=name, workspace_id=7)
    yield sample("nobody is reached", told, t, Plan((), (), 1), workspace=name, workspace_id=7)
    yield sample("toggl speaks itself", told, t, Plan(wanted[:1], (daily, weekly)), workspace="", workspace_id=7)
    yield sample("many", told, t, Plan(wanted, (daily,) * 9, 40), workspace=name, workspace_id=7)
    yield sample("", workspace_reminders.looking, t)
    yield sample("", workspace_reminders.everybody, t)
