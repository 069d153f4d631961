from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from bot.local.slack.outcomes import OnView, Outcome
from bot.local.slack.seed import ALEX
from bot.local.slack.world import View
from bot.local.toggl.records import Status
from bot.views.ids import Actions, Blocks
from tests.handlers.reaching import reaches
from tests.handlers.test_home import opened as opened_home
from tests.handlers.test_home import published
from tests.local_toggl import both, operations
from tests.road import Road, find_button


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin with both products."""
    road.toggl.limited = False
    await road.connect("admin", track=True)
    return road


def kept(me: Road, name: str) -> Status:
    """The status of this name in the main workspace, deleted or not."""
    place = me.toggl.workspace()
    return next(
        status
        for status in me.toggl.world.state.statuses.values()
        if (status.name, status.workspace_id) == (name, place.id)
    )


def order(me: Road) -> list[str]:
    """The names of the statuses in Toggl's order."""
    place = me.toggl.workspace()
    there = [
        status
        for status in me.toggl.world.state.statuses.values()
        if status.workspace_id == place.id and status.deleted_at is None
    ]
    return [status.name for status in sorted(there, key=lambda status: (status.position, status.id))]


def says(view: View) -> str:
    """All that a modal says."""
    return str([block.get("text", block.get("elements", block.get("label"))) for block in view.blocks])


async def opened(me: Road, text: str = "/toggl statuses") -> View:
    """The modal, once it shows what is in it."""
    outcome = await me.slack.run_command(me.person, me.channel, text)
    assert outcome.ok, outcome
    return await top(me, "Every task in the workspace")


async def top(me: Road, words: str) -> View:
    """The modal on top, once it says `words`."""

    def there() -> list[View]:
        return [view for view in me.slack.world.modals.get(me.person, [])[-1:] if words in str(view.blocks)]

    [view] = await me.slack.until(there)
    return view


def menu(view: View, name: str) -> tuple[str, dict[str, Any]]:
    """(block_id, menu) of the status called `name`."""
    return next(
        (block["block_id"], block["accessory"])
        for block in view.blocks
        if name in str(block.get("text")) and block.get("accessory", {}).get("type") == "overflow"
    )


async def choose(me: Road, view: View, name: str, deed: str) -> Outcome:
    """Choose `deed` in the menu of the status called `name`."""
    block_id, found = menu(view, name)
    [value] = [each["value"] for each in found["options"] if each["text"]["text"] == deed]
    return await me.slack.press(me.person, OnView(view.id), block_id, found["action_id"], value)


async def press(me: Road, view: View, label: str) -> Outcome:
    """Press a button of the modal."""
    block_id, element = find_button(view.blocks, Actions.STATUS_DEED, label)
    return await me.slack.press(me.person, OnView(view.id), block_id, element["action_id"], element.get("value"))


def filled(name: str, emoji: str, after: Status | None = None, turn: int = 0) -> dict[str, Any]:
    """What a person fills the form with."""
    end = f":{turn}" if turn else ""
    place = {f"{Blocks.STATUS_PLACE}{end}": str(after.id)} if after else {}
    return {f"{Blocks.STATUS_NAME}{end}": name, f"{Blocks.STATUS_EMOJI}{end}": emoji, **place}


@reaches("list_statuses")
async def test_all_statuses_are_shown_by_type_with_one_call(me: Road) -> None:
    view = await opened(me)
    said = says(view)
    places = [
        said.index(words) for words in ("*To do*", "📋 To do", "*In progress*", "👀 In review", "✅ Done", "⛔ Blocked")
    ]
    assert places == sorted(places)
    assert operations(me.toggl) == ["list_statuses"]


@both
@reaches("create_status")
async def test_a_status_is_made_with_a_name_of_slacks_picker_and_its_place(me: Road) -> None:
    await opened(me)
    await press(me, await opened(me), "New status…")
    form = await top(me, "One of the standard emoji")
    me.toggl.calls.clear()
    assert (await me.submit(form, filled("Ready", ":rocket:", kept(me, "To do")))).ok
    view = await top(me, "Created 🚀 *Ready*, of the type “To do”.")
    made = kept(me, "Ready")
    assert (made.emoji, made.type, order(me)[:3]) == ("🚀", "todo", ["To do", "Ready", "In progress"])
    assert operations(me.toggl) == ["get_workspace", "create_status", "list_statuses", "list_statuses"]
    await undo(me, view)
    await top(me, "Undone.")
    assert made.deleted_at is not None


async def test_what_is_no_emoji_is_told_beside_the_field(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "One of the standard emoji")
    refused = await me.submit(form, filled("Ready", ":rokcet:"))
    assert refused.errors == {
        Blocks.STATUS_EMOJI: "Toggl cannot show an emoji called :rokcet:. Did you mean 🚀 :rocket:?"
    }
    refused = await me.submit(form, filled("  ", "🚀"))
    assert refused.errors == {Blocks.STATUS_NAME: "A status needs a name."}


@both
@reaches("get_status", "update_status")
async def test_a_status_is_renamed_and_the_change_undone(me: Road) -> None:
    await choose(me, await opened(me), "In review", "Edit…")
    form = await top(me, "One of the standard emoji")
    me.toggl.calls.clear()
    assert (await me.submit(form, filled("Proofreading", "🔎"))).ok
    view = await top(me, "Name: In review → Proofreading")
    assert operations(me.toggl) == ["get_workspace", "get_status", "update_status", "list_statuses"]
    assert (kept(me, "Proofreading").emoji, kept(me, "Proofreading").position) == ("🔎", 3)
    await undo(me, view)
    await top(me, "Undone.")
    assert (kept(me, "In review").emoji, kept(me, "In review").position) == ("👀", 3)


@both
async def test_a_status_moves_up_and_down_among_those_of_its_type(me: Road) -> None:
    view = await opened(me)
    me.toggl.calls.clear()
    await choose(me, view, "In review", "Move up")
    view = await top(me, "Moved 👀 *In review*.")
    assert operations(me.toggl) == ["get_workspace", "get_status", "update_status", "list_statuses"]
    assert order(me)[:3] == ["To do", "In review", "In progress"]
    await choose(me, view, "In review", "Move down")
    await me.slack.until(lambda: order(me)[:3] == ["To do", "In progress", "In review"])


async def test_what_was_done_in_the_modal_stands_in_the_app_home_with_its_undo(me: Road) -> None:
    home = await opened_home(me)
    await choose(me, await opened(me), "In review", "Move up")
    home = await published(me, home.hash)
    assert "Moved 👀 *In review*." in str(home.blocks)
    find_button(home.blocks, Actions.UNDO)


async def test_the_first_has_no_way_up_and_the_last_none_down(me: Road) -> None:
    view = await opened(me)
    menus = {
        name: [each["text"]["text"] for each in menu(view, name)[1]["options"]]
        for name in ("In progress", "In review", "Done")
    }
    assert menus == {
        "In progress": ["Edit…", "Move down", "Delete…"],
        "In review": ["Edit…", "Move up", "Delete…"],
        "Done": ["Edit…", "Delete…"],
    }


@reaches("delete_status", "restore_status")
async def test_deleting_asks_says_what_becomes_of_tasks_and_can_be_taken_back_later(me: Road) -> None:
    status = kept(me, "In review")
    there = me.toggl.world.state.tasks.values()
    tasks = sum(task.status_id == status.id and task.archived_at is None for task in there)
    await choose(me, await opened(me), "In review", "Delete…")
    asked = await top(me, "Delete 👀 *In review*?")
    assert f"{tasks} tasks have it. They are not deleted" in says(asked)
    await press(me, asked, "Keep it")
    await choose(me, await top(me, "Every task"), "In review", "Delete…")
    await press(me, await top(me, "Delete 👀 *In review*?"), "Delete")
    view = await top(me, "Deleted 👀 *In review*.")
    assert status.deleted_at is not None
    await press(me, view, "Restore a deleted status")
    await press(me, await top(me, "Deleted here in the last year"), "Restore: In review")
    await top(me, "👀 *In review* is back.")
    assert status.deleted_at is None


async def test_a_deleted_status_comes_back_by_its_name_or_its_number(me: Road) -> None:
    status = kept(me, "In review")
    await choose(me, await opened(me), "In review", "Delete…")
    await press(me, await top(me, "Delete 👀 *In review*?"), "Delete")
    await top(me, "Deleted 👀 *In review*.")
    back = await me.command("/toggl statuses restore review")
    assert back.text == "👀 *In review* is back."
    undone = await me.pressed(back, Actions.UNDO)
    assert undone.text.startswith("Undone.")
    assert status.deleted_at is not None
    back = await me.command(f"/toggl statuses restore {status.id}")
    assert back.text == "👀 *In review* is back."
    nothing = await me.command("/toggl statuses restore zebra")
    assert nothing.text.startswith("No status called “zebra” was deleted here")


async def test_a_default_status_is_protected_and_the_reason_said(me: Road) -> None:
    await choose(me, await opened(me), "Done", "Delete…")
    await press(me, await top(me, "Delete ✅ *Done*?"), "Delete")
    view = await top(me, "one of the default statuses")
    assert "*Done* is one of the default statuses" in says(view)
    await choose(me, view, "Done", "Edit…")
    form = await top(me, "One of the standard emoji")
    await me.submit(form, filled("Finished", "✅"))
    again = await top(me, "nobody can change those in yours")
    assert again.state[Blocks.STATUS_NAME][Actions.STATUS_FIELD]["value"] == "Finished"
    assert kept(me, "Done").deleted_at is None


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_where_toggl_lets_a_default_status_be_changed_it_is(me: Road) -> None:
    await choose(me, await opened(me), "Done", "Edit…")
    await me.submit(await top(me, "One of the standard emoji"), filled("Finished", "🏁"))
    await top(me, "Name: Done → Finished")
    assert kept(me, "Finished").emoji == "🏁"


async def test_what_another_admin_changed_meanwhile_is_shown_before_it_is_overwritten(me: Road) -> None:
    await choose(me, await opened(me), "In review", "Edit…")
    form = await top(me, "One of the standard emoji")
    mine, me.person = me.person, ALEX
    promote(me, "member")
    await me.connect("member", track=True)
    await choose(me, await opened(me), "In review", "Edit…")
    await me.submit(await top(me, "One of the standard emoji"), filled("Theirs", "🧐"))
    await top(me, "Name: In review → Theirs")
    me.person = mine
    assert (await me.submit(form, filled("Mine", "👀"))).ok
    again = await top(me, "changed by somebody else")
    said = says(again)
    assert "Name: In review → Theirs" in said
    assert "Emoji: 👀 → 🧐" in said
    held = {block: next(iter(each.values()))["value"] for block, each in again.state.items() if "place" not in block}
    assert held == {f"{Blocks.STATUS_NAME}:1": "Mine", f"{Blocks.STATUS_EMOJI}:1": "🧐"}
    assert "Theirs" in order(me)
    await me.submit(again, {})
    await top(me, "Name: Theirs → Mine")
    assert kept(me, "Mine").emoji == "🧐"


async def test_what_was_deleted_meanwhile_is_told_with_the_statuses_as_they_are(me: Road) -> None:
    await choose(me, await opened(me), "In review", "Edit…")
    form = await top(me, "One of the standard emoji")
    kept(me, "In review").deleted_at = me.clock()
    await me.submit(form, filled("Mine", "👀"))
    view = await top(me, "no longer exists. Nothing was saved.")
    assert "In review" not in str([block for block in view.blocks if "accessory" in block])


async def test_a_demoted_admins_open_form_cannot_save(me: Road) -> None:
    await choose(me, await opened(me), "In review", "Edit…")
    form = await top(me, "One of the standard emoji")
    demote(me, "admin")
    await me.submit(form, filled("Mine", "👀"))
    await top(me, "Toggl does not allow you to do this. Nothing was saved.")
    assert kept(me, "In review").name == "In review"


async def test_who_is_no_admin_sees_the_statuses_and_changes_none(road: Road) -> None:
    await road.connect("member", track=True)
    await choose(road, await opened(road), "In review", "Move up")
    await top(road, "Toggl does not allow you to do this. Nothing was saved.")
    assert order(road)[:3] == ["To do", "In progress", "In review"]


@pytest.mark.parametrize(("who", "done"), [("admin", True), ("member", False)])
async def test_with_a_key_of_focus_alone_focus_decides(road: Road, who: str, done: bool) -> None:  # noqa: FBT001 (the fixture; a parameter)
    await road.connect(who)
    await choose(road, await opened(road), "In review", "Edit…")
    await road.submit(await top(road, "One of the standard emoji"), filled("Mine", "👀"))
    await top(road, "Name: In review → Mine" if done else "Toggl does not allow you to do this. Nothing was saved.")
    assert ("Mine" in order(road)) is done


async def test_pressing_twice_moves_once(me: Road) -> None:
    kept(me, "Blocked").position, kept(me, "Waiting for client").position = 4, 5
    view = await opened(me)
    both_clicks = [choose(me, view, "Waiting for client", "Move up") for _ in range(2)]
    assert all(outcome.ok for outcome in await asyncio.gather(*both_clicks))
    await top(me, "Moved ⏳ *Waiting for client*.")
    assert operations(me.toggl).count("update_status") == 1
    assert order(me)[3:5] == ["Waiting for client", "Blocked"]


async def test_a_spent_quota_after_a_change_does_not_hide_that_it_was_made(me: Road) -> None:
    await choose(me, await opened(me), "In review", "Edit…")
    form = await top(me, "One of the standard emoji")
    me.toggl.fail("list_statuses", status=500)
    me.toggl.fail("list_statuses", status=500)
    said = await me.submitted(form, filled("Proofreading", "👀"))
    assert said.text.startswith("Saved 👀 *Proofreading*.")
    assert "Proofreading" in order(me)


async def test_a_status_that_toggl_made_and_does_not_show_has_no_undo(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "One of the standard emoji")
    for _ in range(2):
        me.toggl.fail("list_statuses", status=500)
    await me.submit(form, filled("Ready", "🚀"))
    view = await top(me, "Created 🚀 *Ready*.")
    assert Actions.UNDO not in str(view.blocks)
    assert "Ready" in order(me)


async def test_where_tasks_cannot_be_counted_the_question_says_what_holds_anyway(me: Road) -> None:
    me.toggl.fail("list_tasks", status=403)
    await choose(me, await opened(me), "In review", "Delete…")
    asked = await top(me, "Delete 👀 *In review*?")
    assert "Tasks that have it are not deleted" in says(asked)


async def test_a_move_that_toggl_answers_with_another_order_is_told_as_it_is(me: Road) -> None:
    view = await opened(me)
    me.toggl.fail("update_status", status=200, body={})
    await choose(me, view, "In review", "Move up")
    await top(me, "Toggl saved a new position for 👀 *In review*, and this is the resulting order.")
    assert order(me)[:3] == ["To do", "In progress", "In review"]


async def test_a_change_whose_answer_was_lost_is_not_called_saved(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "One of the standard emoji")
    for _ in range(2):
        me.toggl.fail("create_status", drop="before")
    await me.submit(form, filled("Ready", "🚀"))
    await top(me, "Toggl cannot be reached right now. Nothing was saved.")
    assert "Ready" not in order(me)


async def test_many_statuses_are_turned_page_by_page(me: Road) -> None:
    place, status = me.toggl.workspace(), kept(me, "In review")
    for number in range(60):
        one = msgspec.structs.replace(status, id=900_000 + number, name=f"Step {number}", position=100 + number)
        me.toggl.world.state.statuses[one.id] = one
    assert place.id == status.workspace_id
    view = await opened(me)
    assert "Step 59" not in says(view)
    await press(me, view, "Next")
    view = await top(me, "Step 59")
    assert "*Blocked*" in says(view)
    await choose(me, view, "Step 59", "Edit…")
    await press(me, await top(me, "One of the standard emoji"), "Back to all statuses")
    await top(me, "Step 59")


async def test_a_paid_feature_is_told_in_the_form(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "One of the standard emoji")
    me.toggl.fail("create_status", status=402, headers={"X-Toggl-Quota-Remaining": "20"})
    await me.submit(form, filled("Ready", "🚀"))
    await top(me, "This is not part of your Toggl plan. Nothing was saved.")


async def undo(me: Road, view: View) -> None:
    """Press the modal's *Undo*."""
    block_id, element = find_button(view.blocks, Actions.UNDO)
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, Actions.UNDO, element["value"])
    assert outcome.ok, outcome


def promote(me: Road, handle: str) -> None:
    """Make somebody an admin, elsewhere."""
    membership(me, handle).role = "admin"


def demote(me: Road, handle: str) -> None:
    """Take an admin's rights, elsewhere."""
    membership(me, handle).role = "user"


def membership(me: Road, handle: str) -> Any:
    """How somebody belongs to the main workspace."""
    state, place = me.toggl.world.state, me.toggl.workspace()
    person = next(person for person in state.people.values() if person.handle == handle)
    return next(
        member for member in state.members.values() if (member.person_id, member.workspace_id) == (person.id, place.id)
    )
