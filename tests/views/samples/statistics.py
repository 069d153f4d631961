"""Statistics of a workspace: now, posted, on schedules, and their history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery_history import PastPost
from bot.domain.periods import Period
from bot.domain.recurrence import next_times
from bot.domain.statistics import Asking, Counted, Hours, Membership, Statistics, Turnout, add_up
from bot.domain.statistics_plans import Plan, Scheduled, Span
from bot.views import (
    delivery_history,
    statistics,
    statistics_consent,
    statistics_form,
    statistics_schedules,
)
from bot.views.statistics import Subject
from bot.views.statistics_draft import Draft, Repeats
from tests.views.samples.report import SOFIA, lines
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

_BERLIN = ZoneInfo("Europe/Berlin")
_WEEKLY, _MONTHLY = "09:00 weekly mon", "16:00 monthly last fri"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of them."""
    t, figures = studio.t, made(studio)
    subject = Subject(figures.report.period, _BERLIN, 7)
    since = studio.at("9:00", days_ago=3)
    yield sample("", statistics.statistics, t, figures, subject, since=None)
    yield sample("counted oneself", statistics.statistics, t, figures, subject, since=since)
    small = (statistics.pictures_sent(t),)
    yield sample("without charts", statistics.statistics, t, figures, subject, since=since, native=False, small=small)
    for state, shown in _unusual(studio, figures):
        yield sample(state, statistics.statistics, t, shown, subject, since=None)
    weekly = _scheduled(1, _WEEKLY)
    footer = statistics_schedules.footer(t, weekly)
    yield sample("", statistics.posted, t, figures, subject, footer)
    late = statistics_schedules.footer(t, weekly, late_since=studio.at("9:00"))
    yield sample("late, without charts", statistics.posted, t, figures, subject, late, native=False)
    names = ("statistics-2026-11-09-2026-11-15.csv",)
    yield sample("", statistics.sent_as_file, t, figures, names)
    yield sample("", statistics.files_refused, t, names)
    yield sample("", statistics.nothing_to_draw, t)
    yield sample("not yet", statistics_consent.consent, t, None)
    yield sample("since some days", statistics_consent.consent, t, since)
    yield sample("", statistics_consent.agreed, t)
    yield sample("", statistics_consent.withdrawn, t)
    yield from _schedules(studio, weekly)
    yield sample("nothing", delivery_history.history, t, ())
    yield sample("", delivery_history.history, t, _history(studio))


def _schedules(studio: Studio, weekly: Scheduled) -> Iterator[Sample]:
    t = studio.t
    monthly = replace(_scheduled(2, _MONTHLY), zone=ZoneInfo("America/New_York"))
    rests = replace(_scheduled(3, "08:30 weekly mon,tue,wed,thu,fri"), paused=True)
    gone = replace(_scheduled(4, "09:00 monthly 31"), maker=None, paused=True)
    blind = replace(rests, reason="Toggl no longer lets you see the statistics of this workspace.")
    orphan = replace(gone, plan=replace_plan(gone.plan, studio.say("Nordlicht Studio")))
    yield sample("", statistics_schedules.listing, t, (weekly, monthly, rests, gone, blind))
    yield sample("none", statistics_schedules.listing, t, ())
    note = statistics_schedules.paused(t, rests)
    yield sample("after a pause", statistics_schedules.listing, t, (rests,), note=note)
    again = statistics_schedules.resumed(t, weekly)
    yield sample("gone on with", statistics_schedules.listing, t, (weekly,), note=again)
    yield sample("", statistics_schedules.asking_to_remove, t, weekly)
    yield sample("", statistics_schedules.saved, t, monthly)
    yield sample("", statistics_schedules.removed, t, weekly, undo_id="u1")
    yield sample("", statistics_schedules.put_back, t, weekly.channel_id, weekly.pattern, weekly.zone.key)
    yield sample("", statistics_schedules.taken_over, t, weekly)
    yield sample("", statistics_schedules.orphaned, t, orphan)
    yield sample("", statistics_schedules.resting, t)
    draft = Draft(channel_id="C0WEBSITE01", at=time(9))
    yield sample("", statistics_form.form, t, Draft())
    yield sample("weekly", statistics_form.form, t, replace(draft, weekdays=(0, 3), weeks=2, zone="Asia/Tokyo"))
    yield sample("monthly", statistics_form.form, t, replace(draft, repeats=Repeats.MONTHLY, day=31))
    weekday = Draft.existing("C0WEBSITE01", Span.LAST_MONTH, _MONTHLY, None)
    yield sample("monthly on a weekday", statistics_form.form, t, weekday)


def replace_plan(plan: Plan, workspace: str) -> Plan:
    """The plan of another workspace."""
    return Plan(plan.focus_id, workspace, plan.span, plan.follows)


def _unusual(studio: Studio, figures: Statistics) -> Iterator[tuple[str, Statistics]]:
    asking = _asking(studio)
    nobody = replace(figures, reports=add_up(asking, ()), turnout=Turnout(undecided=3, unconnected=9))
    yield "nobody agreed", nobody
    yield "nobody reached", replace(nobody, turnout=Turnout(unreached=2))
    yield "figures unknown", replace(nobody, membership=Membership(), workspace="")
    yield "only Track", replace(nobody, focus_id=None)
    idle = add_up(asking, (Counted(1, studio.say("Lena Hoffmann"), Hours(asking)),))
    yield "nothing tracked", replace(figures, reports=idle, turnout=Turnout(counted=1, unconnected=0))


def _asking(studio: Studio) -> Asking:
    first = studio.today - timedelta(days=studio.today.weekday())
    return Asking(Period(first, first + timedelta(days=6)), _BERLIN, NOW)


def made(studio: Studio) -> Statistics:
    """Four people's week, with one private project."""
    asking, told = _asking(studio), lines(studio, 160)
    people = []
    for number, name in enumerate(("Lena Hoffmann", "Marcus Bell", "Sofía Romero", "Jonas Weber")):
        hours = Hours(asking)
        for place, line in enumerate(told[number::5]):
            hours.add(replace(line, private=place % 9 == 4))
        people.append(Counted(number + 1, studio.say(name), hours))
    return Statistics(
        workspace=studio.say("Nordlicht Studio"),
        membership=Membership(12, 3, (studio.say("Lena Hoffmann"), studio.say("Marcus Bell"))),
        turnout=Turnout(counted=4, unreached=1, undecided=2, unconnected=5),
        reports=add_up(asking, people),
        focus_id=7,
    )


def _scheduled(number: int, pattern: str) -> Scheduled:
    return Scheduled(
        id=number,
        channel_id="C0WEBSITE01",
        pattern=pattern,
        zone=_BERLIN,
        plan=Plan(7, "Nordlicht Studio", Span.LAST_WEEK),
        maker=SOFIA,
        paused=False,
        reason=None,
        times=next_times(pattern, _BERLIN, NOW, 3),
        mark="",
    )


def _history(studio: Studio) -> tuple[PastPost, ...]:
    def told(state: str, days_ago: int, reason: str | None = None, *, kind: str = "stats") -> PastPost:
        due: datetime = studio.at("9:00", days_ago=days_ago)
        return PastPost(kind, state, due, None if kind == "remind" else "C0WEBSITE01", reason)

    missed = "It was due while I was not running, and is no longer useful."
    return (
        told("posted", 3),
        told("posted", 4, kind="remind"),
        told("skipped", 10, missed),
        told("failed", 17, "channel_not_found"),
        told("unsure", 24, "Slack did not say whether it was posted, so it was not repeated."),
        told("waiting", 31, kind="something new"),
    )
