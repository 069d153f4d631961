from __future__ import annotations

from datetime import timedelta

import pytest

from bot.local.slack.outcomes import OnMessage, OnView
from bot.local.slack.world import View
from bot.views.entry_pieces import Deed
from bot.views.ids import Actions, Blocks
from tests.road import Road, find_button

WHO = "member"
pytestmark = pytest.mark.parametrize("profile", ["2026-08"], indirect=True)


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member with both credentials."""
    await road.connect(WHO, track=True)
    return road


@pytest.fixture
async def without_track(road: Road) -> Road:
    """The person in Slack, connected as the seeded member with a Focus key alone."""
    await road.connect(WHO)
    return road


def clear(me: Road) -> None:
    """Nothing was tracked, so that nothing overlaps."""
    for entry in me.toggl.entries(WHO):
        entry.deleted_at = me.clock()


def asks(view: View) -> list[str]:
    """The inputs of a form."""
    return [block["block_id"] for block in view.blocks if block["type"] == "input"]


def first_tag(view: View) -> str:
    """The first tag that the form offers."""
    block = next(block for block in view.blocks if block.get("block_id") == Blocks.TAGS)
    return str(block["element"]["options"][0]["value"])


async def test_what_the_workspace_demands_is_asked_before_toggl_is(me: Road) -> None:
    me.toggl.demand("description", "project", "tag", "task")
    form = await me.command_opening("/track start write report")
    assert asks(form) == [Blocks.DESCRIPTION, Blocks.TAGS]  # the project comes with the task
    assert "start_tracking" not in [call.operation for call in me.toggl.calls]
    chosen = first_tag(form)
    started = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two", Blocks.TAGS: [chosen]})
    assert started.text == "Started *Write report* at 6:00 AM."
    running = me.toggl.running(WHO)
    assert running
    assert (running.description, running.tag_ids) == ("Chapter two", [int(chosen)])


async def test_it_is_asked_once_an_hour_what_is_demanded(me: Road) -> None:
    for _ in range(2):
        await me.command("/track start write report")
        await me.command("/track stop")
        me.clock.pass_(minutes=10)
    assert [call.operation for call in me.toggl.calls].count("get_time_entry_constraints") == 1


async def test_a_task_without_a_project_asks_for_one(me: Road) -> None:
    me.toggl.demand("project")
    offered = await me.command("/track start Zebra crossing")
    await me.press(offered, Actions.CREATE_AND_START)
    new = await me.modal()
    assert (await me.submit(new, {Blocks.PROJECT: None})).ok
    form = await me.modal()
    assert asks(form) == [Blocks.PROJECT]
    projects = await me.slack.options(me.person, OnView(form.id), Blocks.PROJECT, Actions.PROJECT, "monthly")
    started = await me.submitted(form, {Blocks.PROJECT: projects[0].value})
    assert started.text == "Started *Zebra crossing* at 6:00 AM."


async def test_a_refusal_opens_the_form_where_nothing_could_be_asked_before(without_track: Road) -> None:
    me = without_track
    me.toggl.demand("description")
    form = await me.command_opening("/track start write report")
    assert asks(form) == [Blocks.DESCRIPTION]
    started = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two"})
    assert started.text == "Started *Write report* at 6:00 AM."


async def test_a_timer_that_cannot_stop_is_completed_first(without_track: Road) -> None:
    me = without_track
    me.toggl.start_elsewhere(WHO, "Write report", at=me.clock() - timedelta(minutes=30))
    me.toggl.demand("description")
    form = await me.command_opening("/track stop")
    stopped = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two"})
    assert stopped.text.startswith("Stopped *Write report* after 30 min.")
    entry = me.toggl.entries(WHO)[0]
    assert (entry.description, entry.duration) == ("Chapter two", 1800)


async def test_a_timer_without_a_task_is_completed_as_well(without_track: Road) -> None:
    me = without_track
    started = me.toggl.start_elsewhere(WHO, "Write report", at=me.clock() - timedelta(minutes=30))
    started.task_id, started.project_id, started.description = None, None, "Call with the printers"
    me.toggl.demand("project")
    form = await me.command_opening("/track stop")
    assert "*Call with the printers*, which is running" in str(form.blocks)
    projects = await me.slack.options(me.person, OnView(form.id), Blocks.PROJECT, Actions.PROJECT, "monthly")
    stopped = await me.submitted(form, {Blocks.PROJECT: projects[0].value})
    assert stopped.text.startswith("Stopped *Call with the printers* after 30 min.")


async def test_the_same_before_a_switch_goes_on_to_what_was_wanted(without_track: Road) -> None:
    me = without_track
    me.toggl.start_elsewhere(WHO, "Write report", at=me.clock() - timedelta(minutes=30))
    me.toggl.demand("description")
    completing = await me.command_opening("/track switch repair login flow")
    assert (await me.submit(completing, {Blocks.DESCRIPTION: "Chapter two"})).ok
    asked = await me.modal()
    started = await me.submitted(asked, {Blocks.DESCRIPTION: "It fails"})
    assert "*Repair login flow*" in started.text
    now = me.toggl.running(WHO)
    assert now
    assert now.description == "It fails"


async def test_several_past_entries_are_asked_once_and_logged_together(me: Road) -> None:
    clear(me)
    me.toggl.demand("description")
    form = await me.command_opening("/track log 1-2 Write report, 3-4 Write report")
    assert asks(form) == [Blocks.DESCRIPTION]
    before = len(me.toggl.entries(WHO))
    logged = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two"})
    assert logged.text.startswith("Logged ")
    entries = me.toggl.entries(WHO)
    assert len(entries) == before + 2
    assert [entry.description for entry in entries].count("Chapter two") == 2


async def test_twenty_entries_on_tasks_with_long_names_are_asked_as_well(me: Road) -> None:
    clear(me)
    me.toggl.demand("description")
    me.toggl.task("Write report").name = "Quarterly " + "“report” & numbers " * 12
    lines = ", ".join(
        f"{minute // 60}:{minute % 60:02}-{(minute + 5) // 60}:{(minute + 5) % 60:02} quarterly"
        for minute in range(0, 100, 5)
    )
    form = await me.command_opening(f"/track log {lines}")
    logged = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two"})
    assert logged.text.startswith("Logged 20 entries")
    assert [entry.description for entry in me.toggl.entries(WHO)].count("Chapter two") == 20


async def test_a_refused_log_opens_the_form_too(without_track: Road) -> None:
    me = without_track
    clear(me)
    me.toggl.demand("description")
    form = await me.command_opening("/track log 1-2 Write report")
    logged = await me.submitted(form, {Blocks.DESCRIPTION: "Chapter two"})
    assert logged.text.startswith("Logged ")


async def test_the_right_to_ask_may_fail_and_nothing_is_lost(me: Road) -> None:
    me.toggl.fail("get_time_entry_constraints", status=500, times=5)
    started = await me.command("/track start write report")
    assert started.text == "Started *Write report* at 6:00 AM."


async def test_continuing_from_a_list_asks_as_well(me: Road) -> None:
    me.toggl.add_entry(WHO, "Write report", start=me.clock() - timedelta(hours=2), duration=timedelta(hours=1))
    me.toggl.demand("description")
    listed = await me.command("/track list today")
    block_id, menu = find_button(listed.blocks, Actions.ENTRY_DEED)
    value = next(each["value"] for each in menu["options"] if each["value"].startswith(f"{Deed.CONTINUE}:"))
    await me.slack.press(me.person, OnMessage(listed.channel_id, listed.ts), block_id, menu["action_id"], value)
    started = await me.submitted(await me.modal(), {Blocks.DESCRIPTION: "Chapter two"})
    assert started.text == "Started *Write report* at 6:00 AM."
    assert (running := me.toggl.running(WHO)) and running.description == "Chapter two"
