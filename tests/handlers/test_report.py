from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.report_groups import By
from bot.local.slack.outcomes import OnMessage
from bot.local.slack.world import File, Message
from bot.views.ids import Actions, Blocks
from tests.local_toggl import operations
from tests.road import Road, find_button, shown

WHO = "member"
CHARTS = ["data_visualization", "data_table"]
pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded member."""
    await road.connect(WHO)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


async def file_of(me: Road, name: str) -> File:
    """The file of this name, once it can be seen in the person's DM."""

    def found() -> list[File]:
        dm = me.slack.world.dm_of(me.person)
        files = me.slack.world.files.values()
        return [file for file in files if dm and file.name == name and file.completed and dm.id in file.channel_ids]

    [file] = await me.slack.until(found)
    return file


async def test_a_report_is_private_and_one_call_with_its_chart_and_table(me: Road) -> None:
    told = await me.command("/track report last week")
    assert operations(me.toggl) == ["stream_time_entries"]
    assert told.ephemeral_to == me.person
    assert kinds(told) == ["section", "data_visualization", "data_table", "context", "actions"]
    assert "by project · Sun, Nov 1 – Sat, Nov 7, 2026" in told.text


async def test_the_words_stand_in_any_order_and_a_wrong_one_is_said(me: Road) -> None:
    assert "by task · October 2026" in (await me.command("/track report by task last month")).text
    assert "by day · Wed, Nov 11, 2026" in (await me.command("/track report yesterday BY DAY")).text
    assert "I don’t understand “by weather” as a period." in (await me.command("/track report by weather")).text
    assert "in the future" in (await me.command("/track report tomorrow")).text


async def test_another_grouping_takes_its_place_without_a_call(me: Road) -> None:
    told = await me.command("/track report last week")
    operations(me.toggl)
    block_id, menu = find_button(told.blocks, Actions.REPORT_BY)
    wanted = next(option["value"] for option in menu["options"] if option["value"].endswith(By.STATUS))
    pressed = await me.slack.press(me.person, OnMessage(told.channel_id, told.ts), block_id, menu["action_id"], wanted)
    assert pressed.ok
    await me.slack.until(lambda: "by status" in told.text)
    assert operations(me.toggl) == []


async def test_the_period_before_is_a_button_away(me: Road) -> None:
    told = await me.command("/track report last week")
    before = await me.pressed(told, Actions.REPORT_SHOW)
    assert before.ts == told.ts
    assert "Sun, Oct 25 – Sat, Oct 31, 2026" in before.text


async def test_an_empty_period_says_what_to_do_next(me: Road) -> None:
    told = await me.command("/track report 2020")
    assert "*Nothing tracked* · 2020" in told.text
    assert "/track log" in told.text


async def test_a_file_goes_to_the_persons_direct_messages(me: Road) -> None:
    told = await me.command("/track report last week csv")
    file = await file_of(me, "report-2026-11-01-2026-11-07.csv")
    assert f"`{file.name}` is in your direct messages." in shown(told)
    rows = file.content.decode("utf-8-sig").splitlines()
    week = [entry for entry in me.toggl.entries(WHO) if date(2026, 11, 1) <= entry.start.date() <= date(2026, 11, 7)]
    assert len(rows) == len(week) + 1
    assert file.channel_ids == [dm.id for dm in [me.slack.world.dm_of(me.person)] if dm]


async def test_the_file_of_a_shown_report_asks_nothing_again(me: Road) -> None:
    told = await me.command("/track report last week")
    operations(me.toggl)
    await me.press(told, Actions.REPORT_CSV)
    await file_of(me, "report-2026-11-01-2026-11-07.csv")
    assert operations(me.toggl) == []
    said = await me.slack.until(lambda: [each for each in me.seen() if "every entry of" in each[2]])
    assert said[0][0] == me.channel


async def test_a_file_that_slack_refuses_is_said_beside_the_report(me: Road) -> None:
    me.slack.world.app.scopes.remove("files:write")
    told = await me.command("/track report last week csv")
    assert "Slack did not accept the file" in shown(told)
    assert kinds(told)[1] == "data_visualization"
    assert {refusal.error for refusal in me.slack.world.refusals} == {"missing_scope"}
    me.slack.world.refusals.clear()


async def test_where_charts_are_refused_the_chart_is_a_picture_and_the_numbers_stand_in_columns(me: Road) -> None:
    me.slack.world.unknown_blocks += CHARTS
    await me.slack.run_command(me.person, me.channel, "/track report last week")
    picture = await file_of(me, "report-2026-11-01-2026-11-07.png")
    assert picture.content.startswith(b"\x89PNG")
    assert "Hours: " in picture.alt_text
    told = await me.slack.until(lambda: [m for m in me.slack.world.seen_by(me.person, me.channel) if m.blocks])
    assert kinds(told[-1]) == ["section", "section", "context", "actions"]
    assert "```" in shown(told[-1])
    me.slack.world.refusals.clear()


async def test_sharing_posts_what_the_form_showed_and_asks_nothing_again(me: Road) -> None:
    told = await me.command("/track report last week")
    operations(me.toggl)
    await me.press(told, Actions.REPORT_SHARE)
    form = await me.modal()
    preview = [block for block in form.blocks if block["type"] in {"section", "context"}][1:]
    assert (await me.submit(form, {Blocks.CHANNEL: me.channel})).ok
    [posted] = await me.slack.until(lambda: public(me))
    assert [block["type"] for block in posted.blocks] == ["section", "data_visualization", "section", "context"]
    assert [texts(block) for block in posted.blocks if block["type"] != "data_visualization"] == list(
        map(texts, preview)
    )
    assert f"<@{me.person}> shared a report" in posted.text
    assert operations(me.toggl) == []


async def test_what_changed_since_the_preview_is_shown_before_it_is_posted(me: Road) -> None:
    told = await me.command("/track report last week")
    await me.press(told, Actions.REPORT_SHARE)
    form = await me.modal()
    me.toggl.add_entry(WHO, "Write report", start=me.clock() - timedelta(days=7), duration=timedelta(hours=9))
    await me.command("/track report last week")
    outcome = await me.submit(form, {Blocks.CHANNEL: me.channel})
    assert outcome.ok
    again = await me.modal()
    assert "Your entries have changed in the meantime." in str(again.blocks)
    assert public(me) == []


async def test_shared_where_charts_are_refused_the_picture_follows(me: Road) -> None:
    await me.slack.invite_app(me.person, me.channel)
    told = await me.command("/track report last week")
    me.slack.world.unknown_blocks += CHARTS
    await me.press(told, Actions.REPORT_SHARE)
    await me.submit(await me.modal(), {Blocks.CHANNEL: me.channel})
    posted = await me.slack.until(lambda: public(me) if len(public(me)) > 1 else [])
    assert [message.files != [] for message in posted] == [False, True]
    assert "data_visualization" not in kinds(posted[0])
    me.slack.world.refusals.clear()


def public(me: Road) -> list[Message]:
    """What the bot said to everybody in the channel."""
    said = me.slack.world.seen_by(me.person, me.channel)
    return [message for message in said if message.by_app and message.ephemeral_to is None]


def texts(block: dict[str, Any]) -> list[str]:
    """What a block says."""
    return [part["text"] for part in (block.get("text"), *block.get("elements", ())) if part]
