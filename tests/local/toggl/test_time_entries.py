from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.local.toggl.records import Entry
from tests.local.toggl.conftest import NOON, Place

DAY = {"date_from": "2026-11-18T00:00:00Z", "date_to": "2026-11-19T00:00:00Z"}
QUARTER = {"date_from": "2026-08-01T00:00:00Z", "date_to": "2026-11-19T00:00:00Z"}


def put(here: Place, who: str = "admin", task: str = "Stand-up", hours_ago: float = 2, minutes: int = 30) -> Entry:
    """An entry that ended in the past."""
    return here.toggl.add_entry(who, task, start=NOON - timedelta(hours=hours_ago), duration=timedelta(minutes=minutes))


def path(here: Place, entry: Entry) -> str:
    return f"{here.workspace}/tasks/{entry.task_id}/time-entries/{entry.id}"


async def listed(here: Place, handle: str = "admin", **query: Any) -> list[dict[str, Any]]:
    answer = await here.focus(handle).get(f"{here.workspace}/time-entries", params=DAY | query)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def test_only_ones_own_entries_come_back(here: Place) -> None:
    """An admin too sees nobody else's."""
    theirs = put(here, "member")
    mine = put(here)
    shown = [entry["id"] for entry in await listed(here)]
    assert mine.id in shown
    assert theirs.id not in shown
    whose = {entry["toggl_user_id"] for entry in await listed(here, **QUARTER, per_page=100)}
    assert whose == {here.toggl.person("admin").focus_id}


async def test_an_entry_is_listed_from_its_start_until_before_the_end(here: Place) -> None:
    """`date_from` is in, `date_to` is out."""
    entry = put(here)
    start, later = "2026-11-18T10:00:00Z", "2026-11-18T11:00:01+01:00"
    assert [shown["id"] for shown in await listed(here, date_from=start, date_to=later)] == [entry.id]
    assert entry.id not in [shown["id"] for shown in await listed(here, date_to=start)]


@pytest.mark.parametrize(
    "query",
    [
        {"date_from": "2026-11-18"},
        {"date_to": "2026-11-18T10:00:00"},
        {"date_from": "2026-11-18 10:00:00Z"},
        {"date_from": ""},
        {"date_to": "2026-11-17T00:00:00Z"},
        {"date_to": "2026-13-17T00:00:00Z"},
        {"date_to": "9999-12-31T23:59:59-12:00"},
        {"per_page": "101"},
        {"per_page": "0"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "9" * 30},
        {"type": "lunch"},
        {"archived": "yes"},
        {"task_id": "1,2"},
        {"order_by": "password"},
        {"order_by": "start, id"},
    ],
)
async def test_a_wrong_query_is_refused(here: Place, query: dict[str, str]) -> None:
    """400, never a guess."""
    answer = await here.focus().get(f"{here.workspace}/time-entries", params=DAY | query)
    assert answer.status_code == 400


@pytest.mark.parametrize("missing", ["date_from", "date_to"])
async def test_a_period_has_two_ends(here: Place, missing: str) -> None:
    """Both are required, for the stream too."""
    query = {name: value for name, value in DAY.items() if name != missing}
    for place in ("time-entries", "time-entries/stream"):
        assert (await here.focus().get(f"{here.workspace}/{place}", params=query)).status_code == 400


async def test_lists_are_filtered(here: Place) -> None:
    """By type, task, status of the task, time block and archive."""
    entry = put(here)
    entry.type, entry.time_block_id, entry.archived_at = "break", 5, NOON
    task = here.toggl.task("Stand-up")
    other = put(here, task="Interviews", hours_ago=1)
    for query in (
        {"type": "break"}, {"time_block_id": 5}, {"archived": "true"}, {"task_id": task.id, "type": "break"},
    ):  # fmt: skip
        assert [shown["id"] for shown in await listed(here, **query)] == [entry.id]
    shown = await listed(here, archived="false")
    assert other.id in [each["id"] for each in shown]
    assert entry.id not in [each["id"] for each in shown]
    by_status = await listed(here, status_id=task.status_id, **QUARTER, per_page=100)
    assert {each["task"]["status_id"] for each in by_status} == {task.status_id}


async def test_pages_cut_the_whole_list_without_loss_or_repetition(here: Place) -> None:
    """Ordered as asked; a page beyond the last is empty."""
    whole = (await here.focus().get(f"{here.workspace}/time-entries/stream", params=QUARTER)).json()
    assert len(whole) > 200
    assert [entry["start"] for entry in whole] == sorted((entry["start"] for entry in whole), reverse=True)
    pages = []
    for page in range(1, 12):
        pages += await listed(here, **QUARTER, page=page, per_page=70, order_by="-start")
    assert [entry["id"] for entry in pages] == [entry["id"] for entry in whole]


async def test_order_by_takes_several_fields(here: Place) -> None:
    """Longest first, equal ones by their start."""
    shown = await listed(here, **QUARTER, per_page=100, order_by="-duration,start")
    keys = [(-entry["duration"], entry["start"]) for entry in shown]
    assert keys == sorted(keys)


async def test_time_is_logged_for_oneself_and_with_the_right_for_others(here: Place) -> None:
    """201 without a body; a member may not log for another, an admin may, and then does not see it."""
    task, member = here.toggl.task("Stand-up"), here.toggl.person("member")
    place = f"{here.workspace}/tasks/{task.id}/time-entries"
    body = {"type": "activity", "start": "2026-11-18T08:00:00+01:00", "duration": 900}
    made = await here.focus().post(place, json=body)
    assert (made.status_code, made.content) == (201, b"")
    refused = await here.focus("member").post(place, json=body | {"user_id": here.toggl.person("admin").focus_id})
    assert refused.status_code == 403
    assert (await here.focus().post(place, json=body | {"user_id": member.focus_id})).status_code == 201
    assert (await here.focus().post(place, json=body | {"user_id": 1})).status_code == 400
    logged = [entry["duration"] for entry in await listed(here, "member", date_from="2026-11-18T07:00:00Z")]
    assert 900 in logged


async def test_a_creation_shows_the_object_only_where_that_is_asked_for(here: Place) -> None:
    """The pages show no body, an object may come: both can be had."""
    here.toggl.echoes = True
    place = f"{here.workspace}/tasks/{here.toggl.task('Stand-up').id}/time-entries"
    made = await here.focus().post(place, json={"type": "break", "start": "2026-11-18T08:00:00Z", "duration": 60})
    assert (made.status_code, made.json()["duration"]) == (201, 60)


@pytest.mark.parametrize(
    "body", [{"duration": 0}, {"duration": -5}, {"duration": 1.5}, {"duration": None}, {"start": None}]
)
async def test_an_entry_without_a_start_and_a_length_is_refused(here: Place, body: dict[str, Any]) -> None:
    """An entry without a length would run."""
    place = f"{here.workspace}/tasks/{here.toggl.task('Stand-up').id}/time-entries"
    good = {"type": "activity", "start": "2026-11-18T08:00:00Z", "duration": 60}
    assert (await here.focus().post(place, json=good | body)).status_code == 400


async def test_a_patch_changes_what_it_names_and_a_put_clears_the_time_block(here: Place) -> None:
    """An entry moves to another task by a patch; its address moves with it."""
    entry = put(here)
    entry.time_block_id = 7
    task = here.toggl.task("Interviews")
    assert (await here.focus().patch(path(here, entry), json={"task_id": task.id})).status_code == 204
    assert (await here.focus().get(path(here, entry))).status_code == 404
    moved = here.toggl.world.state.entries[entry.id]
    assert (moved.task_id, moved.project_id, moved.time_block_id, moved.duration) == (task.id, task.project_id, 7, 1800)
    body = {"type": "break", "start": "2026-11-18T09:00:00Z", "duration": 60}
    assert (await here.focus().put(path(here, moved), json=body)).status_code == 204
    whole = here.toggl.world.state.entries[entry.id]
    assert (whole.type, whole.time_block_id, whole.duration) == ("break", None, 60)


async def test_a_put_clears_what_2026_08_gave_to_entries(here: Place) -> None:
    """A description and tags that are left out are gone; the project is that of the task."""
    here.toggl.profile = "2026-08"
    entry = here.toggl.entries("admin")[0]
    place = f"{here.workspace}/tasks/{entry.task_id}/time-entries/{entry.id}"
    tag = next(iter(here.toggl.world.state.tags))
    assert (await here.focus().patch(place, json={"description": "Read it", "tag_ids": [tag]})).is_success
    body = {"type": "activity", "start": "2026-11-17T09:00:00Z", "duration": 60}
    assert (await here.focus().put(place, json=body)).status_code == 204
    shown = (await here.focus().get(place)).json()
    assert (shown["description"], shown["tag_ids"]) == (None, [])
    assert shown["project_id"] == here.toggl.world.state.tasks[entry.task_id or 0].project_id


async def test_a_put_on_a_running_entry_keeps_it_running(here: Place) -> None:
    """A length cannot be left out of an entry that has one."""
    running = here.toggl.start_elsewhere("admin", "Stand-up", at=NOON)
    body = {"type": "activity", "start": "2026-11-18T11:45:00Z"}
    assert (await here.focus().put(path(here, running), json=body)).status_code == 204
    still = here.toggl.running("admin")
    assert still is not None
    assert still.start == NOON - timedelta(minutes=15)
    assert (await here.focus().put(path(here, put(here)), json=body)).status_code == 400


async def test_an_entry_is_archived_deleted_and_restored_apart(here: Place) -> None:
    """Restoring leaves the archive alone; deleted is gone from lists and addresses, but restored."""
    entry, focus = put(here), here.focus()
    assert (await focus.post(path(here, entry) + "/archive")).status_code == 204
    assert (await focus.delete(path(here, entry))).status_code == 204
    assert entry.id not in [shown["id"] for shown in await listed(here)]
    assert (await focus.get(path(here, entry))).status_code == 404
    assert (await focus.delete(path(here, entry))).status_code == 404
    assert (await focus.patch(path(here, entry) + "/restore")).status_code == 204
    assert (await focus.get(path(here, entry))).json()["archived_at"] == "2026-11-18T12:00:00Z"
    assert (await focus.post(path(here, entry) + "/unarchive")).status_code == 204
    assert (await focus.get(path(here, entry))).json()["archived_at"] is None


async def test_a_deleted_timer_does_not_come_back_beside_another(here: Place) -> None:
    """Two running entries would be one too many."""
    first = here.toggl.start_elsewhere("admin", "Stand-up", at=NOON)
    await here.focus().delete(path(here, first))
    assert here.toggl.running("admin") is None
    here.toggl.start_elsewhere("admin", "Interviews", at=NOON)
    assert (await here.focus().patch(path(here, first) + "/restore")).status_code == 400


async def test_anothers_entry_is_forbidden_without_the_right(here: Place) -> None:
    """Members may not, team leads may."""
    entry = put(here)
    assert (await here.focus("member").get(path(here, entry))).status_code == 403
    assert (await here.focus("member").delete(path(here, entry))).status_code == 403
    assert (await here.focus("tom").patch(path(here, entry), json={"duration": 60})).status_code == 204


async def test_clearing_what_the_workspace_demands_is_422_in_2026_08(here: Place) -> None:
    """The deletion of a required field has its own code."""
    here.toggl.profile = "2026-08"
    entry = put(here)
    entry.description = "Daily"
    here.toggl.demand("description")
    refused = await here.focus().patch(path(here, entry), json={"description": None})
    assert (refused.status_code, refused.json()["error"]) == (422, "required_fields_deletion")
    assert (await here.focus().patch(path(here, entry), json={"duration": 60})).status_code == 204


async def test_entries_of_time_blocks_are_streamed(here: Place) -> None:
    """Only those of the blocks that are named; naming none is refused."""
    entry, other = put(here), put(here, hours_ago=1)
    entry.time_block_id, other.time_block_id = 11, 12
    place = f"{here.workspace}/time-entries/time-block-ids/stream"
    assert [each["id"] for each in (await here.focus().get(place, params={"time_block_id": "11,13"})).json()] == [
        entry.id
    ]
    assert (await here.focus().get(place)).status_code == 400
    assert (await here.focus().get(place, params={"time_block_id": "11,x"})).status_code == 400
