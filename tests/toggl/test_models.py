"""Models against the documents, and against whatever Toggl may send instead."""

from __future__ import annotations

import json
import typing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.toggl import models, reading, writing
from bot.toggl.models import Page, Project, Task, TimeEntry, TrackWorkspace, WorkspaceUser
from bot.toggl.models.answer import Answer
from tests.toggl.contract import documented

MODELS: dict[str, type[Answer]] = {
    "list_statuses": models.Status,
    "get_status": models.Status,
    "update_status": models.Status,
    "list_projects": models.Project,
    "get_project": models.Project,
    "list_project_children": models.Project,
    "list_project_parents": models.Project,
    "list_project_members": models.ProjectMembers,
    "list_task_time_entries": models.TimeEntry,
    "get_time_entry": models.TimeEntry,
    "list_time_entries": models.TimeEntry,
    "stream_time_entries": models.TimeEntry,
    "stream_time_entries_by_time_block": models.TimeEntry,
    "get_current_tracking": models.TimeEntry,
    "start_tracking": models.TimeEntry,
    "stop_tracking": models.TimeEntry,
    "create_workspace": models.TrackWorkspace,
    "list_workspace_users": models.WorkspaceUser,
    "search_workspaces": models.TrackWorkspace,
    "get_workspace": models.TrackWorkspace,
    "update_workspace": models.TrackWorkspace,
    "create_alert": models.Alert,
    "list_rates": models.Rate,
    "get_workspace_statistics": models.Statistics,
    "get_time_entry_constraints": models.Constraints,
    "list_track_reminders": models.TrackReminder,
    "create_track_reminder": models.TrackReminder,
    "update_track_reminder": models.TrackReminder,
    "list_users": models.User,
}


def _answer_schema(spec: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of one item of an operation's success; None where the pages show no body."""
    for status, response in spec["responses"].items():
        schema: dict[str, Any] = response.get("content", {}).get("application/json", {}).get("schema", {})
        if status.startswith("2") and schema:
            listed: dict[str, Any] = schema.get("properties", {}).get("data", schema)
            item: dict[str, Any] = listed.get("items", listed)
            return item
    return None


def _schemas() -> dict[str, dict[str, Any]]:
    return {each.id: schema for each in documented() if (schema := _answer_schema(each.spec))}


def _struct_in(hint: Any) -> type[msgspec.Struct] | None:
    """The struct inside a type such as `tuple[Tag, ...] | None`."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next((found for part in typing.get_args(hint) if (found := _struct_in(part))), None)


def _missing(schema: dict[str, Any], model: type[msgspec.Struct], path: str = "") -> list[str]:
    hints = typing.get_type_hints(model)
    found: list[str] = []
    for name, inner in schema.get("properties", {}).items():
        where = f"{path}.{name}"
        if name not in model.__struct_fields__:
            found.append(where)
        elif nested := inner.get("items", inner).get("properties"):
            struct = _struct_in(hints[name])
            found += [f"{where} is no struct"] if struct is None else _missing({"properties": nested}, struct, where)
    return found


def test_every_documented_answer_has_a_model() -> None:
    assert set(_schemas()) == set(MODELS)


@pytest.mark.parametrize("operation", sorted(MODELS))
def test_a_model_has_every_documented_field(operation: str) -> None:
    assert _missing(_schemas()[operation], MODELS[operation]) == []


# How long an example takes says nothing on a busy machine.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
moments = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001 (hypothesis adds the zone)
    datetime.isoformat
)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a schema, or null, or anything else."""
    kinds = schema.get("type", "null")
    right: st.SearchStrategy[Any] = st.none()
    if "properties" in schema:
        right = _objects(schema)
    elif "array" in kinds:
        right = st.lists(_values(schema.get("items", {})), max_size=3)
    elif "integer" in kinds:
        right = st.integers()
    elif "string" in kinds:
        right = moments if schema.get("format") == "date-time" else st.text(max_size=8)
    return st.one_of(right, right, st.none(), json_values)


def _objects(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    known = st.fixed_dictionaries({}, optional={name: _values(inner) for name, inner in schema["properties"].items()})
    unknown = st.dictionaries(st.text(max_size=8), json_values, max_size=2)
    return st.builds(lambda first, second: {**first, **second}, unknown, known)


@pytest.mark.parametrize("operation", ["list_time_entries", "list_projects", "get_workspace", "create_alert"])
@unhurried
@given(data=st.data())
def test_any_subset_null_unknown_or_wrong_field_leaves_the_right_ones(operation: str, data: st.DataObject) -> None:
    schema, model = _schemas()[operation], MODELS[operation]
    sent = data.draw(_objects(schema))
    found = reading.read_object(model, json.dumps(sent).encode())
    assert isinstance(found, model)
    name = sent.get("name")
    if "name" in model.__struct_fields__ and isinstance(name, str):
        assert getattr(found, "name") == name  # noqa: B009 (not every model has it)
    number = sent.get("id")
    if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63:
        assert getattr(found, "id") == number  # noqa: B009 (as above)
    assert repr(found)


@unhurried
@given(sent=_objects(_schemas()["list_time_entries"]))
def test_what_an_entry_derives_never_fails(sent: dict[str, Any]) -> None:
    entry = reading.read_object(TimeEntry, json.dumps(sent).encode())
    assert entry.running is (entry.start is not None and entry.length is None)
    assert (entry.ended_at is None) or entry.length is not None


@unhurried
@given(items=st.lists(json_values, max_size=6), envelope=st.booleans())
def test_a_page_survives_items_that_are_none(items: list[Any], *, envelope: bool) -> None:
    body = {"data": items, "page": "x", "per_page": 2.5} if envelope else items
    page = reading.read_page(TimeEntry, json.dumps(body).encode())
    assert len(page.data) == len([item for item in items if isinstance(item, dict)])
    assert (page.page, page.per_page) == (None, None)


@unhurried
@given(body=st.binary(max_size=50) | json_values.map(lambda value: json.dumps(value).encode()))
def test_a_body_is_read_or_called_unreadable(body: bytes) -> None:
    for read in (reading.read_object, reading.read_array, reading.read_page):
        try:
            read(Project, body)
        except reading.Unreadable as error:
            assert str(error)  # noqa: PT017 (either is right)


def test_an_empty_page_may_lack_its_items() -> None:
    assert reading.read_page(TimeEntry, b'{"data":null,"total":0}') == Page(total=0)
    assert reading.read_page(TimeEntry, b"{}") == Page()


def test_a_wrong_field_deep_inside_costs_only_itself() -> None:
    body = b'{"id":1,"task":{"id":"x","name":"Write","tags":[{"id":1},{"id":"two"},3],"project":7},"start":"today"}'
    entry = reading.read_object(TimeEntry, body)
    assert entry.task is not None
    assert (entry.id, entry.start, entry.task.id, entry.task.name, entry.task.project) == (1, None, None, "Write", None)
    assert entry.task.tags is not None
    assert [tag.id for tag in entry.task.tags] == [1, None]


def test_a_time_without_a_zone_is_no_moment() -> None:
    entry = reading.read_object(TimeEntry, b'{"id":1,"start":"2026-11-20T10:00:00"}')
    assert (entry.id, entry.start) == (1, None)


@pytest.mark.parametrize("duration", [None, -1, 10**12])
def test_an_entry_without_a_sensible_duration_runs(duration: int | None) -> None:
    entry = TimeEntry(start=datetime(2026, 11, 20, tzinfo=UTC), duration=duration)
    assert entry.running
    assert entry.ended_at is None


def test_an_ended_entry_knows_its_length_and_end() -> None:
    start = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    entry = TimeEntry(start=start, duration=5400)
    assert (entry.started_at, entry.length, entry.ended_at) == (
        start,
        timedelta(minutes=90),
        start + timedelta(minutes=90),
    )
    assert not entry.running


def test_tracked_time_of_a_known_unit_is_given_and_of_an_unknown_one_is_not() -> None:
    assert Project(total_tracked_secs=90).tracked == timedelta(seconds=90)
    assert Project(total_tracked_time=90).tracked is None
    assert Project(total_tracked_secs=10**30).tracked is None


def test_a_recurrence_has_either_name() -> None:
    for name in ("reucrrence_date", "recurrence_date"):
        task = reading.read_object(Task, json.dumps({name: "2026-11-20"}).encode())
        assert task.recurs_on == "2026-11-20"


def test_an_archived_project_is_one_with_a_date_of_it_whatever_active_says() -> None:
    assert Project(active=True, archived_at=datetime(2026, 1, 1, tzinfo=UTC)).archived
    assert not Project(active=False).archived


@pytest.mark.parametrize("permissions", [None, ["admin"], "admin"])
def test_permissions_may_be_a_list_a_text_or_nothing(permissions: Any) -> None:
    found = reading.read_object(TrackWorkspace, json.dumps({"permissions": permissions}).encode())
    assert found.permissions == (tuple(permissions) if isinstance(permissions, list) else permissions)


def test_secrets_of_answers_are_in_no_repr() -> None:
    workspace = TrackWorkspace(id=1, api_token="hush", ical_url="https://hush")
    member = WorkspaceUser(id=2, invite_url="https://hush", invitation_code="hush")
    assert repr(workspace) == "TrackWorkspace(id=1, api_token=…, ical_url=…)"
    assert "hush" not in repr(Page(data=(workspace, member)))


@pytest.mark.parametrize("never", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999+00:00", "0001-01-01"])
def test_a_time_that_stands_for_never_is_none(never: str) -> None:
    """No zone holds the ends of the calendar, and a project that was “archived” in the year 1 never was."""
    sent = {"id": 1, "archived_at": never, "name": f'from "{never}", on', "end_date": never[:10]}
    project = reading.read_object(Project, json.dumps(sent).encode())
    assert project == Project(id=1, name=f'from "{never}", on')


@pytest.mark.parametrize("minutes", [-1, 2**53 + 1, 2**64])
def test_what_is_no_length_is_none(minutes: int) -> None:
    """A negative number is no length, nor is one that no `timedelta` holds; zero is one."""
    assert reading.read_object(WorkspaceUser, b'{"id":1,"working_hours_in_minutes":%d}' % minutes).id == 1
    members = reading.read_array(WorkspaceUser, b'[{"working_hours_in_minutes":%d}]' % minutes)
    assert members == (WorkspaceUser(),)
    assert reading.read_object(models.QuotaLeft, b'{"resets_in_secs":%d}' % minutes) == models.QuotaLeft()
    assert reading.read_object(models.TrackReminder, b'{"threshold":%d}' % minutes) == models.TrackReminder()
    assert reading.read_object(Project, b'{"estimated_mins":0}') == Project(estimated_mins=0)


bodies = st.dictionaries(
    st.text(max_size=6),
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=6)
    | st.lists(st.integers(0, 99), max_size=3),
    max_size=5,
)


@unhurried
@given(body=bodies, unset=st.lists(st.text(max_size=6), max_size=3))
def test_what_is_sent_comes_back_the_same_without_what_is_unset(body: dict[str, Any], unset: list[str]) -> None:
    sent = {**dict.fromkeys(unset, msgspec.UNSET), **body}
    assert json.loads(writing.body(sent)) == body
    assert json.loads(writing.body([sent, {"inner": sent}])) == [body, {"inner": body}]


@unhurried
@given(moment=st.datetimes(datetime(1800, 1, 1), datetime(9998, 12, 30), timezones=st.timezones()))  # noqa: DTZ001 (hypothesis adds the zone)
def test_a_moment_is_sent_with_its_zone_and_means_the_same(moment: datetime) -> None:
    said = writing.timestamp(moment)
    assert datetime.fromisoformat(said).timestamp() == moment.timestamp()
    sent = reading.read_object(TimeEntry, writing.body({"start": moment})).start
    assert sent is not None
    assert sent.timestamp() == moment.timestamp()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"),
        (False, "false"),
        (7, "7"),
        ([1, 2, 3], "1,2,3"),
        (["-start", "id"], "-start,id"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=-5))), "2026-11-20T09:00:00-05:00"),
        ("a,b c", "a,b c"),
        ("", ""),
    ],
)
def test_a_query_is_written_as_toggl_reads_it(value: Any, said: str) -> None:
    assert writing.query({"x": value, "left_out": None}) == {"x": said}


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_goes_out_and_comes_back_with_every_digit(amount: Decimal) -> None:
    """No binary fraction on the way: it is a JSON number with the digits that were given."""
    sent = writing.body({"amount": amount})
    assert sent == b'{"amount":%s}' % str(amount).encode()
    assert reading.read_object(models.Rate, sent).amount == amount
