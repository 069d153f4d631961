from __future__ import annotations

import pytest

from bot.domain.subscriptions import Mode, Paused, ProjectEvent
from bot.local.slack.outcomes import OnMessage
from bot.local.slack.seed import ALEX, MARCUS, SOFIA
from bot.local.toggl.faults import Fault
from bot.services.project_watching import DIGEST
from bot.store import accounts, schedules, subscriptions
from bot.views.ids import Actions, Callbacks
from bot.views.subscription_forms import event_block
from bot.views.subscription_pieces import UpdateDeed
from tests.handlers.subscribing import chosen, said, sees, sees_nothing_of
from tests.local_toggl import operations
from tests.road import TEAM, Road, find_button, shown
from tests.services.projecting import kept

FOLLOWS = "follows *Booking App* now."
LIST = "*What <#C0WEBSITE01> follows*"


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin, in a channel that follows the Booking App."""
    await road.connect("admin", track=True)
    await said(road, "/project subscribe booking app", FOLLOWS)
    return road


async def rest(me: Road, reason: Paused) -> None:
    """Let everything the channel follows rest, as if the bot had found that."""
    async with me.store.writing() as db:
        rows = await subscriptions.of_channel(db, tenant_id=TEAM, channel_id=me.channel)
        await subscriptions.pause(db, [row.id for row, _ in rows], reason=reason, now=me.clock())


async def reason(me: Road) -> str | None:
    async with me.store.reading() as db:
        [(row, _)] = await subscriptions.of_channel(db, tenant_id=TEAM, channel_id=me.channel)
    return row.pause_reason


async def test_the_list_tells_what_is_followed_by_whom_and_how(me: Road) -> None:
    await said(me, "/project subscribe booking backend dates", "follows *Booking Backend* now.")
    listed = await said(me, "/project subscriptions", LIST)
    assert listed.ephemeral_to == me.person
    words = shown(listed)
    assert "2 subscriptions" in words
    assert f"*Booking App*\nAs set for this channel. Subscribed by <@{MARCUS}>." in words
    assert "*Booking Backend*\nIn the digest, Monday to Friday at 9:00 AM (America/New York): Dates changed." in words
    assert f"Set by <@{MARCUS}>." in words


async def test_everybody_may_look_whether_connected_or_not(me: Road) -> None:
    me.person = ALEX
    await said(me, "/project subscriptions", LIST)


async def test_the_person_sees_all_that_is_theirs_in_a_direct_message(me: Road) -> None:
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    me.channel = dm.id
    mine = await said(me, "/project subscriptions", "*What you subscribed channels to*")
    assert "<#C0WEBSITE01>: *Booking App*\nAs set for that channel." in shown(mine)
    await chosen(me, mine, UpdateDeed.PAUSE)
    paused = await sees(me, "gets no more updates on *Booking App* until they are resumed.")
    assert paused.ts == mine.ts
    await sees(me, "paused updates on *Booking App* in this channel.", person=SOFIA, channel="C0WEBSITE01")


async def test_fifty_subscriptions_fit_in_pages(me: Road) -> None:
    async with me.store.writing() as db:
        [(first, _)] = await subscriptions.of_channel(db, tenant_id=TEAM, channel_id=me.channel)
        for number in range(1, 50):
            values = first.model_dump(exclude={"id"}) | {"project_id": number, "project_name": f"Project {number:02}"}
            await subscriptions.save(db, type(first)(**values))
    listed = await said(me, "/project subscriptions", LIST)
    assert "50 subscriptions · page 1 of 5" in shown(listed)
    turned = await me.pressed(listed, Actions.UPDATES_PAGE, label="Next")
    assert turned.ts == listed.ts
    assert "page 2 of 5" in shown(turned)
    await chosen(me, turned, UpdateDeed.REMOVE, place=3)
    left = await sees(me, "49 subscriptions · page 2 of 5")
    assert "no longer follows *Project 13*." in shown(left)


async def test_a_subscription_rests_and_goes_on_from_the_menu_in_place(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.PAUSE)
    resting = await sees(me, "gets no more updates on *Booking App* until they are resumed.")
    assert resting.ts == listed.ts
    assert "*Booking App*\nPaused." in shown(resting)
    assert await reason(me) == Paused.BY_PERSON
    async with me.store.reading() as db:
        assert await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel) is None
    await chosen(me, resting, UpdateDeed.RESUME)
    await sees(me, "resumed updates on *Booking App* in this channel.", person=SOFIA)
    assert await reason(me) is None
    async with me.store.reading() as db:
        assert await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel) is not None
    assert operations(me.toggl) == ["list_projects"]


async def test_pausing_is_undone_from_the_list(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.PAUSE)
    resting = await sees(me, "until they are resumed.")
    undone = await me.pressed(resting, Actions.UNDO)
    assert undone.text.endswith("gets updates on *Booking App* again.")
    assert await reason(me) is None


async def test_one_subscription_gets_choices_of_its_own(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.CHANGE)
    view = await me.modal()
    assert view.callback_id == Callbacks.CHANGE_SUBSCRIPTION
    values = {event_block(event): "usual" for event in ProjectEvent}
    values |= {event_block(ProjectEvent.MEMBERS): Mode.AT_ONCE, event_block(ProjectEvent.PINNED): Mode.OFF}
    outcome = await me.submit(view, values)
    assert outcome.ok, outcome
    told = await sees(me, "changed the updates on *Booking App* in this channel.", person=SOFIA)
    assert "Right away: Members changed, Hours at 50, 80 and 100% of the estimate." in shown(told)


async def test_unsubscribing_needs_no_name_where_there_is_one_and_asks_where_there_are_several(me: Road) -> None:
    await said(me, "/project subscribe booking backend", "follows *Booking Backend* now.")
    question = await said(me, "/project unsubscribe", "Unsubscribe from which?")
    await me.press(question, Actions.UPDATES_DEED)
    await sees(me, "unsubscribed this channel from *Booking App*.", person=SOFIA)
    await said(me, "/project unsubscribe zebra", "follows nothing called “zebra”.")
    receipt = await said(me, "/project unsubscribe", "no longer follows *Booking Backend*.")
    await me.pressed(receipt, Actions.UNDO)
    await said(me, "/project subscriptions", "1 subscription")


async def test_a_project_is_muted_and_unmuted_with_undo(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.MUTE)
    muted = await sees(me, "no more updates on it are posted there.")
    assert ":no_bell: muted" in shown(muted)
    told = await sees(me, f"<@{MARCUS}> muted *Booking App* in this channel.", person=SOFIA)
    me.person = SOFIA
    await me.press(told, Actions.UPDATES_UNMUTE)
    await sees(me, f"<@{SOFIA}> ", person=MARCUS)
    me.person = MARCUS
    unmuted = await said(me, "/project subscriptions", LIST)
    assert ":no_bell:" not in shown(unmuted)


async def test_a_project_is_muted_from_its_card_and_nothing_more_of_it_is_posted(me: Road) -> None:
    for _ in range(2):  # it looks, and then posts what it saw
        await me.run_due()
    card = await sees(me, f"<@{MARCUS}> lets this channel follow *Booking App*.", person=SOFIA)
    await me.press(card, Actions.UPDATES_MUTE)
    muted = await sees(me, "no more updates on it are posted there.")
    assert muted.ephemeral_to == MARCUS
    await sees(me, f"<@{MARCUS}> muted *Booking App* in this channel.", person=SOFIA)
    before = len(me.slack.world.seen_by(SOFIA, me.channel))
    kept(me.toggl, "Booking App").name = "Booking App 2"
    for _ in range(3):
        me.clock.pass_(days=1)
        await me.run_due()
    assert len(me.slack.world.seen_by(SOFIA, me.channel)) == before


async def test_muting_is_undone(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.MUTE)
    muted = await sees(me, "no more updates on it are posted there.")
    undone = await me.pressed(muted, Actions.UNDO)
    assert undone.text.endswith("gets updates on *Booking App* again.")


async def test_muted_projects_of_a_channel_that_follows_all_can_be_chosen_from(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await chosen(me, listed, UpdateDeed.MUTE)
    muted = await sees(me, "no more updates on it are posted there.")
    await chosen(me, muted, UpdateDeed.REMOVE)
    empty = await sees(me, ":no_bell: Muted here: Booking App")
    block = next(block for block in empty.blocks if "Muted here" in str(block))
    select = block["accessory"]
    place = OnMessage(empty.channel_id, empty.ts)
    value = select["options"][0]["value"]
    assert (await me.slack.press(me.person, place, block["block_id"], select["action_id"], value)).ok
    await sees(me, "unmuted *Booking App* here.", person=SOFIA)


async def test_somebody_else_takes_over_what_its_subscriber_cannot_look_for(me: Road) -> None:
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=TEAM, user_id=MARCUS)
        assert account is not None
        await accounts.forget(db, account.id)
    await rest(me, Paused.DISCONNECTED)
    me.person = ALEX
    await me.connect("sofia")
    listed = await said(me, "/project subscriptions", "On hold: whoever subscribed is no longer connected")
    assert "Subscribed by" not in shown(listed)
    await chosen(me, listed, UpdateDeed.RESUME)
    await sees(me, f"<@{ALEX}> took over updates on *Booking App* in this channel: they continue.", person=MARCUS)
    assert await reason(me) is None
    assert operations(me.toggl)[-1] == "get_project"


async def test_who_is_not_connected_is_asked_to_connect_before_taking_over(me: Road) -> None:
    await rest(me, Paused.LOST_SIGHT)
    me.person = ALEX
    listed = await said(me, "/project subscriptions", "On hold:")
    assert "*Booking App*" not in shown(listed)
    await chosen(me, listed, UpdateDeed.RESUME)
    await sees(me, "Connect")
    assert await reason(me) == Paused.LOST_SIGHT


async def test_nobody_takes_over_what_they_do_not_see(me: Road) -> None:
    await rest(me, Paused.LOST_SIGHT)
    listed = await said(me, "/project subscriptions", "On hold:")
    me.toggl.faults.add(Fault(operation="get_project", status=403))
    await chosen(me, listed, UpdateDeed.RESUME)
    await sees(me, "You cannot see that project in Toggl")
    assert await reason(me) == Paused.LOST_SIGHT


async def test_a_project_that_became_private_is_asked_about_before_it_goes_on(me: Road) -> None:
    kept(me.toggl, "Booking App").private = True
    await rest(me, Paused.PRIVATE)
    listed = await said(me, "/project subscriptions", "it became private")
    assert "*Booking App*" not in shown(listed)
    await chosen(me, listed, UpdateDeed.RESUME)
    question = await sees(me, "*Booking App* is private in Toggl.")
    assert sees_nothing_of(me, "resumed", person=SOFIA)
    await me.press(question, Actions.UPDATES_DEED)
    await sees(me, "resumed updates on *Booking App* in this channel.", person=SOFIA)
    assert await reason(me) is None


async def test_an_old_button_of_what_is_gone_says_so(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await said(me, "/project unsubscribe", "no longer follows *Booking App*.")
    await chosen(me, listed, UpdateDeed.PAUSE)
    await sees(me, "That subscription has been removed in the meantime.")


async def test_what_was_changed_since_is_not_undone(me: Road) -> None:
    receipt = await sees(me, FOLLOWS)
    await said(me, "/project subscribe booking app dates", "Changed the updates")
    await me.press(receipt, Actions.UNDO)
    await sees(me, "have changed since then, so they were left as they are.")


async def test_what_cannot_be_said_in_the_channel_is_said_to_the_person(me: Road) -> None:
    listed = await said(me, "/project subscriptions", LIST)
    await me.slack.remove_app(me.person, me.channel)
    await me.slack.settled()
    await chosen(me, listed, UpdateDeed.REMOVE)
    told = await sees(me, "I could not post this in the channel.")
    assert "no longer follows *Booking App*." in shown(told)
    assert me.slack.world.refusals.pop().error == "not_in_channel"


async def test_a_button_of_the_announcement_shows_the_list_to_whoever_presses(me: Road) -> None:
    announced = await sees(me, "subscribed this channel to *Booking App*.", person=SOFIA)
    find_button(announced.blocks, Actions.UPDATES_SETTINGS)
    me.person = ALEX
    await me.press(announced, Actions.UPDATES_LIST)
    listed = await sees(me, LIST)
    assert listed.ephemeral_to == ALEX
