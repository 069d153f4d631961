from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.world import View
from bot.views.ids import Actions, Blocks
from tests.road import Road, find_button

WHO = "member"


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member."""
    await road.connect(WHO)
    return road


async def opened(me: Road) -> View:
    """Open the Home; what it shows then."""
    before = hash_of(me)
    await me.slack.open_home(me.person)
    return await published(me, before)


async def published(me: Road, before: str) -> View:
    """The Home once it is another than `before`."""
    await me.slack.until(lambda: hash_of(me) != before)
    return me.slack.world.homes[me.person]


def hash_of(me: Road) -> str:
    home = me.slack.world.homes.get(me.person)
    return home.hash if home else ""


async def pressed(me: Road, home: View, action_id: str, label: str | None = None) -> View:
    """Press a button of the Home; the Home that follows."""
    before = hash_of(me)
    await press(me, home, action_id, label)
    return await published(me, before)


async def press(me: Road, home: View, action_id: str, label: str | None = None) -> None:
    block_id, element = find_button(home.blocks, action_id, label)
    outcome = await me.slack.press(me.person, OnView(home.id), block_id, element["action_id"], element.get("value"))
    assert outcome.ok, outcome


def says(view: View) -> str:
    """Everything that a view says."""
    return "\n".join(_texts(view.blocks))


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    return [text for item in part for text in _texts(item)] if isinstance(part, list) else []


def dm(me: Road) -> list[str]:
    """What the bot wrote to the person."""
    channel = me.slack.world.dm_of(me.person)
    return [message.text for message in me.slack.world.seen_by(me.person, channel.id)] if channel else []


async def test_before_connecting_it_says_what_there_is_to_connect_for(road: Road) -> None:
    home = await opened(road)
    assert "`/track start write report` starts a timer" in says(home)
    await press(road, home, Actions.CONNECT)
    [invitation] = await road.slack.until(lambda: road.slack.world.modals.get(road.person, []))
    find_button(invitation.blocks, Actions.CONNECT_LINK)
    assert list(road.toggl.calls) == []


async def test_it_shows_the_timer_the_week_and_the_account_with_two_calls(me: Road) -> None:
    home = await opened(me)
    assert sorted(str(call.operation) for call in me.toggl.calls) == ["list_projects", "list_time_entries"]
    assert "*No timer is running.*" in says(home)
    assert "*Thu* (today)" in says(home)
    assert [block["type"] for block in home.blocks].count("data_visualization") == 1
    assert "Toggl calls left: " in says(home)
    find_button(home.blocks, Actions.START_TASK)


async def test_start_and_stop_show_there_at_once_with_their_undo_and_nowhere_else(me: Road) -> None:
    home = await opened(me)
    before = dm(me)
    me.toggl.calls.clear()
    home = await pressed(me, home, Actions.START_TASK)
    assert "is running: 0 s, since 6:00 AM." in says(home)
    me.clock.pass_(seconds=50)
    home = await pressed(me, home, Actions.STOP)
    assert "Stopped *" in says(home)
    assert [call.operation for call in me.toggl.calls] == ["start_tracking", "stop_tracking"]
    home = await pressed(me, home, Actions.UNDO)
    assert "is running again since 6:00 AM." in says(home)
    assert "is running: " in says(home)
    assert dm(me) == before


async def test_a_command_elsewhere_shows_while_the_home_is_looked_at(me: Road) -> None:
    await opened(me)
    before = hash_of(me)
    await me.command("/track start write report")
    home = await published(me, before)
    assert "*Write report* is running" in says(home)
    me.clock.pass_(hours=2)
    before = hash_of(me)
    await me.command("/track stop")
    await me.slack.settled()
    assert hash_of(me) == before
    assert "Stopped *Write report* after 2 h" in says(await opened(me))


async def test_a_modal_from_the_home_answers_there(me: Road) -> None:
    home = await opened(me)
    written = dm(me)
    await press(me, home, Actions.OPEN_START)
    form = await me.modal()
    before = hash_of(me)
    found = await me.slack.options(me.person, OnView(form.id), Blocks.TASK, Actions.TASK, "login")
    outcome = await me.submit(form, {Blocks.TASK: found[0].value})
    assert outcome.ok
    home = await published(me, before)
    assert "Started *Repair login flow* at 6:00 AM." in says(home)
    assert me.slack.world.modals.get(me.person, []) == []
    assert dm(me) == written


async def test_what_could_not_be_done_is_said_above_the_home(me: Road) -> None:
    home = await opened(me)
    home = await pressed(me, home, Actions.START_TASK)
    me.toggl.stop_elsewhere(WHO, at=me.clock())
    me.clock.pass_(minutes=5)
    await press(me, home, Actions.STOP)
    [note] = await me.slack.until(lambda: me.slack.world.modals.get(me.person, []))
    assert "That timer is not running any more" in says(note)


async def test_what_changed_elsewhere_shows_on_refresh(me: Road) -> None:
    home = await opened(me)
    me.toggl.start_elsewhere(WHO, "Write report", at=me.clock())
    me.clock.pass_(minutes=5)
    home = await pressed(me, home, Actions.REFRESH_HOME)
    assert "*Write report* is running: 5 min" in says(home)


async def test_the_messages_tab_asks_nothing(me: Road) -> None:
    await me.slack.open_home(me.person, "messages")
    await me.slack.settled()
    assert list(me.toggl.calls) == []
    assert hash_of(me) == ""


async def test_a_spent_quota_leaves_the_rest_of_the_home(me: Road) -> None:
    await me.command("/track start write report")
    me.clock.pass_(minutes=5)
    me.toggl.spend_quota(WHO)
    home = await opened(me)
    assert "hourly limit" in says(home)
    assert "Started *Write report*" in says(home)


async def test_a_refused_credential_leads_to_a_new_one(me: Road) -> None:
    me.toggl.fail("list_time_entries", status=401)
    home = await opened(me)
    assert "no longer accepts your key" in says(home)
    find_button(home.blocks, Actions.CONNECT, "Reconnect")
    assert dm(me) == []


async def test_a_pinned_projects_tasks_come_first(me: Road) -> None:
    project = next(project for project in me.toggl.world.state.projects.values() if project.pinned)
    home = await opened(me)
    await press(me, home, Actions.START_IN_PROJECT, f"Start a timer in {project.name}")
    form = await me.modal()
    first = (await me.options(form, Blocks.TASK, Actions.TASK))[0]
    assert me.toggl.task(first).project_id == project.id


async def test_disconnecting_makes_the_home_a_strangers(me: Road) -> None:
    await opened(me)
    asked = await me.command("/toggl disconnect")
    before = hash_of(me)
    await me.press(asked, Actions.DISCONNECT)
    home = await published(me, before)
    assert "Track time without leaving Slack" in says(home)
