from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.bulk import BulkChange, BulkDeed, token
from bot.domain.entry_details import Details
from bot.domain.entry_filters import EntryFilters
from bot.domain.entry_query import Query
from bot.services import bulk, entry_choice, entry_list, undo
from bot.services.context import Context
from bot.toggl import AnswerLost
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.tracking import WHO, named

Member = Callable[[], Context]
EARLIER = BulkChange(BulkDeed.SHIFT, shift=-timedelta(minutes=15))


async def chosen(context: Context, number: int = 3) -> tuple[Query, tuple[Details, ...]]:
    """What `/track bulk` offers, and the newest few of it."""
    query = await entry_list.read_query(context, EntryFilters(), None)
    found, _ = await entry_list.find_all(context, query)
    assert len(found) >= number
    return query, found[:number]


def tokens(entries: tuple[Details, ...]) -> list[str]:
    """The entries as they are ticked."""
    return [token(entry) for entry in entries]


@both
async def test_shifting_many_is_two_calls_and_undone_together(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    toggl.calls.clear()
    done = await bulk.apply(member(), query, tokens(entries), EARLIER)
    assert operations(toggl) == ["list_time_entries", "update_time_entries"]
    kept = toggl.world.state.entries
    assert [kept[one.id].start for one in entries] == [one.start - timedelta(minutes=15) for one in entries]
    assert [kept[one.id].duration for one in entries] == [one.seconds for one in entries]
    await undo.perform(member(), done.undo_id)
    assert operations(toggl) == ["list_time_entries", "update_time_entries"]
    assert [kept[one.id].start for one in entries] == [one.start for one in entries]


@both
async def test_moving_many_and_changing_their_type_is_undone_together(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member(), 5)
    task = await named(member(), "Write report")
    moved = await bulk.apply(member(), query, tokens(entries), BulkChange(BulkDeed.MOVE, task=task))
    kept = toggl.world.state.entries
    assert {kept[one.id].task_id for one in entries} == {task.id}
    await undo.perform(member(), moved.undo_id)
    assert [kept[one.id].task_id for one in entries] == [one.task_id for one in entries]
    changed = await bulk.apply(member(), query, tokens(entries), BulkChange(BulkDeed.BREAK))
    assert {kept[one.id].type for one in entries} == {"break"}
    await undo.perform(member(), changed.undo_id)
    assert [kept[one.id].type for one in entries] == [one.type for one in entries]


@both
async def test_deleting_many_is_two_calls_and_restoring_them_one(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    toggl.calls.clear()
    gone = await bulk.apply(member(), query, tokens(entries), BulkChange(BulkDeed.DELETE))
    assert operations(toggl) == ["list_time_entries", "delete_time_entries"]
    await undo.perform(member(), gone.undo_id)
    assert operations(toggl) == ["restore_time_entries"]
    assert all(toggl.world.state.entries[one.id].deleted_at is None for one in entries)


async def test_what_was_deleted_is_restored_by_ticking_it(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    await bulk.apply(member(), query, tokens(entries), BulkChange(BulkDeed.DELETE))
    toggl.calls.clear()
    some = entries[:2]
    restored, undo_id = await bulk.restore(member(), [one.id for one in some])
    assert operations(toggl) == ["restore_time_entries"]
    assert restored == some
    assert [one.id for one in await entry_choice.list_deleted(member())] == [entries[2].id]
    await undo.perform(member(), undo_id)
    assert operations(toggl) == ["delete_time_entries"]
    assert len(await entry_choice.list_deleted(member())) == 3


async def test_one_changed_or_gone_elsewhere_stops_all_and_is_shown(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    kept = toggl.world.state.entries
    kept[entries[0].id].duration = 60
    kept[entries[1].id].deleted_at = kept[entries[1].id].start
    toggl.calls.clear()
    with pytest.raises(bulk.SomeChangedElsewhere) as stopped:
        await bulk.apply(member(), query, tokens(entries), EARLIER)
    assert operations(toggl) == ["list_time_entries"]
    assert (stopped.value.changed, stopped.value.gone) == (1, 1)
    assert [(one.id, one.seconds) for one in stopped.value.now] == [
        (entries[0].id, 60),
        (entries[2].id, entries[2].seconds),
    ]
    await bulk.apply(member(), query, tokens(stopped.value.now), EARLIER)
    assert kept[entries[2].id].start == entries[2].start - timedelta(minutes=15)


async def test_a_second_click_changes_nothing_more(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    await bulk.apply(member(), query, tokens(entries), EARLIER)
    with pytest.raises(bulk.SomeChangedElsewhere):
        await bulk.apply(member(), query, tokens(entries), EARLIER)
    kept = toggl.world.state.entries
    assert [kept[one.id].start for one in entries] == [one.start - timedelta(minutes=15) for one in entries]


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_a_refusal_counts_for_all_and_says_so(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    toggl.demand("description")
    with pytest.raises(bulk.NoneChanged) as refused:
        await bulk.apply(member(), query, tokens(entries), EARLIER)
    assert refused.value.values["count"] == 3
    assert "description" in str(refused.value)
    kept = toggl.world.state.entries
    assert [kept[one.id].start for one in entries] == [one.start for one in entries]


async def test_a_lost_answer_is_not_called_a_refusal(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    toggl.fail("update_time_entries", drop="after")
    with pytest.raises(AnswerLost):
        await bulk.apply(member(), query, tokens(entries), EARLIER)


async def test_nothing_to_change_is_said(member: Member, toggl: ServedToggl) -> None:
    query, entries = await chosen(member())
    activities = tuple(one for one in entries if one.type == "activity")
    toggl.calls.clear()
    with pytest.raises(bulk.NothingToChange):
        await bulk.apply(member(), query, tokens(activities), BulkChange(BulkDeed.ACTIVITY))
    assert operations(toggl) == ["list_time_entries"]


async def test_a_hundred_are_one_change_and_one_undo(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    for minutes in range(1, 101):
        toggl.add_entry(WHO, "Stand-up", start=clock() - timedelta(minutes=minutes), duration=timedelta(minutes=1))
    query, entries = await chosen(member(), 100)
    toggl.calls.clear()
    done = await bulk.apply(member(), query, tokens(entries), EARLIER)
    assert operations(toggl)[-1] == "update_time_entries"
    await undo.perform(member(), done.undo_id)
    kept = toggl.world.state.entries
    assert [kept[one.id].start for one in entries] == [one.start for one in entries]
    assert operations(toggl).count("update_time_entries") == 1
