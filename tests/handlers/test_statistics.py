"""`/toggl stats`, now: what is shown, to whom, out of whose calls; and agreeing to be counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.local.slack.seed import LENA, MARCUS
from bot.local.slack.world import Message
from bot.services import statistics
from bot.store import accounts, consents
from bot.views.ids import Actions
from tests.handlers.reaching import reaches
from tests.handlers.test_report import CHARTS, file_of, kinds
from tests.local_toggl import operations
from tests.road import Road, shown

MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
async def me(road: Road) -> Road:
    """Marcus, connected as the seeded admin with both products; nothing is tracked but what a test adds."""
    await road.connect("admin", track=True)
    for entry in road.toggl.world.state.entries.values():
        entry.deleted_at = road.clock()
    return road


async def colleague(me: Road, *, agrees: bool) -> None:
    """Lena, connected as the seeded member."""
    me.person = LENA
    await me.connect("member")
    me.person = MARCUS
    if agrees:
        await agree(me, LENA)


async def agree(me: Road, user_id: str) -> None:
    team = me.slack.world.team_id
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=team, user_id=user_id)
        assert account
        await consents.give(db, account_id=account.id, topic=statistics.TOPIC, now=me.clock())


def track(me: Road, who: str, hours: float, task: str = "Seat map", *, at: datetime = MONDAY) -> None:
    me.toggl.add_entry(who, task, start=at, duration=timedelta(hours=hours))


def rows(message: Message, caption: str) -> list[list[str]]:
    """The rows of a table below its heading."""
    [table] = [block for block in message.blocks if block.get("caption") == caption]
    return [[cell["text"] for cell in row] for row in table["rows"][1:]]


@reaches("get_workspace_statistics")
async def test_statistics_are_private_with_charts_and_their_tables(me: Road) -> None:
    await colleague(me, agrees=True)
    await agree(me, MARCUS)
    track(me, "admin", 2)
    track(me, "member", 1, "Wireframes")
    track(me, "member", 4, at=MONDAY - timedelta(days=7))

    told = await me.command("/toggl stats this week")

    assert told.ephemeral_to == me.person
    assert kinds(told)[:3] == ["section", *CHARTS]
    assert "*3 h* tracked by 2 people who agreed to be counted." in told.text
    assert "12 members · 2 admins (Astrid Holm, Sofia Marín) · 3 groups" in told.text
    assert "1 h less than at the same point of the previous period" in told.text
    assert rows(told, "By project") == [
        ["Fjord Ferries Booking · Fjord Ferries", "2 h", "67%", "4 h"],
        ["Alpenglow Website · Alpenglow Hotels", "1 h", "33%", "–"],
    ]
    assert [row[:2] for row in rows(told, "By person")] == [["admin", "2 h"], ["member", "1 h"]]
    assert "10 members are not connected here." in shown(told)


async def test_it_costs_a_call_for_the_figures_one_for_the_rounding_and_one_of_each_who_agreed(me: Road) -> None:
    await colleague(me, agrees=True)
    await agree(me, MARCUS)
    track(me, "admin", 2)

    told = await me.command("/toggl stats")
    assert sorted(operations(me.toggl)) == [
        "get_workspace",
        "get_workspace_statistics",
        "stream_time_entries",
        "stream_time_entries",
    ]
    await me.press(told, Actions.STATISTICS_CSV)
    await file_of(me, "statistics-2026-11-08-2026-11-14.csv")
    assert operations(me.toggl) == ["get_workspace_statistics"]


async def test_nobody_is_counted_who_did_not_agree(me: Road) -> None:
    await colleague(me, agrees=False)
    track(me, "member", 5)

    told = await me.command("/toggl stats")

    assert "nobody has agreed to be counted yet" in told.text
    assert "2 people are connected and have not agreed to be counted." in shown(told)
    assert "stream_time_entries" not in operations(me.toggl)


async def test_agreeing_and_taking_it_back_count_at_once(me: Road) -> None:
    track(me, "admin", 2)
    told = await me.command("/toggl stats")
    assert "*May your hours be counted, too?*" in shown(told)

    agreed = await me.pressed(told, Actions.STATISTICS_AGREE)
    assert agreed.text == "Your hours are counted in the statistics of your workspace from now on. Thank you."
    assert "*2 h* tracked by 1 person" in (await me.command("/toggl stats")).text

    said = await me.command("/toggl stats me")
    assert "Your hours have been counted since today." in shown(said)
    withdrawn = await me.pressed(said, Actions.STATISTICS_WITHDRAW)
    assert "no longer counted" in withdrawn.text
    assert "nobody has agreed" in (await me.command("/toggl stats")).text


async def test_whoever_is_not_connected_can_say_no_and_yes(road: Road) -> None:
    said = await road.command("/toggl stats me")
    assert "not counted" in said.text
    assert "counted in the statistics" in (await road.pressed(said, Actions.STATISTICS_AGREE)).text


async def test_the_period_before_takes_its_place(me: Road) -> None:
    await agree(me, MARCUS)
    track(me, "admin", 2)
    told = await me.command("/toggl stats this month")
    assert "November 2026" in told.text

    before = await me.pressed(told, Actions.STATISTICS_SHOW)

    assert before.ts == told.ts
    assert "October 2026" in before.text
    assert "*Nothing tracked* by the 1 person who is counted." in before.text


async def test_the_file_has_sums_and_no_entries(me: Road) -> None:
    await agree(me, MARCUS)
    track(me, "admin", 2)
    track(me, "admin", 1, "Salary round")
    told = await me.command("/toggl stats")

    await me.press(told, Actions.STATISTICS_CSV)

    file = await file_of(me, "statistics-2026-11-08-2026-11-14.csv")
    assert file.content.decode("utf-8-sig").splitlines() == [
        "Grouped by,Name,Client,From,Until,Hours,Hours in the previous period",
        "Project,Fjord Ferries Booking,Fjord Ferries,2026-11-08,2026-11-14,2.0000,0.0000",
        "Project,Private projects,,2026-11-08,2026-11-14,1.0000,0.0000",
        *[line for line in file.content.decode().splitlines() if line.startswith("Status")],
        "Person,admin,,2026-11-08,2026-11-14,3.0000,0.0000",
    ]
    assert "Salar" not in file.content.decode()


async def test_the_charts_are_pictures_for_whoever_wants_them(me: Road) -> None:
    await agree(me, MARCUS)
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    told = await me.command("/toggl stats")

    await me.press(told, Actions.STATISTICS_PICTURES)

    picture = await file_of(me, "statistics-2026-11-08-2026-11-14-by-project.png")
    assert picture.content.startswith(b"\x89PNG")
    assert "Hours: " in picture.alt_text


async def test_nothing_to_compare_is_no_picture(me: Road) -> None:
    await agree(me, MARCUS)
    track(me, "admin", 2)
    told = await me.command("/toggl stats")

    said = await me.pressed(told, Actions.STATISTICS_PICTURES)

    assert "nothing to compare" in said.text


async def test_where_charts_are_refused_they_are_pictures_and_the_numbers_stand_in_columns(me: Road) -> None:
    await agree(me, MARCUS)
    track(me, "admin", 2)
    track(me, "admin", 1, "Wireframes")
    me.slack.world.unknown_blocks += CHARTS

    await me.slack.run_command(me.person, me.channel, "/toggl stats")

    await file_of(me, "statistics-2026-11-08-2026-11-14-by-project.png")
    told = await me.slack.until(lambda: [m for m in me.slack.world.seen_by(me.person, me.channel) if m.blocks])
    assert not {*kinds(told[-1])} & {*CHARTS}
    assert "pictures in your direct messages" in shown(told[-1])
    assert shown(told[-1]).count("```") == 6
    me.slack.world.refusals.clear()


async def test_what_toggl_does_not_let_one_see_is_said_kindly(me: Road) -> None:
    me.toggl.fail("get_workspace_statistics", status=403, body="User does not have access to this resource.")
    told = await me.command("/toggl stats")
    assert "Toggl does not let you see the statistics of *Nordlicht Studio*" in told.text
    assert "Ask an admin" in told.text


async def test_without_a_track_credential_one_is_asked_to_connect(road: Road) -> None:
    await road.connect("member")
    told = await road.command("/toggl stats")
    assert "`/toggl stats` needs a Track API token" in told.text
    assert [call.operation for call in road.toggl.calls] == []


async def test_a_period_that_is_none_is_said(me: Road) -> None:
    assert "I don’t understand “by weather” as a period." in (await me.command("/toggl stats by weather")).text
    assert "in the future" in (await me.command("/toggl stats tomorrow")).text


async def test_toggl_out_of_reach_is_said_with_a_button_to_try_again(me: Road) -> None:
    me.toggl.fail("get_workspace_statistics", drop="before", times=20)
    told = await me.command("/toggl stats")
    assert any(block["type"] == "actions" for block in told.blocks)


async def test_a_spent_quota_says_when_it_starts_again(me: Road) -> None:
    me.toggl.spend_quota("admin")
    told = await me.command("/toggl stats")
    assert "resets in" in told.text
