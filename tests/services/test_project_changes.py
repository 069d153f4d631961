from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.project_edits import Field, marks
from bot.domain.projects import Change, Fee, Fields, Named, Project
from bot.services import project_changes, projects, tasks, undo
from bot.services.asking import AdminNeeded
from bot.services.entry_changes import NothingToSave
from bot.services.project_changes import EditedElsewhere, ProjectChanged
from tests.conftest import ServedToggl
from tests.local_toggl import both, operations
from tests.services.projecting import People, kept, named, subject

NAME = "Booking App"


def entered(fields: Fields, **changes: Any) -> dict[str, Any]:
    """The whole form as it was filled, with some changes."""
    return {**{name: getattr(fields, name) for name in fields.__struct_fields__}, **changes}


@both
@pytest.mark.parametrize("change", list(Change))
async def test_each_change_costs_one_call_and_its_undo_another(
    people: People, toggl: ServedToggl, change: Change
) -> None:
    context = people("admin")
    project = await named(context, NAME)
    if change in {Change.UNPIN, Change.UNARCHIVE, Change.RESTORE}:
        await project_changes.apply(context, subject(project), change.opposite)
    before = kept(toggl, NAME)
    operations(toggl)
    done = await project_changes.apply(context, subject(project), change)
    assert operations(toggl) == [f"{change}_project"]
    after = kept(toggl, NAME)
    assert (after.pinned, after.archived_at, after.deleted_at) != (before.pinned, before.archived_at, before.deleted_at)
    undone = await undo.perform(people("admin"), done.undo_id)
    assert operations(toggl) == [f"{change.opposite}_project"]
    assert isinstance(undone.step, undo.ProjectChangeUndo)
    again = kept(toggl, NAME)
    assert (again.pinned, again.archived_at is None, again.deleted_at is None) == (
        before.pinned,
        before.archived_at is None,
        before.deleted_at is None,
    )


async def test_the_list_shows_a_change_at_once(people: People) -> None:
    context = people("admin")
    project = await named(context, NAME)
    await project_changes.apply(context, subject(project), Change.PIN)
    assert (await named(context, NAME)).fields.pinned


async def test_who_may_not_is_told_so_and_nothing_is_kept_to_undo(people: People, toggl: ServedToggl) -> None:
    context = people("member")
    project = await named(context, "Support")
    kept(toggl, "Support").users = {}
    with pytest.raises(AdminNeeded):
        await project_changes.apply(context, subject(project), Change.ARCHIVE)
    with pytest.raises(undo.NothingToUndo):
        await undo.latest(context)


async def test_deleting_what_was_renamed_meanwhile_shows_it_instead(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    shown = await named(context, NAME)
    kept(toggl, NAME).name = "Booking App 2"
    with pytest.raises(ProjectChanged) as caught:
        await project_changes.delete(context, shown.id, seen=shown.mark)
    assert caught.value.now.name == "Booking App 2"
    assert kept(toggl, "Booking App 2").deleted_at is None


async def test_deleting_looks_first_and_costs_two_calls(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    shown = await named(context, "Support")
    operations(toggl)
    await project_changes.delete(context, shown.id, seen=shown.mark)
    assert operations(toggl) == ["get_project", "delete_project"]
    assert (await project_changes.find_deleted(context, "sup")).clear == Named(shown.id, "Support")


async def test_a_number_is_restored_though_it_was_not_deleted_here(people: People) -> None:
    found = await project_changes.find_deleted(people("admin"), "#7000123")
    assert found.clear == Named(7000123, "#7000123")
    assert (await project_changes.find_deleted(people("admin"), "")).several == ()


@both
async def test_a_new_project_has_every_field_and_undo_deletes_it(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    parent = await named(context, NAME)
    tag = next(tag for tag in toggl.world.state.tags.values() if tag.name == "urgent")
    fields = Fields(
        name="Booking Kiosk",
        client=parent.fields.client,
        parent=subject(parent),
        description="Terminals at the quay",
        start=date(2026, 12, 1),
        end=date(2027, 3, 31),
        estimate=90,
        color="#06a893",
        fee=Fee(6000.5, "EUR"),
        tags=(Named(tag.id, tag.name),),
        estimated_by_tasks=True,
        billable=True,
        private=True,
        pinned=True,
    )
    operations(toggl)
    made = await project_changes.create(context, fields)
    assert operations(toggl) == ["create_project", "list_projects"]  # answered without it, so it is looked up
    there = Project.of(await context.toggl.projects.get(made.project_id))
    assert there and there.fields.sent() == fields.sent()
    await undo.perform(context, made.undo_id)
    assert kept(toggl, "Booking Kiosk").deleted_at is not None


async def test_a_new_project_that_was_changed_since_is_not_undone(people: People, toggl: ServedToggl) -> None:
    made = await project_changes.create(people("admin"), Fields(name="Booking Kiosk"))
    kept(toggl, "Booking Kiosk").estimated_mins = 60
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.perform(people("admin"), made.undo_id)
    assert kept(toggl, "Booking Kiosk").deleted_at is None


@both
async def test_the_whole_form_replaces_and_empties(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, "Alpenglow Brand")).id)
    assert before.fields.fee
    operations(toggl)
    form = entered(before.fields, fee=None, client=None, end=None, description="Fresh", private=True)
    saved = await project_changes.save(context, before.id, form, seen=marks(before.fields))
    assert operations(toggl) == ["get_project", "replace_project"]
    now = kept(toggl, "Alpenglow Brand")
    assert (now.fixed_fee, now.client_id, now.end_date) == (None, None, None)
    assert (now.description, now.private, now.estimated_mins) == ("Fresh", True, before.fields.estimate)
    await undo.perform(context, saved.undo_id)
    assert operations(toggl) == ["get_project", "update_project"]
    again = await projects.get(context, before.id)
    assert again.fields == before.fields


@both
async def test_undoing_a_new_fee_replaces_the_project_as_it_was(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, NAME)).id)
    form = entered(before.fields, fee=Fee(10, "EUR"))
    saved = await project_changes.save(context, before.id, form, seen=marks(before.fields))
    operations(toggl)
    await undo.perform(context, saved.undo_id)
    assert "replace_project" in operations(toggl)
    assert (await projects.get(context, before.id)).fields == before.fields


@both
async def test_a_single_change_patches_just_that(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, "Alpenglow Brand")).id)
    operations(toggl)
    seen = marks(before.fields, [Field.ESTIMATE])
    await project_changes.save(context, before.id, {"estimate": 30}, seen=seen)
    assert operations(toggl) == ["get_project", "update_project"]
    now = kept(toggl, "Alpenglow Brand")
    assert now.estimated_mins == 30 and now.fixed_fee is not None


async def test_a_form_sent_as_it_was_saves_nothing(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, NAME)).id)
    operations(toggl)
    with pytest.raises(NothingToSave):
        await project_changes.save(context, before.id, entered(before.fields), seen=marks(before.fields))
    assert operations(toggl) == ["get_project"]


async def test_what_somebody_else_changed_meanwhile_is_merged_and_not_saved_unseen(
    people: People, toggl: ServedToggl
) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, NAME)).id)
    there = kept(toggl, NAME)
    there.description, there.estimated_mins = "Theirs", 6000
    mine = entered(before.fields, estimate=120, billable=not before.fields.billable)
    with pytest.raises(EditedElsewhere) as caught:
        await project_changes.save(context, before.id, mine, seen=marks(before.fields))
    merged = caught.value.merged
    assert (merged.taken, merged.kept) == ((Field.DESCRIPTION,), (Field.ESTIMATE,))
    assert (merged.fields.description, merged.fields.estimate) == ("Theirs", 120)
    assert there.estimated_mins == 6000
    # Seen, it may be saved.
    seen = marks(caught.value.now.fields)
    await project_changes.save(context, before.id, entered(merged.fields), seen=seen)
    assert (kept(toggl, NAME).description, kept(toggl, NAME).estimated_mins) == ("Theirs", 120)


async def test_an_edit_that_was_edited_again_is_not_undone(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    before = await projects.get(context, (await named(context, NAME)).id)
    saved = await project_changes.save(
        context, before.id, {"estimate": 30}, seen=marks(before.fields, [Field.ESTIMATE])
    )
    kept(toggl, NAME).description = "Theirs"
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.perform(context, saved.undo_id)
    assert kept(toggl, NAME).estimated_mins == 30


async def test_a_channel_has_one_default_project_and_undo_gives_back_the_old_one(
    people: People, toggl: ServedToggl
) -> None:
    context = people("admin")
    first, second = await named(context, NAME), await named(context, "Support")
    operations(toggl)
    await project_changes.use(context, subject(first))
    chosen = await project_changes.use(context, subject(second))
    assert chosen.before == subject(first)
    default = await tasks.default_project(people("member"))
    assert default and default.id == second.id
    await undo.perform(context, chosen.undo_id)
    default = await tasks.default_project(context)
    assert default and default.id == first.id
    assert operations(toggl) == []


async def test_a_default_that_somebody_else_changed_since_stays(people: People) -> None:
    context = people("admin")
    first, second = await named(context, NAME), await named(context, "Support")
    chosen = await project_changes.use(context, subject(first))
    await project_changes.use(people("member"), subject(second))
    with pytest.raises(undo.OtherDefault):
        await undo.perform(context, chosen.undo_id)
