from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.domain.subscriptions import Paused, ProjectEvent
from bot.local.slack.seed import ALEX, GENERAL, LEADS, MARCUS, SOFIA
from bot.local.toggl.faults import Fault
from bot.services.project_watching import DIGEST, POLL
from bot.store import schedules, subscriptions
from bot.store.tables import Schedule, Subscription
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.subscription_pieces import UpdateDeed
from tests.handlers.subscribing import chosen, offered, said, sees, sees_nothing_of
from tests.local_toggl import operations
from tests.road import CHANNEL, TEAM, Road, shown
from tests.services.projecting import kept

FOLLOWS = "follows *Booking App* now."


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin."""
    await road.connect("admin", track=True)
    return road


async def digest(me: Road) -> Schedule | None:
    async with me.store.reading() as db:
        return await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel)


async def polls(me: Road) -> list[Schedule]:
    async with me.store.reading() as db:
        rows = await schedules.of_owner(db, owner_id=1, kind=POLL)
    return list(rows)


async def test_the_channel_is_told_who_subscribed_it_and_the_person_can_undo(me: Road) -> None:
    receipt = await said(me, "/project subscribe booking app", FOLLOWS)
    assert receipt.ephemeral_to == me.person
    told = await sees(me, "subscribed this channel to *Booking App*.", person=SOFIA)
    assert told.text.startswith(f"<@{MARCUS}>")
    assert "Right away: Hours at 50, 80 and 100% of the estimate. In the digest, Monday to Friday at 9:00 AM" in shown(
        told
    )
    assert "(America/New York): everything else." in shown(told)
    assert operations(me.toggl) == ["list_projects"]
    undone = await me.pressed(receipt, Actions.UNDO)
    assert undone.text.endswith("does not follow *Booking App*.")
    await sees(me, "undid that:", person=SOFIA)
    assert "follows no projects yet" in shown(await said(me, "/project subscriptions", "follows no projects yet"))


async def test_the_clock_begins_to_look_and_to_send_digests_and_ends_with_it(me: Road) -> None:
    await said(me, "/project subscribe booking app", FOLLOWS)
    [poll] = await polls(me)
    assert poll.next_run_at == me.clock()
    made = await digest(me)
    assert made is not None
    assert (made.pattern, made.zone) == ("09:00 weekly mon,tue,wed,thu,fri", "America/New_York")
    assert made.next_run_at == me.clock().replace(hour=14)
    await said(me, "/project unsubscribe booking app", "no longer follows *Booking App*.")
    assert await digest(me) is None
    me.clock.pass_(minutes=1)
    await me.run_due()
    assert await polls(me) == []


async def test_events_are_chosen_with_the_words_behind_the_project(me: Road) -> None:
    await said(me, "/project subscribe booking app dates, members", FOLLOWS)
    told = await sees(me, "subscribed this channel", person=SOFIA)
    assert "In the digest, Monday to Friday at 9:00 AM (America/New York): Dates changed, Members changed." in shown(
        told
    )
    assert "Right away" not in shown(told)


async def test_subscribing_twice_says_so_and_once_more_with_other_events_changes_it(me: Road) -> None:
    await said(me, "/project subscribe booking app", FOLLOWS)
    same = await said(me, "/project subscribe booking app", "in exactly this way. Nothing was changed.")
    assert same.ephemeral_to == me.person
    changed = await said(me, "/project subscribe booking app hours", "Changed the updates")
    told = await sees(me, "changed the updates on *Booking App* in this channel.", person=SOFIA)
    assert "Right away: Hours at 50, 80 and 100% of the estimate." in shown(told)
    back = await me.pressed(changed, Actions.UNDO)
    assert back.text.endswith("gets updates on *Booking App* as before.")


async def test_all_projects_are_followed_without_the_private_ones_unless_that_is_wanted(me: Road) -> None:
    question = await said(me, "/project subscribe all", "Subscribe")
    assert "of them are private in Toggl" in shown(question)
    assert sees_nothing_of(me, "subscribed this channel", person=SOFIA)
    await me.press(question, Actions.UPDATES_SUBSCRIBE, label="Leave out private ones")
    await sees(me, "subscribed this channel to all projects of", person=SOFIA)
    again = await said(me, "/project subscribe all", "of them are private in Toggl")
    await me.press(again, Actions.UPDATES_SUBSCRIBE, label="Include private ones")
    await sees(me, "changed the updates on all projects", person=SOFIA)
    await said(me, "/project subscribe all", "in exactly this way")


async def followed(me: Road) -> Subscription:
    async with me.store.reading() as db:
        [(row, _)] = await subscriptions.of_channel(db, tenant_id=TEAM, channel_id=me.channel)
    return row


async def test_who_adds_private_projects_adds_those_that_they_see_themselves(me: Road) -> None:
    """Nobody opens the eyes of whoever subscribed for more than they agreed to."""
    question = await said(me, "/project subscribe all", "of them are private in Toggl")
    await me.press(question, Actions.UPDATES_SUBSCRIBE, label="Leave out private ones")
    await sees(me, "subscribed this channel to all projects of", person=SOFIA)
    before = await followed(me)
    me.person = ALEX
    await me.connect("sofia")
    kept(me.toggl, "Clinic Data Protection").users[me.toggl.person("sofia").focus_id] = False
    again = await said(me, "/project subscribe all", "private in Toggl: everybody in that channel")
    await me.press(again, Actions.UPDATES_SUBSCRIBE, label="Include private ones")
    await sees(me, f"<@{ALEX}> changed the updates on all projects", person=SOFIA)
    after = await followed(me)
    assert after.private and not before.private
    assert after.account_id != before.account_id
    async with me.store.reading() as db:
        [look] = await schedules.of_owner(db, owner_id=after.account_id or 0, kind=POLL)
    assert look.next_run_at == me.clock()


async def test_who_takes_over_all_projects_is_asked_about_the_private_ones_that_they_see(me: Road) -> None:
    question = await said(me, "/project subscribe all", "of them are private in Toggl")
    await me.press(question, Actions.UPDATES_SUBSCRIBE, label="Include private ones")
    await sees(me, "subscribed this channel to all projects of", person=SOFIA)
    before = await followed(me)
    async with me.store.writing() as db:
        await subscriptions.pause(db, [before.id], reason=Paused.LOST_SIGHT, now=me.clock())
    me.person = ALEX
    await me.connect("sofia")
    kept(me.toggl, "Clinic Data Protection").users[me.toggl.person("sofia").focus_id] = False
    asked = await said(me, "/project subscribe all", "private in Toggl: everybody in that channel")
    assert (await followed(me)).private
    listed = await said(me, "/project subscriptions", "can no longer see it in Toggl")
    await chosen(me, listed, UpdateDeed.RESUME)
    await sees(me, f"<@{ALEX}> took over updates on all projects", person=SOFIA)
    assert not (await followed(me)).private
    await me.press(asked, Actions.UPDATES_SUBSCRIBE, label="Include private ones")
    await sees(me, f"<@{ALEX}> changed the updates on all projects", person=SOFIA)
    assert (await followed(me)).private


async def test_a_private_project_is_asked_about_and_the_question_can_be_left(me: Road) -> None:
    question = await said(me, "/project subscribe clinic data", "It is private in Toggl.")
    assert question.ephemeral_to == me.person
    left = await me.pressed(question, Actions.UPDATES_LEAVE_IT)
    assert left.text == "Nothing was changed."
    assert sees_nothing_of(me, "Clinic", person=SOFIA)
    question = await said(me, "/project subscribe clinic data", "It is private in Toggl.")
    await me.press(question, Actions.UPDATES_SUBSCRIBE)
    await sees(me, "subscribed this channel to *Clinic Data Protection*.", person=SOFIA)


async def test_a_channel_shared_with_another_organization_is_asked_about(me: Road) -> None:
    await me.slack.share_channel(me.person, me.channel)
    await me.slack.settled()
    question = await said(me, "/project subscribe booking app", "is shared with another organization")
    await me.press(question, Actions.UPDATES_SUBSCRIBE)
    await sees(me, "subscribed this channel to *Booking App*.", person=SOFIA)


async def test_several_matches_are_offered_with_the_events_that_were_typed(me: Road) -> None:
    offer = await said(me, "/project subscribe booking dates", "Which project? These match “booking”.")
    await me.press(offer, Actions.UPDATES_SUBSCRIBE, label="Subscribe: Booking Backend")
    told = await sees(me, "subscribed this channel to *Booking Backend*.", person=SOFIA)
    assert "Dates changed." in shown(told)
    nothing = await said(me, "/project subscribe zebra", "No project that you can see is called “zebra”.")
    assert "`/project list` shows them" in shown(nothing)


async def test_a_project_that_ends_like_an_event_is_found_by_its_whole_name(me: Road) -> None:
    kept(me.toggl, "Booking App").name = "Late Hours"
    await said(me, "/project subscribe late hours", "follows *Late Hours* now.")
    assert "everything else" in shown(await sees(me, "subscribed this channel to *Late Hours*."))


async def test_the_bot_joins_a_public_channel_by_itself(me: Road) -> None:
    me.channel = GENERAL
    assert not me.slack.world.channels[GENERAL].app_is_member
    await said(me, "/project subscribe booking app", FOLLOWS)
    assert me.slack.world.channels[GENERAL].app_is_member
    await sees(me, "subscribed this channel", person=SOFIA)


async def test_a_private_channel_has_to_invite_it_and_then_the_same_words_work(me: Road) -> None:
    me.channel = LEADS
    problem = await said(me, "/project subscribe booking app", "I am not in that channel")
    assert me.slack.world.refusals.pop().error == "channel_not_found"
    assert "`/invite`" in shown(problem)
    await me.slack.invite_app(me.person, LEADS)
    await me.press(problem, Actions.RETRY)
    await sees(me, FOLLOWS)


async def test_a_question_does_not_join_the_channel_before_it_is_answered(me: Road) -> None:
    me.channel = GENERAL
    await said(me, "/project subscribe all", "private in Toggl")
    assert not me.slack.world.channels[GENERAL].app_is_member


async def test_archived_channels_and_direct_messages_cannot_be_subscribed(me: Road) -> None:
    await me.slack.archive_channel(me.person, me.channel)
    await said(me, "/project subscribe booking app", "That channel is archived")
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    me.channel = dm.id
    await said(me, "/project subscribe booking app", "That only works in a channel.")
    await said(me, "/project unsubscribe booking app", "That only works in a channel.")


async def test_an_installation_without_the_new_rights_is_told_what_to_do(me: Road) -> None:
    me.slack.world.app.scopes.remove("channels:read")
    await said(me, "/project subscribe booking app", "has to install me again")
    assert me.slack.world.refusals.pop().error == "missing_scope"


async def test_without_words_a_form_asks_for_project_channel_and_events(me: Road) -> None:
    view = await me.command_opening("/project subscribe")
    assert view.callback_id == Callbacks.SUBSCRIBE
    everything = await me.options(view, Blocks.PROJECT, Actions.UPDATES_PROJECT)
    assert everything[0] == "All projects"
    assert await me.options(view, Blocks.PROJECT, Actions.UPDATES_PROJECT, "booking app") == ["Booking App"]
    values: dict[str, Any] = {
        Blocks.PROJECT: await offered(me, view, Blocks.PROJECT, Actions.UPDATES_PROJECT, "booking app"),
        Blocks.CHANNEL: CHANNEL,
        Blocks.EVENTS: [ProjectEvent.DATES],
    }
    outcome = await me.submit(view, values)
    assert outcome.ok, outcome
    told = await sees(me, "subscribed this channel to *Booking App*.", person=SOFIA)
    assert "Dates changed." in shown(told)
    await sees(me, FOLLOWS)


async def test_the_form_can_choose_another_channel(me: Road) -> None:
    view = await me.command_opening("/project subscribe")
    project = await offered(me, view, Blocks.PROJECT, Actions.UPDATES_PROJECT, "booking app")
    assert (await me.submit(view, {Blocks.PROJECT: project, Blocks.CHANNEL: GENERAL})).ok
    await sees(me, "subscribed this channel to *Booking App*.", channel=GENERAL)
    receipt = await sees(me, FOLLOWS)
    assert receipt.text.startswith(f"<#{GENERAL}>")


async def test_a_double_click_subscribes_once(me: Road) -> None:
    question = await said(me, "/project subscribe clinic data", "It is private in Toggl.")
    await asyncio.gather(*(me.press(question, Actions.UPDATES_SUBSCRIBE) for _ in range(2)))
    await sees(me, "follows *Clinic Data Protection* now.")
    await me.slack.settled()
    announced = [
        message
        for message in me.slack.world.seen_by(SOFIA, me.channel)
        if message.text.endswith("subscribed this channel to *Clinic Data Protection*.")
    ]
    assert len(announced) == 1


async def test_a_spent_quota_and_a_lost_connection_save_nothing(me: Road) -> None:
    me.toggl.faults.add(Fault(operation="list_projects", status=402, times=1))
    await said(me, "/project subscribe booking app", "Toggl")
    me.toggl.faults.add(Fault(operation="list_projects", drop="before", times=2))
    await said(me, "/project subscribe booking app", "Toggl")
    await said(me, "/project subscriptions", "follows no projects yet")


async def test_who_is_not_connected_is_asked_to_before_anything_happens(me: Road) -> None:
    me.person = ALEX
    prompt = await said(me, "/project subscribe booking app", "Connect")
    assert prompt.ephemeral_to == ALEX
    assert sees_nothing_of(me, "subscribed this channel", person=MARCUS)
