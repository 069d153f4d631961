from __future__ import annotations

from datetime import timedelta

import pytest

from bot.local.slack.outcomes import OnMessage
from bot.local.toggl.records import Entry
from bot.views.entry_pieces import Deed
from bot.views.ids import Actions
from tests.road import Road, find_button, shown

WHO = "member"


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member."""
    await road.connect(WHO)
    return road


@pytest.fixture
def tracked(me: Road) -> Entry:
    """An hour this morning (in New York, where the person is)."""
    return me.toggl.add_entry(WHO, "Write report", start=me.clock() - timedelta(hours=2), duration=timedelta(hours=1))


@pytest.mark.usefixtures("tracked")
async def test_the_list_shows_each_day_with_its_total_and_turns_its_pages_in_place(me: Road) -> None:
    listed = await me.command("/track list")
    assert listed.ephemeral_to == me.person
    assert "Today  ·  5 h 5 min\n*Write report*\n4:00 AM – 5:00 AM  ·  1 h  ·  Monthly Reporting" in shown(listed)
    assert "Page 1 of 2" in listed.text
    older = await me.pressed(listed, Actions.LIST_PAGE, label="Older")
    assert older.ts == listed.ts
    assert "Page 2 of 2" in older.text
    assert "continued" in shown(older)
    newer = await me.pressed(older, Actions.LIST_PAGE, label="Newer")
    assert newer.text == listed.text or "Page 1 of 2" in newer.text
    assert me.toggl.calls.operations == ["list_time_entries"]


@pytest.mark.usefixtures("tracked")
async def test_the_list_shows_what_its_own_menu_changed_without_another_call(me: Road) -> None:
    listed = await me.command("/track list")
    block_id, menu = find_button(listed.blocks, Actions.ENTRY_DEED)
    value = next(each["value"] for each in menu["options"] if each["value"].startswith(f"{Deed.ARCHIVE}:"))
    place = OnMessage(listed.channel_id, listed.ts)
    assert (await me.slack.press(me.person, place, block_id, menu["action_id"], value)).ok
    await me.slack.until(lambda: "archived" in shown(listed))
    assert me.toggl.calls.operations.count("list_time_entries") == 1


async def test_filters_are_said_back_and_an_empty_list_says_what_to_do(me: Road) -> None:
    listed = await me.command("/track list today type:break nothing-like-this")
    assert listed.text == "*Your time today*: no matching entries."
    assert "Only breaks" in shown(listed)
    assert "With “nothing-like-this”" in shown(listed)
    assert "Leave out a filter" in shown(listed)


async def test_a_filter_that_is_none_is_explained(me: Road) -> None:
    assert "`type:activity` or `type:break`" in (await me.command("/track list type:nap")).text
    assert "needs a value" in (await me.command("/track list task:")).text


async def test_a_page_of_tomorrow_s_click_still_shows_the_same_days(me: Road, tracked: Entry) -> None:
    listed = await me.command("/track list today")
    me.clock.pass_(days=1)
    again = await me.pressed(listed, Actions.LIST_PAGE, label="Refresh")
    assert again.text.startswith("*Your time yesterday*")
    assert find_button(again.blocks, Actions.ENTRY_DEED)[1]["options"][0]["value"].split(":")[2] == str(tracked.id)
