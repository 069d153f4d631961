from __future__ import annotations

import pytest

from bot.local.slack.outcomes import OnMessage, OnView
from bot.local.slack.world import View
from bot.views.choices import NEW
from bot.views.ids import Actions, Blocks, Callbacks
from tests.road import Road

WHO = "member"


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member."""
    await road.connect(WHO)
    return road


async def on_message(me: Road, text: str) -> View:
    """Say something in the channel, and use the message shortcut on it; its form."""
    said = (await me.slack.say(me.person, me.channel, text)).messages[0]
    me.slack.world.messages[me.channel][-1].text = text
    outcome = await me.slack.shortcut(me.person, Callbacks.TRACK_THIS_SHORTCUT, OnMessage(me.channel, said.ts))
    assert outcome.ok, outcome
    return await me.modal()


def initial(view: View, block_id: str) -> str:
    """What a field of the form holds before anybody touched it."""
    element = next(block["element"] for block in view.blocks if block.get("block_id") == block_id)
    chosen = element.get("initial_option")
    return str(chosen["value"] if chosen else element.get("initial_value", ""))


async def test_the_global_shortcut_starts_a_timer_and_answers_in_the_dm(me: Road) -> None:
    outcome = await me.slack.shortcut(me.person, Callbacks.START_SHORTCUT)
    assert outcome.ok
    form = await me.modal()
    found = await me.slack.options(me.person, OnView(form.id), Blocks.TASK, Actions.TASK, "login")
    started = await me.submitted(form, {Blocks.TASK: found[0].value})
    assert started.text == "Started *Repair login flow* at 6:00 AM."
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    assert started.channel_id == dm.id


async def test_the_other_one_logs_past_time(me: Road) -> None:
    assert (await me.slack.shortcut(me.person, Callbacks.LOG_SHORTCUT)).ok
    form = await me.modal()
    assert form.callback_id == Callbacks.LOG


async def test_a_message_becomes_a_task_with_its_words_and_address(me: Road) -> None:
    form = await on_message(me, "<@U0SOFIAROME> could you fix the <https://example.com|header>?\nIt overlaps.")
    assert initial(form, Blocks.TRACK_ON) == f"{NEW}could you fix the header?"
    description = initial(form, Blocks.DESCRIPTION)
    assert "It overlaps.\nhttp" in description
    assert f"/archives/{me.channel}/p" in description
    started = await me.submitted(form, {})
    assert started.text == "Started *could you fix the header?* at 6:00 AM."
    assert started.ephemeral_to == me.person
    assert me.toggl.task("could you fix the header?").description == description


async def test_tasks_that_a_message_mentions_come_first(me: Road) -> None:
    form = await on_message(me, "Can you have a look at repair login flow, and at the Stand-up?")
    assert initial(form, Blocks.TRACK_ON).endswith(":Repair login flow")
    offered = await me.options(form, Blocks.TRACK_ON, Actions.TRACK_ON)
    assert offered[:3] == [
        "Repair login flow",
        "Stand-up",
        "Create “Can you have a look at repair login flow, and at the Stand-up?”",
    ]
    assert (await me.options(form, Blocks.TRACK_ON, Actions.TRACK_ON, "write rep"))[0] == "Write report"
    started = await me.submitted(form, {Blocks.WHEN: "15m ago"})
    assert started.text == "Started *Repair login flow* at 5:45 AM."


async def test_a_new_task_belongs_to_the_channels_project(me: Road) -> None:
    offered = await me.command("/track start Zebra crossing")
    await me.press(offered, Actions.CREATE_AND_START)
    asked = await me.modal()
    projects = await me.slack.options(me.person, OnView(asked.id), Blocks.PROJECT, Actions.PROJECT, "monthly")
    await me.submitted(asked, {Blocks.PROJECT: projects[0].value, Blocks.REMEMBER: ["remember"]})
    form = await on_message(me, "Buy more umbrellas")
    assert initial(form, Blocks.PROJECT) == projects[0].value
    await me.submitted(form, {})
    assert me.toggl.task("Buy more umbrellas").project_id == me.toggl.task("Zebra crossing").project_id


async def test_a_time_that_is_none_shows_beside_its_field(me: Road) -> None:
    form = await on_message(me, "Buy more umbrellas")
    outcome = await me.submit(form, {Blocks.WHEN: "soonish"})
    assert "soonish" in outcome.errors[Blocks.WHEN]
    assert me.toggl.running(WHO) is None


async def test_a_message_of_4000_characters_and_hostile_marks_fits_its_form(me: Road) -> None:
    form = await on_message(me, "<!channel> & *x* " * 400)
    assert len(initial(form, Blocks.DESCRIPTION)) <= 3000


async def test_whoever_is_not_connected_is_led_there(road: Road) -> None:
    said = (await road.slack.say(road.person, road.channel, "Fix the header")).messages[0]
    before = road.seen()
    at = OnMessage(road.channel, said.ts)
    assert (await road.slack.shortcut(road.person, Callbacks.TRACK_THIS_SHORTCUT, at)).ok
    await road.slack.until(lambda: [item for item in road.seen() if item not in before])
    assert "Connect Toggl" in road.seen()[-1][2]
