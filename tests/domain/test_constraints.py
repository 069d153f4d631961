from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.constraints import Field, Given, demanded, lacking, named
from bot.domain.tracking import Task
from bot.toggl import models

ALL = frozenset(Field)


def test_what_is_demanded_counts_only_while_it_is_switched_on() -> None:
    everything = {"description_present": True, "project_present": True, "tag_present": True, "task_present": True}
    assert demanded(models.Constraints(**everything, time_entry_constraints_enabled=True)) == ALL
    assert demanded(models.Constraints(**everything, time_entry_constraints_enabled=False)) == frozenset()
    assert demanded(models.Constraints(**everything)) == frozenset()
    assert demanded(models.Constraints(tag_present=True, time_entry_constraints_enabled=True)) == {Field.TAG}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Required fields are missing: description, project, tags, task", ALL),
        ("Description is required", {Field.DESCRIPTION}),
        ("Something else", set()),
    ],
)
def test_a_refusal_names_its_fields(words: str, fields: set[Field]) -> None:
    assert named(words) == fields


@given(st.text())
def test_no_refusal_breaks_the_reading(words: str) -> None:
    assert named(words) <= ALL


def test_a_project_is_asked_only_where_a_task_has_none() -> None:
    placed, alone = Task(1, "Write report", project_id=7), Task(2, "Zebra crossing")
    assert lacking(ALL, [placed]) == {Field.DESCRIPTION, Field.TAG}
    assert lacking(ALL, [placed, alone]) == ALL
    assert lacking([Field.PROJECT], [None]) == {Field.PROJECT}


def test_what_was_not_asked_is_not_sent() -> None:
    assert Given().fields == {}
    assert Given("Chapter two", 7, (1, 2)).fields == {"description": "Chapter two", "project_id": 7, "tag_ids": (1, 2)}
