from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry_details import Details
from bot.domain.entry_extras import Extras
from bot.domain.entry_reference import LONGEST, Reference
from bot.domain.projects import Named
from bot.domain.tracking import Task
from bot.toggl import models
from tests.entries import NOON, entry

NEWER = {"description": "Numbers", "tag_ids": (4,), "billable": True, "timezone": "Europe/Berlin"}


def answered(**more: object) -> models.TimeEntry:
    """An entry as Toggl answers it."""
    given = {"id": 1, "task_id": 7, "type": "activity", "start": NOON, "duration": 60, **more}
    return msgspec.convert(given, models.TimeEntry)


def test_a_toggl_without_the_newer_fields_is_never_sent_them() -> None:
    old, new = Details.of(answered()), Details.of(answered(**NEWER))
    assert old is not None
    assert new is not None
    assert set(old.whole()) == {"type", "start", "duration"}
    assert new.whole() == {
        "type": "activity",
        "start": NOON,
        "duration": 60,
        **NEWER,
        "project_id": None,
        "planned_start": None,
        "planned_duration": None,
    }


def test_tags_are_known_by_name_where_toggl_says_it_and_a_new_name_changes_nothing_of_the_entry() -> None:
    tags = ({"id": 4, "name": "billing"},)
    one, other = Details.of(answered(tag_ids=(4, 9), tags=tags)), Details.of(answered(tag_ids=(4, 9)))
    assert one and other
    assert one.tags == (Named(4, "billing"), Named(9, "#9"))
    assert one.mark == other.mark
    retagged = one.tagged((Named(9, "#9"), Named(2, "web")))
    assert one.change_to(retagged) == {"tag_ids": (2, 9)}
    assert retagged.mark != one.mark


def test_a_running_entry_is_saved_without_a_length() -> None:
    running = Details.of(answered(duration=None))
    assert running is not None
    assert "duration" not in running.whole()
    assert running.end is None


def test_an_answer_without_its_start_is_no_entry() -> None:
    assert Details.of(msgspec.convert({"id": 1}, models.TimeEntry)) is None


def test_only_what_differs_is_changed() -> None:
    one = entry(extras=Extras(description="a"))
    after = msgspec.structs.replace(one, seconds=60, extras=Extras(description="b"))
    assert one.change_to(after) == {"duration": 60, "description": "b"}
    assert one.change_to(one) == {}


def test_moving_takes_the_names_and_the_project_of_the_other_task() -> None:
    moved = entry(extras=Extras(project_id=3)).moved_to(Task(9, "Review", 5, "Shop", "Grünwerk"))
    assert (moved.task, moved.project, moved.client) == ("Review", "Shop", "Grünwerk")
    assert moved.extras and moved.extras.project_id == 5


def test_the_mark_tells_every_change_but_that_of_names() -> None:
    one = entry(extras=Extras())
    others = (
        entry(extras=Extras(description="x")),
        entry(extras=Extras(billable=True)),
        entry(extras=Extras(), archived=True),
        entry(extras=Extras(), time_block_id=5),
        entry(extras=Extras(), minutes=61),
    )
    assert one.mark not in {other.mark for other in others}
    assert entry(extras=Extras(project_id=8), task="Renamed").mark == one.mark


@given(st.integers(1, 2**63 - 1), st.integers(1, 2**63 - 1) | st.none(), st.text(max_size=200))
def test_a_reference_survives_its_button_and_stays_short(number: int, task_id: int | None, name: str) -> None:
    one = entry(number, task_id=task_id, task=name if task_id else None)
    value = Reference.of(one.entry).value()
    assert len(value) <= LONGEST
    read = Reference.read(value)
    assert (read.entry_id, read.task_id) == (number, task_id)
    assert name.startswith(read.name)
    assert read.shows(one.entry)
    assert not read.shows(msgspec.structs.replace(one, start=one.start + timedelta(seconds=1)).entry)


@pytest.mark.parametrize("value", ["", "1:2", "a:b:c:d", "::x:y"])
def test_what_is_no_reference_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Reference.read(value)
