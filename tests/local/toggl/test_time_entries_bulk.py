from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.local.toggl.records import Entry
from tests.local.toggl.conftest import NOON, Place


def two(here: Place) -> list[Entry]:
    """Two past entries of the admin."""
    return [
        here.toggl.add_entry("admin", task, start=NOON - timedelta(hours=2), duration=timedelta(minutes=30))
        for task in ("Stand-up", "Interviews")
    ]


def bulk(here: Place) -> str:
    return f"{here.workspace}/time-entries/bulk"


def lengths(here: Place, entries: list[Entry]) -> list[int | None]:
    return [here.toggl.world.state.entries[entry.id].duration for entry in entries]


async def test_several_are_created_at_once_or_none(here: Place) -> None:
    """One wrong item refuses all."""
    before = len(here.toggl.world.state.entries)
    good = {
        "type": "activity",
        "task_id": here.toggl.task("Stand-up").id,
        "start": "2026-11-18T08:00:00Z",
        "duration": 60,
    }
    wrong: list[tuple[Any, int]] = [
        ([good, good | {"task_id": 1}], 404),
        ([good, good | {"duration": 0}], 400),
        ([good, {name: value for name, value in good.items() if name != "task_id"}], 400),
        ([], 400),
        (good, 400),
    ]
    for body, status in wrong:
        assert (await here.focus().post(bulk(here), json=body)).status_code == status
    assert len(here.toggl.world.state.entries) == before
    assert (await here.focus().post(bulk(here), json=[good, good])).status_code == 204
    assert len(here.toggl.world.state.entries) == before + 2


async def test_several_are_changed_at_once_or_none(here: Place) -> None:
    """One that is not there, or not mine, refuses all."""
    entries = two(here)
    theirs = here.toggl.add_entry("member", "Stand-up", start=NOON, duration=timedelta(minutes=1))
    patches = [{"id": entry.id, "duration": 60} for entry in entries]
    assert (await here.focus().patch(bulk(here), json=[*patches, {"id": 1}])).status_code == 404
    assert (await here.focus().patch(bulk(here), json=[*patches, patches[0]])).status_code == 400
    assert (await here.focus("member").patch(bulk(here), json=[{"id": theirs.id}, *patches])).status_code == 403
    assert lengths(here, entries) == [1800, 1800]
    assert (await here.focus().patch(bulk(here), json=patches)).status_code == 204
    assert lengths(here, entries) == [60, 60]


async def test_several_are_deleted_and_restored_at_once_or_none(here: Place) -> None:
    """By their numbers in the query, commas between."""
    entries = two(here)
    ids = ",".join(str(entry.id) for entry in entries)
    assert (await here.focus().delete(bulk(here), params={"ids": f"{ids},1"})).status_code == 404
    assert (await here.focus().delete(bulk(here))).status_code == 400
    assert (await here.focus().delete(bulk(here), params={"ids": ""})).status_code == 400
    assert {entry.id for entry in entries} <= {entry.id for entry in here.toggl.entries("admin")}
    assert (await here.focus().delete(bulk(here), params={"ids": ids})).status_code == 204
    assert not {entry.id for entry in entries} & {entry.id for entry in here.toggl.entries("admin")}
    assert (await here.focus().patch(bulk(here) + "/restore", params={"ids": ids})).status_code == 204
    assert {entry.id for entry in entries} <= {entry.id for entry in here.toggl.entries("admin")}


async def test_a_demanding_workspace_refuses_bulk_with_its_own_code(here: Place) -> None:
    """`bulk_required_fields_missing`, in 2026-08."""
    here.toggl.profile = "2026-08"
    here.toggl.demand("tag")
    refused = await here.focus().patch(bulk(here), json=[{"id": entry.id, "duration": 60} for entry in two(here)])
    assert (refused.status_code, refused.json()["error"]) == (422, "bulk_required_fields_missing")
