from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.toggl.records import Alert
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.modals import chosen, offered, opened, press, said, shows, top
from tests.handlers.reaching import reaches
from tests.local_toggl import operations
from tests.road import Road, find_button
from tests.services.projecting import kept

pytestmark = pytest.mark.usefixtures("connected")
DEED = Actions.ALERT_DEED


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded admin; Track's pace is not what is tested."""
    road.toggl.limited = False
    await road.connect("admin", track=True)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


def there(me: Road) -> list[Alert]:
    """The alerts in Toggl, oldest first."""
    return list(me.toggl.world.state.alerts.values())


async def new_form(me: Road, project: str = "support", who: str = "mika") -> dict[str, Any]:
    """Open the form of a new alert; what fills it in."""
    await opened(me, "/toggl alerts", "*Booking App* at 80% of the estimate")
    await press(me, DEED, "New alert…")
    await me.modal()
    me.clock.pass_(minutes=1)
    [found, *_] = await offered(me, Blocks.ALERT_PROJECT, Actions.ALERT_PROJECT, project)
    people = await offered(me, Blocks.RECEIVER_PEOPLE, Actions.RECEIVER_PEOPLE, who) if who else []
    return {Blocks.ALERT_PROJECT: found, Blocks.ALERT_MARKS: "50, 90 %", Blocks.RECEIVER_PEOPLE: people}


async def test_the_list_says_what_is_watched_and_whom_it_tells_with_two_calls(me: Road) -> None:
    view = await opened(me, "/toggl alerts", "*Booking App* at 80% of the estimate")
    assert "Recipients: as set in Toggl (1)" in said(view)
    assert operations(me.toggl) == ["list_alerts", "list_workspace_users"]


@reaches("create_alert", "delete_alert")
async def test_one_is_made_changed_and_deleted_each_with_undo(me: Road) -> None:
    values = await new_form(me)
    assert (await me.submit(top(me), values)).ok
    view = await shows(me, "Created: an alert on *Support*.")
    assert "*Support* at 50, 90% of the estimate\nRecipients: Mika Tanaka\n1 person, not reached in Slack yet" in said(
        view
    )
    made, mika = there(me)[-1], me.toggl.person("member").id
    assert made.fields["receiver_users"] == f"{{{mika}}}" and made.fields["project_id"] == kept(me.toggl, "Support").id
    await chosen(me, DEED, "edit", place=2)
    view = await me.modal()
    me.clock.pass_(minutes=1)
    operations(me.toggl)
    assert (await me.submit(view, {Blocks.ALERT_MARKS: "75"})).ok
    await shows(me, "Saved: the alert on *Support*.")
    assert [call for call in operations(me.toggl) if "alert" in call] == [
        "list_alerts", "create_alert", "delete_alert", "list_alerts",
    ]  # fmt: skip
    assert there(me)[-1].fields["thresholds"] == [75] and len(there(me)) == 3
    await press(me, Actions.UNDO, "Undo")
    await shows(me, "Notify at: 75 → 50, 90")
    assert there(me)[-1].fields["thresholds"] == [50, 90] and len(there(me)) == 3


async def test_deleting_asks_and_can_be_undone(me: Road) -> None:
    await opened(me, "/toggl alerts", "*Booking App*")
    await chosen(me, DEED, "delete?")
    await shows(me, "Delete this alert?")
    await press(me, DEED, "Keep it")
    await shows(me, "*Booking App* at 80% of the estimate")
    await chosen(me, DEED, "delete?")
    await press(me, DEED, "Delete")
    await shows(me, "Deleted: the alert on *Booking App*.")
    assert [alert.fields["thresholds"] for alert in there(me)] == [[100]]
    await press(me, Actions.UNDO, "Undo")
    await shows(me, "Undone. New alert: *Booking App*")
    assert sorted(alert.fields["thresholds"] for alert in there(me)) == [[80], [100]]


async def test_every_one_of_many_is_on_a_page_and_the_page_stays_after_a_change(me: Road) -> None:
    place, booking = me.toggl.workspace(), there(me)[0].fields
    for mark in range(101, 151):
        number = me.toggl.world.new_id()
        fields = {**booking, "thresholds": [mark]}
        me.toggl.world.state.alerts[number] = Alert(id=number, workspace_id=place.id, fields=fields)
    first = said(await opened(me, "/toggl alerts", "*Booking App* at 80"))
    await press(me, DEED, "Next")
    second = said(await shows(me, "at 150"))
    shown = re.findall(r"at (\d+)%", first) + re.findall(r"at (\d+)%", second)
    assert shown == ["80", "100", *(str(mark) for mark in range(101, 151))]
    await chosen(me, DEED, "delete?")
    await press(me, DEED, "Delete")
    left = await shows(me, "Deleted: the alert on *Booking App*.")
    assert "at 150" in said(left)
    await press(me, DEED, "Previous")
    await shows(me, "*Booking App* at 80")


async def test_who_is_told_must_be_chosen_and_codes_of_other_alerts_count(me: Road) -> None:
    values = await new_form(me, who="")
    outcome = await me.submit(top(me), values)
    assert outcome.errors[Blocks.RECEIVER_PEOPLE].startswith("Choose who is notified")
    assert (await me.submit(top(me), {**values, Blocks.ALERT_CODE: "1"})).ok
    await shows(me, "Created: an alert on *Support*.")
    assert there(me)[-1].fields["receivers"] == 1


async def test_wrong_marks_and_what_toggl_refuses_are_told_beside_their_field(me: Road) -> None:
    values = await new_form(me)
    outcome = await me.submit(top(me), {**values, Blocks.ALERT_MARKS: "often"})
    assert outcome.errors[Blocks.ALERT_MARKS].startswith("Enter one or more whole numbers")
    me.toggl.fail("create_alert", status=400, body="threshold out of range")
    outcome = await me.submit(top(me), values)
    assert outcome.errors[Blocks.ALERT_MARKS] == "Toggl says: “threshold out of range”"
    assert len(there(me)) == 2


async def test_the_same_alert_is_not_made_twice(me: Road) -> None:
    values = await new_form(me)
    await asyncio.gather(me.submit(top(me), values), me.submit(top(me), values))
    await shows(me, "Created: an alert on *Support*.")
    assert operations(me.toggl).count("create_alert") == 1
    me.clock.pass_(minutes=1)
    again = await new_form(me)
    assert (await me.submit(top(me), again)).ok
    await shows(me, "*Support* already has an alert like this. Nothing was created.")
    assert len(there(me)) == 3


async def test_a_lost_answer_is_looked_up(me: Road) -> None:
    values = await new_form(me)
    me.toggl.fail("create_alert", drop="after")
    assert (await me.submit(top(me), values)).ok
    await shows(me, "Created: an alert on *Support*.")
    assert len(there(me)) == 3


async def test_where_the_old_one_stays_both_are_told(me: Road) -> None:
    await opened(me, "/toggl alerts", "*Booking App*")
    await chosen(me, DEED, "edit")
    view = await me.modal()
    me.clock.pass_(minutes=1)
    me.toggl.fail("delete_alert", status=500, times=5)
    assert (await me.submit(view, {Blocks.ALERT_MARKS: "60"})).ok
    await me.slack.until(lambda: "but the old one could not be deleted" in str(top(me).blocks))
    assert sorted(alert.fields["thresholds"] for alert in there(me)) == [[60], [80], [100]]


async def test_what_somebody_else_changed_is_seen_before_it_is_overwritten(me: Road) -> None:
    await opened(me, "/toggl alerts", "*Booking App*")
    await chosen(me, DEED, "edit")
    view = await me.modal()
    me.clock.pass_(minutes=1)
    there(me)[0].fields["thresholds"] = [85]
    assert (await me.submit(view, {Blocks.ALERT_KIND: "estimate", Blocks.ALERT_MARKS: "60"})).ok
    view = await shows(me, "was changed by somebody else in the meantime")
    assert "Notify at: 80 → 85" in said(view)
    me.clock.pass_(minutes=1)
    assert (await me.submit(view, {})).ok
    await shows(me, "Saved: the alert on *Booking App*.")
    assert sorted(alert.fields["thresholds"] for alert in there(me)) == [[60], [100]]


async def test_a_demoted_admins_open_form_cannot_save(me: Road) -> None:
    values = await new_form(me)
    admin = me.toggl.person("admin").id
    for member in me.toggl.world.state.members.values():
        if member.person_id == admin:
            member.role = "user"
    assert (await me.submit(top(me), values)).ok
    await me.slack.until(lambda: "Toggl does not allow you to do this" in str(top(me).blocks))
    assert len(there(me)) == 2 and "create_alert" not in operations(me.toggl)


async def test_a_plan_that_ended_a_right_that_is_missing_and_a_list_that_is_not_there(me: Road) -> None:
    values = await new_form(me)
    me.toggl.set_plan("free")
    assert (await me.submit(top(me), values)).ok
    await me.slack.until(lambda: "This is not part of your Toggl plan. Nothing was saved." in str(top(me).blocks))
    me.clock.pass_(minutes=1)
    me.toggl.fail("list_alerts", status=404)
    await opened(me, "/toggl alerts", "Toggl does not list the alerts of this workspace")
    await me.connect("member", track=True)
    me.clock.pass_(minutes=1)
    await opened(me, "/toggl alerts", "Toggl does not allow you to do this.")
    assert len(there(me)) == 2


async def test_a_members_forged_form_and_a_replay_change_nothing(me: Road) -> None:
    await opened(me, "/toggl alerts", "*Booking App*")
    await chosen(me, DEED, "delete?")
    view = await shows(me, "Delete this alert?")
    block_id, button = find_button(view.blocks, DEED, "Delete")
    await me.connect("member", track=True)
    me.clock.pass_(minutes=1)
    await me.slack.press(me.person, OnView(view.id), block_id, button["action_id"], button["value"])
    await forging.press(me.person, DEED, button["value"]).send(me)
    assert len(there(me)) == 2 and "delete_alert" not in operations(me.toggl)
