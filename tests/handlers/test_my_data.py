from __future__ import annotations

import json

import pytest

from tests.road import FOCUS_KEYS, TRACK_TOKENS, Road


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member with both credentials."""
    await road.connect("member", track=True)
    return road


async def test_everything_stored_comes_as_a_file_to_the_dm_without_a_secret(me: Road) -> None:
    await me.command("/track start write report")
    said = await me.command("/toggl export")
    [file] = await me.slack.until(lambda: [file for file in me.slack.world.files.values() if file.completed])
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    assert (file.name, file.channel_ids) == ("toggl-in-slack-2026-11-12.json", [dm.id])
    stored = json.loads(file.content)["stored"]
    assert {"accounts", "credentials", "workspaces", "undo_actions"} <= stored.keys()
    assert stored["undo_actions"][0]["payload"]["type"] == "start"
    text = file.content.decode()
    assert FOCUS_KEYS["member"] not in text
    assert TRACK_TOKENS["member"] not in text
    assert "toggl-in-slack-2026-11-12.json" in said.text


async def test_the_quota_is_what_toggl_says_now(me: Road) -> None:
    me.toggl.spend_quota("member", remaining=17)
    said = await me.command("/toggl quota")
    assert said.text == "*Nordlicht Studio:* 17 of 600 calls to Toggl left until 7:00 AM."
    assert [call.operation for call in me.toggl.calls] == ["get_my_quota"]


async def test_without_track_it_is_what_toggl_said_last(road: Road) -> None:
    await road.connect("member")
    assert (await road.command("/toggl quota")).text.startswith("Toggl has not said yet")
    await road.command("/track stop")
    calls = len(list(road.toggl.calls))
    assert (await road.command("/toggl quota")).text == "*Nordlicht Studio:* 599 calls to Toggl left until 7:00 AM."
    assert len(list(road.toggl.calls)) == calls


async def test_where_the_quota_cannot_be_asked_what_toggl_said_last_counts(me: Road) -> None:
    await me.command("/track stop")
    me.toggl.fail("get_my_quota", status=403)
    assert (await me.command("/toggl quota")).text == "*Nordlicht Studio:* 599 calls to Toggl left until 7:00 AM."


async def test_a_stranger_may_take_what_little_there_is(road: Road) -> None:
    await road.command("/toggl export")
    [file] = await road.slack.until(lambda: [file for file in road.slack.world.files.values() if file.completed])
    assert list(json.loads(file.content)["stored"]) == ["accounts"]
