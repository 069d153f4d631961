from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from bot.dispatcher.posting import Posted
from bot.domain.subscriptions import Paused
from bot.local.slack.faults import Fault
from bot.local.slack.seed import DESIGN, MARCUS, TEAM_ID, WEBSITE
from bot.services import channel_life
from bot.services.project_watching import arrange
from bot.store import accounts, subscriptions
from tests.jobs.project_updates.following import AT_ONCE, SITE, Town
from tests.road import shown

SECRET = "Merger talks"


@pytest.fixture
async def hidden(town: Town) -> Town:
    """A private project that the seeded member is in, and that a channel followed with that."""
    mika = town.toggl.person("member").focus_id
    town.create(SECRET, private=True, users={mika: False})
    return town


async def test_private_projects_are_told_only_where_somebody_agreed_to_it(hidden: Town) -> None:
    account = await hidden.connect()
    for channel, private in ((WEBSITE, False), (DESIGN, True)):
        await hidden.settings(channel=channel, modes=AT_ONCE)
        await hidden.follow(account, channel=channel, private=private)
    await hidden.begin()
    hidden.change(SECRET, pinned=True)
    await hidden.later()
    assert hidden.said(WEBSITE) == []
    assert hidden.said(DESIGN)[-1] == "*Merger talks* · Pinned"


async def test_nothing_of_a_private_project_stays_where_its_subscriber_lost_sight_of_it(hidden: Town) -> None:
    account = await hidden.connect()
    await hidden.follow(account, SECRET, modes=AT_ONCE, private=True)
    await hidden.begin()
    hidden.change(SECRET, name="Merger with Fjord", users={})
    await hidden.later()
    card, told = hidden.messages()
    assert SECRET not in shown(card) and "may no longer see" in card.text
    assert "No more updates on one project here for now." in told.text and "<@U0MARCUSBEL>" in told.text
    assert not any(word in shown(message) for message in (card, told) for word in ("Merger", "Fjord"))
    assert await hidden.resting() == [Paused.LOST_SIGHT]
    hidden.calls()
    await hidden.later(days=1)
    assert hidden.calls() == [] and await hidden.poll(account) is None


async def test_what_waited_in_a_digest_goes_with_the_right_to_see_it(hidden: Town) -> None:
    account = await hidden.connect()
    await hidden.follow(account, private=True)
    await hidden.begin()
    hidden.change(SECRET, pinned=True)
    await hidden.later()
    hidden.change(SECRET, users={})
    await hidden.later()
    await hidden.later(days=1)
    assert hidden.said() == []
    assert await hidden.resting() == [None]


async def test_what_waited_for_slack_goes_with_the_right_to_see_it(hidden: Town) -> None:
    hidden.refused = {"ratelimited"}
    account = await hidden.connect()
    await hidden.follow(account, SECRET, modes=AT_ONCE, private=True)
    await hidden.begin()
    hidden.works.slack.faults.add(
        Fault(method="chat.postMessage", error="ratelimited", status=429, headers={"Retry-After": "5000"})
    )
    hidden.change(SECRET, pinned=True)
    await hidden.later(minutes=20)
    hidden.change(SECRET, users={})
    await hidden.later(minutes=20)
    await hidden.later(hours=3)
    card, told = hidden.messages()
    assert "may no longer see" in card.text and "No more updates on one project here" in told.text
    assert "The channel may no longer see it." in [error for _, _, error in await hidden.works.history()]


async def test_a_project_that_becomes_private_rests_until_somebody_agrees(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.change(SITE, private=True, name="Alpenglow takeover", users={town.toggl.person("member").focus_id: False})
    await town.later()
    card, told = town.messages()
    assert not any("takeover" in shown(message) for message in (card, told))
    assert [block["elements"][0]["text"]["text"] for block in told.blocks[1:]] == ["Show it here and resume"]
    assert await town.resting() == [Paused.PRIVATE]


async def test_what_waits_for_a_channel_that_was_shared_waits_until_somebody_agrees(town: Town) -> None:
    account = await town.connect()
    followed = await town.follow(account)
    await town.begin()
    town.change(SITE, pinned=True)
    await town.later()
    await channel_life.shared(town.works.store, tenant_id=TEAM_ID, channel_id=town.channel, now=town.clock())
    await town.later(days=1)
    [rests] = town.said()
    assert "this channel is now shared with another organization" in rests
    async with town.works.store.writing() as db:
        await subscriptions.resume(db, [followed.id], now=town.clock())
        await arrange(db, tenant_id=TEAM_ID, team_id=TEAM_ID, channel_id=town.channel, now=town.clock())
    await town.later(days=4)
    assert "*Alpenglow Website* (Alpenglow Hotels) · Pinned" in town.said()[-1]


async def test_whoever_may_not_see_the_workspace_any_more_is_named_once_in_each_channel(town: Town) -> None:
    account = await town.connect()
    await town.follow(account)
    await town.follow(account, SITE, channel=DESIGN)
    await town.begin()
    member = town.toggl.world.find_member(town.toggl.workspace().id, town.toggl.person("member").id)
    assert member is not None
    member.inactive = True
    await town.later()
    for channel in (WEBSITE, DESIGN):
        assert "<@U0MARCUSBEL> can no longer see it in Toggl" in town.said(channel)[-1]
    before = (town.said(WEBSITE), town.said(DESIGN))
    town.calls()
    await town.later(days=2)
    assert (town.said(WEBSITE), town.said(DESIGN)) == before and town.calls() == []


async def test_channels_are_told_once_that_whoever_subscribed_is_gone(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    async with town.works.store.writing() as db:
        await accounts.forget(db, account.id)
    town.change(SITE, pinned=True)
    await town.later()
    assert "whoever subscribed is no longer connected to Toggl here" in town.said()[-1]
    assert await town.resting() == [Paused.DISCONNECTED]
    said = town.said()
    await town.later(days=2)
    assert town.said() == said and town.calls() == []


async def test_a_refused_credential_is_told_to_its_owner_and_the_channel_once_and_not_tried_again(town: Town) -> None:
    account = await town.connect()
    await town.follow(account)
    await town.begin()
    town.toggl.fail("list_projects", status=401, body={"error": "invalid_session"}, times=99)
    await town.later()
    await town.later(days=2)
    assert town.calls().count("list_projects") == 1
    [dm] = [one for one in town.slack_dm(MARCUS) if "no longer accepts your key" in one.text]
    assert "Reconnect" in str(dm.blocks)
    assert "’s credential. They can reconnect." in town.said()[-1]
    assert await town.resting() == [Paused.REFUSED]
    assert await town.poll(account) is None


async def test_an_unreachable_channel_rests_and_holds_nobody_else_up(town: Town) -> None:
    town.refused = {"not_in_channel", "is_archived"}
    account = await town.connect()
    for channel in (WEBSITE, DESIGN):
        await town.settings(channel=channel, modes=AT_ONCE)
        await town.follow(account, channel=channel)
    await town.begin()
    town.works.slack.world.channels[DESIGN].archived = True
    for pinned in (True, False, True):
        town.change(SITE, pinned=pinned)
        await town.later()
    assert sum("Pinned" in text or "Unpinned" in text for text in town.said(WEBSITE)) == 3
    assert town.said(DESIGN) == []
    assert len([one for one in town.slack_dm(MARCUS) if "paused" in one.text]) == 1
    town.channel = DESIGN
    assert await town.resting() == [Paused.NOT_IN_CHANNEL]


async def test_a_project_missing_from_a_list_is_not_deleted_before_toggl_agrees(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, modes=AT_ONCE)
    await town.begin()
    before = await town.written()
    town.toggl.fail("list_projects", status=200, body={"data": [], "page": 1, "per_page": 100, "total": 0})
    await town.later(minutes=5)
    assert town.calls().count("get_project") == 5
    assert town.said() == [] and await town.written() == before


async def test_two_workers_tell_each_change_once(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    for number in range(4):
        town.change(SITE, pinned=number % 2 == 0)
        town.clock.pass_(hours=1)
        for _ in range(3):
            await asyncio.gather(town.works.run_due(), town.works.run_due())
    assert [text.rpartition(" · ")[2] for text in town.said()[1:]] == ["Pinned", "Unpinned", "Pinned", "Unpinned"]


class Dies(Exception):
    """The process is gone."""


async def test_a_process_that_dies_before_or_right_after_a_post_neither_loses_nor_repeats_it(town: Town) -> None:
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    post, died = town.works.posts.post, list[str]()

    async def dying(*args: Any, **kwargs: Any) -> Posted:
        if not died:
            died.append("before")
            raise Dies
        posted = await post(*args, **kwargs)
        if died == ["before"]:
            died.append("after")
            raise Dies
        return posted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(town.works.posts, "post", dying)
        town.change(SITE, pinned=True)
        town.clock.pass_(hours=1)
        for _ in range(6):
            with contextlib.suppress(Dies):
                await town.work()
            town.clock.pass_(seconds=30)
    assert died == ["before", "after"]
    assert [text for text in town.said() if text.endswith("· Pinned")] == [town.said()[-1]]
