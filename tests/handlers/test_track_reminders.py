from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.local.slack.seed import JONAS, LENA, SOFIA
from bot.local.toggl.records import Reminder
from bot.store import accounts, credentials, workspaces
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.modals import chosen, offered, opened, press, said, shows, top
from tests.handlers.reaching import reaches
from tests.local_toggl import operations
from tests.road import Road, shown

pytestmark = pytest.mark.usefixtures("connected")
DEED = Actions.TRACK_REMINDER_DEED


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded admin; Track's pace is not what is tested."""
    road.toggl.limited = False
    await road.connect("admin", track=True)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


def there(me: Road) -> list[Reminder]:
    """The reminders in Toggl, oldest first."""
    return list(me.toggl.world.state.reminders.values())


async def link(me: Road, user_id: str, label: str) -> None:
    """Somebody else in Slack connects, and Toggl calls them `label`."""
    place, team = me.toggl.workspace(), me.slack.world.team_id
    async with me.store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id=team, team_id=team, user_id=user_id, now=me.clock())
        await credentials.save(
            db, account_id=account.id, kind="focus_key", secret="x", label=label, fingerprint=label, now=me.clock()
        )
        await workspaces.save(
            db, account_id=account.id, organization_id=place.organization_id, name="", focus_id=place.id
        )


async def listed(me: Road) -> None:
    """The modal with the list."""
    await opened(me, "/toggl reminders", "New reminder" if not there(me) else "At least 6 h a day")


async def filled(me: Road, *, hours: str, who: str = "", every: str = "1", turn: str = "") -> Any:
    """Send the form that is open."""
    view = await me.modal()
    me.clock.pass_(minutes=1)
    values: dict[str, Any] = {
        f"{Blocks.TRACK_REMINDER_EVERY}{turn}": every,
        f"{Blocks.TRACK_REMINDER_HOURS}{turn}": hours,
    }
    if who:
        values[f"{Blocks.RECEIVER_PEOPLE}{turn}"] = await offered(
            me, f"{Blocks.RECEIVER_PEOPLE}{turn}", Actions.RECEIVER_PEOPLE, who
        )
    return await me.submit(view, values)


async def test_the_list_says_who_is_meant_and_who_is_reached_with_two_calls(me: Road) -> None:
    await link(me, LENA, "Lena Brandt (lena@nordlicht.example)")
    await link(me, SOFIA, "emil@nordlicht.example")
    view = await opened(me, "/toggl reminders", "At least 6 h a day")
    group = "group #7000004 (Diego Ferrer, Emil Sørensen, Lena Brandt and 1 more)"
    assert f"*At least 6 h a day*\n{group}\n2 of 4 people reached in Slack" in said(view)
    assert "*At least 30 h a week*\nAstrid Holm, Diego Ferrer" in said(view)
    assert operations(me.toggl) == ["list_track_reminders", "list_workspace_users"]


@reaches("list_track_reminders", "create_track_reminder", "update_track_reminder", "delete_track_reminder")
async def test_one_is_made_changed_and_deleted_each_with_undo(me: Road) -> None:
    await listed(me)
    await press(me, DEED, "New reminder…")
    assert (await filled(me, hours="7.5", who="mika")).ok
    await shows(me, "Created: *At least 7.5 h a day*.")
    mika = me.toggl.person("member").id
    new = there(me)[-1]
    assert (new.frequency, new.threshold, new.user_ids) == (1, 7.5, [mika])
    await press(me, Actions.UNDO, "Undo")
    await shows(me, "Undone. Deleting a track reminder: *At least 7.5 h a day*")
    assert len(there(me)) == 2
    await listed(me)
    await chosen(me, DEED, "edit")
    assert (await filled(me, hours="6", who="", every="7")).ok
    await shows(me, "Saved: *At least 6 h a week*.")
    assert {reminder.frequency for reminder in there(me)} == {7}
    await press(me, Actions.UNDO, "Undo")
    await shows(me, "How often: Every week → Every day")
    assert there(me)[0].frequency == 1


async def test_deleting_asks_and_can_be_undone(me: Road) -> None:
    await listed(me)
    await chosen(me, DEED, "delete?")
    view = await shows(me, "Delete this reminder?")
    assert "group #7000004 (Diego Ferrer" in said(view)
    assert len(there(me)) == 2
    await press(me, DEED, "Delete")
    await shows(me, "Deleted: *At least 6 h a day*.")
    assert len(there(me)) == 1
    await press(me, Actions.UNDO, "Undo")
    await shows(me, "Undone. New track reminder")
    assert sorted(reminder.threshold for reminder in there(me)) == [6, 30]


async def test_wrong_hours_and_nobody_are_told_beside_their_field(me: Road) -> None:
    await listed(me)
    await press(me, DEED, "New reminder…")
    outcome = await filled(me, hours="25", who="mika")
    assert outcome.errors[Blocks.TRACK_REMINDER_HOURS].startswith("That is too many hours")
    outcome = await me.submit(top(me), {Blocks.RECEIVER_PEOPLE: [], Blocks.TRACK_REMINDER_HOURS: "5"})
    assert outcome.errors[Blocks.RECEIVER_PEOPLE] == "Choose at least one person or group to remind."
    await press(me, DEED, "Back")
    await shows(me, "At least 6 h a day")
    assert len(there(me)) == 2


async def test_what_somebody_else_changed_is_seen_before_it_is_overwritten(me: Road) -> None:
    await listed(me)
    await chosen(me, DEED, "edit")
    await me.modal()
    there(me)[0].threshold = 8
    assert (await filled(me, hours="6", every="7")).ok
    view = await shows(me, "was changed by somebody else in the meantime")
    assert "Hours to track: 6 → 8" in said(view)
    assert view.state[f"{Blocks.TRACK_REMINDER_HOURS}:1"][Actions.TRACK_REMINDER_FIELD]["value"] == "8"
    assert (await filled(me, hours="7", every="7", turn=":1")).ok
    await shows(me, "Saved: *At least 7 h a week*.")
    assert (there(me)[0].frequency, there(me)[0].threshold) == (7, 7)


async def test_one_that_is_gone_is_told_with_the_list_as_it_is(me: Road) -> None:
    await listed(me)
    del me.toggl.world.state.reminders[there(me)[0].id]
    await chosen(me, DEED, "edit")
    view = await shows(me, "That reminder no longer exists")
    assert "At least 6 h a day" not in said(view)


async def test_a_demoted_admins_open_form_cannot_save(me: Road) -> None:
    await listed(me)
    await chosen(me, DEED, "edit")
    await me.modal()
    admin = me.toggl.person("admin").id
    for member in me.toggl.world.state.members.values():
        if member.person_id == admin:
            member.role = "user"
    assert (await filled(me, hours="9")).ok
    await me.slack.until(lambda: "Toggl does not allow you to do this" in str(top(me).blocks))
    assert [reminder.threshold for reminder in there(me)] == [6, 30]
    assert "update_track_reminder" not in operations(me.toggl)


async def test_a_member_may_not_look_and_a_plan_without_them_says_so(me: Road) -> None:
    await me.connect("member", track=True)
    await opened(me, "/toggl reminders", "Toggl does not allow you to do this.")
    me.toggl.set_plan("starter")
    me.clock.pass_(minutes=1)
    await me.connect("admin", track=True)
    await opened(me, "/toggl reminders", "This is not part of your Toggl plan.")


async def test_a_double_click_makes_one(me: Road) -> None:
    await listed(me)
    await press(me, DEED, "New reminder…")
    view = await me.modal()
    who = await offered(me, Blocks.RECEIVER_PEOPLE, Actions.RECEIVER_PEOPLE, "mika")
    values: dict[str, Any] = {Blocks.TRACK_REMINDER_HOURS: "4", Blocks.RECEIVER_PEOPLE: who}
    await asyncio.gather(me.submit(view, values), me.submit(view, values))
    await me.slack.until(lambda: len(there(me)) == 3)
    assert operations(me.toggl).count("create_track_reminder") == 1


async def test_a_lost_answer_is_looked_up(me: Road) -> None:
    await listed(me)
    await press(me, DEED, "New reminder…")
    me.toggl.fail("create_track_reminder", drop="after")
    assert (await filled(me, hours="4", who="mika")).ok
    await shows(me, "Created: *At least 4 h a day*.")
    assert len(there(me)) == 3


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_where_toggl_has_switches_they_are_shown_and_the_bot_says_that_it_stays_silent(me: Road) -> None:
    await listed(me)
    await chosen(me, DEED, "edit")
    view = await me.modal()
    me.clock.pass_(minutes=1)
    assert (await me.submit(view, {Blocks.TRACK_REMINDER_SWITCHES: ["slack"]})).ok
    view = await shows(me, "Saved: *At least 6 h a day*.")
    assert ":mute: Toggl reminds them in Slack itself, so I stay silent." in said(view)
    reminder = there(me)[0]
    assert (reminder.email_reminder_enabled, reminder.slack_reminder_enabled) == (False, True)


async def test_those_who_are_not_reached_are_named_to_the_admin_and_invited_once(me: Road) -> None:
    await link(me, LENA, "Lena Brandt (lena@nordlicht.example)")
    await listed(me)
    await chosen(me, DEED, "invite")
    view = await shows(me, "not connected here yet")
    assert "Diego Ferrer, Emil Sørensen, Yuki Sato" in said(view)
    told = await me.submitted(view, {Blocks.INVITED: [JONAS, LENA]})
    assert told.text == "1 person gets an invitation from me. 1 was invited before or is connected, and gets none."
    assert await me.run_due() == 1
    dm = me.slack.world.dm_of(JONAS)
    assert dm is not None
    [message] = me.slack.world.seen_by(JONAS, dm.id)
    assert f"<@{me.person}> invites you to connect your Toggl account here." in shown(message)
    me.clock.pass_(minutes=1)
    await listed(me)
    await chosen(me, DEED, "invite")
    view = await shows(me, "not connected here yet")
    again = await me.submitted(view, {Blocks.INVITED: [JONAS]})
    assert again.text == "1 was invited before or is connected, and gets none."
    assert await me.run_due() == 0


async def test_a_members_forged_form_and_a_replay_change_nothing(me: Road) -> None:
    await listed(me)
    await chosen(me, DEED, "edit")
    view = await me.modal()
    me.clock.pass_(minutes=1)
    state: dict[str, Any] = {
        Blocks.TRACK_REMINDER_EVERY: {DEED: {"type": "radio_buttons", "selected_option": {"value": "7"}}},
        Blocks.TRACK_REMINDER_HOURS: {DEED: {"type": "number_input", "value": "20"}},
    }
    sent = forging.submission(me.person, view, state)
    await sent.send(me)
    await sent.send(me)  # the very same request
    assert operations(me.toggl).count("update_track_reminder") == 1
    await me.connect("member", track=True)
    me.clock.pass_(minutes=1)
    await forging.submission(me.person, view, state).send(me)
    assert [(reminder.frequency, reminder.threshold) for reminder in there(me)] == [(7, 20), (7, 30)]
    assert operations(me.toggl).count("update_track_reminder") == 0
