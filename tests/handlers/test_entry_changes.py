from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.local.slack.outcomes import OnMessage, OnView
from bot.local.slack.world import Message, View
from bot.local.toggl.records import Entry
from bot.views.entry_pieces import Deed
from bot.views.ids import Actions, Blocks, Callbacks
from tests.road import Road, find_button, shown

WHO = "member"
HOUR = timedelta(hours=1)


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member."""
    await road.connect(WHO)
    return road


@pytest.fixture
def tracked(me: Road) -> Entry:
    """An hour from 4 to 5 this morning (in New York, where the person is)."""
    return me.toggl.add_entry(WHO, "Write report", start=me.clock() - 2 * HOUR, duration=HOUR)


def now(me: Road, entry: Entry) -> Entry:
    """The entry as Toggl has it."""
    return me.toggl.world.state.entries[entry.id]


async def pick(me: Road, message: Message, deed: Deed) -> None:
    """Choose from the menu of the first entry in a list."""
    block_id, menu = find_button(message.blocks, Actions.ENTRY_DEED)
    value = next(option["value"] for option in menu["options"] if option["value"].startswith(f"{deed}:"))
    outcome = await me.slack.press(me.person, OnMessage(message.channel_id, message.ts), block_id, "entry.deed", value)
    assert outcome.ok, outcome
    await me.slack.settled()


async def newest(me: Road) -> Message:
    """The newest message the person sees."""
    return me.slack.world.seen_by(me.person, me.channel)[-1]


async def task_of(me: Road, view: View, name: str) -> str:
    """The value under which the typeahead of a form offers a task."""
    block = next(block for block in view.blocks if block.get("block_id") == Blocks.TASK)
    offered = await me.options(view, block["block_id"], Actions.ENTRY_TASK, name)
    assert offered[0] == name
    return f"{me.toggl.task(name).id}:{name}"


async def press_in(me: Road, view: View, label: str) -> View:
    """Press a button in a form; the view that then is on top."""
    block_id, element = find_button(view.blocks, Actions.ENTRY_DEED, label)
    await me.slack.press(me.person, OnView(view.id), block_id, element["action_id"], element["value"])
    await me.slack.settled()
    return me.slack.world.modals[me.person][-1]


async def test_edit_opens_the_last_entry_and_saving_says_what_it_was(me: Road, tracked: Entry) -> None:
    view = await me.command_opening("/track edit")
    saved = await me.submitted(view, {Blocks.LENGTH: "1h30m", Blocks.TYPE: "break"})
    assert saved.text == "Changed *Write report*: today, 4:00 AM – 5:30 AM (1 h 30 min)."
    assert "It was today, 4:00 AM – 5:00 AM (1 h)." in shown(saved)
    assert "It is a break now." in shown(saved)
    assert me.toggl.calls.operations == ["list_time_entries", "get_time_entry", "replace_time_entry"]
    undone = await me.pressed(saved, Actions.UNDO)
    assert undone.text == "Undone: *Write report* is back to today, 4:00 AM – 5:00 AM (1 h)."
    assert (now(me, tracked).duration, now(me, tracked).type) == (3600, "activity")


@pytest.mark.usefixtures("tracked")
async def test_an_older_entry_is_asked_for_behind_a_loading_view(me: Road) -> None:
    listed = await me.command("/track list today")
    me.clock.pass_(minutes=5)
    await pick(me, listed, Deed.EDIT)
    view = await me.modal()
    assert view.callback_id == Callbacks.EDIT_ENTRY
    assert me.toggl.calls.operations[-1] == "get_time_entry"
    saved = await me.submitted(view, {Blocks.LENGTH: "45m"})
    assert saved.text == "Changed *Write report*: today, 4:00 AM – 4:45 AM (45 min)."


async def test_what_cannot_be_read_or_saved_stands_beside_its_field(me: Road, tracked: Entry) -> None:
    view = await me.command_opening("/track edit last")
    assert set((await me.submit(view, {Blocks.LENGTH: "soonish"})).errors) == {Blocks.LENGTH}
    start = int(tracked.start.timestamp())
    backwards = await me.submit(view, {Blocks.LENGTH: "", Blocks.START: start + 7200})
    assert backwards.errors == {Blocks.END: "The end has to be later than the start."}
    both: dict[str, object] = {Blocks.LENGTH: "10m", Blocks.START: start, Blocks.END: start + 1800}
    assert set((await me.submit(view, both)).errors) == {Blocks.LENGTH}
    assert now(me, tracked).duration == 3600


async def test_a_change_elsewhere_is_shown_beside_the_own_one_and_saved_only_when_sent_again(
    me: Road, tracked: Entry
) -> None:
    view = await me.command_opening("/track edit last")
    tracked.duration = 600
    outcome = await me.submit(view, {Blocks.LENGTH: "2h"})
    assert outcome.ok
    view = await me.modal()
    asked = str(view.blocks[0]["text"]["text"])
    assert "changed in Toggl in the meantime" in asked
    assert "Time: *today, 4:00 AM – 4:10 AM (10 min)*, yours *today, 4:00 AM – 6:00 AM (2 h)*" in asked
    assert now(me, tracked).duration == 600
    saved = await me.submitted(view, {})
    assert saved.text == "Changed *Write report*: today, 4:00 AM – 6:00 AM (2 h)."
    undone = await me.pressed(saved, Actions.UNDO)
    assert undone.text.startswith("Undone")
    assert now(me, tracked).duration == 600


async def test_another_task_in_the_form_moves_the_entry(me: Road, tracked: Entry) -> None:
    view = await me.command_opening("/track edit last")
    saved = await me.submitted(view, {Blocks.TASK: await task_of(me, view, "Repair login flow")})
    assert saved.text == "Moved from *Write report* to *Repair login flow*: today, 4:00 AM – 5:00 AM (1 h)."
    assert now(me, tracked).task_id == me.toggl.task("Repair login flow").id


async def test_the_menu_moves_to_a_task_and_undo_moves_back(me: Road, tracked: Entry) -> None:
    await pick(me, await me.command("/track list today"), Deed.MOVE)
    view = await me.modal()
    moved = await me.submitted(view, {Blocks.TASK: await task_of(me, view, "Repair login flow")})
    assert moved.text.startswith("Moved from *Write report* to *Repair login flow*")
    await me.pressed(moved, Actions.UNDO)
    assert now(me, tracked).task_id == me.toggl.task("Write report").id


async def test_the_menu_of_a_running_entry_starts_it_earlier_once_for_a_double_click(me: Road) -> None:
    running = me.toggl.start_elsewhere(WHO, "Write report", at=me.clock() - HOUR)
    listed = await me.command("/track list today")
    await asyncio.gather(pick(me, listed, Deed.EARLIER_15), pick(me, listed, Deed.EARLIER_15))
    assert now(me, running).start == running.start - timedelta(minutes=15)
    assert now(me, running).duration is None
    said = [message.text for message in me.slack.world.seen_by(me.person, me.channel)]
    assert "Changed *Write report*: since 4:45 AM, running." in said


async def test_the_menu_continues_archives_and_asks_before_it_deletes(me: Road, tracked: Entry) -> None:
    listed = await me.command("/track list today")
    await pick(me, listed, Deed.ARCHIVE)
    assert (await newest(me)).text == "Archived *Write report*, today, 4:00 AM – 5:00 AM (1 h)."
    assert now(me, tracked).archived_at
    await pick(me, listed, Deed.ASK_DELETE)
    asked = await newest(me)
    assert asked.text == "Delete *Write report*, today, 4:00 AM – 5:00 AM (1 h)?"
    assert now(me, tracked).deleted_at is None
    await pick(me, listed, Deed.CONTINUE)
    assert (await newest(me)).text == "Started *Write report* at 6:00 AM."
    kept = await me.pressed(asked, Actions.ENTRY_DEED, label="Keep it")
    assert (kept.text, kept.ts) == ("Kept. Nothing was deleted.", asked.ts)


async def test_delete_asks_and_undo_and_restore_bring_it_back(me: Road, tracked: Entry) -> None:
    asked = await me.command("/track delete 4:30")
    gone = await me.pressed(asked, Actions.ENTRY_DEED, label="Delete")
    assert gone.text == "Deleted *Write report*, today, 4:00 AM – 5:00 AM (1 h)."
    assert gone.ts == asked.ts
    restored = await me.command("/track restore")
    assert restored.text == "Restored *Write report*, today, 4:00 AM – 5:00 AM (1 h)."
    assert now(me, tracked).deleted_at is None
    again = await me.pressed(restored, Actions.UNDO)
    assert again.text == "Undone: 1 entry is deleted again."
    assert now(me, tracked).deleted_at


async def test_an_entry_changed_since_it_was_shown_is_not_deleted_but_shown_as_it_is(me: Road, tracked: Entry) -> None:
    asked = await me.command("/track delete last")
    tracked.duration = 7200
    shown_now = await me.pressed(asked, Actions.ENTRY_DEED, label="Delete")
    assert "so nothing was done. It is now today, 4:00 AM – 6:00 AM (2 h)." in shown_now.text
    assert now(me, tracked).deleted_at is None
    gone = await me.pressed(shown_now, Actions.ENTRY_DEED, label="Delete")
    assert gone.text.startswith("Deleted")


async def test_an_entry_that_is_gone_says_so(me: Road, tracked: Entry) -> None:
    asked = await me.command("/track delete last")
    tracked.deleted_at = me.clock()
    gone = await me.pressed(asked, Actions.ENTRY_DEED, label="Delete")
    assert gone.text == "That entry no longer exists: it was deleted. Nothing was changed."


async def test_several_that_may_be_meant_are_asked(me: Road, tracked: Entry) -> None:
    me.toggl.add_entry(WHO, "Write report", start=me.clock() - HOUR, duration=HOUR / 2)
    asked = await me.command('/track archive "write report"')
    assert asked.text.startswith("Which entry? “write report” matches ")
    label = "Archive: Write report"
    block = next(block for block in asked.blocks if "4:00 AM" in block["text"]["text"])
    button = block["accessory"]
    assert button["accessibility_label"] == label
    container = OnMessage(asked.channel_id, asked.ts)
    await me.slack.press(me.person, container, block["block_id"], button["action_id"], button["value"])
    await me.slack.settled()
    assert now(me, tracked).archived_at
    back = await me.command("/track unarchive")
    assert "is no longer archived" in back.text


async def test_nothing_that_fits_says_how_to_name_an_entry(me: Road) -> None:
    assert "`last`, a time at which it ran" in (await me.command("/track edit zebra crossing")).text
    assert "I know of no entry that you deleted here" in (await me.command("/track restore")).text
    assert "There is no such entry" in (await me.command("/track unarchive")).text


async def test_what_is_done_at_once_in_the_form_takes_its_place_with_undo(me: Road, tracked: Entry) -> None:
    view = await me.command_opening("/track edit last")
    note = await press_in(me, view, "Start 15 min earlier")
    assert note.blocks[0]["text"]["text"] == "Changed *Write report*: today, 3:45 AM – 5:00 AM (1 h 15 min)."
    block_id, button = find_button(note.blocks, Actions.UNDO)
    await me.slack.press(me.person, OnView(note.id), block_id, button["action_id"], button["value"])
    await me.slack.settled()
    assert now(me, tracked).start == tracked.start
    view = await me.command_opening("/track edit last")
    await press_in(me, view, "Delete")
    assert now(me, tracked).deleted_at


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_what_the_workspace_demands_is_said_in_the_form_and_can_be_filled_in(me: Road, tracked: Entry) -> None:
    me.toggl.demand("description")
    view = await me.command_opening("/track edit last")
    assert (await me.submit(view, {Blocks.LENGTH: "2h"})).ok
    view = await me.modal()
    assert "description" in str(view.blocks[0])
    saved = await me.submitted(view, {Blocks.LENGTH: "2h", Blocks.DESCRIPTION: "Numbers"})
    assert "Its description is “Numbers” now." in shown(saved)
    assert now(me, tracked).description == "Numbers"


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_tags_are_chosen_by_name_said_and_taken_back(me: Road, tracked: Entry) -> None:
    names = {tag.id: tag.name for tag in me.toggl.world.state.tags.values()}
    before, *_ = known = [tag for task in me.toggl.world.state.tasks.values() for tag in task.tag_ids]
    other = next(tag for tag in known if names[tag] != names[before])
    now(me, tracked).tag_ids = [before]
    view = await me.command_opening("/track edit last")
    field = next(block["element"] for block in view.blocks if block.get("block_id") == Blocks.TAGS)
    assert [option["text"]["text"] for option in field["initial_options"]] == [names[before]]
    at = OnView(view.id)
    found = await me.slack.options(me.person, at, Blocks.TAGS, Actions.ENTRY_TAGS, names[other])
    assert found[0].text == names[other]
    saved = await me.submitted(view, {Blocks.TAGS: [field["initial_options"][0]["value"], found[0].value]})
    assert "Its tags are " in shown(saved)
    assert set(now(me, tracked).tag_ids) == {before, other}
    await me.pressed(saved, Actions.UNDO)
    assert now(me, tracked).tag_ids == [before]
    view = await me.command_opening("/track edit last")
    emptied = await me.submitted(view, {Blocks.TAGS: []})
    assert "It has no tags now." in shown(emptied)
    assert now(me, tracked).tag_ids == []


async def test_somebody_who_is_not_connected_is_led_there(road: Road) -> None:
    assert "Connect Toggl" in (await road.command("/track list")).text
