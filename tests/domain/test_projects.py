from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.projects import Change, Fee, Fields, Named, Project
from bot.toggl import models
from bot.toggl.models.projects import FixedFee
from tests.domain.projecting import FIELDS, PROJECTS, UNHURRIED


@given(PROJECTS)
@UNHURRIED
def test_a_percentage_needs_an_estimate_and_a_known_unit(project: Project) -> None:
    known = project.estimate is not None and project.tracked is not None
    assert (project.percent is not None) == known


@given(st.integers(1, 10**6), st.integers(0, 10**8))
@UNHURRIED
def test_a_hundred_percent_is_said_from_the_last_second_on(minutes: int, seconds: int) -> None:
    project = Project(id=1, fields=Fields(name="a", estimate=minutes), tracked_secs=seconds)
    assert project.percent is not None
    assert (project.percent >= 100) == (seconds >= minutes * 60)


def test_the_tasks_estimates_count_where_the_project_says_so() -> None:
    fields = Fields(name="a", estimate=60)
    assert Project(id=1, fields=fields, task_estimate=90).estimate == timedelta(minutes=60)
    by_tasks = msgspec.structs.replace(fields, estimated_by_tasks=True)
    assert Project(id=1, fields=by_tasks, task_estimate=90).estimate == timedelta(minutes=90)
    assert Project(id=1, fields=by_tasks).estimate is None


@given(FIELDS, FIELDS)
@UNHURRIED
def test_a_change_holds_exactly_what_differs(before: Fields, after: Fields) -> None:
    change = before.change_to(after)
    assert {**before.sent(), **change} == after.sent()
    assert all(before.sent()[name] != value for name, value in change.items())


@given(FIELDS)
@UNHURRIED
def test_what_is_saved_whole_leaves_out_what_is_empty(fields: Fields) -> None:
    whole = fields.whole()
    assert None not in whole.values()
    assert whole["name"] == fields.name
    assert {"billable", "private", "pinned", "auto_compute_estimates", "tag_ids"} <= whole.keys()


@given(PROJECTS)
@UNHURRIED
def test_tracking_time_leaves_the_mark_alone_and_a_new_name_does_not(project: Project) -> None:
    assert msgspec.structs.replace(project, tracked_secs=12345, rate=1.0).mark == project.mark
    renamed = msgspec.structs.replace(project.fields, name=project.name + "x")
    assert msgspec.structs.replace(project, fields=renamed).mark != project.mark


@given(PROJECTS)
@UNHURRIED
def test_a_project_survives_being_kept_as_json(project: Project) -> None:
    assert msgspec.json.decode(msgspec.json.encode(project), type=Project) == project


def test_an_answer_with_nothing_but_a_number_is_a_project() -> None:
    assert Project.of(models.Project()) is None
    bare = Project.of(models.Project(id=7))
    assert bare and bare.name == "#7"


def test_tags_and_clients_without_names_keep_their_numbers() -> None:
    answer = models.Project(id=7, client_id=3, tag_ids=(1, 2), fixed_fee=FixedFee(amount=5.0), color="#0B83D9")
    project = Project.of(answer)
    assert project
    assert project.fields.client == Named(3, "#3")
    assert [tag.id for tag in project.fields.tags] == [1, 2]
    assert (project.fields.fee, project.fields.color) == (Fee(5.0, ""), "#0b83d9")


@pytest.mark.parametrize("change", list(Change))
def test_the_opposite_of_the_opposite_is_the_same(change: Change) -> None:
    assert change.opposite is not change
    assert change.opposite.opposite is change
