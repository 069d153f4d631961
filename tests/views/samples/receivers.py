"""Alerts and Toggl's own track reminders, and the invitation of those whom they do not reach."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.alerts import Alert, Known
from bot.domain.receivers import Circle, Directory, Receiver
from bot.domain.track_reminders import TrackReminder
from bot.views import alerts, invitations, track_reminders
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio

NAMES = ("Lena Brandt", "Emil Sørensen", "Yuki Sato", "Diego Ferrer", "Mika Tanaka", "Noor Haddad", "Grace Kim")


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of these views."""
    people = {
        number: Receiver(number, studio.say(name), f"{number}@nordlicht.example", "U1" if number % 2 else None)
        for number, name in enumerate(NAMES * 4, start=71)
    }
    design = Circle(9001, tuple(people.values())[:4])
    directory = Directory(people, {9001: design})
    yield from _alerts(studio, directory)
    yield from _reminders(studio, directory)
    t, others = studio.t, tuple(people.values())
    yield sample("one", invitations.form, t, others[:1])
    yield sample("many", invitations.form, t, others * 20)
    yield sample("all", invitations.sent, t, invited=3, before=0)
    yield sample("some", invitations.sent, t, invited=1, before=2)
    yield sample("none", invitations.sent, t, invited=0, before=1)
    yield sample("", invitations.invitation, t, "U0LENA")


def _alerts(studio: Studio, directory: Directory) -> Iterator[Sample]:
    t = studio.t
    plain = Alert(
        id=5, project_id=7, project=studio.say("Booking App"), kind="estimate", unit="percentage", marks=(80, 100),
        receivers=1,
    )  # fmt: skip
    odd = Alert(
        id=6, project_id=8, project=studio.say("Sales"), kind=studio.say("velocity"), unit=studio.say("knots"),
        marks=(12.5,), receivers=3, user_ids=(71, 72, 5), group_ids=(9001, 9002),
    )  # fmt: skip
    known = Known.of((plain, odd))
    problem = [t.md("*{name}* was changed.", name=plain.project)]
    yield sample("", alerts.loading, t)
    yield sample("none", alerts.listing, t, (), directory)
    yield sample("several", alerts.listing, t, (plain, odd) * 3, directory)
    bare = Alert(id=7, project_id=9, project=studio.say("Bare"), kind="", unit="")
    yield sample("untold by Toggl", alerts.listing, t, (bare,), directory)
    many, did = (plain, odd) * 50, problem[0]
    yield sample("many, the second page", alerts.listing, t, many, directory, page=1, did=did, undo_id="u1")
    yield sample("not done", alerts.listing, t, (plain,), Directory(), problem=problem)
    yield sample("", alerts.unread, t, problem[0], undo_id="u1")
    yield sample("new", alerts.form, t, None, Known(), Directory())
    yield sample("filled", alerts.form, t, odd, known, directory)
    yield sample("changed meanwhile", alerts.form, t, plain, known, directory, turn=1, problem=problem)
    yield sample("", alerts.ask_delete, t, odd, directory)
    yield sample("changed meanwhile", alerts.ask_delete, t, plain, directory, problem=problem)


def _reminders(studio: Studio, directory: Directory) -> Iterator[Sample]:
    t = studio.t
    daily = TrackReminder(id=1, every=1, hours=6, group_ids=(9001,), email=True, slack=False)
    weekly = TrackReminder(id=2, every=7, hours=37.5, user_ids=tuple(range(71, 95)), email=False, slack=True)
    odd = TrackReminder(id=3, every=3, hours=1, user_ids=(5,))
    huge = TrackReminder(id=4, every=7, hours=30, user_ids=tuple(range(500)), group_ids=tuple(range(90)))
    problem = [t.md("*{name}* was changed.", name=studio.say("Daily")), t.md("Hours: 6 → 7")]
    yield sample("", track_reminders.loading, t)
    yield sample("none", track_reminders.listing, t, (), directory)
    yield sample("several", track_reminders.listing, t, (daily, weekly, odd), directory)
    many, did = (daily, huge) * 50, problem[0]
    yield sample("many, the second page", track_reminders.listing, t, many, directory, page=1, did=did, undo_id="u1")
    yield sample("not done", track_reminders.listing, t, (daily,), Directory(), problem=problem)
    yield sample("", track_reminders.unread, t, problem[0], undo_id=None)
    yield sample("new", track_reminders.form, t, None, Directory())
    for reminder, state in ((daily, "daily"), (weekly, "weekly"), (odd, "neither"), (huge, "too many people")):
        yield sample(state, track_reminders.form, t, reminder, directory)
    yield sample("changed meanwhile", track_reminders.form, t, daily, directory, turn=2, problem=problem)
    yield sample("", track_reminders.ask_delete, t, weekly, directory)
    yield sample("changed meanwhile", track_reminders.ask_delete, t, odd, directory, problem=problem)
