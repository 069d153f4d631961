from __future__ import annotations

from datetime import timedelta

from bot.domain.receivers import Circle, Directory, Receiver
from bot.domain.reminded import Place, Wanted, plan
from bot.domain.track_reminders import Every, TrackReminder

ANN, BEN, CLEO = Receiver(1, "Ann", slack_id="UANN"), Receiver(2, "Ben", slack_id="UBEN"), Receiver(3, "Cleo")
DIRECTORY = Directory({1: ANN, 2: BEN, 3: CLEO}, {10: Circle(10, (ANN, BEN))})
PLACES = {"UANN": Place(71, 91), "UBEN": Place(72, 92)}


def reminder(
    number: int,
    hours: float,
    *,
    every: int = Every.DAY,
    users: tuple[int, ...] = (),
    groups: tuple[int, ...] = (),
    slack: bool | None = None,
) -> TrackReminder:
    return TrackReminder(id=number, every=every, hours=hours, user_ids=users, group_ids=groups, slack=slack)


def test_people_and_groups_are_reminded_each_once_for_a_period() -> None:
    """Of several thresholds the highest counts."""
    reminders = [
        reminder(1, 6, groups=(10,)),
        reminder(2, 8, users=(1,)),
        reminder(3, 30, every=Every.WEEK, users=(1, 3)),
    ]
    made = plan(reminders, DIRECTORY, PLACES, ())
    assert made.wanted == (
        Wanted(PLACES["UANN"], Every.DAY, timedelta(hours=8)),
        Wanted(PLACES["UANN"], Every.WEEK, timedelta(hours=30)),
        Wanted(PLACES["UBEN"], Every.DAY, timedelta(hours=6)),
    )
    assert (made.people, made.unreached) == (2, 1)


def test_those_without_hours_to_work_in_are_left_alone() -> None:
    made = plan([reminder(1, 6, users=(1, 3))], DIRECTORY, PLACES, {1, 3})
    assert (made.wanted, made.unreached) == ((), 0)


def test_somebody_whose_hours_cannot_be_counted_is_not_reached() -> None:
    made = plan([reminder(1, 6, users=(1, 2))], DIRECTORY, {"UBEN": PLACES["UBEN"]}, ())
    assert [each.place.account_id for each in made.wanted] == [72]
    assert made.unreached == 1


def test_what_toggl_says_in_slack_itself_is_not_said_here() -> None:
    made = plan([reminder(1, 6, users=(1, 3), slack=True), reminder(2, 4, users=(1,))], DIRECTORY, PLACES, ())
    assert [each.threshold for each in made.wanted] == [timedelta(hours=4)]
    assert [each.id for each in made.in_slack] == [1]
    assert made.unreached == 0


def test_a_reminder_that_asks_for_nothing_or_in_a_way_unknown_here_is_left_aside() -> None:
    odd = [reminder(1, 0, users=(1,)), reminder(2, 6, every=30, users=(1, 3))]
    made = plan(odd, DIRECTORY, PLACES, ())
    assert (made.wanted, made.unreached) == ((), 0)
