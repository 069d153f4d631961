from __future__ import annotations

from datetime import timedelta

from bot.domain.reminded import Linked, meant, plan, who_is_who
from bot.domain.track_reminders import Every, TrackReminder
from bot.toggl.models import WorkspaceUser

ANN = WorkspaceUser(user_id=1, name="Ann Admin", email="ann@nordlicht.example", group_ids=(10,))
BEN = WorkspaceUser(user_id=2, name="Ben", email="ben@nordlicht.example", group_ids=(10, 11))
CLEO = WorkspaceUser(user_id=3, name="Cleo", email="cleo@nordlicht.example")
MEMBERS = (ANN, BEN, CLEO)
LINKED_ANN = Linked(71, ("Ann Admin (ann@nordlicht.example)",), 91)
LINKED_BEN = Linked(72, ("", "Benjamin (ben@nordlicht.example)"), 92)


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


def test_people_and_groups_are_meant_and_those_who_do_not_work_are_not() -> None:
    left = WorkspaceUser(user_id=4, name="Left", inactive=True, group_ids=(10,))
    idle = WorkspaceUser(user_id=5, name="Idle", working_hours_in_minutes=0, group_ids=(10,))
    invited = WorkspaceUser(user_id=6, name="Invited", active=False, group_ids=(10,))
    found = meant(reminder(1, 6, groups=(10,), users=(3, 4, 5, 99)), (*MEMBERS, left, idle, invited, WorkspaceUser()))
    assert found == {1, 2, 3}


def test_a_reminder_that_asks_for_nothing_or_in_a_way_unknown_here_is_left_aside() -> None:
    odd = [reminder(1, 0, users=(1,)), reminder(2, 6, every=30, users=(1,))]
    assert plan(odd, MEMBERS, [LINKED_ANN]).wanted == ()


def test_the_connected_are_found_by_their_address_else_by_a_name_that_only_one_has() -> None:
    twins = (WorkspaceUser(user_id=7, name="Kim"), WorkspaceUser(user_id=8, name="Kim"))
    cleo, kim = Linked(73, ("Cleo",), 93), Linked(74, ("Kim",), 94)
    found = who_is_who((*MEMBERS, *twins), [LINKED_ANN, LINKED_BEN, cleo, kim, Linked(75, ("", "(", ")"), 95)])
    assert found == {1: LINKED_ANN, 2: LINKED_BEN, 3: cleo}


def test_nobody_is_reminded_twice_for_one_period() -> None:
    reminders = [
        reminder(1, 6, groups=(10,)),
        reminder(2, 8, users=(1,)),
        reminder(3, 30, every=Every.WEEK, users=(1, 3)),
    ]
    made = plan(reminders, MEMBERS, [LINKED_ANN, LINKED_BEN])
    told = [(each.linked.account_id, each.every, each.threshold, each.reminder_ids) for each in made.wanted]
    assert told == [
        (71, Every.DAY, timedelta(hours=8), (1, 2)),
        (71, Every.WEEK, timedelta(hours=30), (3,)),
        (72, Every.DAY, timedelta(hours=6), (1,)),
    ]
    assert made.unlinked == {3}


def test_what_toggl_says_in_slack_itself_is_not_said_here() -> None:
    made = plan([reminder(1, 6, users=(1, 3), slack=True), reminder(2, 4, users=(1,))], MEMBERS, [LINKED_ANN])
    assert [(each.threshold, each.reminder_ids) for each in made.wanted] == [(timedelta(hours=4), (2,))]
    assert [each.id for each in made.in_slack] == [1]
    assert made.unlinked == frozenset()
