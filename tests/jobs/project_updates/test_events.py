from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from bot.domain.subscriptions import Mode, Paused, ProjectEvent, Quiet
from bot.local.slack.seed import TEAM_ID
from bot.services.project_watching import refresh
from bot.store import project_updates, subscriptions
from tests.jobs.project_updates.following import AT_ONCE, SITE, Town
from tests.road import shown

NEW = "Harbour map"


def rename(town: Town) -> None:
    town.change(SITE, name="Alpenglow 2027")


def create(town: Town) -> None:
    town.create(NEW)


CHANGES: dict[str, tuple[ProjectEvent, Callable[[Town], None], str]] = {
    "created": (ProjectEvent.CREATED, create, "*Harbour map*"),
    "renamed": (
        ProjectEvent.RENAMED,
        rename,
        "*Alpenglow 2027* (Alpenglow Hotels) · Renamed from *Alpenglow Website*",
    ),
    "dates": (
        ProjectEvent.DATES,
        lambda town: town.change(SITE, start_date=date(2026, 11, 2), end_date=date(2026, 12, 18)),
        "*Alpenglow Website* (Alpenglow Hotels) · Dates: Nov 2 – Dec 18, 2026",
    ),
    "estimate": (
        ProjectEvent.ESTIMATE,
        lambda town: town.change(SITE, estimated_mins=6000_00),
        "*Alpenglow Website* (Alpenglow Hotels) · Estimate: 10000 h (before: 140 h)",
    ),
    "archived": (
        ProjectEvent.ARCHIVED,
        lambda town: town.change(SITE, archived_at=town.clock()),
        "*Alpenglow Website* (Alpenglow Hotels) · Archived",
    ),
    "deleted": (
        ProjectEvent.DELETED,
        lambda town: town.change(SITE, deleted_at=town.clock()),
        "*Alpenglow Website* (Alpenglow Hotels) · No longer in Toggl: deleted, or hidden from whoever subscribed",
    ),
    "pinned": (
        ProjectEvent.PINNED,
        lambda town: town.change(SITE, pinned=True),
        "*Alpenglow Website* (Alpenglow Hotels) · Pinned",
    ),
}


async def test_the_first_look_tells_nothing_but_shows_the_card_of_a_followed_project(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE)
    await town.follow(account, channel="C0DESIGN001")
    await town.work()
    [card] = town.messages()
    assert card.text.startswith("*Alpenglow Website*\nAlpenglow Hotels · ")
    await town.later()
    assert town.messages() == [card] and town.said("C0DESIGN001") == []


@pytest.mark.parametrize("what", CHANGES)
async def test_each_event_is_told_at_once_in_the_digest_or_not_at_all(town: Town, what: str) -> None:
    event, happen, words = CHANGES[what]
    account = await town.connect()
    channels = {Mode.AT_ONCE: "C0WEBSITE01", Mode.DIGEST: "C0DESIGN001", Mode.OFF: "C0GENERAL01"}
    for mode, channel in channels.items():
        off = dict.fromkeys(ProjectEvent, Mode.OFF)
        await town.settings(channel=channel, modes={**off, event: mode})
        await town.follow(account, channel=channel)
    await town.begin()
    happen(town)
    await town.later()
    assert words in "\n".join(town.said(channels[Mode.AT_ONCE]))
    assert town.said(channels[Mode.DIGEST]) == town.said(channels[Mode.OFF]) == []
    await town.later(days=1)
    [digest] = town.said(channels[Mode.DIGEST])
    assert words in digest
    assert town.said(channels[Mode.OFF]) == []
    told = town.said(channels[Mode.AT_ONCE])
    await town.later(days=3)
    assert town.said(channels[Mode.AT_ONCE]) == told and town.said(channels[Mode.DIGEST]) == [digest]


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_milestones_are_told_once_each_and_a_new_estimate_begins_anew(town: Town) -> None:
    account = await town.connect()
    hours = town.tracked(SITE)
    town.change(SITE, estimated_mins=round(hours * 60 * 100 / 45))
    await town.follow(account, SITE)
    await town.begin()
    town.track(SITE, hours * 0.2)
    await town.later()
    assert next(text for text in town.said() if "of the estimate is used" in text).startswith(
        "*Alpenglow Website* (Alpenglow Hotels) · 50% of the estimate is used: `▰▰▰▰▰▱▱▱▱▱` 5"
    )
    before = town.said()
    await town.later()
    assert town.said() == before
    town.track(SITE, hours * 2)
    await town.later()
    assert "The estimate is used up" in town.said()[-1] and not any("80%" in text for text in town.said()[1:])
    town.change(SITE, estimated_mins=round(hours * 60 * 100))
    await town.later(days=1)
    town.track(SITE, hours * 50)
    await town.later()
    assert "· 50% of the estimate is used" in town.said()[-1]


async def test_where_toggl_tells_no_hours_there_is_no_milestone_and_no_percentage(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE)
    await town.begin()
    town.track(SITE, 500)
    await town.later()
    [card] = town.said()
    assert "%" not in card and "Estimate 140 h" in card


async def test_members_are_asked_for_followed_projects_only_and_told_by_name(town: Town) -> None:
    account = await town.connect(who="admin")
    lena, mika = town.toggl.person("lena").focus_id, town.toggl.person("member").focus_id
    town.kept(SITE).users = {mika: False}
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.follow(account, channel="C0DESIGN001")
    await town.begin()
    town.kept(SITE).users = {lena: True}
    await town.later()
    assert town.said()[-1] == (
        "*Alpenglow Website* (Alpenglow Hotels)\n• Now in the team: Lena Brandt\n• No longer in the team: Mika Tanaka"
    )
    asked = town.calls()
    assert asked.count("list_project_members") == asked.count("list_projects")
    town.kept(SITE).users = {lena: False}
    await town.later()
    assert "No longer managing it: Lena Brandt" in town.said()[-1]


async def test_several_events_since_the_last_look_are_one_post(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.change(SITE, name="Alpenglow 2027", pinned=True, estimated_mins=None, archived_at=town.clock())
    await town.later()
    card, told = town.messages()
    assert told.text == (
        "*Alpenglow 2027* (Alpenglow Hotels)\n• Renamed from *Alpenglow Website*\n• Estimate removed (before: "
        "140 h)\n• Archived\n• Pinned"
    )
    assert ":file_cabinet: archived" in card.text


async def test_nothing_changed_nothing_posted_nothing_written(town: Town) -> None:
    account = await town.connect()
    await town.follow(account)
    await town.follow(account, SITE)
    await town.begin()
    before = await town.written()
    for _ in range(3):
        await town.later(days=1)
    assert await town.written() == before
    assert set(town.calls()) == {"list_projects", "list_project_members"}


async def test_one_list_serves_all_channels_of_a_credential(town: Town) -> None:
    account = await town.connect()
    for channel in ("C0WEBSITE01", "C0DESIGN001", "C0GENERAL01"):
        await town.follow(account, channel=channel)
    for number in range(180):
        town.create(f"Project {number}")
    await town.begin()
    rename(town)
    await town.later(minutes=30)
    pages = -(-len(town.toggl.world.state.projects) // 100)
    asked = town.calls()
    assert set(asked) == {"list_projects"} and len(asked) % pages == 0
    for channel in ("C0WEBSITE01", "C0DESIGN001", "C0GENERAL01"):
        await town.later(days=1)
        assert "Alpenglow 2027" in town.said(channel)[0]


async def test_quiet_hours_hold_posts_back_and_what_was_taken_back_meanwhile_is_not_told(town: Town) -> None:
    account = await town.connect()
    await town.settings(modes=AT_ONCE, quiet=Quiet(time(11), time(20)))
    await town.follow(account, SITE)
    await town.begin()
    [card] = town.said()
    rename(town)
    await town.later()
    town.change("Alpenglow 2027", pinned=True)
    await town.later()
    town.change("Alpenglow 2027", pinned=False)
    await town.later()
    [edited] = town.said()
    assert edited != card and "Alpenglow 2027" in edited
    await town.later(hours=5)
    assert town.said()[1:] == ["*Alpenglow 2027* (Alpenglow Hotels) · Renamed from *Alpenglow Website*"]


async def test_threading_and_broadcasting_are_separate_choices(town: Town) -> None:
    account = await town.connect()
    ways = {
        "C0WEBSITE01": {"threaded": True, "broadcast": True},
        "C0DESIGN001": {"threaded": True, "broadcast": False},
        "C0GENERAL01": {"threaded": False, "broadcast": False},
    }
    for channel, way in ways.items():
        await town.settings(channel=channel, modes=AT_ONCE, **way)
        await town.follow(account, SITE, channel=channel)
    await town.begin()
    rename(town)
    await town.later()
    found = {}
    for channel in ways:
        card, told = town.messages(channel)
        found[channel] = {"threaded": told.thread_ts == card.ts, "broadcast": told.reply_broadcast}
    assert found == ways


async def test_a_project_of_its_own_subscription_is_not_told_twice_by_the_one_to_all(town: Town) -> None:
    marcus, lena = await town.connect(), await town.connect("U0LENAHOFFM", "admin")
    await town.settings(modes=AT_ONCE)
    await town.follow(marcus)
    await town.follow(lena, SITE)
    await town.begin()
    rename(town)
    await town.later()
    assert sum("Renamed" in text for text in town.said()) == 1


async def test_a_card_that_was_deleted_is_posted_anew(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE)
    await town.begin()
    [card] = town.messages()
    card.deleted = True
    town.refused = {"message_not_found"}
    rename(town)
    await town.later()
    [anew] = town.messages()
    assert anew.ts != card.ts and "Alpenglow 2027" in anew.text


async def test_an_unmuted_projects_card_is_brought_up_to_date_among_several_workspaces(town: Town) -> None:
    account = await town.connect(who="admin")
    await town.follow(account, modes=AT_ONCE, workspace="Nordlicht Labs")
    await town.follow(account, modes=AT_ONCE)
    await town.begin()
    town.change(SITE, pinned=True)
    await town.later()
    where: Any = {"tenant_id": TEAM_ID, "channel_id": town.channel}
    number, now = town.kept(SITE).id, town.clock()
    async with town.works.store.writing() as db:
        await subscriptions.mute(db, **where, project_id=number, project_name=SITE, account_id=account.id, now=now)
    town.change(SITE, pinned=False)
    await town.later()
    assert "pinned" in shown(town.messages()[0])
    async with town.works.store.writing() as db:
        await subscriptions.unmute(db, **where, project_ids=[number])
        await refresh(db, **where, project_id=number, now=town.clock())
    await town.work()
    assert "pinned" not in shown(town.messages()[0])
    async with town.works.store.reading() as db:
        assert await project_updates.to_tell(db, **where) == []


async def test_cards_carry_the_buttons_and_no_link_is_unfurled(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE)
    await town.begin()
    [card] = town.messages()
    buttons = [
        element["text"]["text"]
        for block in card.blocks
        for element in block.get("elements", ())
        if element["type"] == "button"
    ]
    assert buttons == ["Log time…", "Show", "Mute this project"]
    assert "<@U0MARCUSBEL>" in shown(card)


async def test_a_deleted_project_that_is_restored_goes_on(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.follow(account, channel="C0DESIGN001")
    await town.begin()
    town.change(SITE, deleted_at=town.clock())
    await town.later()
    assert await town.resting() == ["gone"]
    assert town.calls().count("get_project") == 1
    await town.later(days=1)
    assert "get_project" not in town.calls()
    town.change(SITE, deleted_at=None)
    await town.later()
    assert await town.resting() == [None]
    assert town.said()[-1] == "*Alpenglow Website* (Alpenglow Hotels) · Back again"


async def test_a_deleted_project_is_looked_for_during_a_month_where_nothing_else_is_followed(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.change(SITE, deleted_at=town.clock())
    await town.later()
    await town.later(days=20)
    town.change(SITE, deleted_at=None)
    await town.later()
    assert await town.resting() == [None]
    assert town.said()[-1] == "*Alpenglow Website* (Alpenglow Hotels) · Back again"
    town.change(SITE, deleted_at=town.clock())
    await town.later()
    await town.later(days=31)
    await town.later()
    town.calls()
    await town.later(days=1)
    assert (town.calls(), await town.poll(account)) == ([], None)


async def test_what_is_paused_before_the_digest_is_not_in_it(town: Town) -> None:
    account = await town.connect()
    followed = await town.follow(account, SITE)
    await town.follow(account, "Booking App")
    await town.begin()
    town.change(SITE, pinned=True)
    town.change("Booking App", pinned=True)
    await town.later()
    async with town.works.store.writing() as db:
        await subscriptions.pause(db, [followed.id], reason=Paused.BY_PERSON, now=town.clock())
    await town.later(hours=24)
    assert "*Booking App* (Fjord Ferries) · Pinned" in town.said()[-1] and SITE not in town.said()[-1]


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_the_digest_shows_how_far_everything_is_as_chart_and_table(town: Town) -> None:
    account = await town.connect()
    await town.follow(account)
    await town.begin()
    rename(town)
    await town.later()
    await town.later(hours=24)
    [digest] = town.messages()
    kinds = [block["type"] for block in digest.blocks]
    assert kinds == ["header", "context", "section", "data_visualization", "data_table", "context", "actions"]
    table = digest.blocks[4]["rows"]
    assert [cell["text"] for cell in table[0]] == ["Project", "Used", "Tracked", "Estimate"]
    assert len(table) == len(digest.blocks[3]["chart"]["axis_config"]["categories"]) + 1
    assert "*Alpenglow 2027* (Alpenglow Hotels) · Renamed from *Alpenglow Website*" in digest.text
    assert "How much of each estimate is used. %:" in digest.text
    assert "<@U0MARCUSBEL>" in shown(digest)


async def test_what_is_many_fits_into_several_messages_and_none_is_lost(town: Town) -> None:
    account = await town.connect()
    await town.follow(account)
    names = [town.create(f"{number:03d} {'x' * 140}").name for number in range(120)]
    await town.begin()
    for name in names:
        town.change(name, pinned=True)
    await town.later()
    await town.later(hours=24)
    first, *rest = town.messages()
    assert len(rest) >= 1
    said = "\n".join(shown(message) for message in (first, *rest))
    assert all(f"*{name}* · Pinned" in said for name in names)


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_where_a_workspace_shows_no_charts_the_digest_has_the_numbers_in_lines_and_a_picture(town: Town) -> None:
    town.refused = {"invalid_blocks"}
    town.works.slack.world.unknown_blocks = ["data_visualization", "data_table"]
    account = await town.connect()
    await town.follow(account)
    await town.begin()
    rename(town)
    await town.later()
    await town.later(hours=24)
    digest, *drawn = town.messages()
    assert {block["type"] for block in digest.blocks} == {"header", "context", "section", "actions"}
    assert shown(digest).count("▰") > 10
    [picture] = [town.works.slack.world.files[number] for message in drawn for number in message.files]
    assert picture.name.startswith("projects-")
    assert "How much of each estimate is used" in picture.alt_text
    assert {message.thread_ts for message in drawn} == {digest.ts}
