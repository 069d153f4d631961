from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.world import View
from bot.local.toggl.records import Entry
from bot.views.ids import Actions, Blocks, Callbacks
from tests.road import Road, find_button, shown

WHO = "member"


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member."""
    await road.connect(WHO)
    return road


@pytest.fixture
def tracked(me: Road) -> list[Entry]:
    """Two half hours of *Write report* this morning, the newer one first."""
    half = timedelta(minutes=30)
    times = (me.clock() - half * n for n in (2, 4))
    return [me.toggl.add_entry(WHO, "Write report", start=start, duration=half) for start in times]


def boxes(view: View) -> list[tuple[str, dict[str, Any]]]:
    """(block_id, option) of everything that can be ticked."""
    return [
        (block["block_id"], option)
        for block in view.blocks
        if block["type"] == "input"
        for option in block["element"]["options"]
    ]


def ticked(view: View, number: int) -> dict[str, list[str]]:
    """The values of a form in which the first few entries are ticked."""
    values: dict[str, list[str]] = {}
    for block_id, option in boxes(view)[:number]:
        values.setdefault(block_id, []).append(option["value"])
    return values


async def chosen(me: Road, number: int, words: str = "today") -> View:
    """The form that asks what to do with the first few entries."""
    view = await me.command_opening(f"/track bulk {words}")
    assert view.callback_id == Callbacks.BULK_CHOOSE
    assert (await me.submit(view, ticked(view, number))).ok
    view = await me.modal()
    assert view.callback_id == Callbacks.BULK_APPLY
    return view


async def to_do(me: Road, view: View, deed: str) -> View:
    """The form after what to do was chosen."""
    await me.slack.press(me.person, OnView(view.id), Blocks.BULK_DEED, Actions.BULK_DEED, deed)
    await me.slack.settled()
    return await me.modal()


async def test_entries_are_shifted_with_all_of_them_listed_and_undone_together(me: Road, tracked: list[Entry]) -> None:
    view = await to_do(me, await chosen(me, 2), "shift")
    assert set((await me.submit(view, {Blocks.BULK_SHIFT: "15"})).errors) == {Blocks.BULK_SHIFT}
    done = await me.submitted(view, {Blocks.BULK_SHIFT: "-15"})
    assert done.text == "Shifted 2 entries 15 min earlier."
    assert (
        "• *Write report*, today, 4:45 AM – 5:15 AM (30 min)\n• *Write report*, today, 3:45 AM – 4:15 AM (30 min)"
        in shown(done)
    )
    assert me.toggl.calls.operations == ["list_time_entries", "list_time_entries", "update_time_entries"]
    undone = await me.pressed(done, Actions.UNDO)
    assert undone.text == "Undone: 2 entries are as they were."
    kept = me.toggl.world.state.entries
    assert [kept[entry.id].start for entry in tracked] == [entry.start for entry in tracked]


@pytest.mark.usefixtures("tracked")
async def test_entries_are_moved_to_a_task(me: Road) -> None:
    view = await chosen(me, 2)
    await me.options(view, Blocks.TASK, Actions.ENTRY_TASK, "Repair login flow")
    value = f"{me.toggl.task('Repair login flow').id}:Repair login flow"
    done = await me.submitted(view, {Blocks.TASK: value})
    assert done.text == "Moved 2 entries to *Repair login flow*."


async def test_entries_are_deleted_and_some_are_ticked_to_come_back(me: Road, tracked: list[Entry]) -> None:
    view = await to_do(me, await chosen(me, 2), "delete")
    assert view.submit == "Delete 2"
    done = await me.submitted(view, {})
    assert done.text == "Deleted 2 entries."
    view = await me.command_opening("/track bulk restore")
    assert len(boxes(view)) == 2
    back = await me.submitted(view, ticked(view, 1))
    assert back.text == "Restored 1 entry."
    deleted = [me.toggl.world.state.entries[entry.id].deleted_at is not None for entry in tracked]
    assert deleted == [False, True]


async def test_one_that_changed_elsewhere_is_shown_before_anything_is_done(me: Road, tracked: list[Entry]) -> None:
    view = await to_do(me, await chosen(me, 2), "break")
    tracked[0].duration = 60
    tracked[1].deleted_at = me.clock()
    assert (await me.submit(view, {})).ok
    view = await me.modal()
    told = str(view.blocks[0])
    assert "1 of them has changed in Toggl in the meantime" in told
    assert "1 no longer exists" in told
    assert tracked[0].type == "activity"
    done = await me.submitted(view, {})
    assert done.text == "1 entry is a break now."


async def test_what_is_ticked_stays_ticked_over_pages(me: Road) -> None:
    for minutes in range(1, 61):
        start = me.clock() - timedelta(minutes=minutes)
        me.toggl.add_entry(WHO, "Stand-up", start=start, duration=timedelta(minutes=1))
    view = await me.command_opening("/track bulk today")
    block_id, button = find_button(view.blocks, Actions.BULK_PAGE, "Older")
    state = ticked(view, 3)
    await me.slack.press(me.person, OnView(view.id), block_id, button["action_id"], button["value"], state)
    await me.slack.settled()
    view = await me.modal()
    assert "3 more are selected on other pages." in view.blocks[0]["text"]["text"]
    assert (await me.submit(view, ticked(view, 2))).ok
    done = await me.submitted(await to_do(me, await me.modal(), "break"), {})
    assert done.text == "5 entries are breaks now."


async def test_nothing_ticked_and_nothing_there_are_said(me: Road) -> None:
    view = await me.command_opening("/track bulk this week")
    assert set((await me.submit(view, {})).errors.values()) == {"Select at least one entry."}
    await me.slack.run_command(me.person, me.channel, "/track bulk 2 jan 2020")

    def told() -> bool:
        [*_, empty] = me.slack.world.modals[me.person]
        return "nothing to choose from" in str(empty.blocks) and empty.submit is None

    await me.slack.until(told)
