from __future__ import annotations

import msgspec
import pytest

from bot.domain.project_news import Deed, Edit, New, News, Team, after, is_private, told
from bot.domain.project_snapshots import (
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Reestimated,
    Regrouped,
    Renamed,
    Snapshot,
    Teammate,
)
from bot.domain.projects import Change
from tests.domain.test_project_snapshots import ANN, BOB, project


@pytest.mark.parametrize(
    ("change", "update"),
    [
        (Change.PIN, Pinned(after=True)),
        (Change.ARCHIVE, Archived(after=True)),
        (Change.DELETE, Deleted(after=True)),
    ],
)
def test_a_deed_is_told_once_and_its_opposite_too(change: Change, update: object) -> None:
    seen = Snapshot.of(project())
    now = after(Deed(change), seen)
    assert told(Deed(change), seen) == told(Deed(change), None) == (update,)
    assert told(Deed(change), now) == ()
    back = Deed(change.opposite)
    assert len(told(back, now)) == len(told(back, None)) == 1
    assert after(back, now) == seen


def test_of_an_edit_only_what_was_edited_counts() -> None:
    """Somebody else renamed the project meanwhile: that is found, and told, by the next look."""
    edit = Edit.of(project(name="Website"), project(name="Website", estimate=600))
    seen = Snapshot.of(project(name="Relaunch"))
    assert told(edit, seen) == (Reestimated(6000, 600),)
    assert after(edit, seen).project.name == "Relaunch"
    assert told(edit, None) == (Reestimated(6000, 600),)


def test_another_estimate_may_pass_a_milestone() -> None:
    edit = Edit.of(project(), project(estimate=3000))
    assert told(edit, Snapshot.of(project(45))) == (Reestimated(6000, 3000), Passed(80))


def test_a_new_project_is_told_unless_it_was_seen_already() -> None:
    new = New.of(project(description="Secret plans"))
    assert told(new, None) == (Created(),)
    assert told(new, Snapshot.of(project())) == ()
    assert b"Secret" not in msgspec.json.encode(new)


def test_members_are_told_by_who_they_are_also_where_nobody_asked_for_the_team_yet() -> None:
    let_in = Team("added", (BOB,))
    seen = Snapshot.of(project(), members=(ANN,))
    assert told(let_in, Snapshot.of(project())) == told(let_in, seen) == (Regrouped(added=(BOB,)),)
    assert after(let_in, seen).members == (ANN, BOB)
    assert told(let_in, after(let_in, seen)) == ()
    assert after(Team("removed", (ANN,)), seen).members == ()
    boss = Teammate(1, "Ann", manager=True)
    assert told(Team("changed", (boss,)), seen) == (Regrouped(changed=(boss,)),)


def test_what_may_be_hidden_is_looked_at_before_it_is_told() -> None:
    hidden = project(private=True)
    assert is_private(New.of(hidden)) and is_private(Edit.of(project(), hidden))
    assert not is_private(Edit.of(hidden, project())) and not is_private(Deed(Change.PIN))


def test_news_are_kept_as_plain_data() -> None:
    for did in (
        Deed(Change.PIN),
        Edit.of(project(), project(name="Website")),
        New.of(project()),
        Team("added", (ANN,)),
    ):
        news = News(organization=1, workspace=2, project=7, by="U1", did=did)
        assert msgspec.convert(msgspec.to_builtins(news), type=News) == news


def test_a_rename_of_what_was_renamed_already_is_not_told_again() -> None:
    edit = Edit.of(project(), project(name="Website"))
    assert told(edit, Snapshot.of(project(name="Website"))) == ()
    assert told(edit, Snapshot.of(project())) == (Renamed("Relaunch", "Website"),)
