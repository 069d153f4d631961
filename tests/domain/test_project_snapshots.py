from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.project_snapshots import (
    EVENTS,
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Redated,
    Reestimated,
    Regrouped,
    Renamed,
    Snapshot,
    Teammate,
    Update,
    milestone,
    trimmed,
    updates,
)
from bot.domain.projects import Fee, Fields, Named, Project
from bot.domain.subscriptions import ProjectEvent

ANN, BOB = Teammate(1, "Ann"), Teammate(2, "Bob")
DESIGN = Teammate(1, "#1", group=True)


def project(hours: float | None = None, **fields: Any) -> Project:
    """A project, with an estimate of 100 hours where nothing else is said."""
    given_fields = {"name": "Relaunch", "estimate": 6000, **fields}
    return Project(id=7, fields=Fields(**given_fields), tracked_secs=None if hours is None else int(hours * 3600))


def between(before: Project, after: Project) -> tuple[Update, ...]:
    """What happened between two looks."""
    then = Snapshot.of(before)
    return updates(then, then.seen(after))


def test_there_is_an_update_for_every_event_that_channels_choose_of() -> None:
    assert set(EVENTS.values()) == set(ProjectEvent)


@pytest.mark.parametrize(
    ("change", "update"),
    [
        ({"name": "Website"}, Renamed("Relaunch", "Website")),
        ({"start": date(2026, 11, 2)}, Redated((None, None), (date(2026, 11, 2), None))),
        ({"end": date(2026, 12, 1)}, Redated((None, None), (None, date(2026, 12, 1)))),
        ({"estimate": None}, Reestimated(6000, None)),
        ({"estimate": 60}, Reestimated(6000, 60)),
        ({"pinned": True}, Pinned(after=True)),
    ],
)
def test_each_field_that_is_told_is_compared(change: dict[str, Any], update: Update) -> None:
    assert between(project(), project(**change)) == (update,)


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Longer"},
        {"fee": Fee(1, "EUR")},
        {"color": "#0b83d9"},
        {"tags": (Named(1, "urgent"),)},
        {"billable": True},
    ],
)
def test_what_is_not_told_is_not_kept_either(change: dict[str, Any]) -> None:
    before, after = Snapshot.of(project()), Snapshot.of(project()).seen(project(**change))
    assert updates(before, after) == () and before == after
    assert b"Longer" not in msgspec.json.encode(after)


def test_archiving_and_taking_back_are_one_choice() -> None:
    archived = msgspec.structs.replace(project(), archived=True)
    assert between(project(), archived) == (Archived(after=True),)
    assert between(archived, project()) == (Archived(after=False),)


def test_of_a_deleted_project_only_its_return_is_told() -> None:
    there = Snapshot.of(project())
    gone = there.lost()
    assert updates(there, gone) == (Deleted(after=True),)
    assert updates(gone, gone) == ()
    assert updates(gone, gone.seen(project(name="Website"))) == (Deleted(after=False),)


@pytest.mark.parametrize(
    ("hours", "passed"), [(49.9, 0), (50, 50), (79.9, 50), (80, 80), (99.99, 80), (100, 100), (250, 100), (None, 0)]
)
def test_a_milestone_is_passed_and_never_too_early(hours: float | None, passed: int) -> None:
    assert milestone(project(hours)) == passed


def test_a_milestone_is_told_once_under_one_estimate() -> None:
    seen, told = Snapshot.of(project(10)), list[Update]()
    for hours in (40, 55, 45, 60, 85, 55, 90, 101, 99, 130):
        after = seen.seen(project(hours))
        told += updates(seen, after)
        seen = after
    assert told == [Passed(50), Passed(80), Passed(100)]
    raised = seen.seen(project(130, estimate=30_000))
    assert updates(seen, raised) == (Reestimated(6000, 30_000),)
    assert updates(raised, raised.seen(project(260, estimate=30_000))) == (Passed(50),)


def test_what_was_passed_when_it_was_first_seen_is_not_news() -> None:
    seen = Snapshot.of(project(85))
    assert updates(seen, seen.seen(project(95))) == ()


def test_members_are_compared_only_where_both_looks_asked_for_them() -> None:
    asked = Snapshot.of(project(), members=(ANN, BOB))
    assert updates(Snapshot.of(project()), asked) == ()
    assert updates(asked, asked.seen(project())) == ()
    now = (Teammate(1, "Ann", manager=True), DESIGN)
    assert updates(asked, asked.seen(project(), members=now)) == (
        Regrouped(added=(DESIGN,), removed=(BOB,), changed=(now[0],)),
    )


def test_a_card_looks_the_same_while_less_than_a_tenth_was_worked() -> None:
    seen = Snapshot.of(project(41))
    assert seen.seen(project(49.9)).shown == seen.shown
    assert seen.seen(project(50)).shown != seen.shown
    assert Snapshot.of(project(200)).shown == Snapshot.of(project(900)).shown


names = st.text(max_size=20)
projects = st.builds(
    project,
    hours=st.none() | st.floats(0, 1000),
    name=names,
    estimate=st.none() | st.integers(1, 100_000),
    pinned=st.booleans(),
    private=st.booleans(),
)
snapshots = st.builds(Snapshot.of, projects, members=st.none() | st.just((ANN, BOB, DESIGN)))


@given(snapshots)
def test_a_snapshot_is_read_back_as_it_was_kept(snapshot: Snapshot) -> None:
    assert msgspec.json.decode(msgspec.json.encode(snapshot), type=Snapshot) == snapshot
    assert trimmed(snapshot.project) == snapshot.project


@given(snapshots, projects)
def test_whatever_is_told_can_be_kept_and_nothing_is_told_of_nothing(before: Snapshot, now: Project) -> None:
    after = before.seen(now)
    assert updates(after, after) == ()
    for update in updates(before, after):
        assert msgspec.json.decode(msgspec.json.encode(update), type=Update) == update
        assert not isinstance(update, Created)
