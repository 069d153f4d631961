from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.tracking import Task
from bot.errors import UserError
from bot.local.toggl.records import Entry
from bot.services import entry_access, entry_changes, entry_choice, undo
from bot.services.context import Context
from bot.services.entry_changes import ChangedElsewhere, Filled
from bot.toggl import AnswerLost, Refused, Unavailable
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.tracking import WHO, named

Member = Callable[[], Context]
HOUR = timedelta(hours=1)
modern = pytest.mark.parametrize("profile", ["2026-08"], indirect=True)


@pytest.fixture
def tracked(toggl: ServedToggl, clock: Clock) -> Entry:
    """An hour of *Write report* that ended an hour ago, at 11 in Berlin, with some seconds."""
    start = clock() - timedelta(hours=2, seconds=-23)
    return toggl.add_entry(WHO, "Write report", start=start, duration=HOUR)


def there(toggl: ServedToggl, entry: Entry) -> Entry:
    """The entry as Toggl has it now, deleted or not."""
    return toggl.world.state.entries[entry.id]


async def seen(context: Context, entry: Entry) -> Details:
    """The entry as a list shows it."""
    found = (await entry_choice.find(context, "last")).clear
    assert found is not None
    assert found.id == entry.id
    return found


@both
async def test_saving_the_form_replaces_the_entry_with_two_calls_and_is_undone(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    toggl.calls.clear()
    filled = Filled(length=timedelta(minutes=90), type="break")
    saved = await entry_changes.save(member(), Reference.of(entry.entry), filled, seen=entry.mark)
    assert operations(toggl) == ["get_time_entry", "replace_time_entry"]
    now = there(toggl, tracked)
    assert (now.start, now.duration, now.type) == (tracked.start, 5400, "break")
    await undo.perform(member(), saved.undo_id)
    assert operations(toggl) == ["get_time_entry", "update_time_entry"]
    now = there(toggl, tracked)
    assert (now.start, now.duration, now.type) == (tracked.start, 3600, "activity")


async def test_a_new_start_keeps_the_end_to_the_second(member: Member, toggl: ServedToggl, tracked: Entry) -> None:
    entry = await seen(member(), tracked)
    assert entry.end
    start = entry.start.replace(second=0) - timedelta(minutes=10)
    await entry_changes.save(member(), Reference.of(entry.entry), Filled(start=start), seen=entry.mark)
    now = there(toggl, tracked)
    assert now.duration is not None
    assert (now.start, now.start + timedelta(seconds=now.duration)) == (start, entry.end)


@both
async def test_another_task_in_the_form_moves_the_entry_and_saves_the_rest_in_one_patch(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry, other = await seen(member(), tracked), await named(member(), "Repair login flow")
    toggl.calls.clear()
    filled = Filled(task=other, type="break")
    saved = await entry_changes.save(member(), Reference.of(entry.entry), filled, seen=entry.mark)
    assert operations(toggl) == ["get_time_entry", "update_time_entry"]
    assert (there(toggl, tracked).task_id, there(toggl, tracked).type) == (other.id, "break")
    await undo.perform(member(), saved.undo_id)
    assert there(toggl, tracked).task_id == tracked.task_id


@modern
async def test_saving_loses_nothing_of_what_the_form_does_not_show(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    tag = next(iter(toggl.world.state.tags))
    tracked.description, tracked.tag_ids, tracked.billable = "Numbers", [tag], True
    entry = await seen(member(), tracked)
    filled = Filled(description="Numbers for Q4", billable=False)
    await entry_changes.save(member(), Reference.of(entry.entry), filled, seen=entry.mark)
    now = there(toggl, tracked)
    assert (now.description, now.tag_ids, now.billable, now.timezone) == (
        "Numbers for Q4",
        [tag],
        False,
        tracked.timezone,
    )


@both
async def test_a_form_filled_before_a_change_elsewhere_overwrites_nothing(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    tracked.duration = 60
    toggl.calls.clear()
    with pytest.raises(ChangedElsewhere) as stopped:
        await entry_changes.save(member(), Reference.of(entry.entry), Filled(type="break"), seen=entry.mark)
    assert operations(toggl) == ["get_time_entry"]
    assert stopped.value.now.seconds == 60
    assert there(toggl, tracked).type == "activity"


@pytest.mark.parametrize(
    ("start", "end", "length", "error"),
    [
        (None, None, None, entry_changes.NothingToSave),
        (None, -2, None, entry_changes.EndsBeforeItStarts),
        (None, -1, None, entry_changes.EndsBeforeItStarts),
        (None, -0.5, 24, entry_changes.EndAndLengthDisagree),
        (-23.5, None, None, entry_changes.TooLong),
    ],
)
async def test_what_cannot_be_saved_is_said_before_toggl_is_asked_to(
    member: Member,
    toggl: ServedToggl,
    tracked: Entry,
    start: float | None,
    end: float | None,
    length: float | None,
    error: type[UserError],
) -> None:
    entry = await seen(member(), tracked)
    assert entry.end
    filled = Filled(
        start=entry.start + start * HOUR if start else None,
        end=entry.end + end * HOUR if end else None,
        length=length * HOUR if length else None,
    )
    toggl.calls.clear()
    with pytest.raises(error):
        await entry_changes.save(member(), Reference.of(entry.entry), filled, seen=entry.mark)
    assert operations(toggl) == ["get_time_entry"]


async def test_a_running_entry_keeps_running_and_cannot_start_in_the_future(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    running = toggl.start_elsewhere(WHO, "Write report", at=clock() - HOUR)
    entry = await seen(member(), running)
    earlier = Filled(start=entry.start - HOUR)
    await entry_changes.save(member(), Reference.of(entry.entry), earlier, seen=entry.mark)
    now = there(toggl, running)
    assert (now.start, now.duration) == (running.start - HOUR, None)
    entry = await seen(member(), running)
    later = Filled(start=clock() + HOUR)
    with pytest.raises(entry_changes.StartsLater):
        await entry_changes.save(member(), Reference.of(entry.entry), later, seen=entry.mark)


@both
async def test_starting_earlier_keeps_the_end_and_a_double_click_counts_once(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    reference = Reference.of(entry.entry)
    done = await entry_changes.start_earlier(member(), reference, timedelta(minutes=5))
    with pytest.raises(ChangedElsewhere):
        await entry_changes.start_earlier(member(), reference, timedelta(minutes=5))
    now = there(toggl, tracked)
    assert (now.start, now.duration) == (tracked.start - timedelta(minutes=5), 3900)
    assert done.after.end == entry.end


@both
async def test_moving_is_two_calls_and_is_undone(member: Member, toggl: ServedToggl, tracked: Entry) -> None:
    entry, other = await seen(member(), tracked), await named(member(), "Repair login flow")
    toggl.calls.clear()
    moved = await entry_changes.move(member(), Reference.of(entry.entry), other)
    assert operations(toggl) == ["get_time_entry", "update_time_entry"]
    assert there(toggl, tracked).task_id == other.id
    assert moved.after.task == other.name
    await undo.perform(member(), moved.undo_id)
    assert there(toggl, tracked).task_id == tracked.task_id


async def test_an_entry_that_moved_elsewhere_is_found_where_it_is(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    tracked.task_id = toggl.task("Repair login flow").id
    with pytest.raises(ChangedElsewhere) as stopped:
        await entry_changes.delete(member(), Reference.of(entry.entry))
    assert stopped.value.now.task == "Repair login flow"
    assert there(toggl, tracked).deleted_at is None


@both
async def test_archiving_is_one_call_and_is_undone(member: Member, toggl: ServedToggl, tracked: Entry) -> None:
    entry = await seen(member(), tracked)
    toggl.calls.clear()
    done = await entry_changes.archive(member(), Reference.of(entry.entry), archived=True)
    assert operations(toggl) == ["archive_time_entry"]
    assert there(toggl, tracked).archived_at
    await undo.perform(member(), done.undo_id)
    assert operations(toggl) == ["unarchive_time_entry"]
    assert there(toggl, tracked).archived_at is None
    await entry_changes.archive(member(), Reference.of(entry.entry), archived=True)
    back = await entry_changes.archive(member(), Reference.of(entry.entry), archived=False)
    await undo.perform(member(), back.undo_id)
    assert there(toggl, tracked).archived_at


@both
async def test_deleting_is_two_calls_once_and_restoring_one(member: Member, toggl: ServedToggl, tracked: Entry) -> None:
    entry = await seen(member(), tracked)
    toggl.calls.clear()
    done = await entry_changes.delete(member(), Reference.of(entry.entry))
    assert operations(toggl) == ["get_time_entry", "delete_time_entry"]
    with pytest.raises(entry_access.EntryGone):
        await entry_changes.delete(member(), Reference.of(entry.entry))
    toggl.calls.clear()
    await undo.perform(member(), done.undo_id)
    assert operations(toggl) == ["restore_time_entry"]
    assert there(toggl, tracked).deleted_at is None


async def test_two_clicks_on_delete_at_once_delete_once(member: Member, toggl: ServedToggl, tracked: Entry) -> None:
    reference = Reference.of((await seen(member(), tracked)).entry)
    both_clicks = await asyncio.gather(
        entry_changes.delete(member(), reference), entry_changes.delete(member(), reference), return_exceptions=True
    )
    assert there(toggl, tracked).deleted_at
    assert any(isinstance(outcome, entry_changes.Changed) for outcome in both_clicks)
    assert all(isinstance(outcome, entry_changes.Changed | UserError) for outcome in both_clicks)


async def test_what_was_deleted_here_is_found_again_and_restored_and_deleted_by_undo(
    member: Member, toggl: ServedToggl, tracked: Entry, clock: Clock
) -> None:
    with pytest.raises(entry_choice.NothingDeleted):
        await entry_choice.find_deleted(member(), None)
    await entry_changes.delete(member(), Reference.of((await seen(member(), tracked)).entry))
    clock.pass_(minutes=45)
    found = (await entry_choice.find_deleted(member(), "report")).clear
    assert found is not None
    toggl.calls.clear()
    restored = await entry_changes.restore(member(), found)
    assert operations(toggl) == ["restore_time_entry"]
    assert there(toggl, tracked).deleted_at is None
    with pytest.raises(entry_choice.NothingDeleted):
        await entry_choice.find_deleted(member(), None)
    await undo.perform(member(), restored.undo_id)
    assert there(toggl, tracked).deleted_at
    assert (await entry_choice.find_deleted(member(), None)).clear


async def test_a_change_that_was_changed_again_elsewhere_is_not_undone(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    done = await entry_changes.start_earlier(member(), Reference.of(entry.entry), timedelta(minutes=5))
    there(toggl, tracked).type = "break"
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.perform(member(), done.undo_id)
    there(toggl, tracked).type = "activity"
    await undo.perform(member(), done.undo_id)
    assert there(toggl, tracked).start == tracked.start


@modern
async def test_what_the_workspace_demands_is_said_and_nothing_is_saved(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    toggl.demand("description")
    entry = await seen(member(), tracked)
    reference = Reference.of(entry.entry)
    with pytest.raises(entry_access.RequiredFields, match="description"):
        await entry_changes.start_earlier(member(), reference, timedelta(minutes=5))
    with pytest.raises(entry_access.RequiredFields, match="description"):
        await entry_changes.save(member(), reference, Filled(length=HOUR * 2), seen=entry.mark)
    assert there(toggl, tracked).start == tracked.start
    await entry_changes.save(member(), reference, Filled(length=HOUR * 2, description="x"), seen=entry.mark)
    assert there(toggl, tracked).description == "x"


@modern
async def test_an_entry_without_a_task_is_changed_moved_deleted_and_restored(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    tracked.task_id = tracked.project_id = None
    tracked.description = "Something"
    entry = await seen(member(), tracked)
    reference = Reference.of(entry.entry)
    saved = await entry_changes.save(member(), reference, Filled(length=HOUR * 2), seen=entry.mark)
    assert there(toggl, tracked).duration == 7200
    await undo.perform(member(), saved.undo_id)
    with pytest.raises(entry_access.NoTask):
        await entry_changes.archive(member(), reference, archived=True)
    gone = await entry_changes.delete(member(), reference)
    await undo.perform(member(), gone.undo_id)
    moved = await entry_changes.move(member(), reference, Task(toggl.task("Stand-up").id, "Stand-up"))
    assert there(toggl, tracked).task_id == moved.after.task_id


async def test_a_save_whose_answer_is_lost_says_so_and_one_that_never_arrived_too(
    member: Member, toggl: ServedToggl, tracked: Entry
) -> None:
    entry = await seen(member(), tracked)
    reference = Reference.of(entry.entry)
    toggl.fail("update_time_entry", drop="after")
    with pytest.raises(AnswerLost):
        await entry_changes.start_earlier(member(), reference, timedelta(minutes=5))
    assert there(toggl, tracked).start == tracked.start - timedelta(minutes=5)
    entry = await seen(member(), there(toggl, tracked))
    toggl.fail("get_time_entry", status=503, times=20)
    with pytest.raises(Unavailable):
        await entry_changes.delete(member(), Reference.of(entry.entry))
    assert there(toggl, tracked).deleted_at is None


async def test_a_deleted_timer_is_not_restored_while_another_runs(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    running = toggl.start_elsewhere(WHO, "Write report", at=clock() - HOUR)
    gone = await entry_changes.delete(member(), Reference.of((await seen(member(), running)).entry))
    assert toggl.running(WHO) is None
    toggl.start_elsewhere(WHO, "Stand-up", at=clock())
    with pytest.raises(Refused):
        await undo.perform(member(), gone.undo_id)
    toggl.stop_elsewhere(WHO, at=clock())
    await undo.perform(member(), gone.undo_id)
    assert (again := toggl.running(WHO)) and again.id == running.id
