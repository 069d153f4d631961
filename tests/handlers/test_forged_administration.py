"""Forms and buttons that were made up: what they name elsewhere stays as it is, in Toggl and here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from bot.domain.alerts import Alert
from bot.domain.members import Member, MembershipId
from bot.domain.track_reminders import TrackReminder
from bot.local.slack.seed import LENA
from bot.local.toggl import records
from bot.store import accounts, admin_requests
from bot.store.admin_requests import State
from bot.views.ids import Actions, Callbacks
from tests import forging
from tests.forging import Forged
from tests.road import TEAM, Road
from tests.store.administration import request_row

LIST = {"wanted": {"words": "", "role": None, "activity": None, "group": None}, "page": 1}


@pytest.fixture
async def lena(road: Road) -> Road:
    """An admin of one workspace, and of no other."""
    road.toggl.limited = False
    road.slack.world.people[LENA].locale = "en-US"
    road.person = LENA
    await road.connect("admin", track=True)
    return road


def elsewhere(lena: Road) -> records.Workspace:
    """Another workspace, with a member, a status, an alert and a reminder, of which the admin is no admin."""
    state, here, now = lena.toggl.world.state, lena.toggl.workspace(), lena.clock()
    other = next(workspace for workspace in state.workspaces.values() if workspace.id != here.id)
    new_id = lena.toggl.world.new_id
    for member in state.members.values():
        if member.workspace_id == other.id:
            member.role = "user"
    somebody = records.Member(
        id=new_id(), workspace_id=other.id, person_id=lena.toggl.person("emil").id, role="user", updated_at=now
    )
    status = records.Status(
        id=new_id(), workspace_id=other.id, name="Theirs", emoji="🚀", position=9, type="todo", created_at=now,
        updated_at=now,
    )  # fmt: skip
    fields = {"source_kind": "estimate", "threshold_type": "percentage", "thresholds": [80], "receivers": 1}
    alert = records.Alert(id=new_id(), workspace_id=other.id, fields={**fields, "project_id": 1})
    reminder = records.Reminder(id=new_id(), workspace_id=other.id, frequency=1, threshold=6, created_at=now)
    state.members[somebody.id], state.statuses[status.id] = somebody, status
    state.alerts[alert.id], state.reminders[reminder.id] = alert, reminder
    return other


def theirs(lena: Road, other: records.Workspace, kind: str) -> Any:
    """The newest thing of a kind in the other workspace."""
    found = getattr(lena.toggl.world.state, kind).values()
    return [each for each in found if each.workspace_id == other.id][-1]


def kept(lena: Road, other: records.Workspace) -> bytes:
    """Everything that Toggl keeps of the other workspace, to be compared."""
    state = msgspec.to_builtins(lena.toggl.world.state)
    everything = (each for table in state.values() if isinstance(table, dict) for each in table.values())
    rows = [each for each in everything if isinstance(each, dict) and each.get("workspace_id") == other.id]
    return msgspec.json.encode([rows, other])


def forged(lena: Road, other: records.Workspace) -> Iterator[Forged]:
    """A change of everything there, by numbers that belong there, in forms and under buttons of here."""
    member, status = theirs(lena, other, "members"), theirs(lena, other, "statuses")
    alert, reminder = theirs(lena, other, "alerts"), theirs(lena, other, "reminders")
    shown = Member(membership=MembershipId(member.id), person=None, name="Emil Sørensen")
    about = {**LIST, "id": member.id, "name": shown.name, "before": shown.shown(), "turn": 0}
    role = {"members.role": {"f": {"type": "static_select", "selected_option": {"value": "admin"}}}}
    yield forging.form(LENA, Callbacks.EDIT_MEMBER, about, role)
    yield forging.form(LENA, Callbacks.CONFIRM_MEMBER, {**about, "deed": "remove"}, {})
    yield forging.form(LENA, Callbacks.CONFIRM_MEMBER, {**about, "deed": "deactivate"}, {})
    yield forging.form(LENA, Callbacks.REMOVE_MEMBERS, {**LIST, "shown": [[member.id, shown.mark]]}, {})
    for verb in ("edit", "activate", "deactivate", "remove"):
        yield forging.press_in(LENA, LIST, Actions.MEMBER_DEED, f"{verb}:{member.id}")
    seen = {"name": status.name, "emoji": status.emoji, "position": status.position}
    for deed in ("up", "down", "delete", "restore"):
        yield forging.press_in(LENA, {"seen": seen}, Actions.STATUS_DEED, f"{deed}:{status.id}:{status.position}")
    told = Alert.read({**alert.fields, "receiver_users": [], "receiver_groups": []}).fields
    yield forging.press_in(LENA, {"name": "x", "before": told}, Actions.ALERT_DEED, f"delete:{alert.id}")
    meant = TrackReminder(every=1, hours=6, email=True, slack=False).fields
    yield forging.press_in(LENA, {"before": meant}, Actions.TRACK_REMINDER_DEED, f"delete:{reminder.id}")
    subject = {"level": "workspace", "id": other.track_id, "name": "Theirs"}
    rate = {"subject": subject, "pay": "billable_rates", "currency": "EUR", "current": None, "others": 0}
    data = {"turn": 0, "shown": {**rate, "planned": None, "mark": "0"}, "new": {"amount": "9", "since": "override-all"}}
    yield forging.form(LENA, Callbacks.SAVE_RATE, data, {})
    settings = {"id": other.track_id, "turn": 0, "before": {"name": other.name}, "entered": {"name": "Mine"}}
    yield forging.form(LENA, Callbacks.CONFIRM_WORKSPACE, settings, {})


async def answered(lena: Road, sent: Forged) -> None:
    """Send it, and wait for what comes of it: a view that is not there cannot be shown anew, which tells the end."""
    response = await sent.send(lena)
    assert response.status_code == 200
    if not response.text or "Saving" in response.text:
        await lena.slack.until(lambda: lena.slack.world.refusals)
    assert {refusal.error for refusal in lena.slack.world.refusals} <= {"not_found"}
    lena.slack.world.refusals.clear()
    lena.clock.pass_(minutes=1)


async def test_numbers_of_another_workspace_change_nothing_there(lena: Road) -> None:
    other = elsewhere(lena)
    before, here = kept(lena, other), kept(lena, lena.toggl.workspace())
    for each in forged(lena, other):
        await answered(lena, each)
    assert kept(lena, other) == before
    assert kept(lena, lena.toggl.workspace()) == here


async def test_values_that_no_button_has_change_nothing(lena: Road) -> None:
    before = msgspec.json.encode(lena.toggl.world.state)
    for value in ("", "remove:x", f"remove:{10**30}", "1:2:3:4"):
        for action in (
            Actions.MEMBER_DEED,
            Actions.MEMBER_PAGE,
            Actions.STATUS_DEED,
            Actions.ALERT_DEED,
            Actions.TRACK_REMINDER_DEED,
            Actions.RATE_LEVEL,
            Actions.RATE_DEED,
            Actions.AUDIT_PAGE,
            Actions.SWITCH_WORKSPACE,
            Actions.ALLOW_REQUEST,
            Actions.ASK_ADMIN,
        ):
            await answered(lena, forging.press_in(LENA, LIST, action, value))
    assert msgspec.json.encode(lena.toggl.world.state) == before


async def test_a_request_of_another_slack_workspace_is_not_decided_here(lena: Road) -> None:
    """Though it is about the same workspace of Toggl's, and whoever presses is an admin of it."""
    place, now = lena.toggl.workspace(), lena.clock()
    ids = {"organization_id": place.organization_id, "focus_id": place.id, "track_id": place.track_id}
    async with lena.store.writing() as db:
        asker = await accounts.get_or_create(db, tenant_id="TOTHER", team_id="TOTHER", user_id="UOTHER", now=now)
        row = request_row(asker, **ids, created_at=now, expires_at=now.replace(year=now.year + 1))
        await admin_requests.add(db, row)
    for action in (Actions.ALLOW_REQUEST, Actions.DECLINE_REQUEST, Actions.ASK_ADMIN):
        assert (await forging.press(LENA, action, "request").send(lena)).status_code == 200
    async with lena.store.reading() as db:
        found = await admin_requests.get(db, "request")
    assert (found.tenant_id != TEAM, found.state, found.decided_by_user_id) == (True, State.ASKED, None)
