from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.local.slack.outcomes import OnView
from bot.views.choices import Choice
from bot.views.ids import Actions, Blocks
from tests.road import Road, find_button, shown

WHO = "member"
pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded member."""
    await road.connect(WHO)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


async def test_a_clear_name_starts_at_once(me: Road) -> None:
    started = await me.command("/track start write report")
    assert started.text == "Started *Write report* at 6:00 AM."
    assert started.ephemeral_to == me.person
    assert me.toggl.running(WHO)


async def test_several_matches_are_offered_and_one_is_picked(me: Road) -> None:
    offered = await me.command("/track start rep")
    assert offered.text == "Which task? These match “rep”."
    started = await me.pressed(offered, Actions.START_TASK, label="Start Repair login flow")
    assert started.text.startswith("Started *Repair login flow* at")
    assert started.ts == offered.ts


async def test_stopping_reports_the_entry_and_the_day(me: Road) -> None:
    await me.command("/track start write report")
    me.clock.pass_(minutes=90)
    stopped = await me.command("/track stop")
    assert stopped.text.startswith("Stopped *Write report* after 1 h 30 min. Today: ")


async def test_a_stop_is_undone_once_however_often_its_button_is_pressed(me: Road) -> None:
    await me.command("/track start write report")
    me.clock.pass_(minutes=30)
    stopped = await me.command("/track stop")
    await asyncio.gather(me.press(stopped, Actions.UNDO), me.pressed(stopped, Actions.UNDO))
    assert stopped.text == "Undone: *Write report* is running again since 6:00 AM."
    assert [call.operation for call in me.toggl.calls].count("start_tracking") == 2
    nothing = await me.command("/track undo")
    assert nothing.text.startswith("There is nothing to undo")


async def test_a_double_click_on_stop_stops_once(me: Road) -> None:
    started = await me.command("/track start write report")
    me.clock.pass_(minutes=30)
    await asyncio.gather(me.press(started, Actions.STOP), me.press(started, Actions.STOP))
    await me.slack.settled()
    assert me.toggl.running(WHO) is None
    assert [call.operation for call in me.toggl.calls].count("stop_tracking") == 1


async def test_stop_after_it_was_stopped_elsewhere_says_so(me: Road) -> None:
    started = await me.command("/track start write report")
    me.toggl.stop_elsewhere(WHO, at=me.clock())
    me.clock.pass_(minutes=30)
    answer = await me.pressed(started, Actions.STOP)
    assert answer.text == "That timer is not running any more, so nothing was changed. No timer is running."


async def test_stop_on_an_old_card_shows_what_runs_now(me: Road) -> None:
    started = await me.command("/track start write report")
    me.clock.pass_(minutes=5)
    me.toggl.start_elsewhere(WHO, "Repair login flow")
    me.clock.pass_(minutes=5)
    answer = await me.pressed(started, Actions.STOP)
    assert answer.text.endswith("*Repair login flow* is running, since 6:05 AM.")
    find_button(answer.blocks, Actions.STOP)


async def test_continue_starts_the_last_task_again(me: Road) -> None:
    await me.command("/track start write report")
    me.clock.pass_(minutes=30)
    await me.command("/track stop")
    me.clock.pass_(minutes=5)
    continued = await me.command("/track continue")
    assert continued.text == "Started *Write report* at 6:35 AM."


async def test_switch_leaves_no_gap_and_undo_brings_the_old_timer_back(me: Road) -> None:
    await me.command("/track start write report")
    me.clock.pass_(minutes=30)
    switched = await me.command("/track switch repair login flow 5m ago")
    assert switched.text == "Switched from *Write report* (25 min) to *Repair login flow* at 6:25 AM."
    undone = await me.pressed(switched, Actions.UNDO)
    assert undone.text.startswith("Undone: *Write report* is running again since 6:00 AM")


async def test_alone_it_shows_what_runs_and_what_could(me: Road) -> None:
    idle = await me.command("/track")
    assert shown(idle).startswith("No timer is running.")
    started = await me.pressed(idle, Actions.START_TASK)
    assert started.text.startswith("Started")
    running = await me.command("/track now")
    assert "is running: 0 s, since 6:00 AM." in running.text


async def test_the_modal_offers_recent_tasks_first_and_starts(me: Road) -> None:
    view = await me.command_opening("/track start")
    offered = await me.options(view, Blocks.TASK, Actions.TASK)
    assert offered[0] == me.toggl.world.state.tasks[me.toggl.entries(WHO)[0].task_id or 0].name
    found = await me.slack.options(me.person, OnView(view.id), Blocks.TASK, Actions.TASK, "login")
    started = await me.submitted(view, {Blocks.TASK: found[0].value, Blocks.WHEN: "15m ago"})
    assert started.text == "Started *Repair login flow* at 5:45 AM."


async def test_a_time_that_is_none_shows_beside_its_field(me: Road) -> None:
    view = await me.command_opening("/track start")
    found = await me.slack.options(me.person, OnView(view.id), Blocks.TASK, Actions.TASK, "login")
    outcome = await me.submit(view, {Blocks.TASK: found[0].value, Blocks.WHEN: "soonish"})
    assert "soonish" in outcome.errors[Blocks.WHEN]
    assert "`" not in outcome.errors[Blocks.WHEN]
    assert me.toggl.running(WHO) is None


async def test_a_new_task_asks_for_its_project_once_for_the_channel(me: Road) -> None:
    offered = await me.command("/track start Zebra crossing")
    assert offered.text == "No task matches “Zebra crossing”. Nothing was started."
    await me.press(offered, Actions.CREATE_AND_START)
    view = await me.modal()
    projects = await me.slack.options(me.person, OnView(view.id), Blocks.PROJECT, Actions.PROJECT, "monthly")
    started = await me.submitted(view, {Blocks.PROJECT: projects[0].value, Blocks.REMEMBER: ["remember"]})
    assert "*Zebra crossing*" in started.text
    assert me.toggl.task("Zebra crossing").project_id
    me.clock.pass_(minutes=1)
    second = await me.command("/track start Umbrella stand")
    begun = await me.pressed(second, Actions.CREATE_AND_START)
    assert "*Umbrella stand*" in begun.text
    assert me.toggl.task("Umbrella stand").project_id == me.toggl.task("Zebra crossing").project_id


async def test_the_start_is_edited_in_words(me: Road) -> None:
    started = await me.command("/track start write report")
    await me.press(started, Actions.EDIT_START)
    view = await me.modal()
    moved = await me.submitted(view, {Blocks.WHEN: "10m ago"})
    assert moved.text == "*Write report* now counts from 5:50 AM."


async def test_a_start_changed_elsewhere_is_shown_as_it_is_before_it_is_overwritten(me: Road) -> None:
    started = await me.command("/track start write report")
    await me.press(started, Actions.EDIT_START)
    view = await me.modal()
    running = me.toggl.running(WHO)
    assert running
    running.start = me.clock() - timedelta(minutes=30)
    assert (await me.submit(view, {Blocks.WHEN: "10m ago"})).ok
    again = await me.modal()
    assert "Time: *5:30 AM*, yours *5:50 AM*" in str(again.blocks)
    assert (now := me.toggl.running(WHO)) and now.start == me.clock() - timedelta(minutes=30)
    moved = await me.submitted(again, {Blocks.WHEN: "10m ago"})
    assert moved.text == "*Write report* now counts from 5:50 AM."
    assert (now := me.toggl.running(WHO)) and now.start == me.clock() - timedelta(minutes=10)


async def test_a_hostile_name_wakes_nobody(me: Road) -> None:
    hostile = "<!channel> & <@U1>"
    started = await me.command(f'/track start "{hostile}"')
    if "Which" in started.text or "No task" in started.text:
        started = await me.pressed(started, Actions.START_TASK)
    assert "<!channel>" not in shown(started)
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in started.text


async def test_a_spent_quota_says_when_it_resets(me: Road) -> None:
    me.toggl.spend_quota(WHO)
    answer = await me.command("/track stop")
    assert "hourly limit" in answer.text
    assert "Nothing was saved" in answer.text


async def test_a_toggl_that_is_down_says_what_was_saved_and_can_be_tried_again(me: Road) -> None:
    await me.command("/track")
    me.toggl.fail("start_tracking", status=503, times=20)
    answer = await me.command("/track start write report")
    assert "Nothing was saved" in answer.text
    me.toggl.faults.clear()
    started = await me.pressed(answer, Actions.RETRY)
    assert started.text.startswith("Started *Write report*")


async def test_an_answer_that_got_lost_is_looked_up(me: Road) -> None:
    await me.command("/track")
    me.toggl.fail("start_tracking", drop="after")
    started = await me.command("/track start write report")
    assert started.text.startswith("Started *Write report*")
    assert [entry.duration for entry in me.toggl.entries(WHO)].count(None) == 1


async def test_a_slow_toggl_is_answered_later(me: Road) -> None:
    await me.command("/track")
    me.toggl.fail("start_tracking", delay=1.8)
    started = await me.command("/track start write report")
    assert started.text.startswith("Started *Write report*")


async def test_a_refused_credential_leads_to_a_new_one(me: Road) -> None:
    me.toggl.fail("get_current_tracking", status=401)
    me.toggl.fail("list_time_entries", status=401)
    answer = await me.command("/track")
    find_button(answer.blocks, Actions.CONNECT_LINK)


async def test_a_button_with_a_foreign_value_changes_nothing(me: Road) -> None:
    started = await me.command("/track start rep")
    _, element = find_button(started.blocks, Actions.START_TASK)
    element["value"] = Choice("Gone", task_id=999_999_999).value()
    answer = await me.pressed(started, Actions.START_TASK)
    assert "cannot find" in answer.text
    assert me.toggl.running(WHO) is None
