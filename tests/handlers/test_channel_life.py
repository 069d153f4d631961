from __future__ import annotations

import asyncio

import pytest

from bot.domain.subscriptions import Paused
from bot.local.slack.seed import MARCUS, SOFIA
from bot.local.slack.world import Message
from bot.local.toggl.faults import Fault
from bot.services import resting
from bot.services.project_watching import DIGEST, POLL
from bot.store import accounts, schedules, subscriptions
from bot.store.tables import Subscription
from bot.views.ids import Actions
from tests.handlers.subscribing import said, sees
from tests.road import TEAM, Road, shown

REMOVED = "I was removed from <#C0WEBSITE01>. On hold until I am invited again: 2 subscriptions of yours."


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, in a channel that follows the Booking App."""
    await road.connect("admin", track=True)
    await said(road, "/project subscribe booking app", "follows *Booking App* now.")
    await said(road, "/project subscribe booking backend", "follows *Booking Backend* now.")
    return road


async def rows(me: Road, channel_id: str | None = None) -> list[Subscription]:
    async with me.store.reading() as db:
        found = await subscriptions.of_channel(db, tenant_id=TEAM, channel_id=channel_id or me.channel)
    return [row for row, _ in found]


async def reasons(me: Road) -> set[str | None]:
    """Once every event was dealt with: why the channel's subscriptions rest."""
    return {row.pause_reason for row in await rows(me)}


async def has_digest(me: Road) -> bool:
    async with me.store.reading() as db:
        return await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel) is not None


async def told_in_dm(me: Road, words: str) -> Message:
    """What the person is told in their messages, once the due work is done."""
    await me.run_due()
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    return await sees(me, words, channel=dm.id)


async def until(me: Road, *expected: str | None) -> None:
    """Wait until the event was acted on."""
    async with asyncio.timeout(20):
        while await reasons(me) != set(expected):  # noqa: ASYNC110 (nothing tells when it was acted on)
            await asyncio.sleep(0.02)


async def test_an_archived_channel_rests_is_told_once_and_goes_on_when_it_is_back(me: Road) -> None:
    await me.slack.archive_channel(SOFIA, me.channel)
    await until(me, Paused.ARCHIVED_CHANNEL)
    assert not await has_digest(me)
    told = await told_in_dm(me, "was archived. On hold until it is back: 2 subscriptions of yours.")
    await me.press(told, Actions.UPDATES_LIST)
    await me.slack.unarchive_channel(SOFIA, me.channel)
    await until(me, None)
    assert await has_digest(me)


async def test_a_removed_bot_rests_and_goes_on_when_it_is_invited_again(me: Road) -> None:
    await me.slack.remove_app(SOFIA, me.channel)
    await until(me, Paused.NOT_IN_CHANNEL)
    await told_in_dm(me, REMOVED)
    await me.slack.invite_app(SOFIA, me.channel)
    await until(me, None)


async def test_a_removed_bot_rests_where_slack_tells_only_of_the_member_who_left(me: Road) -> None:
    """Slack sometimes withholds `channel_left`."""
    gone = {"type": "member_left_channel", "user": me.slack.world.app.bot_user_id, "channel": me.channel}
    me.slack.hub.events.emit("member_left_channel", {**gone, "channel_type": "C", "event_ts": "1.0"})
    await until(me, Paused.NOT_IN_CHANNEL)
    await told_in_dm(me, REMOVED)


async def test_a_deleted_channel_takes_its_subscriptions_along(me: Road) -> None:
    await me.slack.delete_channel(MARCUS, me.channel)
    await until(me)
    assert not await has_digest(me)
    await told_in_dm(me, "A channel was deleted, and 2 subscriptions of yours with it.")


async def test_a_channel_that_is_shared_rests_until_somebody_agrees(me: Road) -> None:
    await me.slack.share_channel(SOFIA, me.channel)
    await until(me, Paused.SHARED)
    await me.run_due()
    told = await sees(me, "this channel is now shared with another organization", person=SOFIA)
    await me.press(told, Actions.UPDATES_DEED)
    await until(me, None, Paused.SHARED)
    assert not any(row.private for row in await rows(me))


async def test_a_subscriber_who_leaves_the_channel_is_told_that_it_goes_on(me: Road) -> None:
    await me.slack.leave_channel(MARCUS, me.channel)
    await me.slack.settled()
    await until(me, None)
    told = await told_in_dm(me, "it still follows projects through your Toggl account: 2 subscriptions of yours.")
    assert "unsubscribe it here" in shown(told)


async def test_a_channel_with_a_new_id_keeps_everything(me: Road) -> None:
    world = me.slack.world
    world.channels["C0WEBSITE99"] = world.channels.pop(me.channel)
    world.channels["C0WEBSITE99"].id = "C0WEBSITE99"
    event = {"type": "channel_id_changed", "old_channel_id": me.channel, "new_channel_id": "C0WEBSITE99"}
    me.slack.hub.events.emit("channel_id_changed", {**event, "event_ts": "1.0"})
    await until(me)
    assert [row.project_name for row in await rows(me, "C0WEBSITE99")] == ["Booking App", "Booking Backend"]
    me.channel = "C0WEBSITE99"
    assert await has_digest(me)


async def test_a_channel_hears_at_once_that_its_subscriber_disconnected(me: Road) -> None:
    await said(me, "/toggl disconnect", "Disconnect")
    question = await sees(me, "Disconnect")
    await me.press(question, Actions.DISCONNECT)
    await until(me, Paused.DISCONNECTED)
    assert {row.account_id for row in await rows(me)} == {None}
    await me.run_due()
    told = await sees(me, "whoever subscribed is no longer connected to Toggl here", person=SOFIA)
    assert "Take over" in str(told.blocks)


async def test_what_nobody_subscribed_is_left_alone(me: Road) -> None:
    me.channel = "C0GENERAL01"
    await me.slack.archive_channel(SOFIA, me.channel)
    await me.slack.settled()
    me.channel = "C0WEBSITE01"
    await until(me, None)


async def test_a_refused_credential_rests_is_told_once_and_connecting_again_takes_it_up(me: Road) -> None:
    me.toggl.faults.add(Fault(operation="list_projects", status=401, times=2))
    me.clock.pass_(minutes=1)
    await me.run_due()
    assert await reasons(me) == {Paused.REFUSED}
    await me.run_due()
    told = await sees(me, f"Toggl no longer accepts <@{MARCUS}>’s credential.", person=SOFIA)
    assert "Take over" in str(told.blocks)
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    asked = [message for message in me.slack.world.seen_by(me.person, dm.id) if "no longer accepts" in message.text]
    assert len(asked) == 1
    me.toggl.faults.clear()
    await me.connect("admin")
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=TEAM, user_id=MARCUS)
        assert account is not None
        await resting.take_up(db, account.id, now=me.clock())
        polls = await schedules.of_owner(db, owner_id=account.id, kind=POLL)
    assert await reasons(me) == {None}
    assert [poll.paused_at for poll in polls] == [None]
